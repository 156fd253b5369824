from __future__ import annotations

from typing import Any

import pytest

from bot.errors import SearchIndexError
from bot.search.engine.cluster.connection import Connection, Deadline
from bot.search.engine.cluster.searcher import ClusterSearcher
from bot.search.engine.queries import Term


class FakeCluster(Connection):
    """Counts each term twice, except those for which a shard is missing; remembers its requests."""

    def __init__(self, *missing: str) -> None:
        super().__init__(["http://127.0.0.1:9"])
        self.requests: list[str] = []
        self._missing = missing

    def request(self, method: str, path: str, body: Any = None, **options: Any) -> Any:
        self.requests.append(path)
        terms = body.splitlines()[1::2]
        found = {"hits": {"total": {"value": 2}}}
        failed = {"error": {"type": "search_phase_execution_exception"}, "status": 503}
        return {
            "responses": [
                failed if any(f'"{word}"' in term for word in self._missing) else found
                for term in terms
            ]
        }


class FakeShards(Connection):
    """Finds nothing; remembers which copies of the shards it should ask."""

    def __init__(self) -> None:
        super().__init__(["http://127.0.0.1:9"])
        self.copies: list[str] = []

    def request(self, method: str, path: str, body: Any = None, **options: Any) -> Any:
        self.copies.append(options["params"]["preference"])
        return {"hits": {"total": {"value": 0}, "hits": []}}


def searcher(cluster: Connection) -> ClusterSearcher:
    return ClusterSearcher(cluster, "claims", {}, Deadline(2.0))


def test_terms_are_counted_in_one_request_and_only_once() -> None:
    cluster = FakeCluster()
    claims = searcher(cluster)
    claims.load_doc_freqs([("text", "yuan"), ("who", "yuan"), ("text", "yuan")])
    assert (claims.doc_freq("text", "yuan"), claims.doc_freq("who", "yuan")) == (2, 2)
    assert cluster.requests == ["/_msearch"]
    claims.load_doc_freqs([("text", "yuan")])
    assert cluster.requests == ["/_msearch"]
    assert claims.doc_freq("title", "yuan") == 2
    assert len(cluster.requests) == 2


def test_a_missing_shard_is_no_missing_word() -> None:
    claims = searcher(FakeCluster("gas"))
    with pytest.raises(SearchIndexError, match="search_phase_execution_exception"):
        claims.load_doc_freqs([("text", "yuan"), ("text", "gas")])


def test_all_pages_of_a_query_come_from_the_same_copies() -> None:
    cluster = FakeShards()
    claims = searcher(cluster)
    for offset in (0, 10, 20):
        claims.search(Term("text", "yuan"), 10, offset=offset)
    claims.search(Term("text", "gas"), 10)
    *pages, other = cluster.copies
    assert len(set(pages)) == 1
    assert other not in pages
