from __future__ import annotations

from collections.abc import Collection
from typing import Any

from bot.search.engine.cluster.connection import Connection
from bot.search.engine.cluster.searcher import ClusterSearcher
from bot.search.engine.cluster.term_counts import FieldTerm, TermCounter
from bot.search.engine.queries import Term


class FakeCounter(TermCounter):
    """Counts each term twice, and remembers what it was asked."""

    def __init__(self) -> None:
        super().__init__(Connection(["http://127.0.0.1:9"]))
        self.asked: list[list[FieldTerm]] = []

    def count(self, index: str, terms: Collection[FieldTerm]) -> dict[FieldTerm, int]:
        self.asked.append([*terms])
        return dict.fromkeys(terms, 2)


class FakeShards(Connection):
    """Finds nothing; remembers which copies of the shards it should ask."""

    def __init__(self) -> None:
        super().__init__(["http://127.0.0.1:9"])
        self.copies: list[str] = []

    def request(self, method: str, path: str, body: Any = None, **options: Any) -> Any:
        self.copies.append(options["params"]["preference"])
        return {"hits": {"total": {"value": 0}, "hits": []}}


def test_terms_are_counted_together_and_only_once() -> None:
    counter = FakeCounter()
    claims = ClusterSearcher(Connection(["http://127.0.0.1:9"]), "claims", counter, {})
    claims.load_doc_freqs([("text", "yuan"), ("who", "yuan"), ("text", "yuan")])
    assert (claims.doc_freq("text", "yuan"), claims.doc_freq("who", "yuan")) == (2, 2)
    claims.load_doc_freqs([("text", "yuan")])
    assert claims.doc_freq("title", "yuan") == 2
    assert counter.asked == [[("text", "yuan"), ("who", "yuan")], [("title", "yuan")]]


def test_all_pages_of_a_query_come_from_the_same_copies() -> None:
    cluster = FakeShards()
    claims = ClusterSearcher(cluster, "claims", FakeCounter(), {})
    for offset in (0, 10, 20):
        claims.search(Term("text", "yuan"), 10, offset=offset)
    claims.search(Term("text", "gas"), 10)
    *pages, other = cluster.copies
    assert len(set(pages)) == 1
    assert other not in pages
