from __future__ import annotations

from typing import Any

import pytest

from bot.errors import SearchIndexError
from bot.search.engine.cluster.connection import Connection
from bot.search.engine.cluster.searcher import ClusterSearcher
from bot.search.engine.queries import Term


class FakeCluster(Connection):
    """Counts each term twice, except those for which a shard is missing: of several searches, these
    have an error, and alone they fail. Remembers its requests."""

    def __init__(self, *missing: str) -> None:
        super().__init__(["http://127.0.0.1:9"])
        self.requests: list[str] = []
        self.missing = missing

    def request(self, method: str, path: str, body: Any = None, **options: Any) -> Any:
        self.requests.append(path)
        found = {"hits": {"total": {"value": 2}}}
        failed = {"error": {"type": "search_phase_execution_exception"}, "status": 503}
        if path == "/_msearch":
            return {"responses": [failed if self._lacks(query) else found for _, query in body]}
        if self._lacks(body):
            raise SearchIndexError("cannot search")
        return found

    def _lacks(self, query: Any) -> bool:
        return any(f"'{word}'" in str(query) for word in self.missing)


class FakeShards(Connection):
    """Finds nothing; remembers which copies of the shards it should ask."""

    def __init__(self) -> None:
        super().__init__(["http://127.0.0.1:9"])
        self.copies: list[str] = []

    def request(self, method: str, path: str, body: Any = None, **options: Any) -> Any:
        self.copies.append(options["params"]["preference"])
        return {"hits": {"total": {"value": 0}, "hits": []}}


def searcher(cluster: Connection) -> ClusterSearcher:
    return ClusterSearcher(cluster, "claims", {})


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
    with pytest.raises(SearchIndexError):
        claims.load_doc_freqs([("text", "yuan"), ("text", "gas")])


def test_a_word_is_counted_again_alone_if_its_shard_moved() -> None:
    cluster = FakeCluster("gas")
    claims = searcher(cluster)
    with pytest.raises(SearchIndexError):
        claims.load_doc_freqs([("text", "gas")])
    cluster.missing = ()
    claims.load_doc_freqs([("text", "gas")])
    assert claims.doc_freq("text", "gas") == 2
    assert cluster.requests == ["/_msearch", "/claims/_search", "/_msearch"]


def test_all_pages_of_a_query_come_from_the_same_copies() -> None:
    cluster = FakeShards()
    claims = searcher(cluster)
    for offset in (0, 10, 20):
        claims.search(Term("text", "yuan"), 10, offset=offset)
    claims.search(Term("text", "gas"), 10)
    *pages, other = cluster.copies
    assert len(set(pages)) == 1
    assert other not in pages
