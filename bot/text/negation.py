"""Negation of a text, or of a cue by the words before it."""

from __future__ import annotations

from bot.languages.table import negation
from bot.model import Span, Spans

LOOKBACK = 40  # characters before the cue in which "did not" may stand


def is_denial(text: str) -> bool:
    """Tell whether a text explicitly denies a statement."""
    return negation.DENIAL.search(" ".join(text.casefold().split())) is not None


def lookback_length(source: Spans, cue_start: int) -> int:
    """How many characters before a cue to search: LOOKBACK plus the length of the source there."""
    near = (end - start for start, end in source if cue_start - LOOKBACK < end <= cue_start)
    return LOOKBACK + sum(near)


def extend_to_negation(text: str, cue: Spans, source: Spans, start: int) -> Spans:
    """Extend a cue by the negating words before it, without the source; `start` is the start of
    its paragraph."""
    if not cue:
        return cue
    first = cue[0][0]
    begins = max(start, first - lookback_length(source, first))
    blanked = _blanked(text, (begins, first), source)
    clause = negation.LAST_CLAUSE.search(blanked)
    at = clause.start() if clause else 0
    lessened = negation.NEAR_NEGATION.search(blanked)
    negations = negation.CUE_NEGATION.finditer(blanked, at)
    found = next(
        (n for n in negations if negation.WORDS_BEFORE_VERB.fullmatch(blanked, n.end())), lessened
    )
    if found is None:
        return cue
    return (*_without(((begins + found.start(), first),), source, text), *cue)


def _blanked(text: str, span: Span, source: Spans) -> str:
    """A span of a text with the source replaced by blanks."""
    out = text[slice(*span)]
    for start, end in source:
        low, high = max(start, span[0]) - span[0], min(end, span[1]) - span[0]
        if low < high:
            out = out[:low] + " " * (high - low) + out[high:]
    return out


def _without(spans: Spans, source: Spans, text: str) -> Spans:
    """Spans without what they share with the source, and without blanks at their ends."""
    for start, end in source:
        cut = [((s, min(e, start)), (max(s, end), e)) for s, e in spans]
        spans = tuple(part for parts in cut for part in dict.fromkeys(parts) if part[0] < part[1])
    trimmed = []
    for start, end in spans:
        words = text[start:end]
        low = start + len(words) - len(words.lstrip())
        high = end - (len(words) - len(words.rstrip()))
        if low < high:
            trimmed.append((low, high))
    return tuple(trimmed)
