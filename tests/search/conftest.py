from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from bot.config import KnownName
from bot.model import ClaimEntry
from bot.search import ClaimIndex, IndexState, SearchIndex, SearchResult, parse
from bot.search.engine.cluster.index import ClusterIndex
from tests.search.indexes import ClusterIndexes, EmbeddedIndexes, Indexes

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


@pytest.fixture(scope="module", params=["embedded", "cluster"])
def indexes(request: pytest.FixtureRequest) -> Iterator[Indexes]:
    """Opens indexes of each kind: the same one for the same place, which is empty at first.

    Those on the cluster have the SHARDS of the test's file, or one.
    """
    if request.param == "embedded":
        yield EmbeddedIndexes(request.getfixturevalue("tmp_path_factory").mktemp("indexes"))
        return
    nodes, shards = request.getfixturevalue("cluster_nodes"), getattr(request.module, "SHARDS", 1)
    clusters = ClusterIndexes(nodes, shards)
    yield clusters
    clusters.remove_all()


@pytest.fixture
def open_cluster_index(cluster_nodes: list[str]) -> Iterator[Callable[..., ClusterIndex]]:
    """Open an index on the cluster, which is the same one throughout a test."""
    clusters = ClusterIndexes(cluster_nodes)

    def open_one(**options: Any) -> ClusterIndex:
        return clusters.open("one", **{"spelling": SPELLING, "names": (), **options})

    yield open_one
    clusters.remove_all()


@pytest.fixture
def index(indexes: Indexes) -> Iterator[SearchIndex]:
    opened = indexes.open("a-test", spelling=SPELLING, names=NAMES)
    yield opened
    opened.close()
    indexes.empty("a-test")


@pytest.fixture
def ask(index: SearchIndex) -> Callable[..., SearchResult]:
    """Index entries if any are given, then find."""

    def find(text: str, *entries: ClaimEntry, limit: int = 10, offset: int = 0) -> SearchResult:
        if entries:
            index.rebuild(entries, IndexState("store", 1))
        return index.find(parse(text, TODAY), limit, offset)

    return find
