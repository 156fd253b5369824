"""Recognise denials, and extend cues by the words before them that negate them."""

from __future__ import annotations

from bot.languages.table import negation
from bot.model import Spans
from bot.text.spans import masked, shifted, subtract, trimmed

LOOKBACK = 40  # characters before a cue to search for "did not"


def is_denial(text: str) -> bool:
    """Whether a text explicitly denies a statement."""
    return negation.DENIAL.search(" ".join(text.casefold().split())) is not None


def lookback_length(source: Spans, cue_start: int) -> int:
    """Return how many characters before a cue to search: LOOKBACK plus those of the source."""
    return LOOKBACK + sum(
        end - start for start, end in source if cue_start - LOOKBACK < end <= cue_start
    )


def extend_to_negation(text: str, cue: Spans, source: Spans, paragraph_start: int) -> Spans:
    """Extend a cue by the negating words before it, without the source."""
    if not cue:
        return cue
    cue_start = cue[0][0]
    start = max(paragraph_start, cue_start - lookback_length(source, cue_start))
    text_before = masked(text[start:cue_start], shifted(source, -start))
    clause = negation.LAST_CLAUSE.search(text_before)
    negations = (
        match
        for match in negation.CUE_NEGATION.finditer(text_before, clause.start() if clause else 0)
        if negation.WORDS_BEFORE_VERB.fullmatch(text_before, match.end())
    )
    match = (
        next(negations, None)
        or negation.NEAR_NEGATION.search(text_before)
        or negation.NEGATED_SUBJECT.search(text_before)
    )
    if match is None:
        return cue
    parts = subtract(((start + match.start(), cue_start),), source)
    pieces = (trimmed(text, *part) for part in parts)
    return (*((start, end) for start, end in pieces if start < end), *cue)
