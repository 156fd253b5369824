"""Build the Slack app and serve it. Nothing happens at import."""

from __future__ import annotations

import asyncio
import contextlib
import copy
import logging
import re
import signal
from collections.abc import Coroutine
from typing import Any

import aiohttp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient

from bot.config import SlackSettings
from bot.errors import BotError, SettingsError, SlackError
from bot.newsroom import Newsroom
from bot.slack import events, refusals
from bot.slack.connection import connect
from bot.slack.gate import access
from bot.slack.gate.in_flight import App
from bot.slack.messages.worker import make_worker
from bot.slack.refusals import DEAD_TOKENS, token_error
from bot.slack.surfaces.answers import (
    assistant,
    buttons,
    cite,
    commands,
    form,
    menu,
    reports,
    sharing,
    shortcuts,
    talk,
)
from bot.slack.surfaces.articles import commands as article_commands
from bot.slack.surfaces.articles import corrections as article_corrections
from bot.slack.surfaces.articles import unfurls, withdrawal
from bot.slack.surfaces.corrections import rulings, suggestions
from bot.slack.surfaces.digests import commands as digest_commands
from bot.slack.surfaces.digests import menu as digest_menu
from bot.slack.surfaces.digests import rest as digest_rest
from bot.slack.surfaces.digests import settings as digest_settings
from bot.slack.surfaces.feeds import commands as feed_commands
from bot.slack.surfaces.home import tab as home_tab
from bot.slack.surfaces.speakers import commands as speaker_commands
from bot.slack.surfaces.watches import commands as watch_commands

log = logging.getLogger(__name__)

LONGEST_RETRY_AFTER = 2
"""Seconds. Asked to slow down for longer, whoever waits for an answer is told so instead."""
CATCH_UP_INTERVAL = 1.0
"""Seconds between two looks at what has changed in the store."""
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM)


async def serve(newsroom: Newsroom, *, with_slack: bool, with_worker: bool) -> None:
    """Serve Slack, or do the jobs that are due, or both, until a signal to stop comes.

    A worker without a token that Slack accepts does the jobs that need no Slack. Raises
    SettingsError for what is not set, SlackError where Slack refuses the tokens.
    """
    slack = newsroom.settings.slack
    if not with_slack and not slack.bot_token:
        log.warning("SLACK_BOT_TOKEN is not set: nothing is posted or updated in Slack until it is")
        await run_until_stopped(
            keep_index_current(newsroom), make_worker(newsroom, None, None).run()
        )
        return
    client = make_client(slack)
    try:
        me = await identify_bot(client)
    except SlackError as error:
        if with_slack or error.code not in DEAD_TOKENS:
            raise
        log.error("%s Nothing is posted or updated in Slack until then", error)
        await run_until_stopped(
            keep_index_current(newsroom), make_worker(newsroom, None, None).run()
        )
        return
    # Connections are kept: to make one anew for each answer takes longer than the answer.
    limit = aiohttp.ClientTimeout(total=client.timeout)
    async with aiohttp.ClientSession(timeout=limit) as client.session:
        jobs: list[Coroutine[Any, Any, None]] = [keep_index_current(newsroom)]
        if with_slack:
            jobs.append(connect(build(slack, newsroom, client, me), slack))
        if with_worker:
            jobs.append(make_worker(newsroom, client, me.team_id).run())
        await run_until_stopped(*jobs)


async def keep_index_current(newsroom: Newsroom) -> None:
    """Let the index follow what other processes store, until cancelled."""
    while True:
        try:
            await asyncio.to_thread(newsroom.updates.catch_up_if_free)
        except BotError as error:
            log.error("the index is still behind: %s", error)
        await asyncio.sleep(CATCH_UP_INTERVAL)


class RateLimitRetries(AsyncRateLimitErrorRetryHandler):
    """Tries a call again when Slack has asked to slow down, twice at most, where it does not ask to
    wait for long."""

    async def _can_retry_async(self, **happened: Any) -> bool:
        if not await super()._can_retry_async(**happened):
            return False
        headers = {name.lower(): value for name, value in happened["response"].headers.items()}
        (asked,) = headers.get("retry-after", ["1"])
        return asked.isdecimal() and int(asked) <= LONGEST_RETRY_AFTER


def make_client(slack: SlackSettings) -> AsyncWebClient:
    """A client of Slack's Web API that waits and tries again when Slack asks it to slow down a
    little."""
    if not slack.bot_token:
        raise SettingsError("SLACK_BOT_TOKEN is not set", remedy="See docs/deploy.md.")
    # Only this handler: after a lost connection the call may have been heard, and a second one
    # would post a second time.
    client = AsyncWebClient(token=slack.bot_token, retry_handlers=[RateLimitRetries(2)])
    if slack.api_url:
        client.base_url = slack.api_url
    return client


async def identify_bot(client: AsyncWebClient) -> AuthorizeResult:
    """Ask Slack who the bot is, and in which workspace (`team_id`).

    Raises SlackError where the token is dead or Slack is out of reach.
    """
    try:
        answer = await client.auth_test()
    except SlackApiError as error:
        raise token_error(error, "SLACK_BOT_TOKEN") from error
    except (aiohttp.ClientError, TimeoutError) as error:
        raise SlackError(
            "Slack could not be reached",
            subject=client.base_url,
            cause=type(error).__name__,
            remedy="Check the network, and SLACK_API_URL if it is set.",
        ) from error
    log.info("in %s as %s", answer["team"], answer["user"])
    return AuthorizeResult.from_auth_test_response(
        bot_token=client.token, auth_test_response=answer
    )


def build(
    slack: SlackSettings, newsroom: Newsroom, client: AsyncWebClient, me: AuthorizeResult
) -> App:
    """Make the app that answers commands and buttons as the bot that it is in its workspace."""

    # Left to itself Bolt asks Slack who it is before it acknowledges the first delivery.
    async def authorize() -> AuthorizeResult:
        return me

    # The token comes with who it is; given another Bolt would warn.
    without_token = copy.copy(client)
    without_token.token = None
    # Below warnings Bolt logs the bodies of requests that it refuses, secrets and all.
    bolt_log = logging.getLogger("slack_bolt")
    bolt_log.setLevel(logging.WARNING)
    app = App(
        client=without_token,
        authorize=authorize,
        signing_secret=slack.signing_secret,
        logger=bolt_log,
    )
    app.error(refusals.report_unhandled)
    access.register(app, newsroom, str(me.team_id))
    commands.register(app, newsroom)
    digest_commands.register(app, newsroom)
    digest_settings.register(app, newsroom)
    feed_commands.register(app, newsroom)
    article_commands.register(app, newsroom)
    withdrawal.register(app, newsroom)
    speaker_commands.register(app, newsroom)
    watch_commands.register(app, newsroom)
    form.register(app, newsroom)
    shortcuts.register(app, newsroom)
    home_tab.register(app, newsroom)
    reports.register(app, newsroom)  # before buttons, whose "next" is found in its action_ids
    buttons.register(app, newsroom)
    sharing.register(app, newsroom)
    cite.register(app, newsroom)
    digest_menu.register(app, newsroom)
    digest_rest.register(app, newsroom.digests)
    menu.register(app, newsroom)
    suggestions.register(app, newsroom)
    article_corrections.register(app, newsroom)
    rulings.register(app, newsroom)
    events.register(app, newsroom)
    talk.register(app, newsroom)
    assistant.register(app, newsroom)
    unfurls.register(app, newsroom.articles.unfurls, newsroom.store.channels)
    # The manifest subscribes to few events; the local Slack sends them all the same, and Bolt
    # would warn of each with a page of Python.
    app.event(re.compile(".*"))(_ignore)
    return app


async def _ignore() -> None:
    pass


async def run_until_stopped(*jobs: Coroutine[Any, Any, None]) -> None:
    """Run jobs until one fails or the process is told to stop; then end them all in order.

    Ctrl-C then ends the process at once. A second SIGTERM does not, since nobody may have meant it:
    make passes on the one that its whole group got, and foreman sends one after Ctrl-C.
    """
    stop = asyncio.Event()

    def begin_to_stop() -> None:
        if not stop.is_set():
            log.info("stopping; press Ctrl-C (SIGINT) to stop at once")
            stop.set()
            signal.signal(signal.SIGINT, signal.SIG_DFL)

    for number in STOP_SIGNALS:
        # Windows has no handlers for signals in its loop; there Ctrl-C just interrupts.
        with contextlib.suppress(NotImplementedError):
            asyncio.get_running_loop().add_signal_handler(number, begin_to_stop)
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
