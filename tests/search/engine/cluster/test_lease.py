from __future__ import annotations

from typing import Any

import pytest

from bot.errors import SearchIndexBusyError
from bot.search.engine.cluster import lease
from bot.search.engine.cluster.connection import ConflictError, Connection
from bot.search.engine.cluster.lease import Lease


class FakeCluster(Connection):
    """Holds the lease's document; it may tell whoever creates it that somebody else has."""

    def __init__(self, *, loses_answers: bool) -> None:
        super().__init__(["http://127.0.0.1:9"])
        self.document: Any = None
        self._loses_answers = loses_answers

    def request(self, method: str, path: str, body: Any = None, **options: Any) -> Any:
        if method == "GET":
            return {"_seq_no": 1, "_primary_term": 1, "_source": self.document}
        if method == "DELETE":
            self.document = None
        elif self.document is None:
            self.document = body
            if self._loses_answers:
                raise self._conflict()
        elif options["params"].get("op_type") == "create":
            raise self._conflict()
        return {"_seq_no": 1, "_primary_term": 1}

    def _conflict(self) -> ConflictError:
        return ConflictError("cannot write", subject="x", cause="it has changed", remedy="")


def test_a_lease_is_held_although_the_answer_was_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lease, "_GIVE_BACK_SECONDS", 60.0)
    cluster = FakeCluster(loses_answers=True)
    with Lease(cluster, "x-control").hold(wait=False):
        assert cluster.document
    assert cluster.document is None


def test_a_lease_is_held_by_one_at_a_time() -> None:
    cluster = FakeCluster(loses_answers=False)
    with (
        Lease(cluster, "x-control").hold(wait=False),
        pytest.raises(SearchIndexBusyError),
        Lease(cluster, "x-control").hold(wait=False),
    ):
        pass
