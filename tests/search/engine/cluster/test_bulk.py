from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from bot.errors import SearchIndexError
from bot.search.engine.cluster import bulk
from bot.search.engine.cluster.bulk import Operation
from bot.search.engine.cluster.connection import Connection
from bot.search.patience import within_answer

BUSY, NEWER, INVALID = 429, 409, 400


class FakeCluster(Connection):
    """Answers bulk requests; `status_of` decides on each document by its id and the request's
    number."""

    def __init__(
        self,
        status_of: Callable[[str, int], int] = lambda id_, request: 200,
        error: str = "some_error",
    ) -> None:
        super().__init__(["http://127.0.0.1:9"])
        self.requests: list[list[str]] = []
        self.bodies: list[str] = []
        self._status_of, self._error_type = status_of, error

    def request(self, method: str, path: str, body: Any = None, **options: Any) -> Any:
        lines = [json.loads(line) for line in body.splitlines()]
        actions = [line for line in lines if {"index", "delete"} & line.keys()]
        ids = [next(iter(action.values()))["_id"] for action in actions]
        self.requests.append(ids)
        self.bodies.append(body)
        results = []
        for id_ in ids:
            status = self._status_of(id_, len(self.requests))
            error = {"error": {"type": self._error_type, "reason": "why"}} if status >= 400 else {}
            results.append({"index": {"_id": id_, "status": status, **error}})
        return {"errors": any("error" in item["index"] for item in results), "items": results}


def operations(*ids: str, size: int = 1) -> list[Operation]:
    return [Operation("claims", id_, 1, {"text": "x" * size}) for id_ in ids]


def write(cluster: FakeCluster, *ids: str) -> list[float]:
    """Write documents; returns how long it would have paused."""
    pauses: list[float] = []
    bulk.write(cluster, operations(*ids), pauses.append)
    return pauses


def test_only_rejected_documents_are_sent_again() -> None:
    cluster = FakeCluster(lambda id_, request: BUSY if id_ == "b" and request < 3 else 200)
    pauses = write(cluster, "a", "b", "c")
    assert cluster.requests == [["a", "b", "c"], ["b"], ["b"]]
    assert len(pauses) == 2


def test_pauses_grow_until_a_busy_cluster_is_given_up() -> None:
    cluster, pauses = FakeCluster(lambda id_, request: BUSY), []
    with pytest.raises(SearchIndexError, match="too busy"):
        bulk.write(cluster, operations("a"), pauses.append)
    assert pauses[-1] > 8 * pauses[0]
    assert len(cluster.requests) == len(pauses) + 1


def test_an_answer_does_not_wait_for_a_busy_cluster() -> None:
    cluster = FakeCluster(lambda id_, request: BUSY)
    with within_answer(), pytest.raises(SearchIndexError, match="too busy"):
        write(cluster, "a")
    assert cluster.requests == [["a"]]


def test_a_read_only_index_is_told_at_once() -> None:
    cluster = FakeCluster(lambda id_, request: BUSY, error="cluster_block_exception")
    with pytest.raises(SearchIndexError, match="perhaps because a disk is full"):
        write(cluster, "a")
    assert cluster.requests == [["a"]]


def test_newer_versions_are_kept() -> None:
    cluster = FakeCluster(lambda id_, request: NEWER if id_ == "a" else 200)
    assert write(cluster, "a", "b") == []
    assert cluster.requests == [["a", "b"]]
    assert '"version_type": "external_gte"' in cluster.bodies[0]


def test_an_invalid_document_fails_at_once() -> None:
    cluster = FakeCluster(lambda id_, request: INVALID)
    with pytest.raises(SearchIndexError, match="400 some_error: why"):
        write(cluster, "a")
    assert len(cluster.requests) == 1


def test_large_batches_are_divided(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "_MAX_BYTES", 5_000)
    monkeypatch.setattr(bulk, "_MAX_OPERATIONS", 3)
    cluster = FakeCluster()
    bulk.write(cluster, [*operations(*"abcd"), *operations("e", "f", size=4_000)])
    assert cluster.requests == [["a", "b", "c"], ["d", "e"], ["f"]]


def test_nothing_is_sent_for_nothing() -> None:
    cluster = FakeCluster()
    write(cluster)
    assert cluster.requests == []


def test_deletions_have_no_document() -> None:
    line = Operation("claims", "a", 7, None).lines()
    assert json.loads(line) == {
        "delete": {"_index": "claims", "_id": "a", "version": 7, "version_type": "external_gte"}
    }
