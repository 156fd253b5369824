from __future__ import annotations

import asyncio
import json

import pytest

from bot.search.engine.cluster import connection
from bot.search.engine.cluster.connection import Connection
from bot.search.patience import within_answer
from tests.search.engine.cluster.fake_node import (
    NODE_ID,
    FakeNode,
    give_others_a_minute,
    start_node,
)


@pytest.mark.usefixtures("long_requests")
@pytest.mark.parametrize("turn", [0, 1])
def test_another_answers_for_one_that_is_gone(
    node: FakeNode, closed_address: str, turn: int
) -> None:
    addresses = [closed_address, node.address]
    connected = Connection(addresses[::-1] if turn else addresses)
    for _ in range(4):
        with within_answer():
            assert connected.request("GET", "/x", is_read=True) == {}
    assert len(node.paths) == 4
    connected.close()


@pytest.mark.usefixtures("long_requests")
def test_another_answers_for_a_paused_one_which_is_then_avoided(
    node: FakeNode, silent_address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    give_others_a_minute(monkeypatch, silent_address)
    connected = Connection([silent_address, node.address])
    for seconds in (0.7, 60.0, 60.0, 60.0):  # only the first one meets the paused node
        monkeypatch.setattr(connection, "_ATTEMPT_SECONDS_OF_SEVERAL", seconds)
        with within_answer():
            assert connected.request("POST", "/x/_search", {}, is_read=True) == {}
    with within_answer():
        count = ({"index": "x"}, {"size": 0})
        connected.request("POST", "/_msearch", [count], is_read=True)
    with within_answer():
        assert connected.request("PUT", "/x") == {}
    preferred = {"preference": f"_prefer_nodes:{NODE_ID}"}
    *searches, several, written = (
        asked for asked in node.asked if not asked.path.startswith("/_nodes")
    )
    assert [asked.params for asked in searches] == [preferred] * 4
    assert several.params == written.params == {}
    assert json.loads(several.body.splitlines()[0]) == {"index": "x", **preferred}
    connected.close()


def test_a_search_that_takes_long_is_waited_for(
    node: FakeNode, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "ANSWER_SECONDS", 60.0)
    monkeypatch.setattr(connection, "_ATTEMPT_SECONDS_OF_SEVERAL", 0.1)
    node.seconds = 0.5
    connected = Connection([node.address, node.address])
    with within_answer():
        assert connected.request("GET", "/x", is_read=True) == {}
    assert node.paths == ["/x"] * 2
    connected.close()


def test_no_node_is_preferred_while_all_answer(node: FakeNode) -> None:
    connected = Connection([node.address, node.address])
    for _ in range(4):
        connected.request("POST", "/x/_search", {}, is_read=True)
    assert [asked.params for asked in node.asked] == [{}] * 4
    connected.close()


async def test_a_node_that_is_back_is_asked_again(
    node: FakeNode, monkeypatch: pytest.MonkeyPatch
) -> None:
    with start_node() as paused:
        give_others_a_minute(monkeypatch, paused.address)
        paused.goes_on.clear()
        connected = Connection([paused.address, node.address])
        assert connected.count_nodes() == (1, 2)
        paused.goes_on.set()
        async with asyncio.timeout(30):
            while not paused.paths:
                connected.request("GET", "/x", is_read=True)
                await asyncio.sleep(0.05)
        monkeypatch.setattr(connection, "_COUNT_SECONDS", 60.0)
        assert connected.count_nodes() == (2, 2)
        connected.close()
