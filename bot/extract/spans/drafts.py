"""Drafts of attributions, before their speakers are resolved."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from bot.extract.paragraphs import Paragraph, paragraph_at
from bot.extract.words import joined_text, words
from bot.model import AttributionType, Span, Spans
from bot.text.quotes import quotations
from bot.text.sentences import sentences
from bot.text.spans import masked, shifted, spans_overlapping

QUOTATION_MARKS = frozenset('“”"‘«»„')


@dataclass(frozen=True, slots=True)
class Draft:
    """An attribution whose speaker is not resolved yet; spans are offsets into the article.

    `relay` is who relayed the content (A in "A quoted B as saying …"). `is_guessed`: the source is
    only the nearest one. `is_unsure`: the source may be wrong. `is_topic`: nothing is claimed, but
    the source helps to resolve others ("she signed the order"). `outer` is the attribution whose
    content contains this one.
    """

    source: Spans
    cue: Spans
    content: Spans
    confidence: float
    is_guessed: bool
    paragraph: Paragraph
    relay: Spans = ()
    is_unsure: bool = False
    is_topic: bool = False
    outer: Draft | None = None

    @property
    def start(self) -> int:
        """The offset of the first span."""
        return min(start for start, _ in (*self.source, *self.cue, *self.content))

    @property
    def end(self) -> int:
        """The offset at which the last span ends."""
        return max(end for _, end in (*self.source, *self.cue, *self.content))

    @property
    def cue_start(self) -> int:
        """The offset at which the cue starts."""
        return self.cue[0][0]

    @property
    def cue_end(self) -> int:
        """The offset at which the cue ends."""
        return self.cue[-1][1]

    def cue_words(self, text: str) -> list[str]:
        """List the words of the cue."""
        return words(joined_text(text, self.cue))

    def source_text(self, text: str) -> str:
        """Return the words of the source, as printed."""
        return joined_text(text, self.source)

    def content_text(self, text: str) -> str:
        """Return the words of the content, as printed."""
        return joined_text(text, self.content)


def content_type(text: str, paragraphs: Sequence[Paragraph], content: Spans) -> AttributionType:
    """Tell whether all (direct), none (indirect) or part (mixed) of a content is quoted."""
    letter_count = quoted_count = 0
    for start, end in content:
        # Content may continue in a later paragraph than its cue's.
        paragraph = paragraph_at(paragraphs, start)
        end = min(end, paragraph.end)
        letter_count += _count_letters(text, start, end)
        for opening, closing in quotations_between(text, paragraph, start, end):
            quoted_count += _count_letters(text, max(start, opening), min(end, closing))
    if quoted_count == 0:
        return "indirect"
    return "direct" if quoted_count == letter_count else "mixed"


def _count_letters(text: str, start: int, end: int) -> int:
    return sum(map(str.isalnum, text[start:end]))


def quotations_between(text: str, paragraph: Paragraph, start: int, end: int) -> Spans:
    """List the quotations of a paragraph that overlap a part of it, as offsets into the article."""
    offset = paragraph.start
    quoted = quotations(text[offset : paragraph.end])
    return shifted(spans_overlapping(quoted, start - offset, end - offset), offset)


def sentence_at(text: str, paragraph: Paragraph, position: int) -> Span:
    """Find the sentence of a paragraph that contains a position."""
    spans = sentences(text[paragraph.start : paragraph.end])
    index = bisect_right(spans, position - paragraph.start, key=lambda span: span[0]) - 1
    start, end = spans[max(index, 0)]
    return paragraph.start + start, paragraph.start + end


def is_quotation_only(text: str, start: int, end: int) -> bool:
    """Tell whether a part of an article consists of quotations."""
    printed = text[start:end]
    return bool(printed) and not masked(printed, quotations(printed)).split()
