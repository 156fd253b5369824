"""The vectors of claims on disk, and the search for the claims nearest to a vector.

    state.json   the model that made the vectors, the last change of the store that was applied, and
                 the number of rows
    lock         held by the writer
    rows         for each claim, its id, a hash of its article's id, and a hash of the embedded text
    signs        a bit for the sign of each of a vector's 384 numbers
    bytes        the numbers themselves

The vectors are kept apart from the index: rebuilding the index takes minutes, but embedding a
million claims takes hours. The files grow by blocks of rows. A removed claim's row is cleared
and reused; state.json is replaced last, so that a killed process leaves either the old or the new
state. A search compares all signs first, then the bytes of the nearest thousand.
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
from bot.search.engine.embedded.generation import wrap_index_errors, write_atomically, write_lock
from bot.search.meaning.codes import (
    DIMENSIONS,
    SIGN_WORDS,
    ByteVectors,
    UnitVectors,
    cosines,
    first_half_distances,
    quantise,
    second_half_distances,
    sign_bits,
)
from bot.search.protocol import IndexState, Neighbour

BLOCK = 8192
"""The number of rows in a block, whose signs fit into a core's cache."""
CANDIDATES = 1000
"""About how many claims have their bytes compared after their signs."""

_HALF_CANDIDATES_FACTOR = 10
"""Multiplied by `CANDIDATES`: about how many claims have all their signs compared, not half."""
_SAMPLE_STEP = 16
"""Every 16th distance is sampled to estimate the distance of the nearest rows."""
FORMAT = 1
_SCAN_PARTS = 4
"""The number of parts into which a scan is divided, each on its own thread."""
STATE = "state.json"
_ROW = np.dtype([("embedded", "<u8"), ("article", "<u8"), ("claim", "S16")])
_EMPTY_ROW = np.zeros((), _ROW)
BLOCKS: dict[str, tuple[npt.DTypeLike, tuple[int, ...]]] = {
    "rows": (_ROW, (BLOCK,)),
    # Word by word, so that a scan compares whole arrays.
    "signs": (np.dtype("<u8"), (SIGN_WORDS, BLOCK)),
    "bytes": (np.dtype(np.int8), (BLOCK, DIMENSIONS)),
}
"""The type and the shape of a block of each file."""

wrap_errors = partial(
    wrap_index_errors, remedy="Check the disk; the store and its index are not affected."
)

Stamp = tuple[int, int, int]
"""File metadata of state.json, which changes when it is replaced."""


class _Maps(NamedTuple):
    rows: Any
    signs: Any
    bytes: Any

    def write(
        self,
        positions: npt.NDArray[np.int64],
        rows: npt.NDArray[Any],
        byte_vectors: ByteVectors,
    ) -> None:
        """Write rows to the disk; claim ids last, so that no claim ever has another's vector."""
        self.rows[positions] = _EMPTY_ROW
        self.signs[positions // BLOCK, :, positions % BLOCK] = sign_bits(byte_vectors)
        self.bytes[positions] = byte_vectors
        self.rows[positions] = rows
        for file in self:
            file.flush()


@dataclass(frozen=True)
class _OpenVectors:
    """The open files at one state; some of the `count` rows may be free."""

    stamp: Stamp
    state: IndexState
    count: int
    maps: _Maps

    @cached_property
    def text_hashes(self) -> npt.NDArray[np.uint64]:
        """The sorted hashes of the embedded texts, then the largest possible hash as a sentinel."""
        hashes: npt.NDArray[np.uint64] = self.maps.rows["embedded"][: self.count]
        return np.append(np.sort(hashes), np.uint64(2**64 - 1))


class Vectors:
    """The vectors in a folder, all made by one `model` (a digest of its weights).

    Several processes may read them, one at a time writes; thread-safe. All methods raise
    SearchIndexError if the files cannot be read or written.
    """

    def __init__(self, folder: Path, model: str) -> None:
        self._folder, self._model = folder, model
        self._open_vectors: _OpenVectors | None = None
        self._pool = ThreadPoolExecutor(min(4, os.cpu_count() or 1), "vectors")

    @property
    def state(self) -> IndexState | None:
        """The last change of the store that was applied; None if the vectors are unusable: not
        begun, corrupt, or made by another model."""
        current = self._current()
        return current.state if current else None

    def count(self) -> int:
        """The number of claims with a vector."""
        current = self._current()
        return int(np.count_nonzero(current.text_hashes[:-1])) if current else 0

    def begin(self, state: IndexState) -> None:
        """Delete all vectors, and record a state."""
        with wrap_errors("cannot begin the vectors", self._folder):
            self._folder.mkdir(parents=True, exist_ok=True)
            with write_lock(self._folder):
                # Truncating the files instead would kill a process that still maps them.
                for name in (STATE, *BLOCKS):
                    (self._folder / name).unlink(missing_ok=True)
                for name in BLOCKS:
                    (self._folder / name).touch()
                self._map_files("r+", 0)
                self._record_state(state, 0)

    def find_missing(self, entries: Sequence[ClaimEntry]) -> list[ClaimEntry]:
        """Find the claims whose current text has not been embedded."""
        current = self._current()
        if current is None:
            return list(entries)
        hashes = np.array([_text_hash(entry) for entry in entries], np.uint64)
        is_embedded = current.text_hashes[np.searchsorted(current.text_hashes, hashes)] == hashes
        return [
            entry for entry, has_vector in zip(entries, is_embedded, strict=True) if not has_vector
        ]

    def add(
        self, entries: Sequence[ClaimEntry], vectors: UnitVectors, *, wait: bool = True
    ) -> None:
        """Store the unit vectors of claims, except claims that have one already.

        Without `wait`, raises SearchIndexError at once if another process is writing.
        """
        with (
            write_lock(self._folder, wait=wait),
            wrap_errors("cannot write the vectors", self._folder),
        ):
            current = self._current_or_raise()
            # Another process may have added some of them meanwhile.
            missing_ids = {entry.claim_id for entry in self.find_missing(entries)}
            indexes = [n for n, entry in enumerate(entries) if entry.claim_id in missing_ids]
            free_rows = np.flatnonzero(current.maps.rows["embedded"][: current.count] == 0)
            free_rows = free_rows[: len(indexes)]
            count = current.count + len(indexes) - len(free_rows)
            positions = np.concatenate([free_rows, np.arange(current.count, count)])
            maps = self._map_files("r+", count)
            if indexes:
                rows = np.array([_row(entries[index]) for index in indexes], _ROW)
                maps.write(positions, rows, quantise(vectors[indexes]))
            self._record_state(current.state, count)

    def prune(
        self,
        article_ids: Collection[str],
        entries: Iterable[ClaimEntry],
        state: IndexState,
        *,
        expected_state: IndexState | None = None,
        wait: bool = True,
    ) -> bool:
        """Delete the vectors of these articles except those of `entries`, and record a state.

        Does nothing and returns False if the current state is not `expected_state`: then another
        process has applied later changes, and these claims may be older than the stored ones.
        """
        with (
            write_lock(self._folder, wait=wait),
            wrap_errors("cannot write the vectors", self._folder),
        ):
            current = self._current_or_raise()
            if expected_state not in (None, current.state):
                return False
            rows = current.maps.rows[: current.count]
            articles = np.array([_hash(article_id) for article_id in article_ids], np.uint64)
            kept_hashes = np.array([_text_hash(entry) for entry in entries], np.uint64)
            candidates = np.flatnonzero(np.isin(rows["article"], articles))
            deleted_rows = candidates[~np.isin(rows["embedded"][candidates], kept_hashes)]
            zeros = np.zeros((len(deleted_rows), DIMENSIONS), np.int8)
            maps = self._map_files("r+", current.count)
            maps.write(deleted_rows, np.zeros(len(deleted_rows), _ROW), zeros)
            self._record_state(state, current.count)
        return True

    def find_nearest(self, vector: UnitVectors, limit: int) -> list[Neighbour]:
        """Find the `limit` claims nearest to a unit vector, nearest first."""
        with wrap_errors("cannot search by meaning", self._folder):
            current = self._current()
            if current is None:
                return []
            candidates = self._candidates(current, vector)
            similarities = cosines(current.maps.bytes[candidates], vector)
            ranking = np.argsort(-similarities, kind="stable")
            claims = current.maps.rows["claim"][candidates[ranking]].tolist()
        pairs = zip(claims, similarities[ranking].tolist(), strict=True)
        return [Neighbour(claim.decode(), cosine) for claim, cosine in pairs if claim][:limit]

    def close(self) -> None:
        """Close the files; the next use reopens them."""
        self._open_vectors = None

    def _candidates(self, current: _OpenVectors, vector: UnitVectors) -> npt.NDArray[np.int64]:
        """The rows whose signs differ least from the vector's.

        The second half of the signs is compared only for rows whose first half differs little.
        """
        signs = sign_bits(quantise(vector[np.newaxis]))[0]
        parts = np.array_split(current.maps.signs, _SCAN_PARTS)
        counts = self._pool.map(lambda blocks: first_half_distances(blocks, signs), parts)
        distances = np.concatenate(list(counts)).reshape(-1)[: current.count]
        rows = _nearest_indexes(distances, _HALF_CANDIDATES_FACTOR * CANDIDATES)
        second_half = current.maps.signs[rows // BLOCK, SIGN_WORDS // 2 :, rows % BLOCK]
        total_distances = distances[rows] + second_half_distances(second_half, signs)
        return rows[_nearest_indexes(total_distances, CANDIDATES)]

    def _current(self) -> _OpenVectors | None:
        """The current state, reopened only if it has changed; None if it is unusable."""
        path = self._folder / STATE
        if not path.exists():  # asked for every search
            self._open_vectors = None
            return None
        try:
            with wrap_errors("cannot read the vectors", self._folder):
                stat = path.stat()
                stamp = (stat.st_mtime_ns, stat.st_ino, stat.st_size)
                opened = self._open_vectors
                # Touching what is missing from a mapped file would kill the process (SIGBUS).
                if not opened or opened.stamp != stamp or not self._is_whole(opened.count):
                    self._open_vectors = self._open(stamp, path.read_bytes())
        except SearchIndexError:
            if path.exists():
                raise
            self._open_vectors = None
        return self._open_vectors

    def _open(self, stamp: Stamp, state_bytes: bytes) -> _OpenVectors | None:
        """Open the files; None if they are corrupt, or another model or format made them."""
        try:
            header = json.loads(state_bytes)
            if (header["format"], header["model"]) != (FORMAT, self._model):
                return None
            state, count = IndexState(**header["state"]), header["rows"]
            # As plain arrays, which are sliced faster than maps.
            maps = _Maps(*map(np.asarray, self._map_files("r", count)))
        except (ValueError, KeyError, TypeError, FileNotFoundError):
            return None
        return _OpenVectors(stamp, state, count, maps)

    def _current_or_raise(self) -> _OpenVectors:
        current = self._current()
        if current is None:
            raise ValueError("they have not been begun; run claimdesk vectors")
        return current

    def _map_files(self, mode: Any, count: int) -> _Maps:
        """Map the files for `count` rows into memory; "r+" enlarges them if necessary."""
        block_count, maps = _block_count(count), []
        for name, (dtype, shape) in BLOCKS.items():
            path, size = self._folder / name, _file_size(name, count)
            if mode == "r+" and (missing_bytes := size - path.stat().st_size) > 0:
                # On a full disk, this raises an error; writing to a map would kill the process.
                with path.open("ab") as file:
                    file.write(bytes(missing_bytes))
            maps.append(np.memmap(path, dtype, mode, shape=(block_count, *shape)))
        rows, signs, byte_vectors = maps
        return _Maps(rows.reshape(-1), signs, byte_vectors.reshape(-1, DIMENSIONS))

    def _is_whole(self, count: int) -> bool:
        try:
            return all(
                (self._folder / name).stat().st_size >= _file_size(name, count) for name in BLOCKS
            )
        except FileNotFoundError:
            return False

    def _record_state(self, state: IndexState, count: int) -> None:
        header = {"format": FORMAT, "model": self._model, "rows": count, "state": asdict(state)}
        write_atomically(self._folder / STATE, json.dumps(header))


def _block_count(count: int) -> int:
    return max(1, -(-count // BLOCK))


def _file_size(name: str, count: int) -> int:
    dtype, shape = BLOCKS[name]
    return _block_count(count) * int(np.prod(shape)) * np.dtype(dtype).itemsize


def _nearest_indexes(distances: npt.NDArray[np.integer[Any]], count: int) -> npt.NDArray[np.intp]:
    """The indexes of about the `count` smallest distances, at most four times as many.

    The limit is estimated from a sample, since counting all distances takes longer than comparing
    them.
    """
    step = max(1, min(_SAMPLE_STEP, len(distances) // count))
    cumulative_counts = np.cumsum(np.bincount(distances[::step], minlength=DIMENSIONS + 1))
    limit = np.searchsorted(cumulative_counts, min(count // step, cumulative_counts[-1]))
    return np.flatnonzero(distances <= limit)[: 4 * count]


def _hash(text: str) -> int:
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest())


def _text_hash(entry: ClaimEntry) -> int:
    return _hash(f"{entry.claim_id} {entry.text}")


def _row(entry: ClaimEntry) -> tuple[int, int, bytes]:
    return _text_hash(entry), _hash(entry.article_id), entry.claim_id.encode()
