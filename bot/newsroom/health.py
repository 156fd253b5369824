"""The state of the newsroom: what can be searched, how fresh it is, and what needs attention.

`claimdesk doctor` and the Home tab in Slack show it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot import store
from bot.delivery.queue import JobQueue
from bot.model import Correction, Coverage, Feed, Incident
from bot.newsroom.clock import CheckedClock, ClockJump
from bot.newsroom.feeds.feed_list import FeedList
from bot.newsroom.providers import Clock
from bot.store import ArrivalCounts, OutboxMessage

ARRIVALS_PERIOD = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Freshness:
    """What can be searched, what arrived in the last day, the number of active feeds, and when the
    last of them was polled."""

    coverage: Coverage
    arrivals: ArrivalCounts
    active_feeds: int
    polled_at: datetime | None


@dataclass(frozen=True, slots=True)
class Problems:
    """What needs attention.

    `failed_jobs` counts jobs that failed for good; `overdue_jobs` counts due jobs that no worker
    has taken, the oldest of which is late by `overdue_by`. `dead_letters` are messages that could
    not be posted. `access_error` is the Slack error code if Slack denies us access. `incidents` are
    those of the last hour. `clock_jump` is set while the clock is in doubt.
    """

    failing_feeds: tuple[Feed, ...]
    failed_jobs: int
    overdue_jobs: int
    overdue_by: timedelta
    dead_letters: tuple[OutboxMessage, ...]
    access_error: str | None
    incidents: tuple[Incident, ...] = ()
    clock_jump: ClockJump | None = None


def failing_feeds(feeds: Iterable[Feed]) -> list[Feed]:
    """Return the feeds that cannot be read, longest failing first."""
    failing = [
        (feed.failing_since, feed.id, feed)
        for feed in feeds
        if feed.failing_since and feed.state in ("active", "gone")
    ]
    return [feed for _, _, feed in sorted(failing, key=lambda entry: entry[:2])]


@dataclass(eq=False, repr=False, kw_only=True)
class Health:
    """Reports freshness and problems."""

    archive: store.Archive
    arrivals: store.ClaimArrivals
    channels: store.Channels
    corrections: store.Corrections
    dead_letters: store.DeadLetters
    incidents: store.Incidents
    jobs: store.Jobs
    feeds: FeedList
    queue: JobQueue
    now: Clock
    clock: CheckedClock

    def freshness(self) -> Freshness:
        """Return what can be searched and how fresh it is."""
        active = [feed for feed in self.feeds.all() if feed.state == "active"]
        return Freshness(
            coverage=self.archive.coverage(),
            arrivals=self.arrivals.counts_since(self.now() - ARRIVALS_PERIOD),
            active_feeds=len(active),
            polled_at=max((feed.polled_at for feed in active if feed.polled_at), default=None),
        )

    def problems(self, team: str) -> Problems:
        """Return what needs attention; messages are those of one workspace."""
        overdue, overdue_by = self.queue.count_overdue()
        return Problems(
            failing_feeds=tuple(failing_feeds(self.feeds.all())),
            failed_jobs=sum(count.failed for count in self.jobs.counts()),
            overdue_jobs=overdue,
            overdue_by=overdue_by,
            dead_letters=tuple(self.dead_letters.find(team)),
            access_error=self.channels.failures().get(team),
            incidents=tuple(self.incidents.recent(now=self.now())),
            clock_jump=self.clock.jump(),
        )

    def pending_corrections(self, team: str) -> list[Correction]:
        """Return the corrections of a workspace that await a decision, oldest first."""
        newest_first = self.corrections.find(state="suggested")
        return [correction for correction in reversed(newest_first) if correction.team == team]
