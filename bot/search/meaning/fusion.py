"""Fusion: merge the claims that share words with a text and those near it in meaning.

    score = 0.2 × words / best words + 0.8 × cosine

A claim that is missing from a list has that list's last score, or 0 if the list of shared words is
not full. On CLEF 2020's tweets, cross-validation chose 0.2 in each of five folds; adding the scores
was better than multiplying them or fusing ranks (docs/model-card.md).
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.search.protocol import ScoredId

DEPTH = 100
"""The length of a full list."""

_WORD_WEIGHT = 0.2


def fuse(by_words: Sequence[ScoredId], by_meaning: Sequence[ScoredId]) -> list[ScoredId]:
    """Rank the claims of two lists, each sorted best first; equal ones keep their order."""
    if not by_words or not by_meaning:
        return list(by_words or by_meaning)
    best = by_words[0][1]
    last = by_words[-1][1] if len(by_words) >= DEPTH else 0.0
    word_scores, cosines = dict(by_words), dict(by_meaning)
    last_cosine = by_meaning[-1][1]
    scores = {
        claim: _WORD_WEIGHT * word_scores.get(claim, last) / best
        + (1 - _WORD_WEIGHT) * cosines.get(claim, last_cosine)
        for claim in dict.fromkeys((*word_scores, *cosines))
    }
    return sorted(scores.items(), key=lambda scored: -scored[1])
