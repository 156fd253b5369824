"""Processes tell one another at once what has changed, on PostgreSQL."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import UTC, datetime

import psycopg
import pytest

from bot.store import Store, notices
from bot.store.articles.article_writer import reserve_change_numbers
from bot.store.notices import Topic
from tests.conftest import CLOSE_OTHER_CONNECTIONS

NOW = datetime(2026, 11, 28, tzinfo=UTC)
PATIENCE = 60


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    store = Store(database_url)
    store.database.migrate()
    yield store
    store.close()


def change_an_article(store: Store) -> None:
    with store.database.write() as connection:
        reserve_change_numbers(connection, 1)


def add_a_job(store: Store) -> None:
    store.jobs.add("poll", "a", due_at=NOW)


@contextlib.asynccontextmanager
async def listening(store: Store) -> AsyncIterator[dict[Topic, asyncio.Event]]:
    """Listen, with an event for each topic."""
    events: dict[Topic, asyncio.Event] = {"changes": asyncio.Event(), "jobs": asyncio.Event()}
    task = asyncio.create_task(
        store.notices.listen({topic: event.set for topic, event in events.items()})
    )
    yield events
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
@pytest.mark.parametrize(("topic", "change"), [("changes", change_an_article), ("jobs", add_a_job)])
async def test_a_change_is_told_at_once(
    store: Store, topic: Topic, change: Callable[[Store], None]
) -> None:
    async with asyncio.timeout(PATIENCE), listening(store) as events:
        for event in events.values():  # all are called once it listens
            await event.wait()
            event.clear()
        await asyncio.to_thread(change, store)
        await events.pop(topic).wait()
        (other,) = events.values()
        assert not other.is_set()


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
async def test_a_change_that_is_rolled_back_is_not_told(store: Store) -> None:
    async with asyncio.timeout(PATIENCE), listening(store) as events:
        await events["changes"].wait()
        events["changes"].clear()
        with contextlib.suppress(RuntimeError), store.database.write() as connection:
            reserve_change_numbers(connection, 1)
            raise RuntimeError
        events["jobs"].clear()
        await asyncio.to_thread(add_a_job, store)
        await events["jobs"].wait()
        assert not events["changes"].is_set()


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
async def test_a_lost_listener_comes_back_and_has_all_look(
    store: Store,
    postgres_server: str,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(notices, "REOPEN_SECONDS", 0.01)
    async with asyncio.timeout(PATIENCE), listening(store) as events:
        for event in events.values():
            await event.wait()
            event.clear()
        with (
            caplog.at_level(logging.WARNING),
            psycopg.connect(f"{postgres_server}/postgres", autocommit=True) as operator,
        ):
            operator.execute(CLOSE_OTHER_CONNECTIONS)
            for event in events.values():
                await event.wait()
    assert "are noticed up to a second late" in caplog.text


def test_sqlite_has_no_notices_and_needs_none(store: Store) -> None:
    assert store.notices.can_arrive == (not store.database.is_sqlite)
    change_an_article(store)
    add_a_job(store)
    assert store.archive.state()[1] == 1
