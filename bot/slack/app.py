"""Build the Slack app and serve it. Nothing happens at import."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import re
import signal
from collections.abc import Coroutine
from typing import Any

import aiohttp
from aiohttp import web
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient

from bot.config import SlackSettings
from bot.errors import BotError, SettingsError, SlackError
from bot.newsroom import Newsroom
from bot.slack import actions, articles, commands, feeds, links, refusals
from bot.slack.worker import Worker

log = logging.getLogger(__name__)

PATH = "/slack/events"

DEAD_TOKEN = (
    *("invalid_auth", "not_authed", "not_allowed_token_type"),
    *("token_revoked", "token_expired", "account_inactive"),
)
KEPT_IN_STEP = 1.0
"""Seconds between two looks at what has changed in the store."""


async def serve(newsroom: Newsroom, *, with_slack: bool, with_worker: bool) -> None:
    """Serve Slack, or do the jobs that are due, or both, until a signal to stop comes.

    A worker without a token does the jobs that need no Slack. Raises SettingsError for what is not
    set, SlackError where Slack refuses the tokens.
    """
    slack = newsroom.settings.slack
    if not with_slack and not slack.bot_token:
        log.warning("SLACK_BOT_TOKEN is not set: what is to be posted or mended in Slack waits")
        await until_stopped(keep_in_step(newsroom), Worker(newsroom, None, None).run())
        return
    client = client_of(slack)
    team = await greet(client)
    jobs: list[Coroutine[Any, Any, None]] = [keep_in_step(newsroom)]
    if with_slack:
        jobs.append(connect(build(slack, newsroom, client), slack))
    if with_worker:
        jobs.append(Worker(newsroom, client, team).run())
    await until_stopped(*jobs)


async def keep_in_step(newsroom: Newsroom) -> None:
    """Let the index follow what other processes store, until cancelled."""
    while True:
        try:
            await asyncio.to_thread(newsroom.catch_up_if_free)
        except BotError as error:
            log.error("the index stays behind: %s", error)
        await asyncio.sleep(KEPT_IN_STEP)


def client_of(slack: SlackSettings) -> AsyncWebClient:
    """A client of Slack's Web API that waits and tries again when Slack asks it to slow down."""
    if not slack.bot_token:
        raise SettingsError("SLACK_BOT_TOKEN is not set", remedy="docs/deploy.md says how.")
    # Only this handler: after a lost connection the call may have been heard, and a second one
    # would post a second time.
    client = AsyncWebClient(
        token=slack.bot_token, retry_handlers=[AsyncRateLimitErrorRetryHandler(2)]
    )
    if slack.api_url:
        client.base_url = slack.api_url
    return client


async def greet(client: AsyncWebClient) -> str:
    """Return the id of the workspace that the token belongs to.

    Raises SlackError where the token is dead or Slack is out of reach.
    """
    try:
        answer = await client.auth_test()
    except SlackApiError as error:
        raise _not_let_in(error, "SLACK_BOT_TOKEN") from error
    except (aiohttp.ClientError, TimeoutError) as error:
        raise SlackError(
            "Slack could not be reached",
            subject=client.base_url,
            cause=type(error).__name__,
            remedy="Check the network, and SLACK_API_URL if it is set.",
        ) from error
    log.info("in %s as %s", answer["team"], answer["user"])
    return str(answer["team_id"])


def _not_let_in(error: SlackApiError, setting: str) -> SlackError:
    why = refusals.code(error)
    message, remedy = f"Slack was not entered with {setting}", "Try again in a minute."
    if why in DEAD_TOKEN:
        message = f"Slack does not accept {setting}"
        remedy = "Copy it anew from the app's page at api.slack.com/apps."
    return SlackError(message, code=why, cause=why, remedy=remedy)


def build(slack: SlackSettings, newsroom: Newsroom, client: AsyncWebClient) -> AsyncApp:
    """Make the app that answers commands and buttons."""
    # Below warnings Bolt logs the bodies of requests that it refuses, secrets and all.
    bolt_log = logging.getLogger("slack_bolt")
    bolt_log.setLevel(logging.WARNING)
    app = AsyncApp(client=client, signing_secret=slack.signing_secret, logger=bolt_log)
    commands.register(app, newsroom)
    feeds.register(app, newsroom)
    links.register(app, newsroom)
    articles.register(app, newsroom)
    actions.register(app, newsroom)
    # The manifest subscribes to no events; the local Slack sends them all the same, and Bolt
    # would warn of each with a page of Python.
    app.event(re.compile(".*"))(_pass_over)
    return app


async def _pass_over() -> None:
    pass


async def connect(app: AsyncApp, slack: SlackSettings) -> None:
    """Serve an app until cancelled: over Socket Mode when there is an app token, else HTTP."""
    if slack.app_token:
        await _over_socket(app, slack.app_token)
    elif slack.signing_secret:
        await _over_http(app, slack.port)
    else:
        raise SettingsError(
            "neither SLACK_APP_TOKEN nor SLACK_SIGNING_SECRET is set",
            remedy="Set the first for Socket Mode, the second for signed HTTP.",
        )


async def _over_socket(app: AsyncApp, app_token: str) -> None:
    try:
        # The handler would go on knocking for ever, without a word, where a token is dead.
        await app.client.apps_connections_open(app_token=app_token)
    except SlackApiError as error:
        raise _not_let_in(error, "SLACK_APP_TOKEN") from error
    handler = AsyncSocketModeHandler(app, app_token)
    try:
        await handler.connect_async()  # type: ignore[no-untyped-call]
        log.info("connected over Socket Mode")
        await asyncio.Event().wait()
    finally:
        await handler.close_async()  # type: ignore[no-untyped-call]


async def _over_http(app: AsyncApp, port: int) -> None:
    runner = web.AppRunner(app.web_app(path=PATH), access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, port=port).start()
        log.info("listening on port %d at %s", port, PATH)
        await asyncio.Event().wait()
    except OSError as error:
        raise SettingsError(
            "cannot listen for Slack",
            subject=f"port {port}",
            cause=error.strerror or str(error),
            remedy="Set PORT to one that is free.",
        ) from error
    finally:
        await runner.cleanup()


async def until_stopped(*jobs: Coroutine[Any, Any, None]) -> None:
    """Run jobs until one fails or the process is told to stop; then end them all in order."""
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        # Windows has no handlers for signals in its loop; there Ctrl-C just interrupts.
        with contextlib.suppress(NotImplementedError):
            asyncio.get_running_loop().add_signal_handler(number, stop.set)
    tasks = [asyncio.ensure_future(job) for job in (*jobs, _wait(stop))]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _wait(stop: asyncio.Event) -> None:
    await stop.wait()
