"""Keep the vectors of claims up to date with the store."""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from bot import store
from bot.errors import SearchIndexBusyError, SearchIndexError
from bot.log_limit import LogLimit
from bot.newsroom.search.meaning import ClaimVectors, download_weights
from bot.search import IndexState, IndexVectors

log = logging.getLogger(__name__)

EMBEDDING_BATCH = 64
"""Claims embedded and stored together; an interruption loses at most one batch."""
INDEX_BATCH = 1000
"""The same for an index that holds the vectors itself: each batch is a file there, merged later."""
ARTICLE_BATCH = 100
CATCH_UP_BATCH = 64
"""The most new claims embedded each time the index is updated. They take less than a second, during
which other claims wait to be indexed."""
MAX_CLAIMS_TO_BEGIN = 5000
"""The most claims for which a process begins the vectors by itself: with more, it would be busy for
long."""


@dataclass(eq=False, repr=False, kw_only=True)
class VectorUpdates:
    """Computes the vectors of claims, and stores them on disk or in an index that holds them.

    Those in an index come and go with its claims, and are computed again after it is rebuilt.
    """

    archive: store.Archive
    vectors: ClaimVectors
    _failures: LogLimit = field(default_factory=lambda: LogLimit(log), init=False)

    def catch_up(self) -> None:
        """Bring the vectors up to date with the store, embedding at most CATCH_UP_BATCH claims."""
        try:
            if not self.vectors.is_enabled:
                return
            if in_index := self.vectors.in_index:
                self._add_missing(in_index, CATCH_UP_BATCH, wait=False)
            elif self._has_vectors():
                for _ in self._apply_changes(CATCH_UP_BATCH, wait=False):
                    pass
        except SearchIndexBusyError:
            log.info("another process brings the vectors up to date")
        except SearchIndexError as error:
            self._failures.warning("the vectors are behind: %s", error)

    def begin_if_few(self) -> None:
        """Begin the vectors on disk if there are none and few claims; `catch_up` computes them.

        A newsroom starts with an empty archive, and has search by meaning from its first article.
        """
        vectors = self.vectors
        if vectors.settings.search.url:
            return  # catch_up begins by itself
        try:
            if vectors.can_begin and self.archive.coverage().claims <= MAX_CLAIMS_TO_BEGIN:
                self._begin()
        except SearchIndexError as error:
            log.warning("searching by words only: %s", error)

    def delete(self, article_ids: Collection[str]) -> None:
        """Delete the vectors of articles, without waiting for `catch_up` to reach their change."""
        is_on_disk = not self.vectors.settings.search.url
        if is_on_disk and (state := self.vectors.stored.state):
            self.vectors.stored.prune(article_ids, (), state)

    def build(self) -> Iterator[int]:
        """Compute all missing vectors; yields the number of claims with a vector after each step.

        The model is downloaded first if `search.weights` is an address. An interrupted run is
        resumed by calling this again. Raises SearchIndexError if the model is missing or another,
        or the index cannot hold vectors, and FetchError if the model can't be downloaded.
        """
        if "embedder" not in vars(self.vectors):
            download_weights(self.vectors.settings)
        _ = self.vectors.embedder
        if in_index := self.vectors.in_index:
            if reason := self.vectors.disabled_reason():
                raise SearchIndexError("cannot make vectors", cause=reason)
            while self._add_missing(in_index, INDEX_BATCH, wait=True):
                yield self.vectors.count()
            yield self.vectors.count()
            return
        if self._has_vectors():
            # Start again from change 0, since a power cut may have lost some vectors.
            store_id, _ = self.archive.state()
            self.vectors.stored.prune((), (), IndexState(store=store_id, seq=0))
        else:
            self._begin()
        yield from self._apply_changes(None, wait=True)

    def _begin(self) -> None:
        store_id, _ = self.archive.state()
        self.vectors.stored.begin(IndexState(store=store_id, seq=0))

    def _add_missing(self, in_index: IndexVectors, limit: int, *, wait: bool) -> int:
        embed = self.vectors.embedder.embed
        return in_index.add_missing(limit, self.archive.entries, embed, wait=wait)

    def _has_vectors(self) -> bool:
        store_id, seq = self.archive.state()
        state = self.vectors.stored.state
        return bool(state and state.store == store_id and state.seq <= seq)

    def _apply_changes(self, limit: int | None, *, wait: bool) -> Iterator[int]:
        """Apply the store's changes since the vectors' state, embedding at most `limit` claims.

        Yields the number of claims with a vector after each step.
        """
        archive, state = self.archive, self.vectors.stored.state
        while state and (changes := archive.changes(state.seq, ARTICLE_BATCH)):
            ids = list(dict.fromkeys(change.article_id for change in changes))
            # What not everyone may see has no vectors: it would take places among the nearest.
            entries = [entry for entry in archive.entries(ids) if entry.seen_only_by is None]
            missing_entries = self.vectors.stored.find_missing(entries)
            for start in range(0, len(missing_entries[:limit]), EMBEDDING_BATCH):
                batch = missing_entries[:limit][start : start + EMBEDDING_BATCH]
                vectors = self.vectors.embedder.embed([entry.text for entry in batch])
                self.vectors.stored.add(batch, vectors, wait=wait)
                yield self.vectors.stored.count()
            if limit is not None:
                limit -= len(missing_entries)
                if limit < 0:  # the next call finds the same changes, with fewer missing
                    return
            new_state = IndexState(store=state.store, seq=changes[-1].seq)
            is_current = self.vectors.stored.prune(
                ids, entries, new_state, expected_state=state, wait=wait
            )
            state = new_state if is_current else self.vectors.stored.state
            yield self.vectors.stored.count()
