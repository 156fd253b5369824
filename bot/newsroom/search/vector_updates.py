"""Keep the vectors of claims up to date with the store."""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from bot import store
from bot.errors import SearchIndexBusyError, SearchIndexError
from bot.log_limit import LogLimit
from bot.model import ClaimEntry
from bot.newsroom.search.meaning import ClaimVectors
from bot.newsroom.search.model_download import download_weights
from bot.search import IndexState

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
    """Computes the vectors of claims, and stores them on disk."""

    archive: store.Archive
    vectors: ClaimVectors
    _failures: LogLimit = field(default_factory=lambda: LogLimit(log), init=False)

    def catch_up(self) -> None:
        """Bring the vectors up to date with the store, embedding at most CATCH_UP_BATCH claims."""
        try:
            if self.vectors.is_enabled and self._has_vectors():
                for _ in self._apply_changes(CATCH_UP_BATCH, wait=False):
                    pass
        except SearchIndexBusyError:
            log.info("another process brings the vectors up to date")
        except SearchIndexError as error:
            self._failures.warning("the vectors are behind: %s", error)

    def begin_if_few(self) -> None:
        """Begin the vectors if there are none and few claims, so that `catch_up` computes them.

        A newsroom starts with an empty archive, and has search by meaning from its first article.
        """
        vectors = self.vectors
        try:
            if vectors.can_begin and self.archive.coverage().claims <= MAX_CLAIMS_TO_BEGIN:
                store_id, _ = self.archive.state()
                vectors.stored.begin(IndexState(store=store_id, seq=0))
        except SearchIndexError as error:
            log.warning("searching by words only: %s", error)

    def delete(self, article_ids: Collection[str]) -> None:
        """Delete the vectors of articles, without waiting for `catch_up` to reach their change."""
        if state := self.vectors.stored.state:
            self.vectors.stored.prune(article_ids, (), state)

    def build(self) -> Iterator[int]:
        """Compute all missing vectors; yields the number of claims with a vector after each step.

        The model is downloaded first if `search.weights` is an address. An interrupted run is
        resumed by calling this again. Raises SearchIndexError if the model is missing or another,
        and FetchError if it can't be downloaded.
        """
        _load_model(self.vectors)
        store_id, _ = self.archive.state()
        if self._has_vectors():
            # Start again from change 0, since a power cut may have lost some vectors.
            self.vectors.stored.prune((), (), IndexState(store=store_id, seq=0))
        else:
            self.vectors.stored.begin(IndexState(store=store_id, seq=0))
        yield from self._apply_changes(None, wait=True)

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
                self._embed(missing_entries[:limit][start : start + EMBEDDING_BATCH], wait=wait)
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

    def _embed(self, entries: list[ClaimEntry], *, wait: bool) -> None:
        vectors = self.vectors.embedder.embed([entry.text for entry in entries])
        self.vectors.stored.add(entries, vectors, wait=wait)


@dataclass(eq=False, repr=False, kw_only=True)
class IndexVectorUpdates:
    """Computes the vectors of claims for an index that holds them itself.

    They come and go with the claims in the index, and are computed again after it is rebuilt.
    """

    archive: store.Archive
    vectors: ClaimVectors
    _failures: LogLimit = field(default_factory=lambda: LogLimit(log), init=False)

    def catch_up(self) -> None:
        """Give at most CATCH_UP_BATCH claims in the index their vectors."""
        try:
            if self.vectors.is_enabled:
                self._add(CATCH_UP_BATCH, wait=False)
        except SearchIndexBusyError:
            log.info("another process brings the vectors up to date")
        except SearchIndexError as error:
            self._failures.warning("the vectors are behind: %s", error)

    def begin_if_few(self) -> None:
        """Do nothing: `catch_up` begins by itself."""

    def delete(self, article_ids: Collection[str]) -> None:
        """Do nothing: claims leave the index with their vectors."""

    def build(self) -> Iterator[int]:
        """Compute all missing vectors, as `VectorUpdates.build` does.

        Raises SearchIndexError if the index cannot hold vectors.
        """
        _load_model(self.vectors)
        if reason := self.vectors.disabled_reason():
            raise SearchIndexError("cannot make vectors", cause=reason)
        while self._add(INDEX_BATCH, wait=True):
            yield self.vectors.count()
        yield self.vectors.count()

    def _add(self, limit: int, *, wait: bool) -> int:
        if not (in_index := self.vectors.in_index):
            return 0
        embed = self.vectors.embedder.embed
        return in_index.add_missing(limit, self.archive.entries, embed, wait=wait)


def _load_model(vectors: ClaimVectors) -> None:
    if "embedder" not in vars(vectors):
        download_weights(vectors.settings)
    _ = vectors.embedder
