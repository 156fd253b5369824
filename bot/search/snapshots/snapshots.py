"""Write snapshots to a storage, and fetch them.

    STORE/1/manifests/KIND-VERSION-SEQ-ID.json    what a snapshot consists of, written last
    STORE/1/chunks/DIGEST                         a piece of a file, by its SHA-256

Pieces never change, so a file that several snapshots share is stored once, and whatever is
interrupted leaves at most pieces that no manifest names. Snapshots of another store or version
have other names; 1 is the format of all this.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple
from uuid import uuid4

from bot.errors import SearchIndexError
from bot.search.snapshots.manifest import Contents, Manifest, SnapshotFile, parse
from bot.search.snapshots.storage import Storage

CHUNK_BYTES = 16 << 20
THREADS = 4
"""How many pieces are fetched at once; each takes `CHUNK_BYTES` of memory."""
FETCH_SECONDS = 300.0
"""How long fetching a snapshot may take: then the index is rebuilt from the store."""
KEPT = 2
"""How many snapshots of a kind and version are kept: one may just be being fetched."""
KEPT_DAYS = timedelta(days=30)
"""How long those of other versions are kept: processes of both may run during an upgrade."""

_WRITE_MESSAGE = "cannot write a snapshot of the index"


class _Piece(NamedTuple):
    """A piece of a file, and where it begins."""

    path: Path
    offset: int
    digest: str


class _DamagedPieceError(Exception):
    """The piece of this name is not what it was. Once deleted, the next snapshot writes it."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class Snapshots:
    """The snapshots of one store.

    Methods raise SearchIndexError if the storage cannot be used.
    """

    def __init__(self, storage: Storage, store_id: str) -> None:
        self._storage, self._store_id = storage, store_id
        self._manifests, self._chunks = f"{store_id}/1/manifests", f"{store_id}/1/chunks"

    def newest(self, kind: str, version: str) -> Manifest | None:
        """The newest snapshot of a kind that this version can use; None if there is none."""
        for name in reversed(self._names(kind, version)):
            manifest = self._parse_stored(name)
            expected = (kind, version, self._store_id)
            if manifest and (manifest.kind, manifest.version, manifest.state.store) == expected:
                return manifest
        return None

    def is_whole(self, manifest: Manifest) -> bool:
        """Whether all pieces of a snapshot are there."""
        return manifest.chunks <= self._stored_chunks()

    def write(
        self,
        kind: str,
        version: str,
        contents: Contents,
        *,
        now: datetime,
    ) -> Manifest:
        """Store a snapshot, and delete those that are too old.

        Only pieces that are not there yet are written. Raises SearchIndexError if `contents` have
        no state.
        """
        if not (state := contents.state):
            raise SearchIndexError(_WRITE_MESSAGE, cause="the index must be rebuilt")
        stored = self._stored_chunks()
        files = [self._write_file(name, path, stored) for name, path in contents.files.items()]
        manifest = Manifest(
            kind=kind,
            version=version,
            state=state,
            claims=contents.claims,
            written_at=now,
            files=tuple(files),
        )
        name = f"{self._manifests}/{kind}-{version}-{state.seq:015}-{uuid4().hex[:8]}.json"
        self._storage.write(name, manifest.to_json())
        self._storage.delete(self._names(kind, version)[:-KEPT])
        self._delete_unused(written_before=now - KEPT_DAYS)
        if not self.is_whole(manifest):
            # Another writer, which had been stopped for long, took its pieces for unused.
            self._storage.delete([name])
            raise SearchIndexError(_WRITE_MESSAGE, cause="another process deleted parts of it")
        return manifest

    def fetch(self, manifest: Manifest, folder: Path) -> None:
        """Write the files of a snapshot to a folder.

        Raises SearchIndexError if it is damaged, or takes longer than `FETCH_SECONDS`.
        """
        pool = ThreadPoolExecutor(THREADS, "snapshot")
        try:
            pieces = [piece for file in manifest.files for piece in _prepare(file, folder)]
            futures = [pool.submit(self._fetch_piece, piece) for piece in pieces]
            done, waiting = wait(futures, FETCH_SECONDS, FIRST_EXCEPTION)
            for future in done:
                future.result()
            if waiting:
                raise _fetch_error("it takes too long")
        except _DamagedPieceError as error:
            # Not in the threads: one that lags behind would delete what the next snapshot wrote.
            self._storage.delete([error.name])
            raise _fetch_error("it is damaged") from error
        except OSError as error:
            raise _fetch_error(error.strerror or str(error)) from error
        finally:
            pool.shutdown(wait=False, cancel_futures=True)
        if any((folder / file.name).stat().st_size != file.size for file in manifest.files):
            raise _fetch_error("it is damaged")

    def discard(self) -> None:
        """Delete all snapshots of this store."""
        self._storage.delete(self._storage.sizes(self._manifests))
        self._storage.delete(self._storage.sizes(self._chunks))

    def _names(self, kind: str, version: str) -> list[str]:
        """The names of the manifests of a kind and version, oldest first."""
        prefix = f"{self._manifests}/{kind}-{version}-"
        names = self._storage.sizes(self._manifests)
        return sorted(name for name in names if name.startswith(prefix) and name.endswith(".json"))

    def _stored_chunks(self) -> set[str]:
        return {name.rpartition("/")[2] for name in self._storage.sizes(self._chunks)}

    def _write_file(self, name: str, path: Path, stored: set[str]) -> SnapshotFile:
        chunks, size = [], 0
        with path.open("rb") as file:
            while chunk := file.read(CHUNK_BYTES):
                digest = hashlib.sha256(chunk).hexdigest()
                if digest not in stored:
                    self._storage.write(f"{self._chunks}/{digest}", chunk)
                    stored.add(digest)
                chunks.append(digest)
                size += len(chunk)
        return SnapshotFile(name, size, tuple(chunks))

    def _fetch_piece(self, piece: _Piece) -> None:
        name = f"{self._chunks}/{piece.digest}"
        contents = self._storage.read(name)
        if hashlib.sha256(contents).hexdigest() != piece.digest:
            raise _DamagedPieceError(name)
        with piece.path.open("r+b") as file:
            os.pwrite(file.fileno(), contents, piece.offset)

    def _delete_unused(self, *, written_before: datetime) -> None:
        """Delete old manifests, what killed processes left, and pieces that no manifest names."""
        used: set[str] = set()
        for name in self._storage.sizes(self._manifests):
            manifest = self._parse_stored(name)
            if manifest and manifest.written_at >= written_before:
                used |= manifest.chunks
            else:
                self._storage.delete([name])
        unused = sorted(self._stored_chunks() - used)
        self._storage.delete(f"{self._chunks}/{digest}" for digest in unused)

    def _parse_stored(self, name: str) -> Manifest | None:
        """Read a manifest; None if it is damaged."""
        contents = self._storage.read(name)
        try:
            return parse(contents, name)
        except SearchIndexError:
            return None


def _prepare(file: SnapshotFile, folder: Path) -> Iterator[_Piece]:
    """Create a file, and yield its pieces."""
    path = folder / file.name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()
    for number, digest in enumerate(file.chunks):
        yield _Piece(path, number * CHUNK_BYTES, digest)


def _fetch_error(cause: str) -> SearchIndexError:
    return SearchIndexError("cannot fetch a snapshot of the index", cause=cause)
