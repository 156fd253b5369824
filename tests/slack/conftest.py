"""Fixtures: newsrooms, and the bot in a local Slack over Socket Mode and signed HTTP."""

from __future__ import annotations

import asyncio
import contextlib
import shutil
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from weakref import WeakKeyDictionary

import pytest
import sqlalchemy as sa
from playwright.async_api import Page as BrowserPage
from playwright.async_api import async_playwright, expect

from bot import config
from bot.config import FeedSettings, FetchSettings, PeopleSettings
from bot.extract.extractor import Extractor
from bot.newsroom import Newsroom
from bot.slack import sockets
from bot.slack.app import build_app, identify_bot, make_client
from bot.slack.connection import connect
from bot.slack.gate import people
from bot.slack.local import ALICE, NEWSROOM, TEAM, LocalSlack, free_port
from bot.slack.refusals import recent_failures
from bot.store.schema import metadata
from tests.local_slack import install_local_slack
from tests.outlet_site import PAGE, OutletSite, Page, entry, open_site, rss
from tests.slack.desk import PATIENCE, Desk

BROWSERS = ("chromium", "chromium-browser", "google-chrome")


@pytest.fixture(autouse=True)
def _clear_caches() -> None:
    people.clear_cache()
    recent_failures.clear()


@pytest.fixture(autouse=True)
def _forget_earlier_tests(request: pytest.FixtureRequest) -> None:
    """Empty the tables of the shared newsroom that earlier tests wrote to: jobs, messages, …"""
    if "newsroom" not in request.fixturenames:
        return
    newsroom = request.getfixturevalue("newsroom")
    if tables := _tables_of_use.get(newsroom):
        with newsroom.store.database.write() as connection:
            for table in tables:
                connection.execute(sa.delete(table))


_tables_of_use: WeakKeyDictionary[Newsroom, list[sa.Table]] = WeakKeyDictionary()
"""The tables of the shared newsroom that are empty until somebody uses it."""


@pytest.fixture(scope="session")
def newsroom(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Newsroom]:
    """A newsroom with the seed articles."""
    data = str(tmp_path_factory.mktemp("newsroom"))
    with Newsroom(config.load({"CLAIMDESK_DATA": data})) as opened:
        _ingest_seeds(opened)
        opened.open()
        with opened.store.database.read() as connection:
            _tables_of_use[opened] = [
                table
                for table in reversed(metadata.sorted_tables)
                if connection.scalar(sa.select(sa.func.count()).select_from(table)) == 0
            ]
        yield opened


def _ingest_seeds(newsroom: Newsroom, *, bulk: bool = False) -> None:
    outcomes = newsroom.intake.files.ingest([config.shipped_folder("seeds")], bulk=bulk)
    assert not any(outcome.errors for outcome in outcomes)


@pytest.fixture
def site() -> Iterator[OutletSite]:
    with open_site() as opened:
        opened.pages["/harbour"] = Page(PAGE.format(title="Harbour closed"))
        yield opened


@pytest.fixture(scope="session")
def extractor() -> Extractor:
    return Extractor(threads=1)


@pytest.fixture
def reading(tmp_path: Path, site: OutletSite, extractor: Extractor) -> Iterator[Newsroom]:
    """An empty newsroom that may fetch the site, with Alice as admin."""
    with _newsroom_with(tmp_path, site, extractor, PeopleSettings(admins=(ALICE,))) as opened:
        opened.open()
        yield opened


def _newsroom_with(
    tmp_path: Path, site: OutletSite, extractor: Extractor, people_settings: PeopleSettings
) -> Newsroom:
    settings = replace(
        config.load({"CLAIMDESK_DATA": str(tmp_path / "data")}),
        fetch=FetchSettings(allowed=(site.address,)),
        feeds=FeedSettings(gap_seconds=0),
        people=people_settings,
    )
    newsroom = Newsroom(settings)
    newsroom.extractions.extractor = extractor
    return newsroom


@pytest.fixture
def talked_with(tmp_path: Path, site: OutletSite, extractor: Extractor) -> Iterator[Newsroom]:
    """A newsroom with the seed articles and a feed, with Alice as admin and reviewer."""
    site.pages["/feed"] = Page(rss(site, entry(1)))
    settings = PeopleSettings(
        users=("members",), admins=(ALICE,), reviewers=(ALICE,), requests_at_once=1000
    )
    with _newsroom_with(tmp_path, site, extractor, settings) as opened:
        _ingest_seeds(opened, bulk=True)
        opened.open()
        yield opened


@pytest.fixture(scope="session")
def local_slack_folder(request: pytest.FixtureRequest) -> Path:
    """The folder in which the local Slack stays installed between test runs."""
    return install_local_slack(request.config)


@pytest.fixture(scope="session")
def local_slack_in(local_slack_folder: Path) -> Iterator[Callable[[str], LocalSlack]]:
    """Return the local Slack of a mode; it is started once and kept for other files' tests."""
    with contextlib.ExitStack() as stack:

        @cache
        def start(mode: str) -> LocalSlack:
            port = free_port() if mode == "http" else None
            return stack.enter_context(LocalSlack(local_slack_folder, bot_port=port))

        yield start


@pytest.fixture(params=["socket", "http"])
def local_slack(
    request: pytest.FixtureRequest,
    local_slack_in: Callable[[str], LocalSlack],
    monkeypatch: pytest.MonkeyPatch,
) -> LocalSlack:
    """A local Slack for each of the two modes; on a busy machine it may be silent for long.

    If the bot took the silence for a cut and connected again, the local Slack would drop what a
    person types meanwhile, and the test would wait for the answer.
    """
    monkeypatch.setattr(sockets, "MAX_SILENCE", PATIENCE)
    return local_slack_in(request.param)


@pytest.fixture
async def desk(newsroom: Newsroom, local_slack: LocalSlack) -> AsyncIterator[Desk]:
    """The bot in the local Slack, and a person who uses it."""
    async with contextlib.AsyncExitStack() as stack:
        desk = await stack.enter_async_context(Desk(local_slack).opened())
        client = make_client(desk.settings)
        app = build_app(desk.settings, newsroom, client, await identify_bot(client))
        bot = asyncio.ensure_future(connect(app, desk.settings))
        try:
            await desk.wait_until_connected()
            yield desk
        finally:
            newsroom.store.ledger.unsubscribe(TEAM, NEWSROOM)
            bot.cancel()
            await asyncio.gather(bot, return_exceptions=True)
    assert not desk.refused


@pytest.fixture
async def page() -> AsyncIterator[BrowserPage]:
    """A page in a real browser, on a machine that may be busy."""
    expect.set_options(timeout=PATIENCE * 1000)
    browser_path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser_path is None:
        pytest.skip("skipped: Chromium is not installed")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=browser_path, args=["--no-sandbox"]
        )
        opened = await browser.new_page(viewport={"width": 1100, "height": 640})
        opened.set_default_timeout(PATIENCE * 1000)
        yield opened
        await browser.close()
