from __future__ import annotations

import contextlib
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from subprocess import Popen
from threading import Timer

import pytest

from bot.errors import SearchIndexError
from bot.model import ClaimEntry
from bot.search import IndexState, parse
from bot.search.engine.cluster import connection
from bot.search.engine.cluster.connection import Connection
from bot.search.engine.cluster.index import ClusterIndex
from tests.opensearch.launcher import start_cluster
from tests.search.conftest import TODAY
from tests.soak import SOAK

pytestmark = pytest.mark.skipif(not SOAK, reason="make soak starts three nodes of OpenSearch")

PAUSE_SECONDS = 20.0
"""The cluster itself takes half a minute to notice that a node is paused."""

Nodes = dict[str, Popen[bytes]]


@pytest.fixture
def nodes(request: pytest.FixtureRequest) -> Iterator[Nodes]:
    with start_cluster(Path(request.config.cache.mkdir("opensearch")), 3) as started:
        yield started


@pytest.fixture
def index(nodes: Nodes) -> Iterator[ClusterIndex]:
    index = ClusterIndex.open(
        Connection(list(nodes)), name="replicated", spelling=(), names=(), shards=3, replicas=1
    )
    yield index
    index.close()


def entries(
    first: int, last: int, during: Callable[[int], None] = lambda _: None
) -> Iterator[ClaimEntry]:
    for number in range(first, last):
        during(number)
        yield ClaimEntry(
            f"c{number}", f"a{number}", f"They pay in yuan {number}", None, *[None] * 4
        )


def wait_until_replicated(nodes: Nodes) -> None:
    running = [address for address, node in nodes.items() if node.poll() is None]
    with contextlib.closing(Connection(running)) as connected:
        connected.request(
            "GET", "/_cluster/health", params={"wait_for_status": "green", "timeout": "60s"}
        )


def test_nothing_is_lost_when_a_node_is_killed(index: ClusterIndex, nodes: Nodes) -> None:
    everyone = {f"c{number}" for number in range(6_000)}

    def kill_one(number: int) -> None:
        if number == 4_500:
            next(iter(nodes.values())).kill()

    index.rebuild(entries(0, 3_000), IndexState("store", 1))
    wait_until_replicated(nodes)
    index.rebuild(entries(0, 6_000, kill_one), IndexState("store", 2))
    assert set(index.ids()) == everyone
    assert index.find(parse("yuan", TODAY), 3).total == 6_000
    assert not index.is_damaged()
    index.apply(["a7"], entries(7, 8), IndexState("store", 3))
    assert (index.state, index.count()) == (IndexState("store", 3), 6_000)


def test_searches_go_on_when_a_node_is_killed(index: ClusterIndex, nodes: Nodes) -> None:
    index.rebuild(entries(0, 500), IndexState("store", 1))
    wait_until_replicated(nodes)
    warm_up(index)
    next(iter(nodes.values())).kill()
    for number in range(40):
        assert index.find(parse(f"yuan {number}", TODAY), 3).total == 1


def test_searches_and_writes_go_on_while_a_node_is_paused(
    index: ClusterIndex, nodes: Nodes, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Whoever waits for the paused node waits longer than that, however busy this machine is.
    monkeypatch.setattr(connection, "ANSWER_SECONDS", PAUSE_SECONDS / 2)
    # A cluster of other tests may have set these to a minute.
    monkeypatch.setattr(connection, "_ATTEMPT_SECONDS_OF_SEVERAL", 0.7)
    monkeypatch.setattr(connection, "_COUNT_SECONDS", 5.0)
    index.rebuild(entries(0, 500), IndexState("store", 1))
    wait_until_replicated(nodes)
    warm_up(index)
    for seq, node in enumerate(nodes.values(), start=2):
        node.send_signal(signal.SIGSTOP)
        resume_at = time.monotonic() + PAUSE_SECONDS
        try:
            number = 0
            while time.monotonic() < resume_at:
                assert index.find(parse(f"yuan {number % 500}", TODAY), 3).total == 1
                number += 1
            assert any("1 of its 3 servers" in fault.text for fault in index.faults())
        finally:
            node.send_signal(signal.SIGCONT)
        index.apply([f"a{seq}"], entries(seq, seq + 1), IndexState("store", seq))
        assert (index.state, index.count()) == (IndexState("store", seq), 500)
        wait_until_replicated(nodes)


def test_what_is_written_while_a_node_is_paused_is_not_lost(
    index: ClusterIndex, nodes: Nodes
) -> None:
    index.rebuild(entries(0, 500), IndexState("store", 1))
    wait_until_replicated(nodes)
    node = next(iter(nodes.values()))
    node.send_signal(signal.SIGSTOP)
    resume = Timer(PAUSE_SECONDS, node.send_signal, [signal.SIGCONT])
    resume.start()
    try:
        index.apply([], entries(500, 1_500), IndexState("store", 2))
    finally:
        resume.join()
    assert (index.state, index.count()) == (IndexState("store", 2), 1_500)
    assert not index.is_damaged()


def warm_up(index: ClusterIndex) -> None:
    """Search until nodes that have just started are fast enough."""
    answered = 0
    while answered < 20:
        with contextlib.suppress(SearchIndexError):
            answered += index.find(parse("yuan", TODAY), 3).total == 500
