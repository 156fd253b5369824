"""What the bot finishes before it ends, and what becomes of the rest."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from typing import Any

import pytest
from slack_bolt import BoltResponse
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse

from bot.newsroom import Newsroom
from bot.slack.cache import Kept
from bot.slack.connection import Socket
from tests.slack.front import Front

PATIENCE = 60
"""Seconds after which a test fails instead of waiting for ever."""


@pytest.fixture
async def front(newsroom: Newsroom) -> AsyncIterator[Front]:
    async with Front().opened(newsroom) as opened:
        yield opened


async def test_an_event_just_acknowledged_is_finished(front: Front) -> None:
    await front.deliver(front.event("app_mention", text="help"))
    await front.app.in_flight.finish()
    assert len(front.called("chat.postEphemeral")) == 1


async def test_a_delivery_of_somebody_not_known_yet_is_finished(front: Front) -> None:
    front.held["users.info"] = asyncio.Event()
    await front.deliver(front.command())
    finishing = asyncio.create_task(front.app.in_flight.finish())
    await asyncio.sleep(0)
    assert not front.shown
    front.held["users.info"].set()
    await finishing
    assert len(front.shown) == 1


async def test_who_waits_for_what_is_cut_off_is_told(
    front: Front, caplog: pytest.LogCaptureFixture
) -> None:
    front.held["chat.postEphemeral"] = asyncio.Event()
    front.answers["hook"] = 500
    await front.deliver(front.command("secret harbour"))
    await until_called(front, "chat.postEphemeral")
    front.answers["hook"] = 200
    await front.app.in_flight.finish(within=0.01)
    front.held["chat.postEphemeral"].set()
    (told,) = front.shown
    assert told["text"].startswith("I'm being restarted")
    (record,) = [one for one in caplog.records if one.levelno == logging.ERROR]
    assert record.message.startswith("/claim did not finish")
    assert "harbour" not in caplog.text


@pytest.mark.parametrize("kind", ["link_shared", "app_home_opened"])
async def test_who_waits_for_nothing_hears_nothing_of_a_restart(front: Front, kind: str) -> None:
    front.held["users.info"] = asyncio.Event()
    await front.deliver(front.event(kind, tab="home", links=[], message_ts="3.1"))
    await until_called(front, "users.info")
    await front.app.in_flight.finish(within=0.01)
    front.held["users.info"].set()
    assert {method for method, _ in front.calls} == {"users.info"}


async def until_called(front: Front, method: str) -> None:
    async with asyncio.timeout(PATIENCE):
        while not front.called(method):
            await asyncio.sleep(0.01)


class Client:
    """Notes which envelopes are acknowledged."""

    def __init__(self, noted: list[str]) -> None:
        self._noted = noted
        self.logger = logging.getLogger(__name__)

    async def send_socket_mode_response(self, response: SocketModeResponse) -> None:
        self._noted.append(response.envelope_id)


async def test_a_closing_socket_acknowledges_only_what_came_before(
    front: Front, monkeypatch: pytest.MonkeyPatch
) -> None:
    noted: list[str] = []
    may_go_on = asyncio.Event()
    socket = Socket(front.app, "xapp-1", Kept(60, in_need=60))

    async def dispatch(request: Any) -> BoltResponse:
        await may_go_on.wait()
        return BoltResponse(status=200)

    async def disconnect() -> None:
        noted.append("closed")

    async def bring(envelope: str) -> asyncio.Task[None]:
        request = SocketModeRequest(type="slash_commands", envelope_id=envelope, payload={})
        handled = socket.handle(Client(noted), request)  # type: ignore[arg-type]
        task = asyncio.create_task(handled)
        await asyncio.sleep(0)
        return task

    monkeypatch.setattr(front.app, "async_dispatch", dispatch)
    monkeypatch.setattr(socket.client, "disconnect", disconnect)
    before = await bring("before")
    closing = asyncio.create_task(socket.close_async())
    await asyncio.sleep(0)
    after = await bring("after")
    may_go_on.set()
    await asyncio.gather(before, after, closing)
    assert noted == ["before", "closed"]
