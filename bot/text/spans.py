"""Operations on spans of a text."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable

from bot.model import Span, Spans


def overlap(spans: Spans, others: Spans) -> int:
    """Count the characters that two sets of spans share."""
    return sum(
        max(0, min(end, other_end) - max(start, other_start))
        for start, end in spans
        for other_start, other_end in others
    )


def spans_overlapping(spans: Spans, start: int, end: int) -> Spans:
    """Return the spans that overlap the one from `start` to `end`.

    `spans` must be sorted and disjoint.
    """
    first = bisect_right(spans, start, key=lambda span: span[1])
    return spans[first : bisect_left(spans, end, key=lambda span: span[0])]


def subtract(spans: Spans, removed: Spans) -> Spans:
    """Remove the characters covered by `removed` from `spans`."""
    for removed_start, removed_end in removed:
        spans = tuple(
            part
            for start, end in spans
            for part in ((start, min(end, removed_start)), (max(start, removed_end), end))
            if part[0] < part[1]
        )
    return spans


def shifted(spans: Iterable[Span], offset: int) -> Spans:
    """Add an offset to the start and end of each span."""
    return tuple((start + offset, end + offset) for start, end in spans)


def trimmed(text: str, start: int, end: int) -> Span:
    """Strip white space from both ends of a span; the result may be empty."""
    inner = text[start:end]
    leading = len(inner) - len(inner.lstrip())
    return start + leading, max(start, end - len(inner) + len(inner.rstrip()))


def masked(text: str, spans: Spans, character: str = " ") -> str:
    """Replace each character of a text that lies in one of the spans."""
    characters = list(text)
    for start, end in spans:
        for index in range(max(start, 0), min(end, len(text))):
            characters[index] = character
    return "".join(characters)
