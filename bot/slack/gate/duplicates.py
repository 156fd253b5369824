"""Deduplicate deliveries: Slack repeats those that were acknowledged late, and a second copy may
arrive on another connection, or in another process.

Each process remembers all that it received. The store remembers, for all processes, those that may
have an effect: a search is answered even if the store can't be written, and before it is.
"""

from __future__ import annotations

import asyncio
import logging
import re
import time
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import timedelta
from typing import Any

from bot import store
from bot.errors import StoreError
from bot.newsroom.providers import Clock

log = logging.getLogger(__name__)

DEDUPLICATION_WINDOW = 600.0
"""Seconds; Slack's last retry of an event comes after five minutes
(docs.slack.dev/apis/events-api)."""
MAX_DELIVERIES = 50_000
"""The most deliveries to remember."""
STORE_TIMEOUT = 0.3
"""Seconds to wait for the store: Slack expects the acknowledgement within three."""
STORE_THREADS = 4
"""How many deliveries are recorded at once."""
PRUNING_INTERVAL = LOG_INTERVAL = 60.0
"""Seconds between two deletions of old deliveries, and between two warnings."""
SEARCHES = (
    *("/claim", "/speaker", "claim_form", "find_claim", "find_this_claim"),
    *("/check", "check_form", "check_quotes"),
)
SEARCH_ACTIONS = re.compile(
    r"(?:speaker_|article_)?(?:next|previous)|exact|suggest_\d+|filter|change_search|context"
    r"|elsewhere\w*|form_\w+|speaker_\d+|article_(?:open|sources)"
    r"|answer_all|asked_instead_\d+|change_asked"
)
"""What people type, submit, choose and press to search: it changes nothing."""


class RecentDeliveries:
    """The ids of the deliveries of the last ten minutes."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._seen_at: OrderedDict[str, float] = OrderedDict()

    def is_repeat(self, key: str | None) -> bool:
        """Record a delivery and tell whether it is a repeat; one without an id never is."""
        if not key:
            return False
        now = self._clock()
        while self._seen_at and self._is_oldest_expired(now):
            self._seen_at.popitem(last=False)
        if key in self._seen_at:
            return True
        self._seen_at[key] = now
        return False

    def _is_oldest_expired(self, now: float) -> bool:
        oldest = next(iter(self._seen_at.values()))
        return len(self._seen_at) >= MAX_DELIVERIES or now - oldest > DEDUPLICATION_WINDOW


class SharedDeliveries:
    """The deliveries of the last ten minutes, of all processes that share a store."""

    def __init__(self, deliveries: store.Deliveries, now: Clock) -> None:
        self._deliveries, self._now = deliveries, now
        self._recent = RecentDeliveries()
        # Threads of their own: if the store hangs, no other work has to wait for a thread.
        self._threads = ThreadPoolExecutor(STORE_THREADS, "deliveries")
        self._stuck: Future[bool] | None = None
        self._pruned_at = self._logged_at = -PRUNING_INTERVAL

    async def is_repeat(self, body: dict[str, Any]) -> bool:
        """Record a delivery and tell whether it is a repeat; one without an id never is."""
        id_ = delivery_id(body)
        if self._recent.is_repeat(id_):
            return True
        if id_ is None or only_searches(body):
            return False
        try:
            return not await self._add(id_)
        except (StoreError, TimeoutError) as error:
            self._log(error)
            return False

    async def _add(self, id_: str) -> bool:
        if self._stuck and not self._stuck.done():
            raise TimeoutError("the store doesn't answer")
        future = self._threads.submit(self._add_and_prune, id_)
        try:
            return await asyncio.wait_for(asyncio.wrap_future(future), STORE_TIMEOUT)
        except TimeoutError:
            if not future.cancelled():
                self._stuck = future
            raise

    def _add_and_prune(self, id_: str) -> bool:
        is_new, now = self._deliveries.add(id_, self._now()), time.monotonic()
        if now - self._pruned_at >= PRUNING_INTERVAL:
            self._pruned_at = now
            self._deliveries.prune(self._now(), timedelta(seconds=DEDUPLICATION_WINDOW))
        return is_new

    def _log(self, error: Exception) -> None:
        now = time.monotonic()
        if now - self._logged_at >= LOG_INTERVAL:
            self._logged_at = now
            log.warning(
                "deliveries can't be recorded in the store, so another process may repeat them: %s",
                str(error) or "it takes too long",
            )


def only_searches(body: dict[str, Any]) -> bool:
    """Tell whether a delivery can have no effect but an answer to a search."""
    if (body.get("event") or {}).get("type") == "app_home_opened":
        return True
    if actions := body.get("actions"):
        return all(SEARCH_ACTIONS.fullmatch(str(action.get("action_id"))) for action in actions)
    return (body.get("command") or (body.get("view") or body).get("callback_id")) in SEARCHES


def delivery_id(body: dict[str, Any]) -> str | None:
    """Return the id of a delivery, which all its copies share: the event's id, or the trigger_id,
    which is unique to each command, each click and each submitted modal.

    Slack repeats an event with the same event_id, in a new request or envelope. It does not repeat
    the others; somebody who presses twice sends two.

    Requests for the options of a menu (block_suggestion) have none; answering them twice is
    harmless.
    """
    return body.get("event_id") or body.get("trigger_id")
