"""Compare the claims that the store has with those that the index has, however many there are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

IdHashes = npt.NDArray[np.int64]
"""Ids as Python hashes them in this process: ten million take 80 MB."""


@dataclass(frozen=True, eq=False)
class IndexDifference:
    """The claims that only the store has, which are missing from the index, and those that only
    the index has."""

    missing: IdHashes
    extra: IdHashes

    @property
    def is_empty(self) -> bool:
        """Whether store and index have the same claims."""
        return not (self.missing.size or self.extra.size)

    def intersection(self, other: IndexDifference) -> IndexDifference:
        """What differs in both of two comparisons made by one process."""
        return IndexDifference(
            missing=np.intersect1d(self.missing, other.missing),
            extra=np.intersect1d(self.extra, other.extra),
        )


def compare(stored_ids: Iterable[str], indexed_ids: Iterable[str]) -> IndexDifference:
    """Compare the ids of claims, reading the stored ones first."""
    stored, indexed = _hashes(stored_ids), _hashes(indexed_ids)
    return IndexDifference(
        missing=np.setdiff1d(stored, indexed), extra=np.setdiff1d(indexed, stored)
    )


def _hashes(ids: Iterable[str]) -> IdHashes:
    return np.fromiter(map(hash, ids), dtype=np.int64)
