"""Connections over Socket Mode that are cut, or cannot be opened."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections.abc import AsyncIterator, Callable

import pytest
from aiohttp import web

from bot.model import Incident
from bot.monitoring.metrics import Metrics
from bot.newsroom import Newsroom
from bot.slack import incident_log, sockets
from bot.slack.app import build_app, make_client
from bot.slack.sockets import serve_sockets
from tests.logs import records_of
from tests.slack.fake_slack import TEAM, FakeSlack, Json
from tests.slack.slack_stub import ME

PATIENCE = 60
"""Seconds after which a test fails instead of waiting for ever."""


class Wire:
    """A TCP proxy that can stop forwarding without closing anything."""

    def __init__(self, port: int) -> None:
        self._port, self.is_cut = port, False
        self._writers: list[asyncio.StreamWriter] = []

    @contextlib.asynccontextmanager
    async def opened(self) -> AsyncIterator[int]:
        server = await asyncio.start_server(self._join, "127.0.0.1", 0)
        yield server.sockets[0].getsockname()[1]
        server.close()
        for writer in self._writers:
            writer.close()

    async def _join(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there_reader, there_writer = await asyncio.open_connection("127.0.0.1", self._port)
        self._writers += [writer, there_writer]
        await asyncio.gather(self._pass(reader, there_writer), self._pass(there_reader, writer))

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while piece := await reader.read(65536):
            if not self.is_cut:
                writer.write(piece)


class LinkedSlack(FakeSlack):
    """A fake Slack with Socket Mode, whose first connections lead through wires."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.links: list[web.WebSocketResponse] = []
        self.acknowledged: list[str] = []
        self.wire_port: int | None = None
        self._changed = asyncio.Condition()

    async def until_linked(self, number: int) -> None:
        async with asyncio.timeout(PATIENCE), self._changed:
            await self._changed.wait_for(lambda: len(self.links) >= number)

    async def until_acknowledged(self, envelope_id: str) -> None:
        async with asyncio.timeout(PATIENCE), self._changed:
            await self._changed.wait_for(lambda: envelope_id in self.acknowledged)

    async def send(self, link: web.WebSocketResponse, envelope_id: str) -> None:
        payload = {"command": "/claim", "text": "help", "team_id": TEAM, "user_id": "U1"}
        payload |= {"channel_id": "C1", "trigger_id": envelope_id}
        envelope = {"envelope_id": envelope_id, "type": "slash_commands", "payload": payload}
        await link.send_json(envelope)

    def _add_routes(self, app: web.Application) -> None:
        app.router.add_get("/link", self._link)

    def _respond(self, method: str, sent: Json) -> Json:
        if method == "apps.connections.open" and method not in self.errors:
            return {"ok": True, "url": f"ws://127.0.0.1:{self.wire_port or self.port}/link"}
        return super()._respond(method, sent)

    async def _link(self, request: web.Request) -> web.WebSocketResponse:
        link = web.WebSocketResponse()
        await link.prepare(request)
        async with self._changed:
            self.links.append(link)
            self._changed.notify_all()
        async for message in link:
            async with self._changed:
                self.acknowledged.append(message.json()["envelope_id"])
                self._changed.notify_all()
        return link


@pytest.fixture
async def slack() -> AsyncIterator[LinkedSlack]:
    async with LinkedSlack().running() as running:
        assert isinstance(running, LinkedSlack)
        yield running


@contextlib.asynccontextmanager
async def connected(
    slack: LinkedSlack, newsroom: Newsroom, metrics: Metrics | None = None
) -> AsyncIterator[asyncio.Future[None]]:
    client = make_client(slack.settings)
    app = build_app(slack.settings, newsroom, client, ME, metrics)
    serving = asyncio.ensure_future(serve_sockets(app, "xapp-1"))
    try:
        yield serving
    finally:
        serving.cancel()
        await asyncio.gather(serving, return_exceptions=True)


async def test_sockets_cut_without_notice_are_opened_again(
    slack: LinkedSlack, newsroom: Newsroom
) -> None:
    wire = Wire(slack.port)
    async with wire.opened() as slack.wire_port, connected(slack, newsroom):
        await slack.until_linked(2)
        for nonsense in ("", "{", "[]", "7", '{"type": "x", "envelope_id": "1", "payload": 7}'):
            await slack.links[0].send_str(nonsense)
        await slack.send(slack.links[0], "before")
        await slack.until_acknowledged("before")
        wire.is_cut, slack.wire_port = True, None
        await slack.until_linked(4)
        await slack.send(slack.links[-1], "after")
        await slack.until_acknowledged("after")


async def test_open_sockets_and_failures_to_open_one_are_counted(
    slack: LinkedSlack, newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sockets, "RETRY_DELAYS", (0.01,))
    metrics = Metrics()

    async def until(name: str, is_enough: Callable[[float], bool]) -> None:
        async with asyncio.timeout(PATIENCE):
            while not is_enough(metrics.registry.get_sample_value(name) or 0):
                await asyncio.sleep(0.01)

    async with connected(slack, newsroom, metrics):
        await until("claimdesk_sockets_open", lambda number: number == 2)
        slack.errors["apps.connections.open"] = "internal_error"
        for link in slack.links:
            await link.close()
        await until("claimdesk_sockets_open", lambda number: number == 0)
        await until("claimdesk_socket_failures_total", lambda number: number >= 4)
        slack.errors.clear()
        await until("claimdesk_sockets_open", lambda number: number == 2)
    assert metrics.registry.get_sample_value("claimdesk_sockets_open") == 0


def test_a_cut_is_noticed_within_two_seconds() -> None:
    assert sockets.PING_INTERVAL < sockets.MAX_SILENCE
    assert sockets.MAX_SILENCE + sockets.MAX_DELAY < 2


async def test_a_socket_that_slack_refreshes_is_opened_again(
    slack: LinkedSlack, newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sockets, "MAX_SILENCE", PATIENCE)
    async with connected(slack, newsroom):
        await slack.until_linked(2)
        await slack.links[1].send_json({"type": "disconnect", "reason": "refresh_requested"})
        await slack.until_linked(3)
        await slack.links[0].close()
        await slack.until_linked(4)
        await slack.send(slack.links[2], "after")
        await slack.until_acknowledged("after")


async def test_slow_frames_are_no_silence(
    slack: LinkedSlack, newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sockets, "PING_INTERVAL", 0.01)
    monkeypatch.setattr(sockets, "MAX_SILENCE", 0.5)
    monkeypatch.setattr(sockets, "MAX_DELAY", 0.05)  # a busy machine may be late, too
    async with connected(slack, newsroom):
        await slack.until_linked(2)
        await asyncio.sleep(1)
        time.sleep(1)
        await asyncio.sleep(0.1)
        assert len(slack.links) == 2


async def test_sockets_that_cannot_be_opened_are_reported_and_tried_again(
    slack: LinkedSlack,
    newsroom: Newsroom,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sockets, "RETRY_DELAYS", (0.01,))
    slack.errors["apps.connections.open"] = "internal_error"

    def socket_incidents() -> list[Incident]:
        # Other tests share the store, and what they logged may be stored late.
        recent = newsroom.store.incidents.recent(now=newsroom.now())
        return [incident for incident in recent if incident.kind == "socket"]

    async with connected(slack, newsroom) as serving, asyncio.timeout(PATIENCE):
        while slack.calls["apps.connections.open"] < 50 or not socket_incidents():
            await asyncio.sleep(0.01)
        assert not serving.done()
        logged = records_of(caplog, "bot.slack", "slack_bolt", "slack_sdk")
        (line,) = [one for one in logged if one.levelno >= logging.WARNING]
        assert (line.name, line.exc_info) == (incident_log.__name__, None)
        assert line.message.startswith("A connection to Slack (Socket Mode) can't be opened")
        assert line.message.endswith(": internal_error.")
        (incident,) = socket_incidents()
        assert incident.detail == "internal_error"
        slack.errors.clear()
        await slack.until_linked(2)
        while socket_incidents():
            await asyncio.sleep(0.01)
