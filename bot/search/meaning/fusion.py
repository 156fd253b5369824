"""Fusion: merge the claims that share words with a text and those near it in meaning.

    score = 0.2 × word score / best word score + 0.8 × cosine

A claim that is missing from one of the rankings is given the lowest score in it, but 0 if it is the
word ranking and has fewer than DEPTH claims. On CLEF 2020's tweets, cross-validation chose 0.2 in
each of five folds; adding the scores was better than multiplying them or fusing ranks
(docs/trust/model-card.md).
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.search.protocol import ScoredId

DEPTH = 100
"""The least number of claims to request for a ranking; a shorter one is complete."""

_WORD_WEIGHT = 0.2


def fuse(word_ranking: Sequence[ScoredId], meaning_ranking: Sequence[ScoredId]) -> list[ScoredId]:
    """Merge two rankings, each sorted best first; claims with equal scores keep their order."""
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
