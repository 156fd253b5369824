"""Connections to Slack over Socket Mode (docs.slack.dev/apis/events-api/using-socket-mode).

slack_sdk's own client notices a connection that was cut without notice only after up to twelve
seconds, retries an address that Slack issues for one use, and logs each failed attempt.
"""

from __future__ import annotations

import asyncio
import json
import logging
from functools import partial
from itertools import chain, repeat
from typing import Any

import aiohttp
from aiohttp import WSMsgType
from slack_bolt import BoltResponse
from slack_bolt.adapter.socket_mode.internals import build_headers
from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode.request import SocketModeRequest

from bot.slack.cache import AsyncCache
from bot.slack.gate.duplicates import DEDUPLICATION_WINDOW
from bot.slack.gate.in_flight import App
from bot.slack.refusals import INVALID_TOKEN_CODES, error_code, token_error

SOCKET_COUNT = 2
"""Slack closes each connection every few hours; the other one then receives the deliveries."""
PING_INTERVAL = 0.75
"""Seconds between pings."""
MAX_SILENCE = 1.5
"""Seconds without any frame, not even the response to a ping, after which a connection was cut."""
MAX_DELAY = 0.25
"""Seconds by which our own event loop may be late. If it is later, frames may have arrived."""
OPEN_TIMEOUT, CLOSE_TIMEOUT = 5.0, 0.1
"""Seconds to open a connection, and to wait for Slack when it is closed."""
RETRY_DELAYS = (0.5, 1.0, 2.0, 5.0)
"""Seconds between attempts to open a connection; the last one is repeated."""
ACK_TIMEOUT = 3.0
"""Seconds that Slack waits for an acknowledgement."""
ENDS = (WSMsgType.CLOSE, WSMsgType.CLOSING, WSMsgType.CLOSED, WSMsgType.ERROR)

Json = dict[str, Any]

log = logging.getLogger(__name__)


async def serve_sockets(app: App, app_token: str) -> None:
    """Receive deliveries until cancelled. Raises SlackError if Slack refuses the token."""
    await _require_valid_token(app, app_token)
    responses: AsyncCache[BoltResponse] = AsyncCache(
        DEDUPLICATION_WINDOW, stale_seconds=DEDUPLICATION_WINDOW
    )
    sockets = [Socket(app, app_token, responses) for _ in range(SOCKET_COUNT)]
    tasks = [asyncio.ensure_future(socket.run()) for socket in sockets]
    tasks.append(asyncio.ensure_future(_log_when_open(sockets)))
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_EXCEPTION)
        for task in done:
            task.result()
    finally:
        close_tasks = [asyncio.ensure_future(socket.close()) for socket in sockets]
        # Closing takes longer if Slack no longer answers; do not wait for that.
        await asyncio.wait(close_tasks, timeout=ACK_TIMEOUT)
        for task in (*tasks, *close_tasks):
            task.cancel()
        await asyncio.gather(*tasks, *close_tasks, return_exceptions=True)


async def _require_valid_token(app: App, app_token: str) -> None:
    try:
        async with asyncio.timeout(OPEN_TIMEOUT):
            await app.client.apps_connections_open(app_token=app_token)
    except SlackApiError as error:
        if error_code(error) in INVALID_TOKEN_CODES:
            raise token_error(error, "SLACK_APP_TOKEN") from error
    except (aiohttp.ClientError, TimeoutError):
        pass  # the sockets try again, and report it


async def _log_when_open(sockets: list[Socket]) -> None:
    for socket in sockets:
        await socket.is_open.wait()
    log.info("connected over Socket Mode")


class Socket:
    """One of the app's connections, which is opened again whenever it is lost.

    Slack sends an envelope on one connection, the local Slack on all of them. Either way the
    envelope is handled once, and acknowledged on each connection that it arrived on.
    """

    def __init__(self, app: App, app_token: str, responses: AsyncCache[BoltResponse]) -> None:
        self._app, self._app_token, self._responses = app, app_token, responses
        self._link: aiohttp.ClientWebSocketResponse | None = None
        self.is_open = asyncio.Event()
        self._is_closing = False
        self._acknowledging: set[asyncio.Task[None]] = set()

    async def run(self) -> None:
        """Keep a connection open until it is closed by `close`."""
        async with aiohttp.ClientSession() as session:
            while not self._is_closing:
                lost_link, self._link = self._link, await self._open(session)
                self.is_open.set()
                self._app.metrics.sockets_open.inc()
                try:
                    if lost_link:
                        await lost_link.close()
                    await self._receive(self._link)
                finally:
                    self._app.metrics.sockets_open.dec()
                self.is_open.clear()

    async def close(self) -> None:
        """Stop accepting envelopes, acknowledge those received, and close."""
        self._is_closing = True
        if self._acknowledging:
            await asyncio.wait(self._acknowledging)
        if self._link:
            await self._link.close()

    async def _open(self, session: aiohttp.ClientSession) -> aiohttp.ClientWebSocketResponse:
        """Open a connection, however often that fails."""
        client = self._app.client
        for delay in chain(RETRY_DELAYS, repeat(RETRY_DELAYS[-1])):
            try:
                async with asyncio.timeout(OPEN_TIMEOUT):
                    ticket = await client.apps_connections_open(app_token=self._app_token)
                    link = await session.ws_connect(
                        ticket["url"],
                        autoping=False,
                        timeout=aiohttp.ClientWSTimeout(ws_close=CLOSE_TIMEOUT),
                        proxy=client.proxy,
                        ssl=client.ssl or True,
                    )
            except SlackApiError as error:
                self._app.incidents.count("socket", error_code(error))
                await asyncio.sleep(max(delay, _retry_after(error)))
            except Exception as error:  # noqa: BLE001  whatever it is, it may work next time
                self._app.incidents.count("socket", type(error).__name__)
                await asyncio.sleep(delay)
            else:
                break
        self._app.incidents.end("socket")
        return link

    async def _receive(self, link: aiohttp.ClientWebSocketResponse) -> None:
        """Handle what arrives on a connection, until Slack ends it or it is cut."""
        pings = asyncio.ensure_future(_ping(link))
        try:
            while (frame := await _next_frame(link)).type not in ENDS:
                if frame.type is WSMsgType.PING:
                    await link.pong(frame.data)
                elif frame.type is WSMsgType.TEXT and not self.accept(frame.data):
                    return
        except (TimeoutError, ConnectionError) as error:
            log.info("a connection over Socket Mode was cut: %s", type(error).__name__)
        finally:
            pings.cancel()

    def accept(self, text: str) -> bool:
        """Handle a message in a task of its own; False if Slack ends the connection with it."""
        try:
            message = dict(json.loads(text))
            request = SocketModeRequest.from_dict(message)
        except (ValueError, TypeError) as error:
            log.error("could not parse a message from Slack: %s", type(error).__name__)
            return True
        # What arrives while the socket is closing is not acknowledged: Slack redelivers an event,
        # and tells the person that a command failed.
        if request and not self._is_closing:
            task = asyncio.create_task(self._handle(request))
            self._acknowledging.add(task)
            task.add_done_callback(self._acknowledging.discard)
        return message.get("type") != "disconnect"

    async def _handle(self, request: SocketModeRequest) -> None:
        dispatch = partial(
            self._app.receive,
            request.payload or {},
            mode="socket_mode",
            headers=build_headers(request),
        )
        response = await self._responses.get(request.envelope_id, dispatch)
        if response.status != 200:
            return  # Slack tells the person that it failed
        acknowledgement: Json = {"envelope_id": request.envelope_id}
        if response.body:
            acknowledgement["payload"] = json.loads(response.body)
        try:
            async with asyncio.timeout(ACK_TIMEOUT):
                await self.is_open.wait()
                if self._link:
                    await self._link.send_json(acknowledgement)
        except (ConnectionError, TimeoutError):
            log.warning("an acknowledgement was lost with its connection")


async def _ping(link: aiohttp.ClientWebSocketResponse) -> None:
    try:
        while True:
            await asyncio.sleep(PING_INTERVAL)
            await link.ping()
    except ConnectionError:
        pass  # whoever receives notices it, too


async def _next_frame(link: aiohttp.ClientWebSocketResponse) -> aiohttp.WSMessage:
    """Return the next frame. Raises TimeoutError if the connection was cut without notice."""
    time = asyncio.get_running_loop().time
    while True:
        deadline = time() + MAX_SILENCE
        try:
            async with asyncio.timeout_at(deadline):
                return await link.receive()
        except TimeoutError:
            if time() - deadline < MAX_DELAY:
                raise


def _retry_after(error: SlackApiError) -> float:
    """Return the seconds after which Slack wants to be asked again."""
    headers = getattr(error.response, "headers", None) or {}
    seconds = str(headers.get("Retry-After", ""))
    return float(seconds) if seconds.isdecimal() else 0.0
