from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from uuid import uuid4

import pytest

from bot.errors import SearchIndexError
from bot.search import IndexFault, IndexState, parse
from bot.search.engine.cluster.connection import Connection
from bot.search.engine.cluster.faults import find_faults
from bot.search.engine.cluster.index import ClusterIndex
from bot.search.engine.cluster.searcher import ClusterSearcher
from bot.search.engine.queries import Everything
from bot.search.patience import within_answer
from tests.search.conftest import TODAY, MakeEntry
from tests.search.engine.cluster.fake_node import FakeNode, give_others_a_minute, start_node

STORE = "store"


class TestOnACluster:
    @pytest.fixture
    def index(self, cluster_address: str, make_entry: MakeEntry) -> Iterator[ClusterIndex]:
        name = f"faults-{uuid4().hex[:12]}"
        index = ClusterIndex.open(
            Connection([cluster_address]), name=name, spelling=(), names=(), replicas=0
        )
        index.rebuild([make_entry("They pay in yuan", id="c1")], IndexState(STORE, 1))
        yield index
        direct = index._connection
        direct.request("DELETE", f"/{','.join(direct.request('GET', f'/{name}-*/_alias'))}")
        index.close()

    def change(self, index: ClusterIndex, **settings: object) -> None:
        changed = {f"index.{name.replace('__', '.')}": value for name, value in settings.items()}
        index._connection.request("PUT", f"/{index._name}-*/_settings", changed)

    def test_a_whole_index_has_none(self, index: ClusterIndex) -> None:
        assert list(index.faults()) == []

    def test_missing_copies_are_no_severe_fault(self, index: ClusterIndex) -> None:
        self.change(index, number_of_replicas=1, routing__allocation__enable="primaries")
        (fault,) = index.faults()
        assert not fault.is_severe
        assert "2 copies are missing (yellow)" in fault.text
        assert index.find(parse("yuan", TODAY), 1).total == 1

    def test_a_full_disk_lets_nobody_write(
        self, index: ClusterIndex, make_entry: MakeEntry
    ) -> None:
        self.change(index, blocks__read_only_allow_delete=True)
        (fault,) = index.faults()
        assert fault.is_severe
        assert "may only be read" in fault.text
        with pytest.raises(SearchIndexError, match="perhaps because a disk is full"):
            index.apply(["a2"], [make_entry("Gas", id="c2")], IndexState(STORE, 2))
        assert index.find(parse("yuan", TODAY), 1).total == 1
        self.change(index, blocks__read_only_allow_delete=None)
        index.apply(["a2"], [make_entry("Gas", id="c2")], IndexState(STORE, 2))
        assert list(index.faults()) == []

    @pytest.mark.usefixtures("long_pauses")
    def test_a_missing_part_is_a_severe_fault_and_no_missing_claim(
        self, index: ClusterIndex
    ) -> None:
        lost = f"{index._name}-claims-lost"
        nowhere = {"index.routing.allocation.require._name": "nobody", "number_of_replicas": 0}
        index._connection.request(
            "PUT", f"/{lost}", {"settings": nowhere}, params={"wait_for_active_shards": "0"}
        )
        assert list(index.faults()) == []  # it is not in use
        use = {"add": {"index": lost, "alias": f"{index._name}-claims"}}
        index._connection.request("POST", "/_aliases", {"actions": [use]})
        (fault,) = index.faults()
        assert fault.is_severe
        assert "1 part of it is missing (red)" in fault.text
        claims = ClusterSearcher(index._connection, lost, index._counter, {})
        with within_answer(), pytest.raises(SearchIndexError, match="refuse: 503"):
            claims.search(Everything(), 1)
        with within_answer(), pytest.raises(SearchIndexError, match="refuse: 503"):
            claims.doc_freq("text", "yuan")


def test_a_server_that_does_not_answer_is_no_severe_fault(
    node: FakeNode, monkeypatch: pytest.MonkeyPatch
) -> None:
    with start_node() as paused:
        give_others_a_minute(monkeypatch, paused.address)
        paused.goes_on.clear()
        connected = Connection([paused.address, node.address])
        assert list(find_faults(connected, "x")) == [
            IndexFault("1 of its 2 servers does not answer", is_severe=False)
        ]
        connected.close()


def test_nobody_who_answers_is_an_error(closed_address: str) -> None:
    with (
        closing(Connection([closed_address])) as connected,
        pytest.raises(SearchIndexError, match="no search server can be reached"),
    ):
        find_faults(connected, "x")
