"""Fusion: one ranking out of the claims that share words with a text and those near it in meaning.

    score = 0.2 × words / best words + 0.8 × cosine

where a claim that a list of a hundred has no room for counts as the last of that list, since it
can't be better. On CLEF 2020's tweets, cross-validation chose 0.2 in each of five folds; adding up
scores did better than multiplying them or fusing ranks (docs/model-card.md).
"""

from __future__ import annotations

from collections.abc import Sequence

Scored = Sequence[tuple[str, float]]
"""(claim id, score) pairs, best first."""

DEPTH = 100
"""How many of each list are fused, at least."""

_WORDS = 0.2


def fuse(by_words: Scored, by_meaning: Scored) -> list[tuple[str, float]]:
    """Rank the claims of both lists, best first; equal ones stay in the order that they came in."""
    if not by_words or not by_meaning:
        return list(by_words or by_meaning)
    best = by_words[0][1]
    last = by_words[-1][1] if len(by_words) >= DEPTH else 0.0
    words, meaning = dict(by_words), dict(by_meaning)
    farthest = by_meaning[-1][1]
    scores = {
        claim: _WORDS * words.get(claim, last) / best + (1 - _WORDS) * meaning.get(claim, farthest)
        for claim in dict.fromkeys((*words, *meaning))
    }
    return sorted(scores.items(), key=lambda pair: -pair[1])
