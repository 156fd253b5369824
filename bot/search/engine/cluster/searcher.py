"""Search an index on the cluster."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from bot.search.engine.cluster.connection import Connection
from bot.search.engine.cluster.documents import MAX_RESULTS
from bot.search.engine.cluster.translation import Json, translate
from bot.search.engine.queries import IndexQuery, Term
from bot.search.engine.searcher import Hits

_EXISTING_ONLY = {"ignore_unavailable": "true", "allow_no_indices": "true"}
"""An index that does not exist yet is empty."""
_WHOLE_ANSWERS = {"allow_partial_search_results": "false"}
"""An answer without some of the shards would say that claims do not exist."""
_WHOLE_STATISTICS = {"search_type": "dfs_query_then_fetch"}
"""A word is as rare as it is in all shards together, so that equal claims have equal scores."""
_PAGE = 10_000
_NUM_DOCS = ("", "")

DocFreqs = dict[tuple[str, str], int]
"""How many documents have a term in a field."""


class Address(NamedTuple):
    """A hit, with the fields that its ranking needs."""

    id: str
    order: int
    weight: float


class ClusterSearcher:
    """Searches one index of the cluster; see `Searcher`.

    `doc_freqs` are those that are known already at this commit; more are added.
    """

    def __init__(self, connection: Connection, index: str, doc_freqs: DocFreqs) -> None:
        self._connection, self._index, self._doc_freqs = connection, index, doc_freqs

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
        index = {"index": self._index, **_EXISTING_ONLY, **_WHOLE_ANSWERS}
        counts: list[tuple[Json, Json]] = []
        for field, term in unknown:
            query = translate(Term(field, term))
            counts.append((index, {"size": 0, "track_total_hits": True, "query": query}))
        answers = self._connection.request("POST", "/_msearch", counts, is_read=True)
        for key, (_, count), answer in zip(unknown, counts, answers["responses"], strict=True):
            if "error" in answer:
                answer = self._search(count)  # which tries again if a shard is just moving
            self._doc_freqs[key] = self._total(answer)

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
        translated = translate(query)
        if weighted:
            weight = {"field": "weight", "missing": 1}
            translated = {
                "function_score": {
                    "query": translated,
                    "field_value_factor": weight,
                    "boost_mode": "multiply",
                }
            }
        offset = min(offset, MAX_RESULTS)
        answer = self._search(
            {
                "query": translated,
                "from": offset,
                "size": min(limit, MAX_RESULTS - offset),
                "sort": [{order_by: "desc"}] if order_by else ["_score", {"order": "desc"}],
                "docvalue_fields": ["order", "weight"],
                "track_total_hits": count,
                "_source": False,
            },
            **({} if order_by else {**_WHOLE_STATISTICS, "preference": _copies_for(translated)}),
        )
        hits = [(hit["_score"] or 0.0, _address(hit)) for hit in answer["hits"]["hits"]]
        return Hits(hits, self._total(answer) if count else 0)

    def find_ids(self, query: IndexQuery, limit: int) -> set[str]:
        """The ids of up to `limit` documents."""
        filters = [translate(query), {"exists": {"field": "order"}}]
        body: Json = {
            "query": {"bool": {"filter": filters}},
            "sort": [{"id": "asc"}],
            "track_total_hits": False,
            "_source": False,
        }
        ids: set[str] = set()
        while len(ids) < limit:
            body["size"] = min(_PAGE, limit - len(ids))
            hits = self._search(body)["hits"]["hits"]
            ids.update(hit["_id"] for hit in hits)
            if len(hits) < body["size"]:
                break
            body["search_after"] = hits[-1]["sort"]
        return ids

    def id(self, address: Address) -> str:
        """The id of a hit."""
        return address.id

    def orders(self, addresses: Sequence[Address]) -> list[int]:
        """The field `order` of some hits."""
        return [address.order for address in addresses]

    def weights(self, addresses: Sequence[Address]) -> list[float]:
        """The weights of some claims."""
        return [address.weight for address in addresses]

    def first_matches(
        self, groups: Sequence[Sequence[IndexQuery]], addresses: Sequence[Address]
    ) -> list[list[int | None]]:
        """For each hit and group, the position of the first query that matches: one request asks
        each query by a name of its own."""
        if not addresses:
            return []
        named = [
            {"bool": {"filter": [translate(query)], "_name": f"{group} {position}"}}
            for group, queries in enumerate(groups)
            for position, query in enumerate(queries)
        ]
        ids = [address.id for address in addresses]
        answer = self._search(
            {
                "query": {"bool": {"filter": [{"ids": {"values": ids}}], "should": named}},
                "size": len(ids),
                "_source": False,
            }
        )
        matches: dict[str, list[int | None]] = {id_: [None] * len(groups) for id_ in ids}
        for hit in answer["hits"]["hits"]:
            found = matches[hit["_id"]]
            for name in hit.get("matched_queries", ()):
                group, position = map(int, name.split())
                earlier = found[group]
                found[group] = position if earlier is None else min(earlier, position)
        return [matches[id_] for id_ in ids]

    def aggregate(self, query: IndexQuery, aggregations: dict[str, Any]) -> dict[str, Any]:
        """Aggregate the documents that match."""
        body = {"query": translate(query), "size": 0, "aggs": _aggregations(aggregations)}
        empty: Json = {name: {"buckets": []} for name in aggregations}
        return {**empty, **self._search(body).get("aggregations", {})}

    def _search(self, body: Json, **params: str) -> Json:
        answer: Json = self._connection.request(
            "POST",
            f"/{self._index}/_search",
            {"track_total_hits": True, **body},
            params={**_EXISTING_ONLY, **_WHOLE_ANSWERS, **params},
            is_read=True,
        )
        return answer

    @staticmethod
    def _total(answer: Json) -> int:
        return int(answer["hits"]["total"]["value"])


def _copies_for(query: Json) -> str:
    """Name the copies of the shards that are asked a query, the same ones for each of its pages.

    The scores of two copies differ a little: each counts removed documents until it has merged its
    files.
    """
    return f"{zlib.crc32(repr(query).encode()):x}"


def _address(hit: Json) -> Address:
    fields = hit.get("fields", {})
    return Address(hit["_id"], int(fields["order"][0]), float(fields.get("weight", [1.0])[0]))


def _aggregations(aggregations: Json) -> Json:
    """Translate the one option that has another name here."""
    return {
        {"segment_size": "shard_size"}.get(name, name): (
            _aggregations(value) if isinstance(value, dict) else value
        )
        for name, value in aggregations.items()
    }
