from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest

from bot.search.engine.cluster import connection
from tests.search.engine.cluster.fake_node import FakeNode, start_node


@pytest.fixture
def node() -> Iterator[FakeNode]:
    with start_node() as started:
        yield started


@pytest.fixture
def silent_address() -> Iterator[str]:
    """The address of a node that is stopped: it accepts connections and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"http://127.0.0.1:{server.getsockname()[1]}"


@pytest.fixture
def closed_address() -> Iterator[str]:
    """An address that refuses connections: nobody listens there, and nobody else can have it."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{held.getsockname()[1]}"


@pytest.fixture
def long_requests(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let answers, and each of their requests, take a minute, however busy this machine is."""
    monkeypatch.setattr(connection, "ANSWER_SECONDS", 60.0)
    monkeypatch.setattr(connection, "_ATTEMPT_SECONDS", 60.0)
    monkeypatch.setattr(connection, "_ATTEMPT_SECONDS_OF_SEVERAL", 60.0)


@pytest.fixture
def long_pauses(long_requests: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let an answer run out of time in its second pause, without waiting."""
    pause = connection._Attempts.pause

    def pause_long(attempts: connection._Attempts, at_most: float) -> None:
        if attempts.is_answer:
            attempts.patience.seconds += connection.ANSWER_SECONDS / 2
        else:
            pause(attempts, at_most)

    monkeypatch.setattr(connection._Attempts, "pause", pause_long)
