"""Check whether this process can do its work, with Slack as one of the parts."""

from __future__ import annotations

import asyncio
import platform
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot import __version__
from bot.monitoring.metrics import Metrics
from bot.monitoring.readiness import Check, Readiness
from bot.newsroom import Newsroom
from bot.newsroom.gauges import StoreGauges
from bot.newsroom.readiness import ReadinessChecks
from bot.slack.refusals import INVALID_TOKEN_CODES, error_code

TRUST = 4.0
"""Seconds for which a response of Slack counts: asking more often would be impolite."""
ANSWER_TIMEOUT = 3.0
"""Seconds that Slack may take to answer."""


def monitor(
    newsroom: Newsroom,
    metrics: Metrics,
    client: AsyncWebClient | None,
    *,
    with_sockets: bool = False,
) -> Readiness:
    """Let metrics show the newsroom, and return what tells whether its parts work.

    Without a `client`, Slack is no part of it. `with_sockets`: it uses Socket Mode.
    """
    store, backend = newsroom.store, newsroom.store.database.engine.dialect.name
    metrics.build.labels(__version__, platform.python_version(), backend).set(1)
    newsroom.extractions.observe = metrics.extraction_seconds.observe
    settings = newsroom.settings
    checks = ReadinessChecks(
        archive=store.archive,
        integrity=store.integrity,
        index=lambda: newsroom.index,
        folder=settings.data,
    )
    gauges = StoreGauges(
        counts=store.delivery_counts,
        jobs=store.jobs,
        feeds=store.feeds,
        channels=store.channels,
        queue=newsroom.delivery.jobs,
        lag=checks.lag,
        folder=settings.data if settings.needs_data_folder else None,
        now=newsroom.now,
    )
    metrics.registry.register(gauges)
    parts: dict[str, Check] = {"store": in_own_thread("store", checks.check_store)}
    if settings.needs_data_folder:
        parts["disk"] = in_own_thread("disk", checks.check_disk)
    parts["index"] = in_own_thread("index", checks.check_index)
    if client:
        parts["slack"] = SlackCheck(client)
    if with_sockets:
        parts["sockets"] = SocketCheck(metrics)
    return Readiness(parts, metrics)


def in_own_thread(name: str, check: Callable[[], str]) -> Check:
    """Run a check in a thread of its own: if one hangs, no answer and no other check waits."""
    thread = ThreadPoolExecutor(1, f"{name} check")

    async def run() -> str:
        return await asyncio.get_running_loop().run_in_executor(thread, check)

    return run


class SocketCheck:
    """Checks that a socket from Slack is open.

    Slack may answer calls and still send nothing: the app token was revoked, or a proxy lets no
    WebSockets through.
    """

    def __init__(self, metrics: Metrics) -> None:
        self._open = metrics.sockets_open

    async def __call__(self) -> str:
        """Return why nothing can arrive; empty if it can."""
        (metric,) = self._open.collect()
        return "" if metric.samples[0].value else "no connection over Socket Mode is open"


class SlackCheck:
    """Asks Slack who we are, which shows that it is there and accepts the token."""

    def __init__(self, client: AsyncWebClient, clock: Callable[[], float] = time.monotonic) -> None:
        self._client, self._clock = client, clock
        self._answered_at = float("-inf")

    async def __call__(self) -> str:
        """Return why Slack cannot be used; empty if it can."""
        if self._clock() - self._answered_at < TRUST:
            return ""
        try:
            async with asyncio.timeout(ANSWER_TIMEOUT):
                await self._client.auth_test()
        except SlackApiError as error:
            code = error_code(error)
            if code in INVALID_TOKEN_CODES:
                return "Slack does not accept the token"
            if code != "ratelimited":  # in which case it is there
                return f"Slack answers with an error ({code})"
        except Exception as error:  # noqa: BLE001  slack_sdk raises more than its own errors
            return f"Slack cannot be reached ({type(error).__name__})"
        self._answered_at = self._clock()
        return ""
