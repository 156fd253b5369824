"""Receive deliveries from Slack: over Socket Mode, or over signed HTTP."""

from __future__ import annotations

import asyncio
import logging
import time
from functools import partial
from typing import Any

from aiohttp import web
from slack_bolt import BoltResponse
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.adapter.socket_mode.async_internals import run_async_bolt_app, send_async_response
from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest

from bot.config import SlackSettings
from bot.errors import SettingsError
from bot.slack.cache import AsyncCache
from bot.slack.gate.duplicates import DEDUPLICATION_WINDOW
from bot.slack.gate.in_flight import App
from bot.slack.refusals import token_error

log = logging.getLogger(__name__)

EVENTS_PATH = "/slack/events"
SOCKET_COUNT = 2
"""Slack closes each connection every few hours; the other one then receives the deliveries."""
PING_INTERVAL = 5.0
"""Seconds between the pings that check a connection."""
ACK_TIMEOUT = 3.0
"""Seconds that Slack waits for an acknowledgement."""


async def connect(app: App, slack: SlackSettings) -> None:
    """Serve an app until cancelled: over Socket Mode if there is an app token, else HTTP.

    When cancelled, it stops accepting deliveries and finishes those that it has acknowledged.
    Raises SettingsError if neither is set up, SlackError if Slack refuses the app token.
    """
    try:
        if slack.app_token:
            await _serve_sockets(app, slack.app_token)
        elif slack.signing_secret:
            await _serve_http(app, slack.port)
        else:
            raise SettingsError(
                "neither SLACK_APP_TOKEN nor SLACK_SIGNING_SECRET is set",
                remedy="Set the first for Socket Mode, the second for signed HTTP.",
            )
    finally:
        await app.in_flight.finish()


class Socket(AsyncSocketModeHandler):
    """One of the app's connections to Slack over Socket Mode.

    Slack sends an envelope on one connection, the local Slack on all of them. Either way the
    envelope is handled once and acknowledged on each connection that it arrived on.
    """

    def __init__(self, app: App, app_token: str, responses: AsyncCache[BoltResponse]) -> None:
        super().__init__(app, app_token, ping_interval=PING_INTERVAL)
        self._responses = responses
        self._is_closing = False
        self._acknowledging: set[asyncio.Task[Any]] = set()

    async def handle(self, client: SocketModeClient, req: SocketModeRequest) -> None:  # type: ignore[override]
        """Handle an envelope and acknowledge it."""
        if self._is_closing:
            return  # Slack redelivers an event, and tells the person that a command failed
        if task := asyncio.current_task():
            self._acknowledging.add(task)
            task.add_done_callback(self._acknowledging.discard)
        started_at = time.time()
        response = await self._responses.get(
            req.envelope_id, partial(run_async_bolt_app, self.app, req)
        )
        await send_async_response(client, req, response, started_at)

    async def close_async(self) -> None:
        """Stop accepting envelopes, acknowledge those received, and close."""
        self._is_closing = True
        if self._acknowledging:
            await asyncio.wait(self._acknowledging)
        await super().close_async()  # type: ignore[no-untyped-call]


async def _serve_sockets(app: App, app_token: str) -> None:
    try:
        # Try the token: with an invalid one, the handler would retry for ever and log nothing.
        await app.client.apps_connections_open(app_token=app_token)
    except SlackApiError as error:
        raise token_error(error, "SLACK_APP_TOKEN") from error
    responses: AsyncCache[BoltResponse] = AsyncCache(
        DEDUPLICATION_WINDOW, stale_seconds=DEDUPLICATION_WINDOW
    )
    connect_lock = asyncio.Lock()
    sockets = [Socket(app, app_token, responses) for _ in range(SOCKET_COUNT)]
    try:
        for socket in sockets:
            # If both connections are lost together, they are reopened one after the other.
            socket.client.connect_operation_lock = connect_lock
            await socket.connect_async()  # type: ignore[no-untyped-call]
        log.info("connected over Socket Mode")
        await asyncio.Event().wait()
    finally:
        close_tasks = [asyncio.ensure_future(socket.close_async()) for socket in sockets]
        # Closing takes longer if Slack no longer answers; do not wait for that.
        await asyncio.wait(close_tasks, timeout=ACK_TIMEOUT)


async def _serve_http(app: App, port: int) -> None:
    # Cleanup closes idle connections and waits until open requests are acknowledged.
    runner = web.AppRunner(
        app.web_app(path=EVENTS_PATH), access_log=None, shutdown_timeout=ACK_TIMEOUT
    )
    await runner.setup()
    try:
        await web.TCPSite(runner, port=port).start()
        log.info("listening on port %d at %s", port, EVENTS_PATH)
        await asyncio.Event().wait()
    except OSError as error:
        raise SettingsError(
            "cannot listen for Slack",
            subject=f"port {port}",
            cause=error.strerror or str(error),
            remedy="Set PORT to a free port.",
        ) from error
    finally:
        await runner.cleanup()
