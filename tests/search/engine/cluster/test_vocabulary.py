from __future__ import annotations

import asyncio
from collections.abc import Callable
from threading import Event, Timer
from typing import Any

import pytest

from bot.errors import SearchIndexError
from bot.search import IndexState, SearchResult, parse
from bot.search.engine.cluster import vocabulary
from bot.search.engine.cluster.generations import Generation
from bot.search.engine.cluster.index import ClusterIndex
from bot.search.engine.cluster.translation import Json
from bot.search.engine.cluster.vocabulary import ClusterVocabulary
from bot.search.patience import current_patience, within_answer
from tests.search.conftest import TODAY, MakeEntry

STORE = "store"


@pytest.fixture
def built(open_cluster_index: Callable[..., ClusterIndex], make_entry: MakeEntry) -> ClusterIndex:
    index = open_cluster_index()
    index.rebuild([make_entry("They pay in yuan", id="c1")], IndexState(STORE, 1))
    return index


@pytest.fixture
def may_read(monkeypatch: pytest.MonkeyPatch) -> Event:
    """Until it is set, no words are read; nobody waits for them."""
    read, may_read = ClusterVocabulary._read, Event()

    def read_later(*arguments: Any) -> object:
        may_read.wait(60)
        return read(*arguments)

    monkeypatch.setattr(ClusterVocabulary, "_read", read_later)
    monkeypatch.setattr(vocabulary, "WAIT_SECONDS", 0.0)
    return may_read


def ask(index: ClusterIndex, typed: str) -> SearchResult:
    return index.find(parse(typed, TODAY), 10)


def test_queries_are_not_corrected_until_all_words_are_read(
    built: ClusterIndex, may_read: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    built.warm()
    found = ask(built, "yaun")
    assert (found.total, found.corrections, found.suggestions) == (0, (), ())
    assert ask(built, "yuan").total == 1
    may_read.set()
    monkeypatch.setattr(vocabulary, "WAIT_SECONDS", 60.0)
    assert ask(built, "yaun").corrections == (("yaun", "yuan"),)


def test_who_would_rather_wait_gets_a_corrected_query(built: ClusterIndex, may_read: Event) -> None:
    assert not ask(built, "yaun").corrections
    later = Timer(0.1, may_read.set)
    later.start()
    with within_answer(is_patient=True):
        patience, generation = current_patience(), built._generations.current()
        assert patience
        waited_before = patience.seconds
        built._vocabulary.at(generation)
        assert patience.seconds == waited_before  # the cluster still has its time
        assert ask(built, "yaun").corrections == (("yaun", "yuan"),)
    later.join()


async def test_words_that_cannot_be_read_are_read_later(
    built: ClusterIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:

        def fail(*_: object) -> None:
            raise SearchIndexError("cannot search")

        patch.setattr(ClusterVocabulary, "_read", fail)
        assert ask(built, "yaun").total == 0
    async with asyncio.timeout(60):
        while not ask(built, "yaun").corrections:
            await asyncio.sleep(0.01)


def test_words_of_new_claims_correct_without_reading_all_again(
    built: ClusterIndex, make_entry: MakeEntry, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert ask(built, "yaun").corrections == (("yaun", "yuan"),)
    read, queries = ClusterVocabulary._read, []

    def recorded_read(self: ClusterVocabulary, generation: Generation, query: Json) -> object:
        queries.append(query)
        return read(self, generation, query)

    monkeypatch.setattr(ClusterVocabulary, "_read", recorded_read)
    entry = make_entry("A zeppelin", id="c9", article="a9")
    built.apply(["a9"], [entry], IndexState(STORE, 2))
    assert [id_ for id_, _ in ask(built, "zepelin").ids] == ["c9"]
    assert queries == [{"range": {"seq": {"gte": 1}}}]
