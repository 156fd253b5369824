"""What somebody wants to hear of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from typing import Literal

Pace = Literal["at_once", "hourly", "daily"]


WatchState = Literal["active", "paused", "ended"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """A search that tells of new claims.

    People call it by `number`, which no other one of its workspace has. It tells in `channel`;
    where that is its person's id, in a direct message. `pace` says how often, and `at` is the local
    time of `zone` of those that are daily. In its `quiet` hours, from the first local time to the
    second, it tells nothing. `fired` counts the statements that it has found, the last at
    `fired_at`; what had come before `made_at` it does not tell.
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
        """Whether it tells its person alone."""
        return self.channel == self.person
