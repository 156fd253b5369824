"""Choose segments of text for the tagger: paragraphs, with any quotation that they introduce."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from bot.extract.paragraphs import Paragraph
from bot.extract.spans.drafts import QUOTATION_MARKS
from bot.extract.spans.transcripts import TURN
from bot.extract.spans.untagged import may_report
from bot.extract.words import words
from bot.languages.table import acts
from bot.text.quotes import OPENING


def list_segments(
    text: str, paragraphs: Sequence[Paragraph], finished: Collection[int]
) -> Iterator[Paragraph]:
    """List the segments of an article that may attribute something, without page furniture.

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
        if (
            introduced
            and text[paragraph.end - 1] == ":"
            and introduced.kind == "text"
            and OPENING.match(text, introduced.start)
            and not OPENING.match(text, paragraph.start)
            and not TURN.match(text, introduced.start, introduced.end)
        ):
            paragraph = Paragraph(paragraph.start, introduced.end, "text")
            next(remaining)
            next(following)
        printed = text[paragraph.start : paragraph.end]
        # Without quotation marks or a word that may be a cue, the tagger finds nothing: this skips
        # 6 in 100 words of news, and one in 200 attributions that the tagger found there.
        if not QUOTATION_MARKS.isdisjoint(printed) or not acts.CUES.isdisjoint(words(printed)):
            yield paragraph
