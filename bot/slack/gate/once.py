"""Handle each delivery once: Slack sends one again that was acknowledged late, and nobody promises
that a second copy never comes over another connection.

This is a process's memory. What lasts is once by a key in the store.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Any

REMEMBERED = 600.0
"""Seconds; Slack's last retry of an event comes after five minutes
(docs.slack.dev/apis/events-api)."""
MOST = 50_000


class Seen:
    """What has come in the last ten minutes, by its id."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._at: OrderedDict[str, float] = OrderedDict()

    def again(self, known_as: str | None) -> bool:
        """Note that something has come, and say whether it came before. What has no id is new."""
        if not known_as:
            return False
        now = self._clock()
        while self._at and self._is_over(next(iter(self._at.values())), now):
            self._at.popitem(last=False)
        if known_as in self._at:
            return True
        self._at[known_as] = now
        return False

    def _is_over(self, at: float, now: float) -> bool:
        return len(self._at) >= MOST or now - at > REMEMBERED


def delivery_id(body: dict[str, Any]) -> str | None:
    """What two copies of one delivery have in common and no other has: an event's id; for the rest
    the trigger_id, which is new for each press and each sending of a modal.

    Requests for options have none; to answer them twice does no harm.
    """
    return body.get("event_id") or body.get("trigger_id")
