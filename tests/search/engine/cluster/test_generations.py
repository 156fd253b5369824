from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import asdict
from typing import Any
from uuid import uuid4

import pytest

from bot.search import IndexState
from bot.search.engine.cluster import generations
from bot.search.engine.cluster.connection import Connection
from bot.search.engine.cluster.documents import FORMAT
from bot.search.engine.cluster.generations import Generation, Generations

STORE = "store"


class FakeCluster(Connection):
    """Has the state of one generation; `while_read` is called before each answer about it."""

    def __init__(self) -> None:
        super().__init__(["http://127.0.0.1:9"])
        self.state, self.num_read = IndexState(STORE, 1), 0
        self.while_read: Callable[[], object] = lambda: None

    def request(self, method: str, path: str, body: Any = None, **options: Any) -> Any:
        if method == "PUT":
            self.state = IndexState(**body["state"]["applied"])
            return {}
        state = self.state
        self.num_read += 1
        while_read, self.while_read = self.while_read, lambda: None
        while_read()
        source = {
            "format": FORMAT,
            "applied": asdict(state),
            "claims": 0,
            "articles": 0,
            "is_being_written": False,
        }
        return {"_index": "x-articles-1", "_seq_no": state.seq, "_source": {"state": source}}


def seq(generation: Generation) -> int | None:
    return generation.state and generation.state.seq


def test_one_reading_serves_several_searches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(generations, "RECENT_SECONDS", 3600.0)
    cluster = FakeCluster()
    found = Generations(cluster, "x", 1, 0)
    assert [seq(found.recent()) for _ in range(3)] == [1, 1, 1]
    assert cluster.num_read == 1


def test_searches_know_what_was_read_for_any_reason() -> None:
    cluster = FakeCluster()
    generations = Generations(cluster, "x", 1, 0)
    generations.recent()
    cluster.state = IndexState(STORE, 2)  # another process has written
    assert seq(generations.current()) == 2
    assert seq(generations.recent()) == 2


def test_a_process_sees_what_it_has_written_while_it_read() -> None:
    cluster = FakeCluster()
    generations = Generations(cluster, "x", 1, 0)
    current = generations.current()
    generations.forget()
    cluster.while_read = lambda: generations.record_state(current, IndexState(STORE, 2))
    assert [seq(generations.recent()) for _ in range(2)] == [1, 2]


def test_a_new_generation_has_its_copies_before_it_is_filled(cluster_nodes: list[str]) -> None:
    name = f"copies-{uuid4().hex[:12]}"
    with closing(Connection(cluster_nodes)) as connection:
        with Generations(connection, name, shards=1, replicas=2).create() as new:
            shards = f"/_cat/shards/{new.claims},{new.articles}"
            copies = connection.request("GET", shards, params={"format": "json"})
        connection.request("DELETE", f"/{name}-*")
    assert [copy["state"] for copy in copies] == ["STARTED"] * 6
