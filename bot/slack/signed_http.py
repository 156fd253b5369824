"""The HTTP server that receives signed requests from Slack."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Sequence

from aiohttp import web
from aiohttp import web_response as aiohttp_response
from aiohttp.http_exceptions import HttpProcessingError
from slack_bolt.adapter.aiohttp import to_aiohttp_response

from bot.config import SlackSettings
from bot.errors import SettingsError
from bot.slack.gate.in_flight import App
from bot.slack.gate.signature import refusal
from bot.slack.incident_log import IncidentLog

EVENTS_PATH = "/slack/events"
ACK_TIMEOUT = 3.0
"""Seconds that Slack waits for an acknowledgement."""

log = logging.getLogger(__name__)
server_log = logging.getLogger(f"{__name__}.server")
"""aiohttp's errors about requests."""

# aiohttp names itself and Python with their versions in responses, also to what is no HTTP, which
# no handler or signal sees. It has no setting for that.
aiohttp_response.SERVER_SOFTWARE = "Claimdesk"  # type: ignore[attr-defined]


async def serve_http(
    app: App, slack: SlackSettings, secret: str, routes: Sequence[web.RouteDef] = ()
) -> None:
    """Receive signed requests, and serve other routes, until cancelled.

    Raises SettingsError if the port is taken.
    """
    # Cleanup closes idle connections and waits until open requests are acknowledged.
    runner = web.AppRunner(
        _application(app, secret, routes),
        access_log=None,
        shutdown_timeout=ACK_TIMEOUT,
        logger=server_log,
    )
    unreadable = _Unreadable(app.incidents)
    server_log.addFilter(unreadable)
    await runner.setup()
    try:
        await web.TCPSite(runner, slack.host or None, slack.port).start()
        log.info("listening on port %d at %s", slack.port, EVENTS_PATH)
        await asyncio.Event().wait()
    except OSError as error:
        raise SettingsError(
            "cannot listen for Slack",
            subject=f"{slack.host or 'all addresses'}, port {slack.port}",
            cause=error.strerror or str(error),
            remedy="Set PORT to a free port, and CLAIMDESK_HOST to an address of this machine.",
        ) from error
    finally:
        await runner.cleanup()
        server_log.removeFilter(unreadable)


class _Unreadable(logging.Filter):
    """Counts requests that aiohttp cannot read, instead of logging a traceback for each."""

    def __init__(self, incidents: IncidentLog) -> None:
        super().__init__()
        self._incidents = incidents

    def filter(self, record: logging.LogRecord) -> bool:
        error = record.exc_info[1] if record.exc_info else None
        if not isinstance(error, HttpProcessingError | web.RequestPayloadError):
            return True
        if record.levelno > logging.DEBUG:
            self._incidents.count("unsigned")
        return False


def _application(app: App, secret: str, routes: Sequence[web.RouteDef]) -> web.Application:
    async def receive(request: web.Request) -> web.Response:
        try:
            body = await request.read()
        except web.HTTPException:
            raise  # too large
        except Exception:  # noqa: BLE001  badly compressed, cut short: whatever was sent
            app.incidents.count("unsigned")
            return web.Response(status=400)
        if refused := refusal(secret, request.headers, body, now=time.time()):
            skew = "" if refused.skew is None else str(refused.skew)
            app.incidents.count(refused.kind, skew)
            return web.Response(status=401)
        response = await app.receive(body, query=request.query_string, headers=request.headers)
        return await to_aiohttp_response(response)

    application = web.Application()
    application.add_routes([web.post(EVENTS_PATH, receive), *routes])
    return application
