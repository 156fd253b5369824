from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import SearchIndexUnavailableError
from bot.search.engine.cluster.connection import Connection, MissingError
from bot.search.engine.cluster.term_counts import FieldTerm, TermCounter

Shard = Counter[FieldTerm]
"""How many documents of a shard have each term."""


class FakeCluster(Connection):
    """An index of some shards; a routing leads to the shard that its number gives, as a hash
    would."""

    def __init__(self, *shards: Shard, missing: int = 0) -> None:
        super().__init__(["http://127.0.0.1:9"])
        self.paths: list[str] = []
        self.is_deleted_soon = self.is_deleted = False
        self._shards, self._num_missing = shards, missing

    def request(self, method: str, path: str, body: Any = None, **options: Any) -> Any:
        self.paths.append(path)
        if path == "/claims/_termvectors":
            return self._answer(options["params"]["routing"], body["doc"])
        if path == "/claims/_search":  # returns once all shards answer
            self._num_missing = 0
            return {}
        if path != "/claims/_search_shards":
            raise MissingError("cannot search", subject="claims", cause="not there", remedy="")
        routing = options["params"].get("routing")
        if routing and self.is_deleted_soon:
            return {"shards": []}
        numbers = range(len(self._shards)) if routing is None else [self._shard_of(routing)]
        return {
            "shards": [
                [{"shard": number}] if number >= self._num_missing else [] for number in numbers
            ]
        }

    def _shard_of(self, routing: str) -> int:
        return int(routing) // 2 % len(self._shards)

    def _answer(self, routing: str, document: dict[str, list[str]]) -> Any:
        if self.is_deleted:
            raise MissingError("cannot search", subject="claims", cause="not there", remedy="")
        shard = self._shards[self._shard_of(routing)]
        vectors = {
            field: {
                "terms": {
                    term: {"doc_freq": shard[field, term]} if shard[field, term] else {}
                    for term in terms
                }
            }
            for field, terms in document.items()
        }
        return {"term_vectors": vectors}


def count(cluster: FakeCluster, *terms: FieldTerm, index: str = "claims") -> dict[FieldTerm, int]:
    return TermCounter(cluster).count(index, terms)


FIELD_TERMS = st.tuples(st.sampled_from(["text", "who"]), st.sampled_from(["yuan", "gas", "oil"]))


@given(
    shards=st.lists(
        st.dictionaries(FIELD_TERMS, st.integers(1, 9)).map(Counter), min_size=1, max_size=5
    ),
    terms=st.sets(FIELD_TERMS, min_size=1),
)
def test_the_counts_of_all_shards_are_added_up(shards: list[Shard], terms: set[FieldTerm]) -> None:
    cluster = FakeCluster(*shards)
    expected = {term: sum(shard[term] for shard in shards) for term in terms}
    assert count(cluster, *sorted(terms)) == expected
    assert cluster.paths.count("/claims/_termvectors") == len(shards)


def test_the_shards_of_an_index_are_found_once() -> None:
    cluster = FakeCluster(Counter(), Counter())
    counter = TermCounter(cluster)
    counter.count("claims", [("text", "yuan")])
    cluster.paths.clear()
    counter.count("claims", [("text", "gas")])
    assert cluster.paths == ["/claims/_termvectors"] * 2


def test_an_index_that_does_not_exist_has_no_terms() -> None:
    assert count(FakeCluster(), ("text", "yuan"), index="none") == {("text", "yuan"): 0}


def test_an_index_is_looked_for_until_it_exists() -> None:
    cluster = FakeCluster(Counter({("text", "yuan"): 3}))
    counter, shards = TermCounter(cluster), cluster._shards
    cluster._shards = ()
    assert counter.count("claims", [("text", "yuan")]) == {("text", "yuan"): 0}
    cluster._shards = shards
    assert counter.count("claims", [("text", "yuan")]) == {("text", "yuan"): 3}


def test_an_index_that_is_deleted_meanwhile_is_an_error() -> None:
    cluster = FakeCluster(Counter(), Counter())
    cluster.is_deleted_soon = True
    with pytest.raises(SearchIndexUnavailableError, match="deleted"):
        count(cluster, ("text", "yuan"))


def test_an_index_that_is_deleted_before_its_terms_are_counted_is_an_error() -> None:
    cluster = FakeCluster(Counter())
    counter = TermCounter(cluster)
    counter.count("claims", [("text", "yuan")])
    cluster.is_deleted = True
    with pytest.raises(SearchIndexUnavailableError, match="deleted"):
        counter.count("claims", [("text", "yuan")])


def test_a_shard_without_copies_is_waited_for() -> None:
    cluster = FakeCluster(Counter({("text", "yuan"): 3}), Counter(), missing=1)
    assert count(cluster, ("text", "yuan")) == {("text", "yuan"): 3}
