from __future__ import annotations

from collections.abc import Collection
from typing import Any

import pytest

from bot.search.engine.cluster.connection import Connection
from bot.search.engine.cluster.searcher import ClusterSearcher
from bot.search.engine.cluster.term_counts import FieldTerm, TermCounter
from bot.search.engine.queries import (
    MUST,
    MUST_NOT,
    SHOULD,
    Combination,
    Constant,
    IndexQuery,
    Term,
    unscored,
)


class FakeCounter(TermCounter):
    """Counts each term twice, and remembers what it was asked."""

    def __init__(self) -> None:
        super().__init__(Connection(["http://127.0.0.1:9"]))
        self.asked: list[list[FieldTerm]] = []

    def count(self, index: str, terms: Collection[FieldTerm]) -> dict[FieldTerm, int]:
        self.asked.append([*terms])
        return dict.fromkeys(terms, 2)


def test_terms_are_counted_together_and_only_once() -> None:
    counter = FakeCounter()
    claims = ClusterSearcher(Connection(["http://127.0.0.1:9"]), "claims", counter, {})
    claims.load_doc_freqs([("text", "yuan"), ("who", "yuan"), ("text", "yuan")])
    assert (claims.doc_freq("text", "yuan"), claims.doc_freq("who", "yuan")) == (2, 2)
    claims.load_doc_freqs([("text", "yuan")])
    assert claims.doc_freq("title", "yuan") == 2
    assert counter.asked == [[("text", "yuan"), ("who", "yuan")], [("title", "yuan")]]


class EmptyCluster(Connection):
    """Finds nothing, and remembers what it was asked."""

    def __init__(self) -> None:
        super().__init__(["http://127.0.0.1:9"])
        self.bodies: list[Any] = []
        self.copies: list[str] = []

    def request(self, method: str, path: str, body: Any = None, **options: Any) -> Any:
        self.bodies.append(body)
        self.copies.append(options["params"]["preference"])
        return {"hits": {"hits": [], "total": {"value": 0}}}


WORD, PAIR = Constant(Term("text", "yuan"), 2.0), Constant(Term("text", "ruble"), 0.1)
HIDDEN, OUTLET = Term("hidden", "hidden"), unscored(Term("in", "post"))


def asked(query: IndexQuery, **options: Any) -> Any:
    cluster = EmptyCluster()
    ClusterSearcher(cluster, "claims", FakeCounter(), {}).search(query, 3, **options)
    (body,) = cluster.bodies
    return body


def test_what_only_adds_to_the_score_is_asked_of_the_best_hits_only() -> None:
    query = Combination([(MUST, WORD), (SHOULD, PAIR), (MUST_NOT, HIDDEN), (MUST, OUTLET)])
    body = asked(query, weighted=True, count=False)
    assert "yuan" in str(body["query"])
    assert "ruble" not in str(body["query"])
    assert "ruble" in str(body["rescore"])
    assert "yuan" not in str(body["rescore"])
    assert body["rescore"]["window_size"] >= 3


@pytest.mark.parametrize(
    ("query", "count"),
    [
        # The total has to be of all hits.
        (Combination([(MUST, WORD), (SHOULD, PAIR)]), True),
        # Nothing else ranks the hits.
        (Combination([(MUST, OUTLET), (SHOULD, WORD), (SHOULD, PAIR)]), False),
        (Combination([(SHOULD, WORD), (SHOULD, PAIR)], min_should=1), False),
        (Combination([(MUST, WORD), (MUST_NOT, HIDDEN)]), False),
    ],
)
def test_other_queries_are_asked_whole(query: Combination, count: bool) -> None:
    assert "rescore" not in asked(query, weighted=True, count=count)


def test_all_pages_of_a_query_come_from_the_same_copies() -> None:
    cluster = EmptyCluster()
    claims = ClusterSearcher(cluster, "claims", FakeCounter(), {})
    for offset in (0, 10, 20):
        claims.search(Term("text", "yuan"), 10, offset=offset)
    claims.search(Term("text", "gas"), 10)
    *pages, other = cluster.copies
    assert len(set(pages)) == 1
    assert other not in pages


class NamingCluster(EmptyCluster):
    """Finds two claims, and says by which names they match."""

    def request(self, method: str, path: str, body: Any = None, **options: Any) -> Any:
        super().request(method, path, body, **options)
        hits = [{"_id": "c1", "matched_queries": ["1 2", "0 1", "0 0"]}, {"_id": "c2"}]
        return {"hits": {"hits": hits}}


def test_one_request_finds_claims_and_says_why_they_match() -> None:
    cluster, gas = NamingCluster(), Term("text", "gas")
    claims = ClusterSearcher(cluster, "claims", FakeCounter(), {})
    matches = claims.first_matches(Term("text", "yuan"), 5, [[gas, gas], [gas, gas, gas]])
    assert matches == [[0, 2], [None, None]]
    (body,) = cluster.bodies
    assert (body["size"], str(body).count("_name")) == (5, 5)
