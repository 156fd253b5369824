"""Keep the search index up to date with the store."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from bot import store
from bot.errors import SearchIndexBusyError, SearchIndexError
from bot.log_limit import LogLimit
from bot.model import ClaimEntry
from bot.newsroom.providers import Clock, OpenIndex
from bot.newsroom.search.vector_updates import VectorUpdates
from bot.search import IndexState

log = logging.getLogger(__name__)

CHANGE_BATCH = 10_000
CHECK_INTERVAL = 600.0
"""Seconds between checks of all of the index's files; one reads 100 MB in 0.1 s."""


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


@dataclass(eq=False, repr=False, kw_only=True)
class IndexUpdates:
    """Applies the store's changes to the index and to the claims' vectors.

    `names` are the stored names of speakers, and `naming` are the rules that group them. Methods
    are thread-safe.
    """

    archive: store.Archive
    headlines: store.Headlines
    statements: store.Statements
    names: store.SpeakerNames
    naming: store.NamingRules
    index: OpenIndex
    vectors: VectorUpdates
    now: Clock
    _update_lock: threading.Lock = field(default_factory=threading.Lock, init=False)
    _names_checked: bool = field(default=False, init=False)
    _checked_at: float = field(default_factory=time.monotonic, init=False)
    _delays: LogLimit = field(default_factory=lambda: LogLimit(log), init=False)

    def catch_up(self, *, wait: bool = True) -> None:
        """Bring the index up to date with the store; rebuild it if it is missing or damaged.

        Without `wait`, raises SearchIndexBusyError at once if another process is writing it.
        """
        with self._update_lock:
            self._catch_up(wait=wait)
        self.vectors.catch_up()

    def catch_up_if_free(self) -> bool:
        """Catch up, unless another thread or process is doing so; return whether nothing failed.

        If it fails, searches use the index as it is.
        """
        if self._update_lock.acquire(blocking=False):
            try:
                self._catch_up(wait=False)
            except SearchIndexBusyError:
                log.info("another process brings the index up to date")
            except SearchIndexError as error:
                self._delays.warning("the index is behind: %s", error)
                return False
            finally:
                self._update_lock.release()
        self.vectors.catch_up()
        return True

    def _catch_up(self, *, wait: bool) -> None:
        store_id, seq = self.archive.state()
        state = self.index().state
        if state is None or state.store != store_id or state.seq > seq:
            self._rebuild(wait=wait)
        elif self._is_damaged():
            self._delays.warning("the index is missing or damaged; rebuilding it from the store")
            self._rebuild(wait=wait)
        elif seq - state.seq > max(CHANGE_BATCH, self.index().count()):
            # Faster: more has changed than is indexed.
            self._rebuild(wait=wait)
        else:
            self._apply_changes(state, wait=wait)

    def _is_damaged(self) -> bool:
        is_due = time.monotonic() - self._checked_at > CHECK_INTERVAL
        if is_due:
            self._checked_at = time.monotonic()
        return self.index().is_damaged(read_all=is_due)

    def _regroup_names(self) -> None:
        """Group all names again if the rules or settings have changed since they were grouped.

        This is checked only once per process: otherwise two processes with different settings would
        regroup the names in turn forever.
        """
        if not self._names_checked and self.names.rules_version() != self.naming.version:
            self.names.rebuild(self.naming, self.now())
        self._names_checked = True

    def difference(self) -> IndexDifference:
        """Return which claims only the store or only the index has.

        Articles that are filed meanwhile may count as such.
        """
        # The stored ones are read first.
        stored, indexed = _hashes(self.archive.claim_ids()), _hashes(self.index().ids())
        return IndexDifference(
            missing=np.setdiff1d(stored, indexed), extra=np.setdiff1d(indexed, stored)
        )

    def reindex(self) -> int:
        """Rebuild the index from the store; returns the number of claims in it."""
        with self._update_lock:
            self._rebuild(wait=True)
        return self.index().count()

    def restate(self) -> int:
        """Find the statements of all claims again, and rebuild the index; returns how many
        claims report one."""
        with self._update_lock:
            number = self.statements.restate()
            self._rebuild(wait=True)
        return number

    def _rebuild(self, *, wait: bool) -> None:
        if self.statements.are_missing():  # an archive from before claims had statements
            self.statements.restate()
        store_id, seq = self.archive.state()
        # Changes made meanwhile have a higher number, so they are applied again afterwards.
        entries, headlines = self._all_entries(), self.headlines.all()
        state = IndexState(store=store_id, seq=seq)
        self.index().rebuild(entries, state, headlines=headlines, wait=wait)

    def _all_entries(self) -> Iterator[ClaimEntry]:
        """Yield the index entries of all claims.

        The index takes the first entry only once it holds its write lock. Names are grouped just
        before, so only the process with the lock groups them.
        """
        self.names.rebuild(self.naming, self.now())
        self._names_checked = True
        yield from self.archive.entries()

    def _apply_changes(self, state: IndexState, *, wait: bool) -> None:
        self._regroup_names()
        archive = self.archive
        while changes := archive.changes(after=state.seq, limit=CHANGE_BATCH):
            ids = list(dict.fromkeys(change.article_id for change in changes))
            state = IndexState(store=state.store, seq=changes[-1].seq)
            # Names come before the index records its new state, so that none is ever skipped.
            self.names.add(ids, self.naming, self.now())
            entries, headlines = archive.entries(ids), self.headlines.for_articles(ids)
            self.index().apply(ids, entries, state, headlines=headlines, wait=wait)


def _hashes(ids: Iterable[str]) -> IdHashes:
    return np.fromiter(map(hash, ids), dtype=np.int64)
