"""What hostile sites send that is stored as it is: their robots.txt."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot import config
from bot.config import FeedSettings, FetchSettings
from bot.ingest.fetch.robots import MAX_ROBOTS_LENGTH
from bot.newsroom import Newsroom
from bot.store import Store
from tests.manual_clock import ManualClock
from tests.outlet_site import OutletSite, Page, entry, rss


@pytest.fixture
def either(
    database_url: str, tmp_path: Path, site: OutletSite, clock: ManualClock
) -> Iterator[Newsroom]:
    """A newsroom with each kind of database, which may read the site."""
    settings = replace(
        config.load({"CLAIMDESK_DATA": str(tmp_path / "data"), "DATABASE_URL": database_url}),
        fetch=FetchSettings(allowed=(site.address,), seconds=60),
        feeds=FeedSettings(gap_seconds=0),
    )
    store = Store(settings.database_url)
    store.database.migrate()
    store.close()
    site.pages["/feed"] = Page(rss(site, entry(1)))
    with Newsroom(settings, clock) as newsroom:
        yield newsroom


def test_a_robots_txt_with_nul_is_obeyed(either: Newsroom, site: OutletSite) -> None:
    site.pages["/robots.txt"] = Page("User-agent: *\0\nDisallow: /pri\0vate\n")
    feed = either.feeds.add(f"{site.url}/feed", added_by="cli").feed
    assert either.polls.poll(feed.id).failure is None


def test_of_an_endless_robots_txt_the_beginning_is_stored(
    either: Newsroom, site: OutletSite
) -> None:
    site.pages["/robots.txt"] = Page("User-agent: *\nDisallow: /private\n" + "#" * 2_000_000)
    either.feeds.add(f"{site.url}/feed", added_by="cli")
    stored = either.store.hosts.robots(site.address, now=either.now())
    assert stored is not None
    assert len(stored) == MAX_ROBOTS_LENGTH
