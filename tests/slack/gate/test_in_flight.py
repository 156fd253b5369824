"""What the bot finishes before it ends, and what becomes of the rest."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import AsyncIterator
from typing import Any

import pytest
from slack_bolt import BoltResponse

from bot.model import Answer
from bot.newsroom import Newsroom
from bot.slack.cache import AsyncCache
from bot.slack.sockets import Socket
from bot.store.postgres import is_awaited
from tests.slack.slack_stub import SlackStub

PATIENCE = 60
"""Seconds after which a test fails instead of waiting for ever."""


@pytest.fixture
async def stub(newsroom: Newsroom) -> AsyncIterator[SlackStub]:
    async with SlackStub().opened(newsroom) as opened:
        yield opened


async def test_an_acknowledged_event_is_finished(stub: SlackStub) -> None:
    await stub.deliver(stub.event("app_mention", text="help"))
    await stub.app.in_flight.finish()
    assert len(stub.called("chat.postEphemeral")) == 1


async def test_a_person_does_not_wait_for_ever_for_the_store(
    stub: SlackStub, newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    limited: list[bool] = []
    find_rows = newsroom.search.find_rows

    def find(*arguments: Any, **options: Any) -> Answer:
        limited.append(is_awaited())
        return find_rows(*arguments, **options)

    monkeypatch.setattr(newsroom.search, "find_rows", find)
    await stub.deliver(stub.command("harbour"))
    await stub.app.in_flight.finish()
    assert limited == [True]
    assert not is_awaited()


async def test_a_delivery_waiting_for_a_lookup_is_finished(stub: SlackStub) -> None:
    stub.held["users.info"] = asyncio.Event()
    await stub.deliver(stub.command())
    finishing = asyncio.create_task(stub.app.in_flight.finish())
    await asyncio.sleep(0)
    assert not stub.shown
    stub.held["users.info"].set()
    await finishing
    assert len(stub.shown) == 1


async def test_a_person_is_told_of_a_cancelled_delivery(
    stub: SlackStub, caplog: pytest.LogCaptureFixture
) -> None:
    stub.held["chat.postEphemeral"] = asyncio.Event()
    stub.answers["hook"] = 500
    await stub.deliver(stub.command("secret harbour"))
    await until_called(stub, "chat.postEphemeral")
    stub.answers["hook"] = 200
    await stub.app.in_flight.finish(timeout=0.01)
    stub.held["chat.postEphemeral"].set()
    (told,) = stub.shown
    assert told["text"].startswith("I'm being restarted")
    (record,) = [one for one in caplog.records if one.levelno == logging.ERROR]
    assert record.message.startswith("/claim did not finish")
    assert "harbour" not in caplog.text


@pytest.mark.parametrize("kind", ["link_shared", "app_home_opened"])
async def test_a_cancelled_event_is_not_reported(stub: SlackStub, kind: str) -> None:
    stub.held["users.info"] = asyncio.Event()
    await stub.deliver(stub.event(kind, tab="home", links=[], message_ts="3.1"))
    await until_called(stub, "users.info")
    await stub.app.in_flight.finish(timeout=0.01)
    stub.held["users.info"].set()
    assert {method for method, _ in stub.calls} == {"users.info"}


async def until_called(stub: SlackStub, method: str) -> None:
    async with asyncio.timeout(PATIENCE):
        while not stub.called(method):
            await asyncio.sleep(0.01)


class Link:
    """Notes which envelopes are acknowledged, and when it is closed."""

    def __init__(self, noted: list[str]) -> None:
        self._noted = noted

    async def send_json(self, acknowledgement: dict[str, str]) -> None:
        self._noted.append(acknowledgement["envelope_id"])

    async def close(self) -> None:
        self._noted.append("closed")


async def test_a_closing_socket_acknowledges_only_earlier_events(
    stub: SlackStub, monkeypatch: pytest.MonkeyPatch
) -> None:
    noted: list[str] = []
    may_go_on = asyncio.Event()
    socket = Socket(stub.app, "xapp-1", AsyncCache(60, stale_seconds=60))
    socket._link = Link(noted)  # type: ignore[assignment]
    socket.is_open.set()

    async def dispatch(request: Any) -> BoltResponse:
        await may_go_on.wait()
        return BoltResponse(status=200)

    def bring(envelope: str) -> None:
        message = {"type": "slash_commands", "envelope_id": envelope, "payload": {}}
        assert socket.accept(json.dumps(message))

    monkeypatch.setattr(stub.app, "async_dispatch", dispatch)
    bring("before")
    closing = asyncio.create_task(socket.close())
    await asyncio.sleep(0)
    bring("after")
    may_go_on.set()
    await closing
    assert noted == ["before", "closed"]
