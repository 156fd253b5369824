"""Receive deliveries from Slack: over Socket Mode, or over signed HTTP."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from aiohttp import web

from bot.config import SlackSettings
from bot.errors import SettingsError
from bot.slack.gate.in_flight import App
from bot.slack.signed_http import serve_http
from bot.slack.sockets import serve_sockets


async def connect(app: App, slack: SlackSettings, routes: Sequence[web.RouteDef] = ()) -> None:
    """Serve an app until cancelled: over Socket Mode if there is an app token, else HTTP.

    `routes` are further pages of the HTTP server. When cancelled, it stops accepting deliveries and
    finishes those that it has acknowledged. Raises SettingsError if neither is set up, SlackError
    if Slack refuses the app token.
    """
    asyncio.get_running_loop().set_default_executor(app.threads)
    try:
        if slack.app_token:
            await serve_sockets(app, slack.app_token)
        elif slack.signing_secret:
            await serve_http(app, slack, slack.signing_secret, routes)
        else:
            raise SettingsError(
                "neither SLACK_APP_TOKEN nor SLACK_SIGNING_SECRET is set",
                remedy="Set the first for Socket Mode, the second for signed HTTP.",
            )
    finally:
        await app.in_flight.finish()
