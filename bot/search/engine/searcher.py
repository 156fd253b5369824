"""What the engine needs of an index to search it: documents by query, and counts of terms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple, Protocol, TypeAlias

from bot.search.engine.queries import IndexQuery

Address: TypeAlias = Any
"""A document as its searcher knows it."""
Hit: TypeAlias = tuple[float, Address]
"""A score and a document."""


class Hits(NamedTuple):
    """The best hits, and how many there are in all; the total is 0 if it was not asked for."""

    hits: list[Hit]
    total: int = 0


class Searcher(Protocol):
    """Searches one commit of an index of claims or of articles."""

    @property
    def num_docs(self) -> int:
        """The number of documents."""

    def doc_freq(self, field: str, term: str) -> int:
        """About how many documents have a term in a field; 0 only if none has."""

    def load_doc_freqs(self, terms: Iterable[tuple[str, str]]) -> None:
        """Prepare for `doc_freq` of these fields and terms, if many cost less than each."""

    def count_each(self, queries: Sequence[IndexQuery]) -> list[int]:
        """How many documents match each of some queries."""

    def search(
        self,
        query: IndexQuery,
        limit: int,
        *,
        offset: int = 0,
        order_by: str | None = None,
        weighted: bool = False,
        count: bool = True,
    ) -> Hits:
        """Find the best `limit` documents after `offset`: by score, or by a field, highest first.

        With `weighted`, each score is multiplied by the claim's weight. Hits of equal score come
        in any order.
        """

    def find_ids(self, query: IndexQuery, limit: int) -> Iterator[str]:
        """Yield the ids of up to `limit` documents, each once."""

    def id(self, address: Address) -> str:
        """The id of a hit."""

    def orders(self, addresses: Sequence[Address]) -> list[int]:
        """The field `order` of some hits."""

    def statements(self, addresses: Sequence[Address]) -> list[int]:
        """The statements that some claims report."""

    def weights(self, addresses: Sequence[Address]) -> list[float]:
        """The weights of some claims (bot/search/engine/ranking.py)."""

    def first_matches(
        self, query: IndexQuery, limit: int, groups: Sequence[Sequence[IndexQuery]]
    ) -> list[list[int | None]]:
        """For each of the best `limit` documents, and each group of queries, the position of the
        first query that matches it."""

    def aggregate(self, query: IndexQuery, aggregations: dict[str, Any]) -> dict[str, Any]:
        """Aggregate the documents that match: `terms`, `min` and `max`, as in Elasticsearch."""
