"""Count the documents that have some terms, in one request whatever their number.

A search for each of three hundred terms takes the cluster ten times as long. Instead, each shard is
handed a made-up document of the terms, and says how many of its own have each.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Collection

from bot.errors import SearchIndexError
from bot.search.engine.cluster.connection import (
    UNAVAILABLE_REMEDY,
    Connection,
    Deadline,
    MissingError,
)
from bot.search.engine.cluster.documents import field_term

FieldTerm = tuple[str, str]
"""A field and a term in it."""
_COUNTS_ONLY = {
    "term_statistics": True,
    "field_statistics": False,
    "positions": False,
    "offsets": False,
    "payloads": False,
}


class TermCounter:
    """Counts terms in the indexes of one connection; thread-safe."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._routings: dict[str, tuple[str, ...]] = {}

    def count(
        self, index: str, terms: Collection[FieldTerm], deadline: Deadline
    ) -> dict[FieldTerm, int]:
        """Count the documents of an index that have each term, deleted ones included.

        An index that does not exist has none. Raises SearchIndexError if a shard doesn't answer.
        """
        texts: defaultdict[str, list[str]] = defaultdict(list)
        for field, term in terms:
            texts[field].append(field_term(field, term))
        document = {field: " ".join(values) for field, values in texts.items()}
        requests = [
            {"_index": index, "routing": routing, "doc": document, **_COUNTS_ONLY}
            for routing in self._routings_of(index, deadline)
        ]
        counts = dict.fromkeys(terms, 0)
        if not requests:
            return counts
        answer = self._connection.request(
            "POST",
            "/_mtermvectors",
            {"docs": requests},
            params={"realtime": "false"},
            deadline=deadline,
        )
        for shard in answer["docs"]:
            if "error" in shard:
                raise SearchIndexError(
                    "cannot search",
                    subject=self._connection.name,
                    cause=f"the cluster refuses: {shard['error'].get('type')}",
                    remedy=UNAVAILABLE_REMEDY,
                )
            for field, term in terms:
                vector = shard["term_vectors"].get(field, {"terms": {}})
                found = vector["terms"].get(field_term(field, term), {})
                counts[field, term] += found.get("doc_freq", 0)
        return counts

    def _routings_of(self, index: str, deadline: Deadline) -> tuple[str, ...]:
        """A routing to each shard of an index; the number of its shards never changes."""
        if index not in self._routings:
            self._routings[index] = self._find_routings(index, deadline)
        return self._routings[index]

    def _find_routings(self, index: str, deadline: Deadline) -> tuple[str, ...]:
        """Try routings until each shard has one: only the cluster knows how it hashes them."""
        total = len(self._shards(index, deadline))
        found: dict[int, str] = {}
        for number in itertools.count():
            if len(found) == total:
                break
            (shard,) = self._shards(index, deadline, routing=str(number))
            found.setdefault(shard, str(number))
        return tuple(found.values())

    def _shards(self, index: str, deadline: Deadline, **params: str) -> list[int]:
        try:
            answer = self._connection.request(
                "GET", f"/{index}/_search_shards", params=params, deadline=deadline
            )
        except MissingError:
            return []
        return [copies[0]["shard"] for copies in answer["shards"]]
