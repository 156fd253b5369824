"""Keep the search index in step with the store."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field

from bot import store
from bot.errors import SearchIndexError
from bot.model import ClaimEntry
from bot.newsroom.providers import Clock, OpenIndex
from bot.newsroom.search.meaning import VectorUpdates
from bot.search import IndexState

log = logging.getLogger(__name__)

CHANGE_BATCH = 10_000


@dataclass(eq=False, repr=False, kw_only=True)
class IndexUpdates:
    """What applies to the index, and to the claims' vectors, whatever has changed in the store.

    Methods are safe to call from several threads.
    """

    archive: store.Archive
    headlines: store.Headlines
    names: store.SpeakerNames
    naming: store.NamingRules
    index: OpenIndex
    vectors: VectorUpdates
    now: Clock
    _catching_up: threading.Lock = field(default_factory=threading.Lock, init=False)
    _names_checked: bool = field(default=False, init=False)

    def catch_up(self) -> None:
        """Bring the index to the store's state; build it anew where it is missing or torn."""
        with self._catching_up:
            self._catch_up(wait=True)
        self.vectors.catch_up()

    def catch_up_if_free(self) -> None:
        """Catch up, unless another thread or process is at it: what there is must do for now."""
        if self._catching_up.acquire(blocking=False):
            try:
                self._catch_up(wait=False)
            except SearchIndexError as error:
                log.warning("the index is behind: %s", error)
            finally:
                self._catching_up.release()
        self.vectors.catch_up()

    def _catch_up(self, *, wait: bool) -> None:
        store_id, seq = self.archive.state()
        state = self.index().state
        if state is None or state.store != store_id or state.seq > seq:
            self._rebuild(wait=wait)
        elif seq - state.seq > max(CHANGE_BATCH, self.index().count()):
            self._rebuild(wait=wait)  # more has changed than is there: this is the shorter way
        else:
            self._regroup_names()
            self._apply_changes(state, wait=wait)

    def _regroup_names(self) -> None:
        """Group all names anew after a change of rules or settings, once: another process may have
        other settings."""
        if not self._names_checked and self.names.rules_version() != self.naming.version:
            self.names.rebuild(self.naming, self.now())
        self._names_checked = True

    def difference(self) -> tuple[int, int]:
        """How many of the store's claims the index lacks, and how many it has too many."""
        stored, indexed = self.archive.claim_ids(), self.index().ids()
        return len(stored - indexed), len(indexed - stored)

    def reindex(self) -> int:
        """Build the index anew from the store; returns the number of claims in it."""
        with self._catching_up:
            self._rebuild(wait=True)
        return self.index().count()

    def _rebuild(self, *, wait: bool) -> None:
        store_id, seq = self.archive.state()
        # What changes while this runs has a higher number, and is applied once more afterwards.
        entries, headlines = self._all_entries(), self.headlines.all()
        state = IndexState(store=store_id, seq=seq)
        self.index().rebuild(entries, state, headlines=headlines, wait=wait)

    def _all_entries(self) -> Iterator[ClaimEntry]:
        """What the index needs of every claim. Names are gathered when it asks for the first, so
        only by the one process that may write it."""
        self.names.rebuild(self.naming, self.now())
        self._names_checked = True
        yield from self.archive.all_entries()

    def _apply_changes(self, state: IndexState, *, wait: bool) -> None:
        archive = self.archive
        while changes := archive.changes(after=state.seq, limit=CHANGE_BATCH):
            ids = list(dict.fromkeys(change.article_id for change in changes))
            state = IndexState(store=state.store, seq=changes[-1].seq)
            # Before the index notes how far it has come, so that no name is ever passed over.
            self.names.add(ids, self.naming, self.now())
            entries, headlines = archive.entries(ids), self.headlines.for_articles(ids)
            self.index().apply(ids, entries, state, headlines=headlines, wait=wait)
