"""Copies of a delivery in processes that share a store, also if the store can't be written."""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
import threading
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa

from bot import config
from bot.errors import StoreError
from bot.newsroom import Newsroom
from bot.slack.gate import duplicates, people
from bot.slack.gate.duplicates import (
    DEDUPLICATION_WINDOW,
    LOG_INTERVAL,
    STORE_THREADS,
    SharedDeliveries,
    only_searches,
)
from bot.slack.surfaces.answers.form_blocks import CALLBACK
from bot.store import Deliveries, Store, schema
from tests.logs import records_of
from tests.slack.desk import chosen
from tests.slack.slack_stub import Json, SlackStub

NOON = datetime(2026, 11, 3, 12, tzinfo=UTC)
TIMEOUT = 60
"""Seconds after which a test fails."""


@pytest.fixture
def newsrooms(database_url: str, tmp_path: Path) -> Iterator[list[Newsroom]]:
    """The newsrooms of two processes, with one store."""
    store = Store(database_url)
    store.database.migrate()
    store.close()
    settings = config.load({"CLAIMDESK_DATA": str(tmp_path), "DATABASE_URL": database_url})
    with Newsroom(settings) as first, Newsroom(settings) as second:
        first.open()
        second.open()
        yield [first, second]


@pytest.fixture
async def stubs(
    newsrooms: list[Newsroom], monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[list[SlackStub]]:
    monkeypatch.setattr(duplicates, "STORE_TIMEOUT", TIMEOUT)  # the machine may be busy
    people.clear_cache()
    async with contextlib.AsyncExitStack() as stack:
        yield [await stack.enter_async_context(SlackStub().opened(one)) for one in newsrooms]


@contextlib.contextmanager
def locked(database_url: str) -> Iterator[None]:
    """Keep everybody else from writing."""
    if database_url.startswith("sqlite"):
        with contextlib.closing(sqlite3.connect(database_url.removeprefix("sqlite:///"))) as other:
            other.execute("BEGIN IMMEDIATE")
            yield
        return
    with psycopg.connect(database_url.replace("+psycopg", "")) as other:
        other.execute("LOCK TABLE deliveries IN ACCESS EXCLUSIVE MODE")
        yield


def recorded(newsroom: Newsroom) -> list[str]:
    return newsroom.store.database.fetch_values(sa.select(schema.deliveries.c.id))


async def test_two_processes_answer_an_event_once(stubs: list[SlackStub]) -> None:
    event = stubs[0].event("app_mention", text="<@U0BOT> help")
    for stub in stubs:
        assert (await stub.deliver(event)).status == 200
        await stub.wait_until_idle()
    assert [len(stub.called("chat.postEphemeral")) for stub in stubs] == [1, 0]


async def test_simultaneous_copies_are_answered_once(stubs: list[SlackStub]) -> None:
    event = stubs[0].event("app_mention", text="<@U0BOT> help")
    await asyncio.gather(*(stub.deliver(event) for stub in stubs for _ in range(3)))
    for stub in stubs:
        await stub.wait_until_idle()
    assert sum(len(stub.called("chat.postEphemeral")) for stub in stubs) == 1


async def test_two_processes_handle_a_press_once(stubs: list[SlackStub]) -> None:
    press = stubs[0].press("correction_undo", "1")
    for stub in stubs:
        await stub.deliver(press)
        await stub.wait_until_idle()
    assert [len(stub.shown) for stub in stubs] == [1, 0]


async def test_a_second_press_is_no_copy(stubs: list[SlackStub]) -> None:
    for stub in stubs:
        await stub.answer_to(stub.press("correction_undo", "1"))


async def test_a_search_is_not_recorded(stubs: list[SlackStub]) -> None:
    await stubs[0].answer_to(stubs[0].command("photosynthesis"))
    assert recorded(stubs[0].newsroom) == []
    await stubs[0].answer_to(stubs[0].command("list", "/watch"))
    assert len(recorded(stubs[0].newsroom)) == 1


async def test_with_a_locked_store_deliveries_are_known_in_memory(
    stubs: list[SlackStub],
    database_url: str,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(duplicates, "STORE_TIMEOUT", 0.3)
    stub = stubs[0]
    with locked(database_url):
        for number in range(3):
            event = stub.event("app_mention", text="<@U0BOT> help")
            assert (await stub.deliver(event)).status == 200
            assert (await stub.deliver(event)).status == 200
            await stub.wait_until_idle()
            assert len(stub.called("chat.postEphemeral")) == number + 1
    (record,) = records_of(caplog, duplicates.__name__)
    assert "can't be recorded in the store" in record.getMessage()


class HangingDeliveries:
    """A store that does not answer until it is released."""

    def __init__(self) -> None:
        self.may_answer, self.asked = threading.Event(), 0

    def add(self, delivery_id: str, now: datetime) -> bool:
        self.asked += 1
        self.may_answer.wait()
        return True

    def prune(self, now: datetime, max_age: timedelta) -> int:
        return 0


async def test_a_store_that_hangs_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    hanging = HangingDeliveries()
    shared = SharedDeliveries(hanging, lambda: NOON)  # type: ignore[arg-type]
    try:
        events: list[Json] = [{"event_id": f"Ev{n}", "event": {}} for n in range(20)]
        assert not any(await asyncio.gather(*map(shared.is_repeat, events)))
        assert await shared.is_repeat(events[0])
        monkeypatch.setattr(duplicates, "STORE_TIMEOUT", 3_600)
        async with asyncio.timeout(TIMEOUT):
            assert not await shared.is_repeat({"event_id": "Ev99", "event": {}})
        assert hanging.asked == STORE_THREADS
    finally:
        hanging.may_answer.set()


class FullDisk:
    """A store that cannot be written."""

    def add(self, delivery_id: str, now: datetime) -> bool:
        raise StoreError("the store cannot be used", cause="database or disk is full")


async def test_a_full_disk_is_logged_once_a_minute(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [1_000.0]
    monkeypatch.setattr(duplicates.time, "monotonic", lambda: now[0])
    shared = SharedDeliveries(FullDisk(), lambda: NOON)  # type: ignore[arg-type]
    for number in range(5):
        assert not await shared.is_repeat({"event_id": f"Ev{number}"})
    (record,) = records_of(caplog, duplicates.__name__)
    assert "disk is full" in record.getMessage()
    now[0] += LOG_INTERVAL
    assert not await shared.is_repeat({"event_id": "Ev9"})
    assert len(records_of(caplog, duplicates.__name__)) == 2


def test_old_deliveries_are_forgotten(newsrooms: list[Newsroom]) -> None:
    deliveries: Deliveries = newsrooms[0].store.deliveries
    age = timedelta(seconds=DEDUPLICATION_WINDOW)
    for hours in (0, 1, 200):
        assert deliveries.add(f"Ev{hours}", NOON + timedelta(hours=hours))
    assert deliveries.prune(NOON + timedelta(hours=1), age) == 2
    assert recorded(newsrooms[0]) == ["Ev1"]
    assert not deliveries.add("Ev1", NOON)
    assert deliveries.add("Ev0", NOON)


@pytest.mark.parametrize(
    "body",
    [
        {"command": "/claim", "text": "yuan"},
        {"type": "block_actions", "actions": [{"action_id": "next"}]},
        {"type": "block_actions", "actions": [{"action_id": "suggest_3"}]},
        {"type": "block_actions", "actions": [chosen("claim_menu", "context:c1")]},
        {"command": "/speaker", "text": "Jane Roe"},
        {"type": "block_actions", "actions": [{"action_id": "speaker_next"}]},
        {"type": "view_submission", "view": {"callback_id": CALLBACK}},
        {"type": "message_action", "callback_id": "find_this_claim"},
        {"event": {"type": "app_home_opened"}},
    ],
)
def test_searches_need_no_store(body: Json) -> None:
    assert only_searches(body)


@pytest.mark.parametrize(
    "body",
    [
        {"command": "/article", "text": "https://a.example/x"},
        {"type": "block_actions", "actions": [chosen("claim_menu", "share:c1")]},
        {"type": "block_actions", "actions": [{"action_id": "next"}, {"action_id": "share"}]},
        {"type": "block_actions", "actions": []},
        {"type": "view_submission", "view": {"callback_id": "share"}},
        {"event": {"type": "message"}},
        {"type": "block_actions", "actions": [{"action_id": "speaker_merge"}]},
        {"type": "message_action", "callback_id": "share_this"},
    ],
)
def test_what_may_have_an_effect_needs_the_store(body: Json) -> None:
    assert not only_searches(body)
