from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import Iterator

import pytest

from bot.search.engine.cluster import connection, nodes
from bot.search.engine.cluster.connection import Connection
from bot.search.patience import within_answer
from tests.search.engine.cluster.fake_node import NODE_ID, FakeNode, start_node


@pytest.fixture
def node() -> Iterator[FakeNode]:
    with start_node() as started:
        yield started


@pytest.fixture
def silent_address() -> Iterator[str]:
    """The address of a node that is stopped: it accepts connections and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"http://127.0.0.1:{server.getsockname()[1]}"


def closed_address() -> str:
    """An address where nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return f"http://127.0.0.1:{server.getsockname()[1]}"


@pytest.mark.parametrize("turn", [0, 1])
def test_another_answers_for_one_that_is_gone(node: FakeNode, turn: int) -> None:
    addresses = [closed_address(), node.address]
    connected = Connection(addresses[::-1] if turn else addresses)
    for _ in range(4):
        with within_answer():
            assert connected.request("GET", "/x", is_read=True) == {}
    assert len(node.paths) == 4
    connected.close()


def test_another_answers_for_a_paused_one_which_is_then_avoided(
    node: FakeNode, silent_address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # However slow this machine is now.
    monkeypatch.setattr(connection, "ANSWER_SECONDS", 60.0)
    monkeypatch.setattr(connection, "_ATTEMPT_SECONDS_OF_SEVERAL", 0.7)
    monkeypatch.setattr(nodes, "CHECK_SECONDS", 1.5)
    connected = Connection([silent_address, node.address])
    for _ in range(4):
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


async def test_a_node_that_is_back_is_asked_again(node: FakeNode) -> None:
    with start_node() as paused:
        paused.goes_on.clear()
        connected = Connection([paused.address, node.address])
        assert connected.count_nodes() == (1, 2)
        paused.goes_on.set()
        async with asyncio.timeout(30):
            while not paused.paths:
                connected.request("GET", "/x", is_read=True)
                await asyncio.sleep(0.05)
        assert connected.count_nodes() == (2, 2)
        connected.close()
