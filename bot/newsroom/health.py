"""Use cases that look after the whole: what is there and how fresh it is, and what needs somebody.

`claimdesk doctor` and the Home tab in Slack both say it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot import store
from bot.delivery.queue import JobQueue
from bot.model import Correction, Coverage, Feed
from bot.newsroom.feeds.feed_list import FeedList
from bot.newsroom.providers import Clock
from bot.store import ArrivalCounts, OutboxMessage

LATELY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Freshness:
    """What can be searched, what has arrived in the last day, and how many feeds are read, one of
    them last at `polled_at`."""

    coverage: Coverage
    arrivals: ArrivalCounts
    active_feeds: int
    polled_at: datetime | None


@dataclass(frozen=True, slots=True)
class Problems:
    """What needs somebody: `feeds` that cannot be read, jobs that failed for good or that nobody
    does (the oldest has been due for `overdue_by`), messages that were not posted, and why Slack
    does not let us in."""

    failing_feeds: tuple[Feed, ...]
    failed_jobs: int
    overdue_jobs: int
    overdue_by: timedelta
    dead_letters: tuple[OutboxMessage, ...]
    access_error: str | None


def failing_feeds(feeds: Iterable[Feed]) -> list[Feed]:
    """Those of some feeds that cannot be read, those that have failed for longest first."""
    since = [
        (feed.failing_since, feed.id, feed)
        for feed in feeds
        if feed.failing_since and feed.state in ("active", "gone")
    ]
    return [feed for _, _, feed in sorted(since, key=lambda one: one[:2])]


@dataclass(eq=False, repr=False, kw_only=True)
class Health:
    """How it all stands."""

    archive: store.Archive
    arrivals: store.ClaimArrivals
    channels: store.Channels
    corrections: store.Corrections
    dead_letters: store.DeadLetters
    jobs: store.Jobs
    feeds: FeedList
    queue: JobQueue
    now: Clock

    def freshness(self) -> Freshness:
        """What there is to search, and how fresh it is."""
        read = [feed for feed in self.feeds.all() if feed.state == "active"]
        return Freshness(
            coverage=self.archive.coverage(),
            arrivals=self.arrivals.counts_since(self.now() - LATELY),
            active_feeds=len(read),
            polled_at=max((feed.polled_at for feed in read if feed.polled_at), default=None),
        )

    def problems(self, team: str) -> Problems:
        """What needs somebody; of messages, those of one workspace."""
        overdue, overdue_by = self.queue.overdue()
        return Problems(
            failing_feeds=tuple(failing_feeds(self.feeds.all())),
            failed_jobs=sum(one.failed for one in self.jobs.counts()),
            overdue_jobs=overdue,
            overdue_by=overdue_by,
            dead_letters=tuple(self.dead_letters.of(team)),
            access_error=self.channels.failures().get(team),
        )

    def pending_corrections(self, team: str) -> list[Correction]:
        """The corrections of a workspace that nobody has decided on, the oldest first."""
        latest_first = self.corrections.find(state="suggested")
        return [one for one in reversed(latest_first) if one.team == team]
