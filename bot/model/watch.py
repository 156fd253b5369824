"""Watches: saved searches that report new claims."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from typing import Literal

Pace = Literal["at_once", "hourly", "daily"]


WatchState = Literal["active", "paused", "ended"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """A saved search that sends alerts about new claims.

    People refer to it by `number`, unique in its workspace. Alerts go to `channel`, or as direct
    messages if that is the person's id. `pace` is how often they are sent, and `at` the local time
    (in `zone`) of daily alerts. None are sent in the `quiet` hours, from the first local time to
    the second. `fired` counts the statements found, the last one at `fired_at`. Claims from before
    `made_at` are ignored.
    """

    id: str
    number: int
    team: str
    person: str
    channel: str
    query: str
    zone: str
    made_at: datetime
    pace: Pace = "at_once"
    at: time | None = None
    quiet: tuple[time, time] | None = None
    state: WatchState = "active"
    fired: int = 0
    fired_at: datetime | None = None

    @property
    def is_private(self) -> bool:
        """Whether alerts go to its owner only."""
        return self.channel == self.person
