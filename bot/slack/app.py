"""Build the Slack app and serve it. Nothing happens at import."""

from __future__ import annotations

import asyncio
import contextlib
import copy
import logging
import os
import re
import signal
import threading
from collections.abc import Callable, Coroutine, Iterator, Mapping, Sequence
from typing import Any

import aiohttp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient

from bot.config import SlackSettings
from bot.errors import BotError, SettingsError, SlackError
from bot.log_limit import LogLimit
from bot.monitoring.metrics import Metrics
from bot.monitoring.readiness import Readiness
from bot.monitoring.server import health_routes, serve_operators
from bot.newsroom import Newsroom
from bot.slack import events, refusals, threads
from bot.slack.clock import ClockWatch
from bot.slack.connection import connect
from bot.slack.gate import access
from bot.slack.gate.in_flight import App
from bot.slack.gate.scopes import missing_in
from bot.slack.incident_log import IncidentLog
from bot.slack.messages.worker import make_worker
from bot.slack.monitoring.calls import CallCounter
from bot.slack.monitoring.readiness import monitor
from bot.slack.refusals import INVALID_TOKEN_CODES, token_error
from bot.slack.surfaces.answers import (
    buttons,
    commands,
    form,
    menu,
    reports,
    sharing,
    talk,
)
from bot.slack.surfaces.answers import withdrawal as post_withdrawal
from bot.slack.surfaces.articles import commands as article_commands
from bot.slack.surfaces.articles import corrections as article_corrections
from bot.slack.surfaces.articles import reviews, sent_files, unfurls, withdrawal
from bot.slack.surfaces.corrections import rulings, suggestions
from bot.slack.surfaces.desk import commands as desk_commands
from bot.slack.surfaces.digests import commands as digest_commands
from bot.slack.surfaces.digests import menu as digest_menu
from bot.slack.surfaces.digests import rest as digest_rest
from bot.slack.surfaces.digests import settings as digest_settings
from bot.slack.surfaces.feeds import commands as feed_commands
from bot.slack.surfaces.feeds import sites
from bot.slack.surfaces.home import tab as home_tab
from bot.slack.surfaces.speakers import commands as speaker_commands
from bot.slack.surfaces.watches import commands as watch_commands
from bot.store.notices import Topic
from bot.wording.incidents import missing_scope_line

log = logging.getLogger(__name__)

MAX_RETRY_DELAY = 2
"""Seconds. If Slack asks for a longer delay, the call fails and the person is told."""
CATCH_UP_INTERVAL = 1.0
"""Seconds between checks for changes in the store."""
SHORTEST_INTERVAL = 0.2
"""The least, so that an import elsewhere doesn't have the index commit a hundred times a second."""
RETRY_INTERVAL = 5.0
"""Seconds until the next check after one that failed: rebuilding may have taken long."""
LONG_WORK_TIMEOUT = 5.0
"""Seconds that articles have to be read to their end when the process stops."""
LEFT_THREADS_TIMEOUT = 3.0
"""Seconds that the threads of listeners have to give their jobs back."""
STOP_TIMEOUT = 17.0
"""Seconds after which the process ends, whatever it still does."""
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM)
REGISTER_FUNCTIONS: Sequence[Callable[[App, Newsroom], None]] = (
    commands.register,
    desk_commands.register,
    digest_commands.register,
    digest_settings.register,
    feed_commands.register,
    sites.register,
    article_commands.register,
    sent_files.register,
    withdrawal.register,
    reviews.register,
    speaker_commands.register,
    watch_commands.register,
    form.register,
    home_tab.register,
    reports.register,  # before buttons, whose pattern "next" matches its action ids too
    buttons.register,
    sharing.register,
    post_withdrawal.register,
    digest_menu.register,
    menu.register,
    suggestions.register,
    article_corrections.register,
    rulings.register,
    events.register,
    talk.register,
)
"""The functions that register the listeners of the surfaces and of events, in this order."""


async def serve(newsroom: Newsroom, *, with_slack: bool, with_worker: bool) -> None:
    """Serve Slack, run the worker, or both, until a signal to stop.

    A worker without a token that Slack accepts runs only the jobs that do not need Slack. Raises
    SettingsError if a setting is missing, SlackError if Slack refuses the tokens.
    """
    slack = newsroom.settings.slack
    metrics = Metrics()
    if not with_slack and not slack.bot_token:
        log.warning("SLACK_BOT_TOKEN is not set: nothing is posted or updated in Slack until it is")
        await _work_without_slack(newsroom, metrics)
        return
    client = make_client(slack, metrics)
    try:
        identity = await identify_bot(client)
    except SlackError as error:
        if with_slack or error.code not in INVALID_TOKEN_CODES:
            raise
        log.error("%s Nothing is posted or updated in Slack until then", error)
        await _work_without_slack(newsroom, metrics)
        return
    # One session for all calls: opening a connection takes longer than making an answer.
    timeout = aiohttp.ClientTimeout(total=client.timeout)
    async with aiohttp.ClientSession(timeout=timeout) as client.session:
        with_sockets = with_slack and bool(slack.app_token)
        readiness = monitor(newsroom, metrics, client, with_sockets=with_sockets)
        changed = asyncio.Event()
        wake: dict[Topic, Callable[[], None]] = {"changes": changed.set}
        jobs: list[Coroutine[Any, Any, None]] = [
            keep_index_current(newsroom, changed),
            ClockWatch(newsroom, client, identity.team_id).run(),
            *_show_to_operators(newsroom, metrics, readiness),
        ]
        if with_slack:
            app = build_app(slack, newsroom, client, identity, metrics)
            jobs.append(connect(app, slack, health_routes(readiness)))
        if with_worker:
            worker = make_worker(newsroom, client, identity.team_id, metrics)
            wake["jobs"] = worker.wake
            jobs.append(worker.run())
        jobs.extend(_listeners(newsroom, wake))
        await _run_and_leave(newsroom, *jobs)


async def _work_without_slack(newsroom: Newsroom, metrics: Metrics) -> None:
    changed, worker = asyncio.Event(), make_worker(newsroom, None, None, metrics)
    await _run_and_leave(
        newsroom,
        keep_index_current(newsroom, changed),
        ClockWatch(newsroom, None, None).run(),
        *_show_to_operators(newsroom, metrics, monitor(newsroom, metrics, None)),
        worker.run(),
        *_listeners(newsroom, {"changes": changed.set, "jobs": worker.wake}),
    )


def _listeners(
    newsroom: Newsroom, wake: Mapping[Topic, Callable[[], None]]
) -> Iterator[Coroutine[Any, Any, None]]:
    """Return what wakes others when another process has changed the store, if anything can."""
    if newsroom.store.notices.can_arrive:
        yield newsroom.store.notices.listen(wake)


def _show_to_operators(
    newsroom: Newsroom, metrics: Metrics, readiness: Readiness
) -> Iterator[Coroutine[Any, Any, None]]:
    """Return what checks the process and, if there is a port for it, shows that and metrics."""
    yield readiness.run()
    settings = newsroom.settings.metrics
    if settings.port:
        yield serve_operators(metrics, readiness, settings.host, settings.port)


async def _run_and_leave(newsroom: Newsroom, *jobs: Coroutine[Any, Any, None]) -> None:
    """Run jobs until the process is told to stop. Articles that are still being read then are read
    after the restart."""
    try:
        await run_until_stopped(*jobs, on_long_stop=newsroom.extractions.stop)
    finally:
        newsroom.extractions.stop()
        await threads.finish(LEFT_THREADS_TIMEOUT)


async def keep_index_current(newsroom: Newsroom, changed: asyncio.Event | None = None) -> None:
    """Index what other processes store, until cancelled; no failure ends it.

    It looks every CATCH_UP_INTERVAL, and earlier if `changed` is set.
    """
    failures, changed = LogLimit(log), changed or asyncio.Event()
    while True:
        changed.clear()
        is_current = False
        try:
            is_current = await asyncio.to_thread(newsroom.updates.catch_up_if_free)
        except asyncio.CancelledError:
            raise
        except BotError as error:
            failures.warning("the index is still behind: %s", error)
        except BaseException as error:  # noqa: BLE001  a panic in Rust is no Exception
            failures.warning("the index is still behind", error=error)
        await asyncio.sleep(SHORTEST_INTERVAL if is_current else RETRY_INTERVAL)
        if is_current:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(changed.wait(), CATCH_UP_INTERVAL - SHORTEST_INTERVAL)


class RateLimitRetries(AsyncRateLimitErrorRetryHandler):
    """Retries a rate-limited call if Slack asks for a short delay."""

    async def _can_retry_async(self, **outcome: Any) -> bool:
        if not await super()._can_retry_async(**outcome):
            return False
        headers = {name.lower(): value for name, value in outcome["response"].headers.items()}
        (seconds,) = headers.get("retry-after", ["1"])
        return seconds.isdecimal() and int(seconds) <= MAX_RETRY_DELAY


def make_client(slack: SlackSettings, metrics: Metrics | None = None) -> AsyncWebClient:
    """Return a client of Slack's Web API that retries if it is rate-limited for a short time.

    Metrics count its calls.
    """
    if not slack.bot_token:
        raise SettingsError("SLACK_BOT_TOKEN is not set", remedy="See docs/run/deploy.md.")
    # Only these are tried again: after a lost connection Slack may have acted on the call, and
    # a retry would post twice.
    handlers = [CallCounter(metrics or Metrics()), RateLimitRetries(max_retry_count=2)]
    client = AsyncWebClient(token=slack.bot_token, retry_handlers=handlers)
    if slack.api_url:
        client.base_url = slack.api_url
    return client


async def identify_bot(client: AsyncWebClient) -> AuthorizeResult:
    """Ask Slack for the bot's identity and its workspace (`team_id`).

    Raises SlackError if the token is invalid or Slack cannot be reached.
    """
    try:
        response = await client.auth_test()
    except SlackApiError as error:
        raise token_error(error, "SLACK_BOT_TOKEN") from error
    except (aiohttp.ClientError, TimeoutError) as error:
        raise SlackError(
            "Slack could not be reached",
            subject=client.base_url,
            cause=type(error).__name__,
            remedy="Check the network, and SLACK_API_URL if it is set.",
        ) from error
    log.info("in %s as %s", response["team"], response["user"])
    for scope in missing_in(response):
        log.warning("%s", missing_scope_line(scope))
    return AuthorizeResult.from_auth_test_response(
        bot_token=client.token, auth_test_response=response
    )


def build_app(
    slack: SlackSettings,
    newsroom: Newsroom,
    client: AsyncWebClient,
    identity: AuthorizeResult,
    metrics: Metrics | None = None,
) -> App:
    """Return the app that answers commands and buttons as the bot `identity`."""
    metrics = metrics or Metrics()

    # Without this, Bolt calls auth.test before it acknowledges the first delivery.
    async def authorize() -> AuthorizeResult:
        return identity

    # The token is in `identity`; Bolt warns if the client has it too, or SLACK_BOT_TOKEN is set.
    tokenless_client = copy.copy(client)
    tokenless_client.token = None
    bolt_log = logging.getLogger("slack_bolt")
    bolt_log.setLevel(logging.ERROR)
    app = App(
        IncidentLog(newsroom.store.incidents, newsroom.now, metrics),
        metrics,
        client=tokenless_client,
        authorize=authorize,
        # bot/slack/signed_http.py has done that, before it parsed the request.
        request_verification_enabled=False,
        logger=bolt_log,
    )
    # At lower levels Bolt logs the bodies of requests that it refuses, including secrets.
    bolt_log.setLevel(logging.WARNING)
    app.error(refusals.report_unhandled)
    access.register(app, newsroom, str(identity.team_id))
    for register in REGISTER_FUNCTIONS:
        register(app, newsroom)
    digest_rest.register(app, newsroom.digests)
    unfurls.register(app, newsroom.articles.unfurls, newsroom.store.channels)
    # The local Slack also sends events to which the manifest does not subscribe, and Bolt would
    # log a long warning for each.
    app.event(re.compile(".*"))(_ignore)
    return app


async def _ignore() -> None:
    pass


async def run_until_stopped(
    *jobs: Coroutine[Any, Any, None], on_long_stop: Callable[[], None] = lambda: None
) -> None:
    """Run jobs until one fails or the process is told to stop; then cancel them all.

    If they have not ended LONG_WORK_TIMEOUT after that, `on_long_stop` is called; after
    STOP_TIMEOUT, the process ends.

    A second Ctrl-C ends the process at once. A second SIGTERM does not, because it may be a
    duplicate: make forwards a signal that the whole process group has received, and foreman sends
    SIGTERM after Ctrl-C.
    """
    stop = asyncio.Event()

    def request_stop() -> None:
        if not stop.is_set():
            log.info("stopping; press Ctrl-C (SIGINT) to stop at once")
            stop.set()
            signal.signal(signal.SIGINT, signal.SIG_DFL)
            _end_after(STOP_TIMEOUT)

    for stop_signal in STOP_SIGNALS:
        # Event loops on Windows have no signal handlers; there Ctrl-C raises KeyboardInterrupt.
        with contextlib.suppress(NotImplementedError):
            asyncio.get_running_loop().add_signal_handler(stop_signal, request_stop)
    tasks: list[asyncio.Future[Any]] = [asyncio.ensure_future(job) for job in (*jobs, stop.wait())]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()
    finally:
        for task in tasks:
            task.cancel()
        timer = asyncio.get_running_loop().call_later(LONG_WORK_TIMEOUT, on_long_stop)
        await asyncio.gather(*tasks, return_exceptions=True)
        timer.cancel()


def _end_after(seconds: float) -> None:
    """End the process after some seconds even if its event loop or a thread never returns."""

    def end() -> None:
        log.error("did not stop within %g seconds, so the process ends now", seconds)
        logging.shutdown()
        os._exit(1)

    guard = threading.Timer(seconds, end)
    guard.daemon = True
    guard.start()
