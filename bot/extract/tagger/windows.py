"""What the tagger reads at once: a paragraph, with the quotation that it introduces."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from bot.extract.paragraphs import Passage
from bot.extract.spans.transcripts import TURN
from bot.text.quotes import MARK


def stretches(text: str, passages: Sequence[Passage], known: Collection[int]) -> Iterator[Passage]:
    """List the stretches of an article that are read one by one, without headings and furniture.

    A paragraph that ends in a colon belongs to the quotation that the next one opens, unless it is
    a quotation itself. Those that end where `known` says have been understood already.
    """
    at = 0
    while at < len(passages):
        passage = passages[at]
        at += 1
        if passage.kind != "text" or passage.end in known:
            continue
        introduced = passages[at] if at < len(passages) else None
        if introduced and _introduces(text, passage, introduced):
            passage = Passage(passage.start, introduced.end, "text")
            at += 1
        yield passage


def _introduces(text: str, passage: Passage, after: Passage) -> bool:
    opens = MARK.match(text, after.start) and not MARK.match(text, passage.start)
    other = after.kind != "text" or TURN.match(text, after.start, after.end)
    return bool(opens) and not other and text[passage.end - 1] == ":"
