"""Fixtures: a newsroom that reads a local site, with a manual clock."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot import config
from bot.config import FeedSettings, FetchSettings, Settings
from bot.extract.extractor import Extractor
from bot.newsroom import Newsroom
from bot.store import Store
from tests.manual_clock import ManualClock
from tests.outlet_site import OutletSite, open_site
from tests.search.indexes import ClusterIndexes

COMBINATIONS = ("sqlite-embedded", "postgres-embedded", "postgres-cluster")


@pytest.fixture
def site() -> Iterator[OutletSite]:
    with open_site() as opened:
        yield opened


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(datetime(2026, 11, 3, 12, tzinfo=UTC))


@pytest.fixture(scope="session")
def extractor() -> Extractor:
    return Extractor(threads=1)


def _combine(request: pytest.FixtureRequest, folder: Path, name: str) -> Iterator[Settings]:
    """Yield settings for an empty store and index, of the kinds that a combination names."""
    environment = {"CLAIMDESK_DATA": str(folder)}
    if name != "sqlite-embedded":
        environment["DATABASE_URL"] = url = request.getfixturevalue("empty_postgres")()
        with contextlib.closing(Store(url)) as store:
            store.database.migrate()
    settings = config.load(environment)
    if name != "postgres-cluster":
        yield settings
        return
    clusters = ClusterIndexes(request.getfixturevalue("cluster_nodes"))
    yield replace(settings, search=clusters.settings("newsroom", settings.search))
    clusters.remove_all()


@pytest.fixture(params=COMBINATIONS)
def search_settings(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Settings]:
    """Settings for each combination of a store and an index: searches find the same on all."""
    yield from _combine(request, tmp_path, request.param)


@pytest.fixture(scope="module", params=COMBINATIONS)
def search_settings_of_file(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Settings]:
    """The same for all tests of a file together."""
    yield from _combine(request, tmp_path_factory.mktemp("desk"), request.param)


@pytest.fixture
def reading(
    tmp_path: Path, site: OutletSite, clock: ManualClock, extractor: Extractor
) -> Iterator[Newsroom]:
    """Return a newsroom that may read the site without waiting."""
    settings = replace(
        config.load({"CLAIMDESK_DATA": str(tmp_path / "data")}),
        fetch=FetchSettings(allowed=(site.address,), seconds=60),
        feeds=FeedSettings(gap_seconds=0),
    )
    with Newsroom(settings, clock) as newsroom:
        newsroom.extractions.extractor = extractor
        yield newsroom
