"""Snapshots of the index and the vectors: when they are written, and when one is fetched."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path

from bot import store
from bot.config import Settings
from bot.errors import BotError, SearchIndexBusyError, SearchIndexError
from bot.newsroom.providers import Clock, OpenIndex
from bot.newsroom.search.meaning import ClaimVectors
from bot.search import ClaimIndex, IndexState, weights
from bot.search.engine.documents import FORMAT
from bot.search.meaning import vector_files
from bot.search.snapshots.manifest import Contents, Manifest
from bot.search.snapshots.snapshots import Snapshots
from bot.search.snapshots.storage import Storage, open_storage

log = logging.getLogger(__name__)

INTERVAL = timedelta(minutes=10)
MIN_CHANGES = 1_000
"""How many changes of the store a new snapshot is worth; catching up takes less than a second."""
MAX_AGE = timedelta(days=1)
"""The age at which any change is worth a new snapshot."""
MAX_BEHIND = 10_000
"""A snapshot that lacks more changes than this, and than it has claims, is not worth fetching: the
index is rebuilt faster."""

INDEX, VECTORS = "index", "vectors"
VERSIONS = {INDEX: str(FORMAT), VECTORS: vector_files.version(weights.SHA256)}


@dataclass(eq=False, repr=False, kw_only=True)
class IndexSnapshots:
    """Writes and fetches snapshots at the place that the settings name, if they name one."""

    settings: Settings
    archive: store.Archive
    jobs: store.Jobs
    index: OpenIndex
    vectors: ClaimVectors
    now: Clock

    @property
    def are_on(self) -> bool:
        """Whether the settings name a place for snapshots."""
        return bool(self.settings.search.snapshots)

    @cached_property
    def _storage(self) -> Storage:
        return open_storage(self.settings.search.snapshots)

    def _snapshots(self) -> Snapshots:
        store_id, _ = self.archive.state()
        return Snapshots(self._storage, store_id)

    def newest(self, kind: str) -> Manifest | None:
        """The newest snapshot that this version can use. Raises SearchIndexError."""
        return self._snapshots().newest(kind, VERSIONS[kind])

    # -- fetch

    def restore_index(
        self,
        catch_up: Callable[[ClaimIndex, IndexState], None],
        *,
        newer_than: int = -1,
        wait: bool,
    ) -> bool:
        """Replace the index on the local disk by a snapshot, if there is a usable one that has more
        changes than `newer_than`.

        `catch_up` brings it up to date before anybody searches it, since claims in it may have been
        withdrawn. Returns False if the index must be rebuilt; raises SearchIndexBusyError if
        another process writes it.
        """
        index = self.index()
        if not self.are_on or not isinstance(index, ClaimIndex):
            return False
        try:
            snapshots = self._snapshots()
            manifest = snapshots.newest(INDEX, VERSIONS[INDEX])
            if not (manifest and self._is_worthwhile(manifest, newer_than)):
                return False
            index.replace(
                _fetching(snapshots, manifest),
                lambda fetched: _catch_up_whole(fetched, manifest, catch_up),
                wait=wait,
            )
        except SearchIndexBusyError:
            raise
        except SearchIndexError as error:
            log.warning("the index is not fetched from a snapshot, but rebuilt: %s", error)
            return False
        log.info("fetched a snapshot of the index, with %d claims", manifest.claims)
        return True

    def _is_worthwhile(self, manifest: Manifest, newer_than: int) -> bool:
        """Whether a snapshot is newer than what is there, and catching up is faster than a rebuild.

        It is none if it has changes that the store lacks, which was restored from a backup.
        """
        _, seq = self.archive.state()
        snapshot_seq, limit = manifest.state.seq, max(MAX_BEHIND, manifest.claims)
        return newer_than < snapshot_seq <= seq and seq - snapshot_seq <= limit

    def restore_vectors(self) -> None:
        """Fetch the newest snapshot of the vectors, if there is a usable one."""
        try:
            snapshots = self._snapshots()
            manifest = snapshots.newest(VECTORS, VERSIONS[VECTORS])
            if not manifest or manifest.state.seq > self.archive.state()[1]:
                return
            folder, fetch = self.settings.vectors_folder, _fetching(snapshots, manifest)
            if vector_files.replace(folder, weights.SHA256, fetch):
                log.info("fetched a snapshot of %d vectors", manifest.claims)
        except BotError as error:
            log.warning("the vectors are not fetched from a snapshot: %s", error)

    # -- write

    def ensure_job(self) -> None:
        """Make sure that the job that writes snapshots is due, if they are on."""
        if self.are_on:
            self.jobs.add("snapshot", "index", due_at=self.now() + INTERVAL)

    def handle_snapshot_job(self, _job: store.Job) -> datetime | None:
        """Write those snapshots that are worth it; returns when to look again, None if they are
        off. Idempotent."""
        if not self.are_on:
            return None
        snapshots = self._snapshots()
        index = self.index()
        if isinstance(index, ClaimIndex) and self._is_due(snapshots, INDEX, index.state):
            with index.contents() as contents:
                self._write(snapshots, INDEX, contents)
        is_on_disk = not self.vectors.in_index
        if is_on_disk and self._is_due(snapshots, VECTORS, self.vectors.stored.state):
            folder = self.settings.vectors_folder
            with vector_files.copied_contents(folder, weights.SHA256) as contents:
                self._write(snapshots, VECTORS, contents)
        return self.now() + INTERVAL

    def _is_due(self, snapshots: Snapshots, kind: str, state: IndexState | None) -> bool:
        last = snapshots.newest(kind, VERSIONS[kind])
        store_id, seq = self.archive.state()
        if state is None or state.store != store_id or state.seq > seq:
            return False
        if last and last.state.seq > seq:
            # The store was restored from a backup: what they have came after that.
            log.info("deleting the snapshots, which have changes that the store lacks")
            snapshots.discard()
            last = None
        if last is None or not snapshots.is_whole(last):
            return True
        changes, age = state.seq - last.state.seq, self.now() - last.written_at
        return changes >= MIN_CHANGES or (changes > 0 and age >= MAX_AGE)

    def _write(self, snapshots: Snapshots, kind: str, contents: Contents) -> None:
        manifest = snapshots.write(kind, VERSIONS[kind], contents, now=self.now())
        log.info(
            "wrote a snapshot of the %s: %d claims, %d bytes", kind, manifest.claims, manifest.size
        )

    def discard(self) -> None:
        """Delete all snapshots of this store: what was erased from it may be in them.

        Raises SearchIndexError if they may still be there.
        """
        if not self.are_on:
            return
        try:
            self._snapshots().discard()
        except SearchIndexError as error:
            raise SearchIndexError(
                "the snapshots of the index were not deleted",
                subject="search.snapshots in bot.yml",
                cause=error.failure,
                remedy="What was erased may still be in them. Run claimdesk reindex once they can "
                "be reached.",
            ) from error


def _fetching(snapshots: Snapshots, manifest: Manifest) -> Callable[[Path], IndexState]:
    """Return a function that writes a snapshot's files to a folder and returns its state."""

    def fetch(folder: Path) -> IndexState:
        snapshots.fetch(manifest, folder)
        return manifest.state

    return fetch


def _catch_up_whole(
    fetched: ClaimIndex, manifest: Manifest, catch_up: Callable[[ClaimIndex, IndexState], None]
) -> None:
    """Bring a fetched index up to date. Raises SearchIndexError if claims are missing."""
    if fetched.count() != manifest.claims:
        raise SearchIndexError("cannot use a snapshot of the index", cause="claims are missing")
    catch_up(fetched, manifest.state)
