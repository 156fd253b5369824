from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from bot.errors import SearchIndexError
from bot.search import parse
from bot.search.engine.cluster import connection
from bot.search.engine.cluster.connection import Connection, Deadline
from bot.search.engine.cluster.index import ClusterIndex
from tests.search.conftest import TODAY, MakeEntry


@pytest.fixture
def silent_address() -> Iterator[str]:
    """The address of a node that is stopped: it accepts connections and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"http://127.0.0.1:{server.getsockname()[1]}"


class EmptyNode(BaseHTTPRequestHandler):
    """A node that answers each request with an empty object, and remembers how it signed in."""

    accounts: list[str | None] = []  # noqa: RUF012  # one for each test, set by the fixture

    def do_GET(self) -> None:
        self.accounts.append(self.headers["Authorization"])
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def node_address() -> Iterator[str]:
    EmptyNode.accounts = []
    with HTTPServer(("127.0.0.1", 0), EmptyNode) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def closed_address() -> str:
    """An address where nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return f"http://127.0.0.1:{server.getsockname()[1]}"


def test_a_search_says_that_a_silent_cluster_does_not_answer(
    silent_address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "ANSWER_SECONDS", 0.3)
    searched = ClusterIndex.open(Connection([silent_address]), name="x", spelling=(), names=())
    with pytest.raises(SearchIndexError, match="the cluster does not answer in time"):
        searched.find(parse("yuan", TODAY), 3)
    searched.close()


def test_a_search_says_that_no_node_can_be_reached() -> None:
    addresses = [closed_address(), closed_address()]
    searched = ClusterIndex.open(Connection(addresses), name="x", spelling=(), names=())
    with pytest.raises(SearchIndexError, match="the cluster cannot be reached") as caught:
        searched.find(parse("yuan", TODAY), 3)
    assert "what is filed meanwhile follows" in str(caught.value)


def test_watches_are_matched_without_the_cluster(make_entry: MakeEntry) -> None:
    index = ClusterIndex.open(Connection([closed_address()]), name="x", spelling=(), names=())
    percolator = index.percolator()
    percolator.add("watch", parse("the yuan type:direct", TODAY))
    entry = make_entry("They pay the bill in yuan", type="direct")
    assert percolator.find_matches(entry) == {"watch": ("the", "yuan", "type:direct")}
    assert percolator.find_matches(make_entry("They pay the bill", type="direct")) == {}


@pytest.mark.parametrize("turn", [0, 1])
def test_another_node_answers_for_one_that_is_gone(node_address: str, turn: int) -> None:
    addresses = [closed_address(), node_address]
    connected = Connection(addresses[::-1] if turn else addresses)
    for _ in range(4):
        assert connected.request("GET", "/x", deadline=Deadline(2.0)) == {}
    connected.close()


def test_another_node_answers_for_a_silent_one(
    silent_address: str, node_address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "_ATTEMPT_SECONDS", 0.3)
    connected = Connection([silent_address, node_address])
    for _ in range(4):
        assert connected.request("GET", "/x", deadline=Deadline(5.0)) == {}
    connected.close()


def test_a_closed_connection_opens_again(node_address: str) -> None:
    connected = Connection([node_address])
    for _ in range(2):
        assert connected.request("GET", "/x") == {}
        connected.close()


def test_the_password_is_sent_and_never_told(node_address: str) -> None:
    connected = Connection([node_address], user="claimdesk", password="hush-hush")
    connected.request("GET", "/x")
    assert EmptyNode.accounts == ["Basic Y2xhaW1kZXNrOmh1c2gtaHVzaA=="]
    connected.close()
    refused = Connection([closed_address()], user="claimdesk", password="hush-hush")
    with pytest.raises(SearchIndexError) as caught:
        refused.request("GET", "/x")
    assert "hush" not in str(caught.value)


def test_a_second_answer_waits_less_until_the_cluster_answers_again(
    silent_address: str, node_address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "ANSWER_SECONDS", 0.3)
    monkeypatch.setattr(connection, "SECOND_ANSWER_SECONDS", 0.0)
    connected = Connection([silent_address])
    with pytest.raises(SearchIndexError):
        connected.request("GET", "/x", deadline=connected.answer_deadline())
    assert connected.answer_deadline().remaining() == 0.0
    connected.close()
    connected._addresses = (node_address,)
    connected.request("GET", "/x")
    assert connected.answer_deadline().remaining() > 0.0
    connected.close()


def test_remaining_time_runs_out_and_no_further() -> None:
    now = [10.0]
    deadline = Deadline(2.5, lambda: now[0])
    assert deadline.remaining() == 2.5
    now[0] = 99.0
    assert deadline.remaining() == 0.0
