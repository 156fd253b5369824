"""Deduplicate deliveries: Slack repeats those that were acknowledged late, and a second copy may
come over another connection.

This is only in the memory of a process. Lasting effects are idempotent by a key in the store.
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


class RecentDeliveries:
    """The ids of deliveries of the last ten minutes."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._at: OrderedDict[str, float] = OrderedDict()

    def is_repeat(self, key: str | None) -> bool:
        """Record a delivery and tell whether it came before. One without an id never did."""
        if not key:
            return False
        now = self._clock()
        while self._at and self._is_over(next(iter(self._at.values())), now):
            self._at.popitem(last=False)
        if key in self._at:
            return True
        self._at[key] = now
        return False

    def _is_over(self, at: float, now: float) -> bool:
        return len(self._at) >= MAX_DELIVERIES or now - at > DEDUPLICATION_WINDOW


def delivery_id(body: dict[str, Any]) -> str | None:
    """Return the id of a delivery, the same in each copy: the event's id, or the trigger_id, which
    is new for each press and each modal sent.

    Requests for options have none; answering them twice does no harm.
    """
    return body.get("event_id") or body.get("trigger_id")
