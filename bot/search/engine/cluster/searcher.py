"""Search an index on the cluster."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from bot.search.engine.cluster.connection import Connection
from bot.search.engine.cluster.documents import MAX_RESULTS
from bot.search.engine.cluster.term_counts import FieldTerm, TermCounter
from bot.search.engine.cluster.translation import Json, translate
from bot.search.engine.queries import MUST, SHOULD, Combination, Constant, IndexQuery
from bot.search.engine.searcher import Hits
from bot.search.protocol import ScoredId

_MAY_BE_MISSING = {"ignore_unavailable": "true", "allow_no_indices": "true"}
"""An index that does not exist is empty."""
_WHOLE_ANSWERS = {"allow_partial_search_results": "false"}
"""An answer without some of the shards would say that claims do not exist."""
_WHOLE_STATISTICS = {"search_type": "dfs_query_then_fetch"}
"""A word is as rare as it is in all shards together, so that equal claims have equal scores."""
_PAGE = 10_000
_MIN_RESCORED = 500
"""Of so many best hits of each shard, the score is added to by clauses that need not match. The
pairs of words of a pasted text are such; they take as long as the words, and add 30 % at most."""
_MIN_COMPARED = 100
"""How many near claims each shard looks at, at least: of fewer, more would be missed."""
_BEST_FIRST = ["_score", {"order": "desc"}]
_NUM_DOCS = ("", "")

DocFreqs = dict[FieldTerm, int]
"""How many documents have a term in a field."""


class Address(NamedTuple):
    """A hit, with the fields that its ranking needs."""

    id: str
    order: int
    weight: float
    statement: int


class ClusterSearcher:
    """Searches one index of the cluster; see `Searcher`.

    `doc_freqs` are those that are known already at this commit; more are added. An index that does
    not exist is empty, or an error if it `must_exist`.
    """

    def __init__(
        self,
        connection: Connection,
        index: str,
        counter: TermCounter,
        doc_freqs: DocFreqs,
        *,
        must_exist: bool = False,
    ) -> None:
        self._connection, self._index = connection, index
        self._options = _WHOLE_ANSWERS if must_exist else _WHOLE_ANSWERS | _MAY_BE_MISSING
        self._counter, self._doc_freqs = counter, doc_freqs

    @property
    def num_docs(self) -> int:
        """The number of documents."""
        if _NUM_DOCS not in self._doc_freqs:
            exists = {"exists": {"field": "order"}}  # the index's state has no order
            self._doc_freqs[_NUM_DOCS] = self._total(self._search({"query": exists, "size": 0}))
        return self._doc_freqs[_NUM_DOCS]

    def doc_freq(self, field: str, term: str) -> int:
        """How many documents have a term in a field."""
        if (field, term) not in self._doc_freqs:
            self.load_doc_freqs([(field, term)])
        return self._doc_freqs[field, term]

    def load_doc_freqs(self, terms: Iterable[tuple[str, str]]) -> None:
        """Count the documents with each of these terms, in one request."""
        unknown = [term for term in dict.fromkeys(terms) if term not in self._doc_freqs]
        if not unknown:
            return
        self._doc_freqs |= self._counter.count(self._index, unknown)

    def count_each(self, queries: Sequence[IndexQuery]) -> list[int]:
        """How many documents match each of some queries, in one request."""
        if not queries:
            return []
        counts = [
            {"query": translate(query), "size": 0, "track_total_hits": True} for query in queries
        ]
        return [self._total(answer) for answer in self._search_each(counts)]

    def find_nearest(
        self, vectors: Sequence[list[int]], query: IndexQuery, limit: int
    ) -> list[list[ScoredId]]:
        """Find the `limit` claims that match and are nearest to each vector, with their cosines."""
        if not vectors:
            return []
        near = {"k": max(limit, _MIN_COMPARED), "filter": translate(query)}
        searches = [
            {
                "query": {"knn": {"vector": {"vector": vector, **near}}},
                "size": limit,
                "_source": False,
            }
            for vector in vectors
        ]
        return [
            # Lucene's score of a cosine is never negative.
            [(hit["_id"], 2 * hit["_score"] - 1) for hit in answer["hits"]["hits"]]
            for answer in self._search_each(searches)
        ]

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
        """Find the best `limit` documents after `offset`; see `Searcher.search`."""
        offset = min(offset, MAX_RESULTS)
        body: Json = {
            "from": offset,
            "size": min(limit, MAX_RESULTS - offset),
            "docvalue_fields": ["order", "weight", "statement"],
            "track_total_hits": count,
            "_source": False,
        }
        required, bonuses = _split_bonuses(query) if weighted and not count else (query, None)
        body["query"] = _scored(required, weighted=weighted)
        if bonuses:
            bonus = {"rescore_query": _scored(bonuses, weighted=weighted), "score_mode": "total"}
            window = max(_MIN_RESCORED, offset + limit)
            body["rescore"] = {"window_size": min(window, MAX_RESULTS), "query": bonus}
        else:  # the cluster refuses a rescored search that is sorted
            body["sort"] = [{order_by: "desc"}] if order_by else _BEST_FIRST
        copies = {"preference": _copies_for(body["query"])}
        answer = self._search(body, **({} if order_by else {**_WHOLE_STATISTICS, **copies}))
        hits = [(hit["_score"] or 0.0, _address(hit)) for hit in answer["hits"]["hits"]]
        return Hits(hits, self._total(answer) if count else 0)

    def find_ids(self, query: IndexQuery, limit: int) -> Iterator[str]:
        """Yield the ids of up to `limit` documents, each once."""
        filters = [translate(query), {"exists": {"field": "order"}}]
        body: Json = {
            "query": {"bool": {"filter": filters}},
            "sort": [{"id": "asc"}],
            "track_total_hits": False,
            "_source": False,
        }
        while limit > 0:
            body["size"] = min(_PAGE, limit)
            hits = self._search(body)["hits"]["hits"]
            yield from (hit["_id"] for hit in hits)
            if len(hits) < body["size"]:
                return
            body["search_after"] = hits[-1]["sort"]
            limit -= len(hits)

    def id(self, address: Address) -> str:
        """The id of a hit."""
        return address.id

    def orders(self, addresses: Sequence[Address]) -> list[int]:
        """The field `order` of some hits."""
        return [address.order for address in addresses]

    def statements(self, addresses: Sequence[Address]) -> list[int]:
        """The statements that some claims report."""
        return [address.statement for address in addresses]

    def weights(self, addresses: Sequence[Address]) -> list[float]:
        """The weights of some claims."""
        return [address.weight for address in addresses]

    def first_matches(
        self, query: IndexQuery, limit: int, groups: Sequence[Sequence[IndexQuery]]
    ) -> list[list[int | None]]:
        """For each of the best hits and each group, the position of the first query that matches:
        the same request asks each query by a name of its own."""
        named = [
            {"bool": {"filter": [translate(query)], "_name": f"{group} {position}"}}
            for group, queries in enumerate(groups)
            for position, query in enumerate(queries)
        ]
        # What a filter need not match is not evaluated, except for the hits that are returned.
        names = {"bool": {"filter": [{"match_all": {}}], "should": named}}
        asked = translate(query)
        body = {
            "query": {"bool": {"must": [asked], "filter": [names]}},
            "size": limit,
            "sort": _BEST_FIRST,
            "track_total_hits": False,
            "_source": False,
        }
        answer = self._search(body, **_WHOLE_STATISTICS, preference=_copies_for(asked))
        return [_first_positions(hit, len(groups)) for hit in answer["hits"]["hits"]]

    def aggregate(self, query: IndexQuery, aggregations: dict[str, Any]) -> dict[str, Any]:
        """Aggregate the documents that match."""
        body = {"query": translate(query), "size": 0, "aggs": _aggregations(aggregations)}
        empty: Json = {name: {"buckets": []} for name in aggregations}
        return {**empty, **self._search(body).get("aggregations", {})}

    def _search_each(self, bodies: Sequence[Json]) -> list[Json]:
        index = {"index": self._index, **self._options}
        searches = [(index, body) for body in bodies]
        answers = self._connection.request("POST", "/_msearch", searches, is_read=True)["responses"]
        return [
            # A search alone is tried again if a shard is just moving.
            self._search(body) if "error" in answer else answer
            for body, answer in zip(bodies, answers, strict=True)
        ]

    def _search(self, body: Json, **params: str) -> Json:
        answer: Json = self._connection.request(
            "POST",
            f"/{self._index}/_search",
            {"track_total_hits": True, **body},
            params={**self._options, **params},
            is_read=True,
        )
        return answer

    @staticmethod
    def _total(answer: Json) -> int:
        return int(answer["hits"]["total"]["value"])


def _first_positions(hit: Json, num_groups: int) -> list[int | None]:
    """The position of the first query of each group whose name a hit has."""
    found: list[int | None] = [None] * num_groups
    for name in hit.get("matched_queries", ()):
        group, position = map(int, name.split())
        earlier = found[group]
        found[group] = position if earlier is None else min(earlier, position)
    return found


def _split_bonuses(query: IndexQuery) -> tuple[IndexQuery, IndexQuery | None]:
    """Split what hits must match from what only adds to the score of those that do."""
    if not isinstance(query, Combination) or query.min_should:
        return query, None
    bonuses = [clause for clause in query.clauses if clause[0] is SHOULD]
    required = [clause for clause in query.clauses if clause[0] is not SHOULD]
    is_ranked = any(
        occur is MUST and not (isinstance(clause, Constant) and not clause.score)
        for occur, clause in required
    )
    return (Combination(required), Combination(bonuses)) if is_ranked and bonuses else (query, None)


def _scored(query: IndexQuery, *, weighted: bool) -> Json:
    if not weighted:
        return translate(query)
    weight = {"field_value_factor": {"field": "weight", "missing": 1}, "boost_mode": "multiply"}
    return {"function_score": {"query": translate(query), **weight}}


def _copies_for(query: Json) -> str:
    """Name the copies of the shards that are asked a query, the same ones for each of its pages.

    The scores of two copies differ a little: each counts removed documents until it has merged its
    files.
    """
    return f"{zlib.crc32(repr(query).encode()):x}"


def _address(hit: Json) -> Address:
    fields = hit.get("fields", {})
    weight, statement = fields.get("weight", [1.0])[0], fields.get("statement", [0])[0]
    return Address(hit["_id"], int(fields["order"][0]), float(weight), int(statement))


def _aggregations(aggregations: Json) -> Json:
    """Translate the one option that has another name here."""
    return {
        {"segment_size": "shard_size"}.get(name, name): (
            _aggregations(value) if isinstance(value, dict) else value
        )
        for name, value in aggregations.items()
    }
