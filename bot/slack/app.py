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

MAX_RETRY_AFTER = 2
"""Seconds. If Slack asks for a longer pause, the person who waits is told so instead."""
CATCH_UP_INTERVAL = 1.0
"""Seconds between two checks for changes in the store."""
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM)


async def serve(newsroom: Newsroom, *, with_slack: bool, with_worker: bool) -> None:
    """Serve Slack, run the worker, or both, until a signal to stop.

    Without a token that Slack accepts, a worker does only the jobs that do not need Slack. Raises
    SettingsError if a setting is missing, SlackError if Slack refuses the tokens.
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
    # Connections are reused: opening one takes longer than an answer.
    limit = aiohttp.ClientTimeout(total=client.timeout)
    async with aiohttp.ClientSession(timeout=limit) as client.session:
        jobs: list[Coroutine[Any, Any, None]] = [keep_index_current(newsroom)]
        if with_slack:
            jobs.append(connect(build(slack, newsroom, client, me), slack))
        if with_worker:
            jobs.append(make_worker(newsroom, client, me.team_id).run())
        await run_until_stopped(*jobs)


async def keep_index_current(newsroom: Newsroom) -> None:
    """Index what other processes store, until cancelled."""
    while True:
        try:
            await asyncio.to_thread(newsroom.updates.catch_up_if_free)
        except BotError as error:
            log.error("the index is still behind: %s", error)
        await asyncio.sleep(CATCH_UP_INTERVAL)


class RateLimitRetries(AsyncRateLimitErrorRetryHandler):
    """Retries a rate-limited call, if Slack asks for a short pause."""

    async def _can_retry_async(self, **happened: Any) -> bool:
        if not await super()._can_retry_async(**happened):
            return False
        headers = {name.lower(): value for name, value in happened["response"].headers.items()}
        (asked,) = headers.get("retry-after", ["1"])
        return asked.isdecimal() and int(asked) <= MAX_RETRY_AFTER


def make_client(slack: SlackSettings) -> AsyncWebClient:
    """Return a client of Slack's Web API that retries when it is briefly rate-limited."""
    if not slack.bot_token:
        raise SettingsError("SLACK_BOT_TOKEN is not set", remedy="See docs/deploy.md.")
    # Only this handler: if the connection was lost, Slack may have acted on the call, and a retry
    # would post twice.
    client = AsyncWebClient(token=slack.bot_token, retry_handlers=[RateLimitRetries(2)])
    if slack.api_url:
        client.base_url = slack.api_url
    return client


async def identify_bot(client: AsyncWebClient) -> AuthorizeResult:
    """Ask Slack who the bot is, and in which workspace (`team_id`).

    Raises SlackError if the token is dead or Slack cannot be reached.
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
    """Return the app that answers commands and buttons as the bot `me`."""

    # By default Bolt calls auth.test before it acknowledges the first delivery.
    async def authorize() -> AuthorizeResult:
        return me

    # `me` has the token; Bolt warns if the client has one too.
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
    # The local Slack also sends events to which the manifest does not subscribe, and Bolt would
    # log a long warning for each.
    app.event(re.compile(".*"))(_ignore)
    return app


async def _ignore() -> None:
    pass


async def run_until_stopped(*jobs: Coroutine[Any, Any, None]) -> None:
    """Run jobs until one fails or a signal to stop comes; then cancel them all.

    A further Ctrl-C ends the process at once. A second SIGTERM does not, because it may be a
    duplicate: make forwards the one that the whole group got, and foreman sends one after Ctrl-C.
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
