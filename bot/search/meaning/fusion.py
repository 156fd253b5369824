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


def fuse(word_ranking: Sequence[ScoredId], meaning_ranking: Sequence[ScoredId]) -> list[ScoredId]:
    """Rank the claims of two lists, each sorted best first; equal ones keep their order."""
    if not word_ranking or not meaning_ranking:
        return list(word_ranking or meaning_ranking)
    best_score = word_ranking[0][1]
    last_score = word_ranking[-1][1] if len(word_ranking) >= DEPTH else 0.0
    word_scores, cosines = dict(word_ranking), dict(meaning_ranking)
    last_cosine = meaning_ranking[-1][1]
    scores = {
        claim: _WORD_WEIGHT * word_scores.get(claim, last_score) / best_score
        + (1 - _WORD_WEIGHT) * cosines.get(claim, last_cosine)
        for claim in dict.fromkeys((*word_scores, *cosines))
    }
    return sorted(scores.items(), key=lambda scored: -scored[1])
