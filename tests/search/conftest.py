from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from bot.config import KnownName
from bot.model import ClaimEntry
from bot.search import ClaimIndex, IndexState, SearchResult, parse
from bot.search.engine.cluster import connection, vocabulary
from bot.search.engine.cluster.connection import Connection
from bot.search.engine.cluster.index import ClusterIndex
from tests.opensearch.launcher import start_cluster

TODAY = date(2026, 11, 25)
SPELLING = (("ruble", "rouble"), ("harbor", "harbour"))
NAMES = (
    KnownName(name="The Wall Street Journal", aliases=("wsj",), domains=("wsj.com",)),
    KnownName(name="the Harbour Union", aliases=("HU", "dockers")),
)

MakeEntry = Callable[..., ClaimEntry]


@pytest.fixture
def make_entry() -> MakeEntry:
    numbers = count(1)

    def make(
        text: str,
        *,
        id: str | None = None,
        article: str = "a1",
        speaker: str | None = None,
        source: str | None = None,
        cue: str | None = None,
        outlet: str | None = None,
        on: date | None = None,
        **more: Any,
    ) -> ClaimEntry:
        known = (id or f"c{next(numbers)}", article, text, speaker, source, cue, outlet, on)
        return ClaimEntry(*known, **more)

    return make


@pytest.fixture
def open_index(tmp_path: Path) -> Iterator[Callable[[], ClaimIndex]]:
    opened = []

    def open_one() -> ClaimIndex:
        opened.append(ClaimIndex.open(tmp_path / "index", spelling=SPELLING, names=NAMES))
        return opened[-1]

    yield open_one
    for index in opened:
        index.close()


@pytest.fixture(scope="session")
def cluster_address(request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of an OpenSearch cluster of one node, which may be slow."""
    with (
        pytest.MonkeyPatch.context() as patch,
        start_cluster(Path(request.config.cache.mkdir("opensearch"))) as nodes,
    ):
        for limit in ("ANSWER_SECONDS", "SECOND_ANSWER_SECONDS", "_ATTEMPT_SECONDS"):
            patch.setattr(connection, limit, 60.0)
        patch.setattr(vocabulary, "WAIT_SECONDS", 60.0)
        yield next(iter(nodes))


@pytest.fixture
def open_cluster_index(cluster_address: str) -> Iterator[Callable[..., ClusterIndex]]:
    """Open an index on the cluster, which is the same one throughout a test."""
    name = f"test-{uuid4().hex[:12]}"

    def open_one(
        spelling: Sequence[Sequence[str]] = SPELLING, names: Iterable[KnownName] = ()
    ) -> ClusterIndex:
        return ClusterIndex.open(
            Connection([cluster_address]),
            name=name,
            spelling=spelling,
            names=names,
            replicas=0,
        )

    yield open_one
    direct = Connection([cluster_address])
    indexes = direct.request("GET", f"/{name}-*/_alias")
    if indexes:
        direct.request("DELETE", f"/{','.join(indexes)}")
    direct.close()


@pytest.fixture
def index(open_index: Callable[[], ClaimIndex]) -> ClaimIndex:
    return open_index()


@pytest.fixture
def ask(index: ClaimIndex) -> Callable[..., SearchResult]:
    """Index entries if any are given, then find."""

    def find(text: str, *entries: ClaimEntry, limit: int = 10, offset: int = 0) -> SearchResult:
        if entries:
            index.rebuild(entries, IndexState("store", 1))
        return index.find(parse(text, TODAY), limit, offset)

    return find
