"""The vectors of claims on a cluster: each in its claim's own document, beside all filters.

No document's source is kept, so whoever adds a vector writes the document again, from the store.
A claim that has changed, or was indexed anew, has no vector until somebody does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from typing import Protocol

from bot.model import ANYONE, ClaimEntry
from bot.search.engine.cluster.bulk import Operation, write
from bot.search.engine.cluster.connection import Connection
from bot.search.engine.cluster.documents import claim_document
from bot.search.engine.cluster.generations import Generation, Generations
from bot.search.engine.cluster.lease import Lease
from bot.search.engine.cluster.searcher import ClusterSearcher
from bot.search.engine.cluster.translation import Json, translate
from bot.search.engine.queries import MUST, MUST_NOT, Combination, Everything, Ids, IndexQuery
from bot.search.engine.query_builder import QueryBuilder
from bot.search.language.query import Query
from bot.search.meaning import weights
from bot.search.meaning.codes import UnitVectors, quantise
from bot.search.patience import within_answer
from bot.search.protocol import Neighbour


class _HoldLease(Protocol):
    def __call__(self, *, wait: bool) -> AbstractContextManager[None]: ...


class ClusterVectors:
    """The vectors in the claims' documents of the current generation; see `IndexVectors`.

    `open_claims` opens a search of the claims, and `hold_lease` keeps other writers out.
    """

    def __init__(
        self,
        connection: Connection,
        generations: Generations,
        builder: QueryBuilder,
        open_claims: Callable[[], AbstractContextManager[ClusterSearcher]],
        hold_lease: _HoldLease,
    ) -> None:
        self._connection, self._generations, self._builder = connection, generations, builder
        self._open_claims, self._hold_lease = open_claims, hold_lease
        self._embedding_lease = Lease(connection, generations.control, "embedding")
        self._complete_commit: tuple[str, int] | None = None
        """The last commit of which every claim was found to have its vector."""

    @property
    def are_on(self) -> bool:
        """Whether claims can have vectors of our model."""
        with within_answer():
            return self._generations.recent().model == weights.SHA256

    def disabled_reason(self) -> str:
        """Say why claims cannot have vectors, and what to do; empty if they can."""
        if self.are_on:
            return ""
        with within_answer():
            if not self._generations.can_have_vectors():
                return "the search servers have no k-NN plugin, or not all of them"
        return "the index was made without them, or for another model (run claimdesk reindex)"

    def count(self) -> int:
        """The number of claims with a vector."""
        body = {"query": {"exists": {"field": "vector"}}, "size": 0, "track_total_hits": True}
        answer = self._search(self._generations.current(), body)
        return int(answer["hits"]["total"]["value"])

    def find_nearest(self, vectors: UnitVectors, query: Query, limit: int) -> list[list[Neighbour]]:
        """Find the `limit` claims that match a query and are nearest to each vector."""
        codes = [row.tolist() for row in quantise(vectors)]
        with self._open_claims() as claims:
            clauses = self._builder.clauses(query, claims)
            matching = Combination([(MUST, Everything()), *clauses])
            found = claims.find_nearest(codes, matching, limit)
        return [[Neighbour(*scored_id) for scored_id in near] for near in found]

    def add_missing(
        self,
        limit: int,
        entries_of: Callable[[Sequence[str]], Iterable[ClaimEntry]],
        embed: Callable[[Sequence[str]], UnitVectors],
        *,
        wait: bool = True,
    ) -> int:
        """Embed up to `limit` claims without a vector, and return how many have got theirs."""
        if self._generations.recent().commit == self._complete_commit:
            return 0
        # One process embeds at a time. Others may write meanwhile: it takes seconds.
        self._generations.create_control()
        with self._embedding_lease.hold(wait=wait):
            current = self._generations.current()
            found = self._lacking(current, limit)
            lacking = {claim_id: seq for claim_id, (_, seq) in found.items()}
            article_ids = sorted({article_id for article_id, _ in found.values()})
            entries = [
                entry
                for entry in entries_of(article_ids)
                if entry.claim_id in lacking and entry.seen_only_by is None
            ]
            if not entries:
                self._complete_commit = current.commit
                return 0
            vectors = quantise(embed([entry.text for entry in entries]))
            with self._hold_lease(wait=wait):
                return self._write(current, lacking, zip(entries, vectors.tolist(), strict=True))

    def _write(
        self,
        generation: Generation,
        lacking: dict[str, int],
        embedded: Iterable[tuple[ClaimEntry, list[int]]],
    ) -> int:
        """Write vectors, except those of claims that have changed since they were found lacking."""
        now = self._generations.current()
        if now.claims != generation.claims or now.is_being_written:
            return 0
        still_lacking = self._lacking(now, len(lacking), Ids(list(lacking))).items()
        unchanged = {claim_id for claim_id, (_, seq) in still_lacking if seq == lacking[claim_id]}
        operations = [
            Operation(
                now.claims,
                entry.claim_id,
                lacking[entry.claim_id],
                {**claim_document(entry, lacking[entry.claim_id]), "vector": codes},
            )
            for entry, codes in embedded
            if entry.claim_id in unchanged
        ]
        write(self._connection, operations)
        self._generations.refresh(now)
        return len(operations)

    def _lacking(
        self, generation: Generation, limit: int, among: IndexQuery | None = None
    ) -> dict[str, tuple[str, int]]:
        """Some claims that everyone may see and that have no vector: for each id, the article, and
        the change with which it was indexed."""
        hidden = [(MUST_NOT, query) for query in self._builder.hidden_queries(ANYONE)]
        query = Combination([(MUST, among or Everything()), *hidden])
        body = {
            "query": {
                "bool": {
                    "filter": [translate(query)],
                    "must_not": [{"exists": {"field": "vector"}}],
                }
            },
            "size": limit,
            "sort": [{"article": "asc"}],
            "docvalue_fields": ["article", "seq"],
            "_source": False,
        }
        hits = self._search(generation, body)["hits"]["hits"]
        return {
            hit["_id"]: (hit["fields"]["article"][0], int(hit["fields"]["seq"][0])) for hit in hits
        }

    def _search(self, generation: Generation, body: Json) -> Json:
        answer: Json = self._connection.request(
            "POST",
            f"/{generation.claims}/_search",
            body,
            params={"ignore_unavailable": "true", "allow_partial_search_results": "false"},
            is_read=True,
        )
        return answer
