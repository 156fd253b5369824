"""Check whether store, disk and index work; the result is shown to anybody who asks."""

from __future__ import annotations

import logging
import os
import tempfile
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bot import store
from bot.errors import SearchIndexError, StoreBusyError, StoreError
from bot.log_limit import LogLimit
from bot.monitoring.readiness import Note
from bot.newsroom.providers import OpenIndex
from bot.search import IndexFault
from bot.search.patience import within_answer

log = logging.getLogger(__name__)

TEST_BYTES = 4096
MAX_LAG = 4.0
"""Seconds that the index may be behind the store: a change is indexed within about one."""


def write_test_file(folder: Path, *, sync: bool) -> None:
    """Write a file to a folder and delete it; with `sync`, wait for the disk. Raises OSError."""
    with tempfile.TemporaryFile(dir=folder) as file:
        file.write(bytes(TEST_BYTES))
        file.flush()
        if sync:
            os.fsync(file.fileno())


@dataclass(eq=False)
class IndexLag:
    """How far the index is behind the store: in changes, and in seconds since it was in step."""

    clock: Callable[[], float] = time.monotonic
    changes: int = 0
    _pending: deque[tuple[int, float]] = field(default_factory=deque, init=False)
    """The store's change numbers that the index has not reached, and when each was first seen."""

    def update(self, stored_seq: int, indexed_seq: int) -> None:
        """Record the change numbers of store and index."""
        self.changes = max(0, stored_seq - indexed_seq)
        if not self.changes:
            self._pending.clear()
            return
        while self._pending and self._pending[0][0] <= indexed_seq:
            self._pending.popleft()
        if not self._pending or self._pending[-1][0] < stored_seq:
            self._pending.append((stored_seq, self.clock()))

    @property
    def seconds(self) -> float:
        """Return for how long the oldest change has been waiting."""
        return self.clock() - self._pending[0][1] if self._pending else 0.0


@dataclass(eq=False, repr=False, kw_only=True)
class ReadinessChecks:
    """Checks the parts of a newsroom; each returns why its part does not work, empty if it does."""

    archive: store.Archive
    integrity: store.Integrity
    index: OpenIndex
    folder: Path
    lag: IndexLag = field(default_factory=IndexLag)
    _failures: LogLimit = field(default_factory=lambda: LogLimit(log), init=False)

    def check_store(self) -> str:
        """Read from the store and write to it."""
        try:
            self.archive.state()
        except StoreError as error:
            self._failures.warning("%s", error)
            return "it cannot be read"
        try:
            self.integrity.require_writable(light=True)
        except StoreBusyError as error:
            self._failures.warning("%s", error)
            return "it is locked by another program"
        except StoreError as error:
            self._failures.warning("%s", error)
            return "it cannot be written to"
        return ""

    def check_disk(self) -> str:
        """Write a file to the data folder."""
        try:
            write_test_file(self.folder, sync=False)
        except OSError as error:
            self._failures.warning("%s cannot be written to: %s", self.folder, error.strerror)
            return f"the data folder cannot be written to: {error.strerror or 'unknown error'}"
        return ""

    def check_index(self) -> str:
        """Compare the index with the store, and ask the machines that it is on, if any."""
        try:
            store_id, seq = self.archive.state()
            with within_answer():  # a cluster that does not answer delays the check only once
                faults = self._index_faults()
                state = self.index().state
        except StoreError:
            return "the store cannot be read"
        except SearchIndexError as error:
            self._failures.warning("%s", error)
            return "it cannot be read"
        is_of_store = state is not None and state.store == store_id and state.seq <= seq
        self.lag.update(seq, state.seq if state and is_of_store else -1)
        for fault in faults:
            if fault.is_severe:
                return fault.text
        if self.lag.seconds < MAX_LAG:
            return Note("; ".join(fault.text for fault in faults))
        if not is_of_store:
            return "it has to be rebuilt"
        return f"it is behind the store; changes that are not indexed yet: {self.lag.changes:,}"

    def _index_faults(self) -> Sequence[IndexFault]:
        try:
            return self.index().faults()
        except SearchIndexError as error:
            self._failures.warning("%s", error)
            return [IndexFault("its servers do not say how they are")]
