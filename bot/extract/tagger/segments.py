"""Segments that the tagger reads at once: a paragraph with the quotation it introduces."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from bot.extract.paragraphs import Paragraph
from bot.extract.spans.transcripts import TURN
from bot.text.quotes import MARK


def segments(
    text: str, paragraphs: Sequence[Paragraph], known: Collection[int]
) -> Iterator[Paragraph]:
    """List the segments of an article, without headings and furniture.

    A paragraph that ends in a colon is joined to the quotation in the next one, unless it is a
    quotation itself. Paragraphs that end at an offset in `known` are skipped.
    """
    at = 0
    while at < len(paragraphs):
        paragraph = paragraphs[at]
        at += 1
        if paragraph.kind != "text" or paragraph.end in known:
            continue
        introduced = paragraphs[at] if at < len(paragraphs) else None
        if introduced and _introduces(text, paragraph, introduced):
            paragraph = Paragraph(paragraph.start, introduced.end, "text")
            at += 1
        yield paragraph


def _introduces(text: str, paragraph: Paragraph, after: Paragraph) -> bool:
    opens = MARK.match(text, after.start) and not MARK.match(text, paragraph.start)
    other = after.kind != "text" or TURN.match(text, after.start, after.end)
    return bool(opens) and not other and text[paragraph.end - 1] == ":"
