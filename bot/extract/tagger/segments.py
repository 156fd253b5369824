"""Choose segments of text for the tagger: paragraphs, with any quotation that they introduce."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from bot.extract.paragraphs import Paragraph
from bot.extract.spans.transcripts import TURN
from bot.extract.spans.untagged import may_report
from bot.text.quotes import OPENING


def list_segments(
    text: str, paragraphs: Sequence[Paragraph], finished: Collection[int]
) -> Iterator[Paragraph]:
    """List the segments of an article, without page furniture and headings.

    A headline that may report speech is one. A paragraph that ends in a colon, and does not start
    with a quotation itself, is joined with a quotation in the next one. Paragraphs whose index is
    in `finished` are skipped.
    """
    remaining = enumerate(paragraphs)
    following = iter([*paragraphs[1:], None])
    for index, paragraph in remaining:
        introduced = next(following)
        is_headline = index == 0 and paragraph.kind == "heading" and may_report(text, paragraph)
        if index in finished or (paragraph.kind != "text" and not is_headline):
            continue
        if introduced and _introduces(text, paragraph, introduced):
            paragraph = Paragraph(paragraph.start, introduced.end, "text")
            next(remaining)
            next(following)
        yield paragraph


def _introduces(text: str, paragraph: Paragraph, following: Paragraph) -> bool:
    return (
        text[paragraph.end - 1] == ":"
        and following.kind == "text"
        and OPENING.match(text, following.start) is not None
        and not OPENING.match(text, paragraph.start)
        and not TURN.match(text, following.start, following.end)
    )
