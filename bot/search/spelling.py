"""Spelling: which words of the index a mistyped word may stand for.

Words are looked up by symmetric deletions (Garbe's SymSpell): two words within two edits of each
other share a form of their first eight letters with at most two letters deleted. The forms of the
whole vocabulary are hashed into one sorted array; what a look-up brings is checked with rapidfuzz.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from itertools import combinations
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import OSA
from rapidfuzz.process import cdist

_PREFIX = 8
_DELETED = [gone for count in range(3) for gone in combinations(range(_PREFIX), count)]
_FACTORS = np.random.default_rng(8).integers(1, 2**32, _PREFIX, dtype=np.uint32) | np.uint32(1)

_SHORT_WORD = 4
"""Letters; one slip is forgiven in words of up to so many, two in longer ones."""
_MOST_CANDIDATES = 25
_OTHER_FIRST_LETTER = 0.4
_COMMONNESS = 0.125


class Candidate(NamedTuple):
    """A word that may have been meant; the lower `cost`, the likelier."""

    word: str
    cost: float


class Vocabulary:
    """The folded words of an index, with the number of claims that hold each.

    Building it takes about 0.4 s and 20 MB for 90,000 words. Given the vocabulary as it was
    `before` a change, only new words cost anything; words that are gone keep a count of 0.
    """

    def __init__(self, counts: Mapping[str, int], before: Vocabulary | None = None) -> None:
        self._counts = counts
        self._words: dict[str, None] = dict(before._words) if before else {}
        # Nobody mistypes a number into a better one, and no slip needs a word of 40 letters.
        fresh = [w for w in counts if w.isalpha() and len(w) <= 40 and w not in self._words]
        hashes, owners = _deletions(fresh)
        order = np.argsort(hashes)
        self._hashes: npt.NDArray[np.uint32] = hashes[order]
        self._owners: npt.NDArray[np.int32] = owners[order] + np.int32(len(self._words))
        if before:
            places = np.searchsorted(before._hashes, self._hashes)
            self._hashes = np.insert(before._hashes, places, self._hashes)
            self._owners = np.insert(before._owners, places, self._owners)
        self._words.update(dict.fromkeys(fresh))
        self._spelled = list(self._words)

    def count(self, word: str) -> int:
        """How many claims hold the word."""
        return self._counts.get(word, 0)

    def near(self, word: str) -> list[Candidate]:
        """The likeliest words that `word` may be a slip for, itself among them if it is known.

        At most 25, best first. A word with digits stands for nothing but itself.
        """
        if not word.isalpha():
            return [Candidate(word, 0.0)]
        forms = _deletions([word])[0]
        starts = np.searchsorted(self._hashes, forms, "left")
        ends = np.searchsorted(self._hashes, forms, "right")
        found = {
            owner
            for start, end in zip(starts, ends, strict=True)
            for owner in self._owners[start:end].tolist()
        }
        if not found:
            return []
        allowed = 1 if len(word) <= _SHORT_WORD else 2
        close = [self._spelled[owner] for owner in sorted(found)]
        edits = cdist([word], close, scorer=OSA.distance, score_cutoff=allowed)[0]
        candidates = [
            Candidate(other, self._cost(word, other, int(distance)))
            for other, distance in zip(close, edits, strict=True)
            if distance <= allowed
        ]
        return sorted(candidates, key=lambda candidate: candidate[::-1])[:_MOST_CANDIDATES]

    def _cost(self, word: str, other: str, edits: int) -> float:
        first = _OTHER_FIRST_LETTER if word[0] != other[0] else 0.0
        return edits + first - _COMMONNESS * math.log1p(self.count(other))


def _deletions(words: list[str]) -> tuple[npt.NDArray[np.uint32], npt.NDArray[np.int32]]:
    """Hash every form of the words' first letters with up to two deleted.

    Returns the hashes, and the position in `words` that each belongs to.
    """
    prefixes = np.array(words, dtype=f"U{_PREFIX}")
    letters = prefixes.view(np.uint32).reshape(len(words), _PREFIX)
    lengths = np.count_nonzero(letters, axis=1)
    hashes, owners = [], []
    for gone in _DELETED:
        rows = np.flatnonzero(lengths > gone[-1]) if gone else np.arange(len(words))
        kept = [column for column in range(_PREFIX) if column not in gone]
        # A sum of products, in which the empty cells behind a short word count for nothing.
        hashes.append(letters[rows][:, kept] @ _FACTORS[: len(kept)])
        owners.append(rows.astype(np.int32))
    return np.concatenate(hashes), np.concatenate(owners)
