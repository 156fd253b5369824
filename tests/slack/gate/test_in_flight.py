"""What the bot finishes before it ends, and what becomes of the rest."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import socket
from collections.abc import AsyncIterator
from typing import Any

import pytest
from slack_bolt import BoltResponse

from bot.model import Answer
from bot.newsroom import Newsroom
from bot.search import ClaimIndex
from bot.search.engine.cluster import connection
from bot.search.engine.cluster.connection import Connection
from bot.search.engine.cluster.index import ClusterIndex
from bot.search.patience import Patience, current_patience
from bot.slack.cache import AsyncCache
from bot.slack.gate import in_flight
from bot.slack.sockets import Socket
from bot.store.postgres import is_awaited
from tests.logs import records_of
from tests.slack.slack_stub import SlackStub

PATIENCE = 60
"""Seconds after which a test fails instead of waiting for ever."""


@pytest.fixture
async def stub(newsroom: Newsroom) -> AsyncIterator[SlackStub]:
    async with SlackStub().opened(newsroom) as opened:
        yield opened


async def test_an_acknowledged_event_is_finished(stub: SlackStub) -> None:
    await stub.deliver(stub.event("app_mention", text="help"))
    await stub.app.in_flight.finish(PATIENCE)
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
    await stub.app.in_flight.finish(PATIENCE)
    assert limited == [True]
    assert not is_awaited()


async def test_a_delivery_waiting_for_a_lookup_is_finished(stub: SlackStub) -> None:
    stub.held["users.info"] = asyncio.Event()
    await stub.deliver(stub.command())
    finishing = asyncio.create_task(stub.app.in_flight.finish(PATIENCE))
    await asyncio.sleep(0)
    assert not stub.shown
    stub.held["users.info"].set()
    await finishing
    assert len(stub.shown) == 1


async def test_a_person_is_told_of_a_cancelled_delivery(
    stub: SlackStub, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(in_flight, "CANCEL_TIMEOUT", PATIENCE)
    stub.held["chat.postEphemeral"] = asyncio.Event()
    stub.answers["hook"] = 500
    await stub.deliver(stub.command("secret harbour"))
    await until_called(stub, "chat.postEphemeral")
    stub.answers["hook"] = 200
    await stub.app.in_flight.finish(timeout=0.01)
    stub.held["chat.postEphemeral"].set()
    (told,) = stub.shown
    assert told["text"].startswith("I'm being restarted")
    logged = records_of(caplog, in_flight.__name__)
    (record,) = [one for one in logged if one.levelno == logging.ERROR]
    assert record.message.startswith("/claim did not finish")
    assert "harbour" not in caplog.text


async def test_a_command_is_acknowledged_once_it_is_answered(
    stub: SlackStub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(in_flight, "ANSWER_BEFORE_ACK", PATIENCE)
    stub.answers["hook"], stub.held["chat.postEphemeral"] = 500, asyncio.Event()
    receiving = asyncio.ensure_future(stub.app.receive(stub.command(), mode="socket_mode"))
    await until_called(stub, "chat.postEphemeral")
    assert not receiving.done()
    stub.held["chat.postEphemeral"].set()
    async with asyncio.timeout(PATIENCE):
        response = await receiving
    assert (response.status, response.body) == (200, "")


async def test_a_command_that_opens_a_form_is_acknowledged(
    stub: SlackStub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(in_flight, "ANSWER_BEFORE_ACK", PATIENCE)
    async with asyncio.timeout(PATIENCE):
        response = await stub.app.receive(stub.command(""), mode="socket_mode")
    assert (response.status, response.body) == (200, "")
    assert len(stub.called("views.open")) == 1


async def test_a_slow_command_is_acknowledged_with_a_note(
    stub: SlackStub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(in_flight, "ANSWER_BEFORE_ACK", 0.0)
    stub.answers["hook"], stub.held["chat.postEphemeral"] = 500, asyncio.Event()
    response = await stub.app.receive(stub.command(), mode="socket_mode")
    told = json.loads(response.body)
    assert "I'm still working on it." in told["text"]
    assert told["response_type"] == "ephemeral"
    await until_called(stub, "chat.postEphemeral")
    stub.held["chat.postEphemeral"].set()
    await stub.app.in_flight.finish(PATIENCE)


async def test_all_that_an_answer_asks_of_the_index_shares_its_patience(
    stub: SlackStub, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[str, Patience | None]] = []
    for name in ("find_statements", "find_articles"):
        method = getattr(ClaimIndex, name)

        def record(*arguments: Any, name: str = name, method: Any = method) -> Any:
            asked.append((name, current_patience()))
            return method(*arguments)

        monkeypatch.setattr(ClaimIndex, name, record)
    for _ in range(2):
        await stub.deliver(stub.command("harbour"))
        await stub.app.in_flight.finish(PATIENCE)
    assert {name for name, _ in asked} == {"find_statements", "find_articles"}
    patiences = [patience for _, patience in asked]
    assert None not in patiences
    assert len(set(patiences)) == 2  # one for each delivery


async def test_a_person_is_told_that_a_cluster_does_not_answer(
    newsroom: Newsroom, stub: SlackStub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "ANSWER_SECONDS", 0.2)
    with contextlib.ExitStack() as stack:
        silent = stack.enter_context(socket.create_server(("127.0.0.1", 0)))
        address = f"127.0.0.1:{silent.getsockname()[1]}"
        cluster = stack.enter_context(contextlib.closing(Connection([f"http://{address}"])))
        index = ClusterIndex.open(cluster, name="x", spelling=(), names=())
        monkeypatch.setitem(vars(newsroom), "index", index)
        await stub.deliver(stub.command("harbour"))
        await stub.app.in_flight.finish(PATIENCE)
    (told,) = stub.shown
    assert "the search index doesn't answer at the moment. Nothing is lost." in told["text"]
    assert "try again in a minute. (ref " in told["text"]
    assert address not in str(told)


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
