"""Fixtures: a newsroom that reads a local site, with a manual clock."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot import config
from bot.config import FeedSettings, FetchSettings
from bot.extract.extractor import Extractor
from bot.newsroom import Newsroom
from tests.manual_clock import ManualClock
from tests.outlet_site import OutletSite, open_site


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


@pytest.fixture
def reading(
    tmp_path: Path, site: OutletSite, clock: ManualClock, extractor: Extractor
) -> Iterator[Newsroom]:
    """Return a newsroom that may read the site without waiting."""
    settings = replace(
        config.load({"CLAIMDESK_DATA": str(tmp_path / "data")}),
        fetch=FetchSettings(allowed=(site.address,), seconds=5),
        feeds=FeedSettings(gap_seconds=0),
    )
    with Newsroom(settings, clock) as newsroom:
        newsroom.extractions.extractor = extractor
        yield newsroom
