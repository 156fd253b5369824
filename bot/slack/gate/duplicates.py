"""Deduplicate deliveries: Slack repeats those that were acknowledged late, and a second copy may
arrive on another connection.

Kept in process memory only. Persistent effects are made idempotent by a key in the store.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Any

DEDUPLICATION_WINDOW = 600.0
"""Seconds; Slack's last retry of an event comes after five minutes
(docs.slack.dev/apis/events-api)."""
MAX_DELIVERIES = 50_000
"""The most deliveries to remember."""


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


def delivery_id(body: dict[str, Any]) -> str | None:
    """Return the id of a delivery, which all its copies share: the event's id, or the trigger_id,
    which is unique to each click and each submitted modal.

    Requests for the options of a menu (block_suggestion) have none; answering them twice is
    harmless.
    """
    return body.get("event_id") or body.get("trigger_id")
