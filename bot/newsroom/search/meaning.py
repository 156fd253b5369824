"""Use cases of search by meaning: give claims their vectors, and find the claims near a text."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import bot
from bot import store
from bot.config import Settings
from bot.errors import SearchIndexError
from bot.model import Claim, ClaimEntry
from bot.newsroom.providers import OpenIndex
from bot.search import IndexState, Neighbour, Query, SearchResult, Vectors
from bot.search.meaning import weights
from bot.search.meaning.opposites import can_be_contradicted, contradicts

if TYPE_CHECKING:
    from bot.search.meaning.embedding import Embedder

log = logging.getLogger(__name__)

TOKENIZER = Path(bot.__file__).with_name("extract") / "tagger" / "tokenizer.json"
"""BERT's uncased word pieces; both models were trained on them."""

EMBEDDING_BATCH = 64
"""Claims that are embedded and kept together: what a stop may lose."""
ARTICLE_BATCH = 100
CATCH_UP_BATCH = 64
"""New claims that get their vectors whenever the index is brought up to date: less than a second,
in which the next ones wait to be indexed."""

MIN_COSINE = 0.45
"""The least cosine of a claim that no word found. On the seeds what is meant has .54 and more,
and the best of questions that they do not answer .34 (docs/model-card.md)."""
MIN_SENTENCE_COSINE = 0.6
"""The same for a sentence of a passage, which is long and much is near to it: of the 997 tweets of
CLEF 2020, a claim that is not meant reaches .45 for 82 % and .6 for 22 %; the nearest claim from .6
on is the right one for 87 %."""
MAX_NEIGHBOURS = 10
_CANDIDATES = 50


@dataclass(eq=False, repr=False, kw_only=True)
class ClaimVectors:
    """The vectors of claims, and the model that makes those of texts."""

    settings: Settings

    @cached_property
    def stored(self) -> Vectors:
        """The claims' vectors as they lie there."""
        return Vectors(self.settings.vectors_folder, weights.SHA256)

    @cached_property
    def embedder(self) -> Embedder:
        """The model; loading it takes a moment. Raises SearchIndexError where it is missing."""
        from bot.search.meaning.embedding import Embedder

        return Embedder(TOKENIZER, self.settings.extract.threads)

    @property
    def is_enabled(self) -> bool:
        """Whether searches use vectors."""
        # Every search asks; to look for an installed package takes longest.
        return bool(self.settings.search.vectors and self.stored.state and weights.installed())

    def disabled_reason(self) -> str:
        """Say why searches use no vectors, and what to do; empty where they do."""
        if not self.settings.search.vectors:
            return "search.vectors is false"
        if not weights.installed():
            return "no model is installed (pip install 'claimdesk[vectors]')"
        if not self.stored.state:
            return "claims have no vectors yet (run claimdesk vectors)"
        return ""

    def find_nearest(self, text: str, limit: int) -> list[Neighbour]:
        """The claims nearest in meaning to a text, nearest first; none without vectors, or where
        they cannot be used: words must do then.

        They may have been removed a moment ago: ask the index.
        """
        return self.find_nearest_each([text], limit)[0]

    def find_nearest_each(self, texts: Sequence[str], limit: int) -> list[list[Neighbour]]:
        """The claims nearest in meaning to each of some texts, as `near` does it."""
        try:
            if self.is_enabled:
                directions = self.embedder.embed(texts)
                return [self.stored.nearest(direction, limit) for direction in directions]
        except SearchIndexError as error:
            log.warning("searching by words only: %s", error)
        return [[] for _ in texts]

    def close(self) -> None:
        """Close what was opened."""
        if stored := self.__dict__.pop("stored", None):
            stored.close()


@dataclass(eq=False, repr=False, kw_only=True)
class Meaning:
    """What a query means and its words do not find."""

    archive: store.Archive
    index: OpenIndex
    vectors: ClaimVectors

    def find_for_sentences(
        self, sentences: Sequence[str], limit: int
    ) -> list[tuple[Neighbour, ...]]:
        """The claims that say what each sentence of a passage says, in other words."""
        meant = []
        for near in self.vectors.find_nearest_each(sentences, _CANDIDATES):
            close = [one for one in near if one.cosine >= MIN_SENTENCE_COSINE]
            there = self.index().among(Query(), [one.claim_id for one in close])
            meant.append(tuple(one for one in close if one.claim_id in there)[:limit])
        return meant

    def find_missed_by_words(self, found: SearchResult) -> tuple[tuple[str, float], ...]:
        """The claims that a query means but its words did not find, with their cosines, nearest
        first; none that says the opposite of them.

        Only bare words are taken by their meaning: phrases, names, dates and whatever else was
        asked for must be met. None where words are to be taken exactly, or hits come by date, and
        none for single letters: they mean nothing.
        """
        query = found.read
        if query.exact or query.sort != "best" or all(len(word) == 1 for word in query.words):
            return ()
        typed = " ".join(query.words)
        close = [
            (claim, cosine)
            for claim, cosine in self.vectors.find_nearest(typed, _CANDIDATES)
            if cosine >= MIN_COSINE
        ]
        if not close:
            return ()
        ids = [claim for claim, _ in close]
        met = self.index().among(replace(query, words=()), ids)
        met = met.difference(*(self.index().among(reading, ids) for reading in found.readings))
        meant = [one for one in close if one[0] in met]
        opposite = self._opposite(typed, [claim for claim, _ in meant])
        return tuple(one for one in meant if one[0] not in opposite)[:MAX_NEIGHBOURS]

    def _opposite(self, asked: str, claim_ids: Sequence[str]) -> set[str]:
        """Those of some claims that say the opposite of what was asked for: their vectors are as
        near as those of claims that agree."""
        if not claim_ids or not can_be_contradicted(asked):
            return set()
        claims = [found.claim for found in self.archive.claims_by_id(claim_ids).values()]
        return {
            claim.id for claim in claims if contradicts(asked, claim.text, denied=_denies(claim))
        }


@dataclass(eq=False, repr=False, kw_only=True)
class VectorUpdates:
    """Give claims their vectors."""

    archive: store.Archive
    vectors: ClaimVectors

    def catch_up(self) -> None:
        """Bring the vectors to the store's state, as far as they come at a time."""
        try:
            if self.vectors.is_enabled and self._begun():
                for _ in self._follow(CATCH_UP_BATCH, wait=False):
                    pass
        except SearchIndexError as error:
            log.warning("the vectors are behind: %s", error)

    def build(self) -> Iterator[int]:
        """Give every claim its vector, or those that have none yet; yields how many have one.

        It may be stopped and goes on where it was. Raises SearchIndexError where the model is
        missing.
        """
        _ = self.vectors.embedder
        store_id, _ = self.archive.state()
        if self._begun():
            # Once over everything: who was interrupted by a power cut may have lost some.
            self.vectors.stored.prune((), (), IndexState(store=store_id, seq=0))
        else:
            self.vectors.stored.begin(IndexState(store=store_id, seq=0))
        yield from self._follow(None, wait=True)

    def _begun(self) -> bool:
        """Whether there are vectors, and of this store as it is."""
        store_id, seq = self.archive.state()
        state = self.vectors.stored.state
        return bool(state and state.store == store_id and state.seq <= seq)

    def _follow(self, most: int | None, *, wait: bool) -> Iterator[int]:
        """Apply what changed in the store since the vectors' state, embedding at most so many.

        Yields how many claims have a vector after each step.
        """
        archive, state = self.archive, self.vectors.stored.state
        while state and (changes := archive.changes(state.seq, ARTICLE_BATCH)):
            ids = list(dict.fromkeys(change.article_id for change in changes))
            entries = list(archive.entries(ids))
            lacking = self.vectors.stored.missing(entries)
            for start in range(0, len(lacking[:most]), EMBEDDING_BATCH):
                self._embed(lacking[:most][start : start + EMBEDDING_BATCH], wait=wait)
                yield self.vectors.stored.count()
            if most is not None:
                most -= len(lacking)
                if most < 0:  # what is there now is passed over when these changes come again
                    return
            reached = IndexState(store=state.store, seq=changes[-1].seq)
            kept = self.vectors.stored.prune(ids, entries, reached, since=state, wait=wait)
            state = reached if kept else self.vectors.stored.state
            yield self.vectors.stored.count()

    def _embed(self, entries: list[ClaimEntry], *, wait: bool) -> None:
        directions = self.vectors.embedder.embed([entry.text for entry in entries])
        self.vectors.stored.add(entries, directions, wait=wait)


def _denies(claim: Claim) -> bool:
    """Whether it is said that a claim's text is not so."""
    return claim.stance == "denied" and not claim.negative
