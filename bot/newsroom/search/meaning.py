"""Search by meaning: find the claims nearest to a text by their vectors."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import bot
from bot import store
from bot.config import Settings
from bot.errors import SearchIndexError
from bot.newsroom.providers import OpenIndex
from bot.newsroom.search.model_download import place_of_weights, why_missing
from bot.search import Neighbour, Query, SearchResult, Vectors
from bot.search.meaning import weights
from bot.search.meaning.opposites import can_be_contradicted, contradicts

if TYPE_CHECKING:
    from bot.search.meaning.embedding import Embedder

log = logging.getLogger(__name__)

TOKENIZER = Path(bot.__file__).with_name("extract") / "tagger" / "tokenizer.json"
"""The tokenizer of uncased BERT, with which both models were trained."""

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
