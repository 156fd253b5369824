"""Draft attributions, and operations on their spans."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.extract.paragraphs import Paragraph, paragraph_at
from bot.model import AttributionType, Span, Spans
from bot.text.quotes import is_quoted
from bot.text.sentences import sentences

QUOTATION_MARKS = frozenset("“”\"'«»„")


@dataclass(frozen=True, slots=True)
class Draft:
    """An attribution before it is resolved; spans are offsets into the article.

    `between` is who relayed the content (A in "A quoted B as saying …"). `guessed`: the source is
    only the nearest one. `unsure`: the source may be wrong. `topic`: nothing is claimed, but the
    speaker is useful for resolving others ("she signed the order"). `outer` is the attribution
    whose content contains this one.
    """

    source: Spans
    cue: Spans
    content: Spans
    confidence: float
    guessed: bool
    paragraph: Paragraph
    between: Spans = ()
    unsure: bool = False
    topic: bool = False
    outer: Draft | None = None

    @property
    def start(self) -> int:
        """The offset of its first span."""
        return min(start for start, _ in (*self.source, *self.cue, *self.content))


def content_type(text: str, paragraphs: Sequence[Paragraph], content: Spans) -> AttributionType:
    """Tell whether all (direct), none (indirect) or part (mixed) of a content is quoted."""
    letters = inside = 0
    for start, end in content:
        # Content may continue in a later paragraph than its cue's.
        paragraph = paragraph_at(paragraphs, start)
        printed = text[paragraph.start : paragraph.end]
        for at in range(start, min(end, paragraph.end)):
            if text[at].isalnum():
                letters += 1
                inside += is_quoted(printed, at - paragraph.start)
    if inside == 0:
        return "indirect"
    return "direct" if inside == letters else "mixed"


def sentence_at(text: str, paragraph: Paragraph, place: int) -> Span:
    """Find the sentence of a paragraph in which a place lies."""
    found = sentences(text[paragraph.start : paragraph.end])
    at = bisect_right(found, place - paragraph.start, key=lambda span: span[0]) - 1
    start, end = found[max(at, 0)]
    return paragraph.start + start, paragraph.start + end


def overlap(one: Spans, other: Spans) -> int:
    """Count the characters that two sets of spans share."""
    return sum(
        max(0, min(end, last) - max(start, first)) for start, end in one for first, last in other
    )


def total_length(spans: Spans) -> int:
    """Count the characters of spans."""
    return sum(end - start for start, end in spans)


def subtract(spans: Spans, taken: Spans) -> Spans:
    """Remove from `spans` what `taken` covers."""
    left = spans
    for first, last in taken:
        left = tuple(
            part
            for start, end in left
            for part in ((start, min(end, first)), (max(start, last), end))
            if part[0] < part[1]
        )
    return left


def shifted(spans: Iterable[Span], by: int) -> Spans:
    """Shift spans by a number of characters."""
    return tuple((start + by, end + by) for start, end in spans)


def joined_text(text: str, spans: Spans) -> str:
    """Give the text of spans, joined by spaces, for rules to match."""
    return " ".join(text[start:end] for start, end in spans)
