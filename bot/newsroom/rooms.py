"""Open the rooms that the use cases join, and keep the index in step with the store."""

from __future__ import annotations

import contextlib
import logging
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import cached_property
from types import TracebackType
from typing import TYPE_CHECKING, Self

from bot import ingest
from bot.articles.sites import Sites
from bot.config import Settings
from bot.errors import SearchIndexError, StoreError
from bot.fingerprints import extractor_version
from bot.model import Entry
from bot.newsroom.speakers.roles import is_noun, roles_of
from bot.search import ClaimIndex, SearchIndex, State
from bot.speakers.naming import naming_of
from bot.store import Naming, Store, make_private

if TYPE_CHECKING:
    from bot.extract import Extractor

log = logging.getLogger(__name__)

CHANGES_AT_ONCE = 10_000


class Rooms:
    """The store, the index and the extractor of one data folder, opened as they are needed.

    Methods are safe to call from several threads. Raises BotError children only.
    """

    def __init__(self, settings: Settings, clock: Callable[[], datetime] | None = None) -> None:
        self.settings = settings
        self.now = clock or (lambda: datetime.now(UTC))
        self.sites = Sites(outlet.domains for outlet in settings.outlets)
        self._catching_up = threading.Lock()
        self._names_checked = False
        try:
            make_private(settings.data)
        except OSError as error:
            raise StoreError(
                "the data folder cannot be created",
                subject=str(settings.data),
                cause=error.strerror or str(error),
                remedy="Set CLAIMDESK_DATA to a folder that you can write to.",
            ) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @cached_property
    def store(self) -> Store:
        """The system of record, its schema up to date."""
        store = Store(self.settings.database_url, self.sites, roles_of)
        store.database.require_current()
        return store

    @cached_property
    def index(self) -> SearchIndex:
        """The search index as it lies there; `catch_up` brings it to the store's state."""
        return ClaimIndex.open(
            self.settings.index_folder,
            spelling=self.settings.search.spelling,
            names=self.settings.outlets + self.settings.speakers,
            is_noun=is_noun,
        )

    @cached_property
    def extractor(self) -> Extractor:
        """The tagger; loading it, and the libraries that it needs, takes a moment."""
        from bot.extract import Extractor

        return Extractor(threads=self.settings.extract.threads, cues=self.settings.cues)

    @cached_property
    def extractor_version(self) -> str:
        """Which extractor this is."""
        return extractor_version(self.settings)

    @cached_property
    def naming(self) -> Naming:
        """How speakers' names meet."""
        return naming_of(self.settings)

    def open(self, *, catch_up: bool = True) -> None:
        """Open store and index now, before several threads ask for them, and catch up.

        Where something else sees to catching up, answers need not wait for it: they say that
        claims may be missing.
        """
        _ = self.store, self.index
        if catch_up:
            self.catch_up_if_free()

    def catch_up(self) -> None:
        """Bring the index to the store's state; build it anew where it is missing or torn."""
        with self._catching_up:
            self._catch_up(wait=True)

    def catch_up_if_free(self) -> None:
        """Catch up, unless another thread or process is at it: what there is must do for now."""
        if not self._catching_up.acquire(blocking=False):
            return
        try:
            self._catch_up(wait=False)
        except SearchIndexError as error:
            log.warning("the index is behind: %s", error)
        finally:
            self._catching_up.release()

    def _catch_up(self, *, wait: bool) -> None:
        store_id, seq = self.store.archive.state()
        state = self.index.state
        if state is None or state.store != store_id or state.seq > seq:
            self._rebuild(wait=wait)
        elif seq - state.seq > max(CHANGES_AT_ONCE, self.index.count()):
            self._rebuild(wait=wait)  # more has changed than is there: this is the shorter way
        else:
            self._regroup_names()
            self._apply_changes(state, wait=wait)

    def _regroup_names(self) -> None:
        """Group all names anew after a change of rules or settings, once: another process may have
        other settings."""
        if not self._names_checked and self.store.names.version() != self.naming.version:
            self.store.names.rebuild(self.naming, self.now())
        self._names_checked = True

    def difference(self) -> tuple[int, int]:
        """How many of the store's claims the index lacks, and how many it has too many."""
        stored, indexed = self.store.archive.claim_ids(), self.index.ids()
        return len(stored - indexed), len(indexed - stored)

    def reindex(self) -> int:
        """Build the index anew from the store; returns the number of claims in it."""
        with self._catching_up:
            self._rebuild(wait=True)
        return self.index.count()

    def _rebuild(self, *, wait: bool) -> None:
        store_id, seq = self.store.archive.state()
        # What changes while this runs has a higher number, and is applied once more afterwards.
        entries, headlines = self._all_entries(), self.store.archive.all_headlines()
        state = State(store=store_id, seq=seq)
        self.index.rebuild(entries, state, headlines=headlines, wait=wait)

    def _all_entries(self) -> Iterator[Entry]:
        """What the index needs of every claim. Names are gathered when it asks for the first, so
        only by the one process that may write it."""
        self.store.names.rebuild(self.naming, self.now())
        self._names_checked = True
        yield from self.store.archive.all_entries()

    def _apply_changes(self, state: State, *, wait: bool) -> None:
        archive = self.store.archive
        while changes := archive.changes(after=state.seq, limit=CHANGES_AT_ONCE):
            ids = list(dict.fromkeys(change.article_id for change in changes))
            state = State(store=state.store, seq=changes[-1].seq)
            # Before the index notes how far it has come, so that no name is ever passed over.
            self.store.names.add(ids, self.naming, self.now())
            entries, headlines = archive.entries(ids), archive.headlines(ids)
            self.index.apply(ids, entries, state, headlines=headlines, wait=wait)

    def close(self) -> None:
        """Close what was opened."""
        ingest.close()
        with contextlib.suppress(KeyError):
            self.__dict__.pop("index").close()
        with contextlib.suppress(KeyError):
            self.__dict__.pop("store").close()
