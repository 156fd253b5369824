"""Search by meaning: compute the vectors of claims, and find the claims nearest to a text."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import bot
from bot import store
from bot.config import Settings
from bot.errors import SearchIndexBusyError, SearchIndexError
from bot.log_limit import LogLimit
from bot.model import ClaimEntry
from bot.newsroom.providers import OpenIndex
from bot.newsroom.search.model_download import download_weights, place_of_weights, why_missing
from bot.search import IndexState, Neighbour, Query, SearchResult, Vectors
from bot.search.meaning import weights
from bot.search.meaning.opposites import can_be_contradicted, contradicts

if TYPE_CHECKING:
    from bot.search.meaning.embedding import Embedder

log = logging.getLogger(__name__)

TOKENIZER = Path(bot.__file__).with_name("extract") / "tagger" / "tokenizer.json"
"""The tokenizer of uncased BERT, with which both models were trained."""

EMBEDDING_BATCH = 64
"""Claims embedded and stored together; an interruption loses at most one batch."""
ARTICLE_BATCH = 100
CATCH_UP_BATCH = 64
"""The most new claims embedded each time the index is updated. They take less than a second, during
which other claims wait to be indexed."""
FETCH_INTERVAL = 600.0
"""Seconds between attempts to fetch vectors that another machine has made."""
FETCH_THREAD = "fetch vectors"
MAX_CLAIMS_TO_BEGIN = 5000
"""The most claims for which a process begins the vectors by itself: with more, it would be busy for
long."""

MIN_COSINE = 0.45
"""The smallest cosine of a claim found by meaning alone. On the seeds, claims that match reach .54
or more; the best claim for a question without an answer reaches .34 (docs/model-card.md)."""
MIN_SENTENCE_COSINE = 0.6
"""The same for a sentence of a passage; long texts have more close neighbours. For 82 % of the 997
tweets of CLEF 2020 a wrong claim reaches .45, for 22 % .6. The nearest claim, if it reaches .6, is
the right one for 87 %."""
MAX_NEIGHBOURS = 10
MAX_CANDIDATES = 50


@dataclass(eq=False, repr=False, kw_only=True)
class ClaimVectors:
    """The stored vectors of claims, and the model that embeds texts."""

    settings: Settings
    _refused_model: object = field(default=None, init=False)
    """The version of a model that could not be used: reading it takes long, and each search would
    log the same again."""

    @cached_property
    def stored(self) -> Vectors:
        """The vectors on disk."""
        return Vectors(self.settings.vectors_folder, weights.SHA256)

    @cached_property
    def embedder(self) -> Embedder:
        """The model. Loading it takes a moment. Raises SearchIndexError if it is missing or another
        one; then searches don't use it until its file changes."""
        from bot.search.meaning.embedding import Embedder

        version = self._model_version
        try:
            return Embedder(
                TOKENIZER, self.settings.extract.threads, place_of_weights(self.settings)
            )
        except SearchIndexError:
            self._refused_model = version
            raise

    @property
    def _model_version(self) -> object:
        return weights.find_version(place_of_weights(self.settings))

    @property
    def has_model(self) -> bool:
        """Whether the model is there; whether it is the right one shows when it is loaded."""
        return self._model_version is not None

    @property
    def is_enabled(self) -> bool:
        """Whether searches use vectors."""
        # Called for every search, so the slow check for an installed package comes last.
        return bool(
            self.settings.search.vectors
            and self.stored.state
            and self._model_version not in (None, self._refused_model)
        )

    @property
    def can_begin(self) -> bool:
        """Whether searches would use vectors if there were any."""
        return bool(self.settings.search.vectors and self.has_model and not self.stored.state)

    def disabled_reason(self) -> str:
        """Say why searches use no vectors, and what to do; empty if they use them."""
        if not self.settings.search.vectors:
            return "search.vectors is false"
        if not self.has_model:
            return why_missing(self.settings)
        if not self.stored.state:
            where = " on this machine" if self.settings.search.url else ""
            return f"claims have no vectors{where} yet (run claimdesk vectors)"
        return ""

    def find_nearest(self, text: str, limit: int) -> list[Neighbour]:
        """Return the claims nearest in meaning to a text, nearest first; none without vectors.

        Some may just have been removed, so check them against the index.
        """
        return self.find_nearest_each([text], limit)[0]

    def find_nearest_each(self, texts: Sequence[str], limit: int) -> list[list[Neighbour]]:
        """Return the claims nearest in meaning to each text, as `find_nearest` does for one."""
        try:
            if self.is_enabled:
                vectors = self.embedder.embed(texts)
                return [self.stored.find_nearest(vector, limit) for vector in vectors]
        except SearchIndexError as error:
            log.warning("searching by words only: %s", error)
        return [[] for _ in texts]

    def close(self) -> None:
        """Close the vectors, if they were opened."""
        if stored := self.__dict__.pop("stored", None):
            stored.close()


@dataclass(eq=False, repr=False, kw_only=True)
class Meaning:
    """Finds claims that match a query by meaning but not by words."""

    archive: store.Archive
    index: OpenIndex
    vectors: ClaimVectors

    def find_for_sentences(
        self, sentences: Sequence[str], limit: int
    ) -> list[tuple[Neighbour, ...]]:
        """Return for each sentence of a passage the claims that say the same in other words."""
        results = []
        for neighbours in self.vectors.find_nearest_each(sentences, MAX_CANDIDATES):
            close_neighbours = [
                neighbour for neighbour in neighbours if neighbour.cosine >= MIN_SENTENCE_COSINE
            ]
            indexed_ids = self.index().filter_ids(
                Query(), [neighbour.claim_id for neighbour in close_neighbours]
            )
            still_shown = [
                neighbour for neighbour in close_neighbours if neighbour.claim_id in indexed_ids
            ]
            results.append(tuple(still_shown[:limit]))
        return results

    def find_missed_by_words(self, result: SearchResult) -> tuple[tuple[str, float], ...]:
        """Return claims that match a query by meaning only, with their cosines, nearest first.

        Meaning replaces only the plain words of the query; claims must still match its phrases,
        names, dates and other filters, and must not say the opposite. Empty for exact queries,
        results sorted by date, and single letters, which have no meaning.
        """
        query = result.query
        if query.exact or query.sort != "best" or all(len(word) == 1 for word in query.words):
            return ()
        text = " ".join(query.words)
        cosines = {
            claim_id: cosine
            for claim_id, cosine in self.vectors.find_nearest(text, MAX_CANDIDATES)
            if cosine >= MIN_COSINE
        }
        if not cosines:
            return ()
        ids, index = list(cosines), self.index()
        matching_ids = index.filter_ids(replace(query, words=()), ids)
        matching_ids = matching_ids.difference(
            *(index.filter_ids(reading, ids) for reading in result.readings)
        )
        opposite_ids = self._opposite_ids(text, [id_ for id_ in ids if id_ in matching_ids])
        meaning_matches = (
            (id_, cosines[id_]) for id_ in ids if id_ in matching_ids and id_ not in opposite_ids
        )
        return tuple(meaning_matches)[:MAX_NEIGHBOURS]

    def _opposite_ids(self, text: str, claim_ids: Sequence[str]) -> set[str]:
        """Return the ids of claims that say the opposite of a text.

        Their vectors are as near as those of claims that agree with it.
        """
        if not claim_ids or not can_be_contradicted(text):
            return set()
        claims = [row.claim for row in self.archive.claims_by_id(claim_ids).values()]
        return {
            claim.id
            for claim in claims
            if contradicts(
                text, claim.text, is_denied=claim.stance == "denied" and not claim.negative
            )
        }


@dataclass(eq=False, repr=False, kw_only=True)
class VectorUpdates:
    """Computes and stores the vectors of claims."""

    archive: store.Archive
    vectors: ClaimVectors
    fetch: Callable[[], None] | None = None
    """Fetches vectors that another machine has made, if they can be had."""
    _failures: LogLimit = field(default_factory=lambda: LogLimit(log), init=False)
    _fetched_at: float = field(default=float("-inf"), init=False)

    def catch_up(self) -> None:
        """Bring the vectors up to date with the store, embedding at most CATCH_UP_BATCH claims."""
        if self.fetch and self.vectors.can_begin:
            self._start_fetching(self.fetch)
        try:
            if self.vectors.is_enabled and self._has_vectors():
                for _ in self._apply_changes(CATCH_UP_BATCH, wait=False):
                    pass
        except SearchIndexBusyError:
            log.info("another process brings the vectors up to date")
        except SearchIndexError as error:
            self._failures.warning("the vectors are behind: %s", error)

    def _start_fetching(self, fetch: Callable[[], None]) -> None:
        if time.monotonic() - self._fetched_at > FETCH_INTERVAL:
            self._fetched_at = time.monotonic()
            # In a thread of its own: it may take minutes, and the index must not wait.
            threading.Thread(target=fetch, name=FETCH_THREAD, daemon=True).start()

    def begin_if_few(self) -> None:
        """Begin the vectors if there are none and few claims, so that `catch_up` computes them.

        A newsroom starts with an empty archive, and has search by meaning from its first article.
        With an index on a cluster, a process keeps nothing on its disk unless it is told to.
        """
        vectors = self.vectors
        if vectors.settings.search.url:
            return
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
        if "embedder" not in vars(self.vectors):
            download_weights(self.vectors.settings)
        _ = self.vectors.embedder
        store_id, _ = self.archive.state()
        if self._has_vectors():
            # Start again from change 0, since a power cut may have lost some vectors.
            self.vectors.stored.prune((), (), IndexState(store=store_id, seq=0))
        else:
            self.vectors.stored.begin(IndexState(store=store_id, seq=0))
        yield from self._apply_changes(None, wait=True)

    def _has_vectors(self) -> bool:
        """Whether there are vectors and they belong to this store."""
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
