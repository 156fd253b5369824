"""Faults turn /readyz red, and green again when they are over."""

from __future__ import annotations

import asyncio
import contextlib
import math
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot import config
from bot.monitoring import readiness as monitoring_readiness
from bot.monitoring.metrics import Metrics
from bot.monitoring.readiness import Readiness
from bot.newsroom import Newsroom
from bot.newsroom import readiness as newsroom_readiness
from bot.search.engine.embedded.generation import write_lock
from bot.slack.monitoring import readiness
from bot.slack.monitoring.readiness import monitor
from bot.store import integrity
from bot.store.database import Database
from tests.monitoring.pages import Pages, open_pages
from tests.slack.slack_stub import SlackStub
from tests.small_disk import fill, small_disk
from tests.store.locks import locked

ARTICLE = "The lock leaks, Jane Roe said."


INTERVAL, TIMEOUT = monitoring_readiness.INTERVAL, monitoring_readiness.TIMEOUT
LATEST = {
    "store": INTERVAL + max(integrity.TEST_WRITE_SECONDS, TIMEOUT),
    "disk": INTERVAL + TIMEOUT,
    "index": INTERVAL * (1 + math.ceil(newsroom_readiness.MAX_LAG / INTERVAL)),
    "slack": INTERVAL * math.ceil(readiness.TRUST / INTERVAL) + readiness.ANSWER_TIMEOUT,
}
"""Seconds after which each fault is noticed at the latest, before the tests are hurried."""


def test_each_fault_is_noticed_within_ten_seconds() -> None:
    """The longest pause until a check begins, and the longest that it takes."""
    assert max(LATEST.values()) < 10


@pytest.fixture(autouse=True)
def _hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(integrity, "TEST_WRITE_SECONDS", 0.1)
    monkeypatch.setattr(newsroom_readiness, "MAX_LAG", 0.1)
    monkeypatch.setattr(readiness, "TRUST", 0.0)
    monkeypatch.setattr(readiness, "ANSWER_TIMEOUT", 0.5)
    monkeypatch.setattr(Readiness.__init__, "__kwdefaults__", {"interval": 0.05, "timeout": 2.0})


@contextlib.asynccontextmanager
async def monitored(
    data: Path,
    database_url: str = "",
    stub: SlackStub | None = None,
    sockets: Metrics | None = None,
) -> AsyncIterator[tuple[Newsroom, Pages]]:
    """A newsroom with an empty archive, once all its parts are ready.

    With `sockets`, it is in Socket Mode; these metrics count its open connections.
    """
    metrics = sockets or Metrics()
    environ = {"CLAIMDESK_DATA": str(data), "DATABASE_URL": database_url}
    settings = config.load(environ)
    Database(settings.database_url).migrate()
    with Newsroom(settings) as newsroom:
        newsroom.updates.catch_up()
        async with contextlib.AsyncExitStack() as stack:
            if stub:
                await stack.enter_async_context(stub.opened(newsroom))
            client = stub.client if stub else None
            ready = monitor(newsroom, metrics, client, with_sockets=bool(sockets))
            pages = await stack.enter_async_context(open_pages(metrics, ready))
            await pages.until_ready()
            yield newsroom, pages


async def test_a_locked_store_is_not_ready(tmp_path: Path, database_url: str) -> None:
    async with monitored(tmp_path, database_url) as (_, pages):
        with locked(database_url, "store_state"):
            async with asyncio.timeout(60):
                while (await pages.ready())["store"] in ("", "not checked yet"):
                    await asyncio.sleep(0.02)
        await pages.until_ready()


async def test_a_store_that_cannot_be_written_says_who_locks_it(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/claimdesk.sqlite3"
    async with monitored(tmp_path) as (_, pages):
        with locked(url):
            await pages.until_ready(store="locked by another program")
            assert (await pages.get("/healthz"))[0] == 200
        await pages.until_ready()


async def test_a_full_disk_is_not_ready(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with small_disk(tmp_path / "disk", megabytes=30) as disk:
        async with monitored(disk / "data") as (_, pages):
            filler = fill(disk)
            async with asyncio.timeout(60):
                while "No space left" not in (await pages.ready())["disk"]:
                    await asyncio.sleep(0.02)
            assert str(disk) not in str(await pages.ready())  # a path may name a person
            filler.unlink()
            await pages.until_ready()


async def test_an_index_behind_the_store_is_not_ready(tmp_path: Path) -> None:
    async with monitored(tmp_path) as (newsroom, pages):
        path = tmp_path / "leak.txt"
        path.write_text(ARTICLE)
        # As by another process: a lock belongs to whoever opened the file.
        with write_lock(newsroom.settings.index_folder):
            assert len(list(newsroom.intake.files.ingest([path]))) == 1
            await pages.until_ready(index="not indexed yet: 1")
            samples = await pages.metrics()
            assert samples["claimdesk_index_lag_changes"] == 1
            assert samples["claimdesk_index_lag_seconds"] > 0
        newsroom.updates.catch_up()
        await pages.until_ready()
        assert (await pages.metrics())["claimdesk_index_lag_seconds"] == 0


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        ("cut", "cannot be reached"),
        (503, "with an error"),
        ({"ok": False, "error": "token_revoked"}, "does not accept the token"),
    ],
)
async def test_slack_away_is_not_ready(tmp_path: Path, answer: object, why: str) -> None:
    stub = SlackStub()
    async with monitored(tmp_path, stub=stub) as (_, pages):
        stub.answers["auth.test"] = answer
        await pages.until_ready(slack=why)
        del stub.answers["auth.test"]
        await pages.until_ready()


async def test_a_process_to_which_slack_has_no_connection_is_not_ready(tmp_path: Path) -> None:
    metrics = Metrics()
    metrics.sockets_open.inc()
    async with monitored(tmp_path, sockets=metrics) as (_, pages):
        metrics.sockets_open.dec()
        await pages.until_ready(sockets="no connection over Socket Mode is open")
        metrics.sockets_open.inc()
        await pages.until_ready()


async def test_a_slack_that_asks_for_patience_is_not_asked_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(readiness, "TRUST", 3600.0)
    stub = SlackStub()
    stub.answers["auth.test"] = {"ok": False, "error": "ratelimited"}
    async with monitored(tmp_path, stub=stub) as (_, pages):
        for _ in range(20):
            assert (await pages.ready())["slack"] == ""
            await asyncio.sleep(0.02)
        assert len(stub.called("auth.test")) == 1


async def test_a_slack_that_does_not_answer_is_not_ready(tmp_path: Path) -> None:
    stub = SlackStub()
    async with monitored(tmp_path, stub=stub) as (_, pages):
        stub.held["auth.test"] = asyncio.Event()
        await pages.until_ready(slack="TimeoutError")
        stub.held.pop("auth.test").set()
        await pages.until_ready()


async def test_slack_is_not_asked_for_what_was_just_answered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(readiness, "TRUST", 3600.0)
    stub = SlackStub()
    async with monitored(tmp_path, stub=stub) as (_, pages):
        for _ in range(20):
            assert (await pages.ready())["slack"] == ""
            await asyncio.sleep(0.02)
        assert len(stub.called("auth.test")) == 1
