"""The vectors of claims on disk, and the claims that lie nearest to a direction.

    state.json   which model made them, up to which change of the store, how many rows there are
    lock         held by whoever writes
    rows         of each claim its id, a hash of its article's id, and one of what was embedded
    signs        of its 384 numbers, a bit each
    bytes        the numbers themselves

They lie beside the index, not in it: to build it anew takes minutes, to embed a million claims
hours. The files grow by blocks of rows. A removed claim's row is wiped and taken by the next one
that comes; state.json is replaced last, so that what a killed process leaves is the old or the new.
A search compares all signs first, then the bytes of the nearest thousand.
"""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from functools import cached_property, partial
from hashlib import blake2b
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from bot.errors import SearchIndexError
from bot.model import ClaimEntry
from bot.search.engine.generation import wrap_index_errors, write_atomically, write_lock
from bot.search.meaning.codes import (
    DIMENSIONS,
    WORDS,
    Packed,
    UnitVectors,
    cosines,
    half_distances,
    other_distances,
    quantised,
    signs,
)
from bot.search.protocol import IndexState

BLOCK = 8192
"""Rows; the signs of one block fit a core's cache."""
CANDIDATES = 1000
"""So many claims, about, have their bytes compared after their signs."""

_HALF_SURVIVORS = 10
"""For each of these, so many have the other half of their signs compared."""
_SAMPLED = 16
"""One count in so many is looked at to tell how far the nearest go."""
_FORMAT = 1
_PARTS = 4
"""Of a scan, which threads share."""
_STATE = "state.json"
_ROW = np.dtype([("embedded", "<u8"), ("article", "<u8"), ("claim", "S16")])
_BLOCKS: dict[str, tuple[npt.DTypeLike, tuple[int, ...]]] = {
    "rows": (_ROW, (BLOCK,)),
    # Word by word, so that a scan compares whole arrays.
    "signs": (np.dtype("<u8"), (WORDS, BLOCK)),
    "bytes": (np.dtype(np.int8), (BLOCK, DIMENSIONS)),
}

_guarded = partial(
    wrap_index_errors, remedy="Check the disk; the store and its index are not affected."
)

Stamp = tuple[int, int, int]


class Neighbour(NamedTuple):
    """A claim, and the cosine of the angle between its direction and the one asked for."""

    claim_id: str
    cosine: float


class _Maps(NamedTuple):
    """The three files as numpy's memory maps."""

    rows: Any
    signs: Any
    bytes: Any

    def put(self, places: npt.NDArray[np.int64], rows: npt.NDArray[Any], numbers: Packed) -> None:
        """Write whole rows to the disk: whose they are last, so that none is ever another's."""
        self.rows[places] = np.zeros((), _ROW)
        self.signs[places // BLOCK, :, places % BLOCK] = signs(numbers)
        self.bytes[places] = numbers
        self.rows[places] = rows
        for file in self:
            file.flush()


@dataclass(frozen=True)
class _Opened:
    """The files as they were seen at one state: of `count` rows some may be free."""

    stamp: Stamp
    state: IndexState
    count: int
    maps: _Maps

    @cached_property
    def embedded(self) -> npt.NDArray[np.uint64]:
        """Hashes of what has been embedded, sorted, and one that is greater than any."""
        there: npt.NDArray[np.uint64] = self.maps.rows["embedded"][: self.count]
        return np.append(np.sort(there), np.uint64(2**64 - 1))


class Vectors:
    """The vectors in a folder, all made by one `model` (a digest of its weights).

    Several processes may read them, one at a time writes; safe to share between threads. All
    methods raise SearchIndexError when the files cannot be read or written.
    """

    def __init__(self, folder: Path, model: str) -> None:
        self._folder, self._model = folder, model
        self._seen: _Opened | None = None
        self._pool = ThreadPoolExecutor(min(4, os.cpu_count() or 1), "vectors")

    @property
    def state(self) -> IndexState | None:
        """Up to which change of which store they have come; None where none can be used: they
        have not been begun, are torn, or another model made them."""
        opened = self._opened()
        return opened.state if opened else None

    def count(self) -> int:
        """How many claims have a vector."""
        opened = self._opened()
        return int(np.count_nonzero(opened.embedded[:-1])) if opened else 0

    def begin(self, state: IndexState) -> None:
        """Begin anew, without any vector."""
        with _guarded("cannot begin the vectors", self._folder):
            self._folder.mkdir(parents=True, exist_ok=True)
            with write_lock(self._folder):
                # Removed, not emptied: a process that still maps them would be killed.
                for name in (_STATE, *_BLOCKS):
                    (self._folder / name).unlink(missing_ok=True)
                for name in _BLOCKS:
                    (self._folder / name).touch()
                self._maps("r+", 0)
                self._record(state, 0)

    def find_missing(self, entries: Sequence[ClaimEntry]) -> list[ClaimEntry]:
        """Those of these claims whose text has not been embedded."""
        opened = self._opened()
        if opened is None:
            return list(entries)
        wanted = np.array([_embedded(entry) for entry in entries], np.uint64)
        there = opened.embedded[np.searchsorted(opened.embedded, wanted)] == wanted
        return [entry for entry, is_there in zip(entries, there, strict=True) if not is_there]

    def add(
        self, entries: Sequence[ClaimEntry], directions: UnitVectors, *, wait: bool = True
    ) -> None:
        """Keep the directions of claims, a unit vector each; a claim twice is kept once.

        Without `wait`, SearchIndexError is raised at once where another process is writing.
        """
        with (
            write_lock(self._folder, wait=wait),
            _guarded("cannot write the vectors", self._folder),
        ):
            opened = self._required()
            # Another process may have come first.
            fresh = {entry.claim_id for entry in self.find_missing(entries)}
            kept = [n for n, entry in enumerate(entries) if entry.claim_id in fresh]
            free = np.flatnonzero(opened.maps.rows["embedded"][: opened.count] == 0)[: len(kept)]
            count = opened.count + len(kept) - len(free)
            places = np.concatenate([free, np.arange(opened.count, count)])
            maps = self._maps("r+", count)
            rows = np.array([_row(entries[n]) for n in kept], _ROW)
            if kept:
                maps.put(places, rows, quantised(directions[kept]))
            self._record(opened.state, count)

    def prune(
        self,
        article_ids: Collection[str],
        entries: Iterable[ClaimEntry],
        state: IndexState,
        *,
        since: IndexState | None = None,
        wait: bool = True,
    ) -> bool:
        """Wipe what these articles have beyond these claims, and record a state.

        False, with nothing done, where the state is not `since` any more: then another process has
        come further, and these claims may be older than those that it has kept.
        """
        with (
            write_lock(self._folder, wait=wait),
            _guarded("cannot write the vectors", self._folder),
        ):
            opened = self._required()
            if since not in (None, opened.state):
                return False
            rows = opened.maps.rows[: opened.count]
            articles = np.array([_hash(one) for one in article_ids], np.uint64)
            kept = np.array([_embedded(entry) for entry in entries], np.uint64)
            theirs = np.flatnonzero(np.isin(rows["article"], articles))
            gone = theirs[~np.isin(rows["embedded"][theirs], kept)]
            empty = np.zeros((len(gone), DIMENSIONS), np.int8)
            self._maps("r+", opened.count).put(gone, np.zeros(len(gone), _ROW), empty)
            self._record(state, opened.count)
        return True

    def find_nearest(self, direction: UnitVectors, limit: int) -> list[Neighbour]:
        """Find the `limit` claims nearest to a unit vector, nearest first."""
        with _guarded("cannot search by meaning", self._folder):
            opened = self._opened()
            if opened is None:
                return []
            survivors = self._survivors(opened, direction)
            measured = cosines(opened.maps.bytes[survivors], direction)
            best = np.argsort(-measured, kind="stable")
            claims = opened.maps.rows["claim"][survivors[best]].tolist()
        found = zip(claims, measured[best].tolist(), strict=True)
        return [Neighbour(claim.decode(), cosine) for claim, cosine in found if claim][:limit]

    def close(self) -> None:
        """Let go of the files; the next use opens them again."""
        self._seen = None

    def _survivors(self, opened: _Opened, direction: UnitVectors) -> npt.NDArray[np.int64]:
        """The rows whose signs differ least from the direction's.

        All of the signs are compared of those rows only in which half of them differ little.
        """
        wanted = signs(quantised(direction[np.newaxis]))[0]
        parts = np.array_split(opened.maps.signs, _PARTS)
        counted = self._pool.map(lambda blocks: half_distances(blocks, wanted), parts)
        differing = np.concatenate(list(counted)).reshape(-1)[: opened.count]
        half = _nearest(differing, _HALF_SURVIVORS * CANDIDATES)
        columns = opened.maps.signs[half // BLOCK, WORDS // 2 :, half % BLOCK]
        whole = differing[half] + other_distances(columns, wanted)
        return half[_nearest(whole, CANDIDATES)]

    def _opened(self) -> _Opened | None:
        """What is current now; opened again only when another state is seen."""
        path = self._folder / _STATE
        try:
            with _guarded("cannot read the vectors", self._folder):
                seen = path.stat()
                stamp = (seen.st_mtime_ns, seen.st_ino, seen.st_size)
                if not self._seen or self._seen.stamp != stamp:
                    self._seen = self._read(stamp, path.read_bytes())
        except SearchIndexError:
            if path.exists():
                raise
            self._seen = None
        return self._seen

    def _read(self, stamp: Stamp, recorded: bytes) -> _Opened | None:
        """Open the files; None where they are torn, or another model or format made them."""
        try:
            known = json.loads(recorded)
            if (known["format"], known["model"]) != (_FORMAT, self._model):
                return None
            state, count = IndexState(**known["state"]), known["rows"]
            # As bare arrays, which are cut up faster than maps.
            maps = _Maps(*map(np.asarray, self._maps("r", count)))
        except (ValueError, KeyError, TypeError, FileNotFoundError):
            return None
        return _Opened(stamp, state, count, maps)

    def _required(self) -> _Opened:
        opened = self._opened()
        if opened is None:
            raise ValueError("they have not been begun; run claimdesk vectors")
        return opened

    def _maps(self, mode: Any, count: int) -> _Maps:
        """Map the files, of room for `count` rows; "r+" enlarges them where they must be."""
        blocks, maps = max(1, -(-count // BLOCK)), []
        for name, (kind, shape) in _BLOCKS.items():
            path, size = self._folder / name, blocks * int(np.prod(shape)) * np.dtype(kind).itemsize
            if mode == "r+" and (lacking := size - path.stat().st_size) > 0:
                # Written, not left as a hole: on a full disk this fails, a map's write would kill.
                with path.open("ab") as file:
                    file.write(bytes(lacking))
            maps.append(np.memmap(path, kind, mode, shape=(blocks, *shape)))
        rows, all_signs, numbers = maps
        return _Maps(rows.reshape(-1), all_signs, numbers.reshape(-1, DIMENSIONS))

    def _record(self, state: IndexState, count: int) -> None:
        known = {"format": _FORMAT, "model": self._model, "rows": count, "state": asdict(state)}
        write_atomically(self._folder / _STATE, json.dumps(known))


def _nearest(differing: npt.NDArray[np.integer[Any]], many: int) -> npt.NDArray[np.intp]:
    """The places of about so many of the least counts, at most four times as many.

    How far these go is read off a sample: to count all would take longer than to compare them.
    """
    every = max(1, min(_SAMPLED, len(differing) // many))
    within = np.cumsum(np.bincount(differing[::every], minlength=DIMENSIONS + 1))
    farthest = np.searchsorted(within, min(many // every, within[-1]))
    return np.flatnonzero(differing <= farthest)[: 4 * many]


def _hash(text: str) -> int:
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest())


def _embedded(entry: ClaimEntry) -> int:
    """What stands for a claim with this very text."""
    return _hash(f"{entry.claim_id} {entry.text}")


def _row(entry: ClaimEntry) -> tuple[int, int, bytes]:
    return _embedded(entry), _hash(entry.article_id), entry.claim_id.encode()
