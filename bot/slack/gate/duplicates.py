"""Handle each delivery once: Slack sends one again that was acknowledged late, and nobody promises
that a second copy never comes over another connection.

This is a process's memory. What lasts is once by a key in the store.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Any

DEDUPLICATION_WINDOW = 600.0
"""Seconds; Slack's last retry of an event comes after five minutes
(docs.slack.dev/apis/events-api)."""
MOST_DELIVERIES = 50_000


class RecentDeliveries:
    """What has come in the last ten minutes, by its id."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._at: OrderedDict[str, float] = OrderedDict()

    def is_repeat(self, key: str | None) -> bool:
        """Note that something has come, and say whether it came before. What has no id is new."""
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
        return len(self._at) >= MOST_DELIVERIES or now - at > DEDUPLICATION_WINDOW


def delivery_id(body: dict[str, Any]) -> str | None:
    """What two copies of one delivery have in common and no other has: an event's id; for the rest
    the trigger_id, which is new for each press and each sending of a modal.

    Requests for options have none; to answer them twice does no harm.
    """
    return body.get("event_id") or body.get("trigger_id")
