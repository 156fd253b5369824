"""What Prometheus reads from the store whenever it asks: queues, digests, feeds, the disk."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from prometheus_client.core import GaugeMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

from bot import store
from bot.delivery.queue import JobQueue
from bot.errors import BotError
from bot.log_limit import LogLimit
from bot.model import Feed
from bot.newsroom.providers import Clock
from bot.newsroom.readiness import IndexLag

DIGEST_PERIOD = timedelta(days=1)
DIGEST_OUTCOMES = ("sent", "planned", "waiting", "sending", "uncertain", "missed")
MESSAGE_STATES = ("waiting", "sending", "sent", "uncertain", "dead", "withdrawn")
FEED_STATES = ("active", "failing", "paused", "gone", "unlisted")


@dataclass(eq=False, repr=False, kw_only=True)
class StoreGauges(Collector):
    """Collects the gauges; if the store cannot be read, those that come from it are left out.

    `folder` is the data folder, None if nothing is kept there.
    """

    counts: store.DeliveryCounts
    jobs: store.Jobs
    feeds: store.Feeds
    channels: store.Channels
    queue: JobQueue
    lag: IndexLag
    folder: Path | None
    now: Clock
    _failures: LogLimit = field(
        default_factory=lambda: LogLimit(logging.getLogger(__name__)), init=False
    )

    def describe(self) -> list[Metric]:
        """Return nothing, so that registering reads nothing."""
        return []

    def collect(self) -> Iterator[Metric]:
        """Yield the gauges."""
        groups: tuple[Callable[[], Iterator[Metric]], ...] = (
            self._jobs, self._outbox, self._digests, self._feeds, self._index, self._disk,
        )  # fmt: skip
        for group in groups:
            try:
                yield from group()
            except (BotError, OSError) as error:
                self._failures.warning("some metrics are missing: %s", error)

    def _jobs(self) -> Iterator[Metric]:
        jobs = GaugeMetricFamily("claimdesk_jobs", "Jobs in the queue.", labels=("kind", "state"))
        for count in self.jobs.counts():
            jobs.add_metric((count.kind, "waiting"), count.waiting)
            jobs.add_metric((count.kind, "retrying"), count.retrying)
            jobs.add_metric((count.kind, "failed"), count.failed)
        yield jobs
        overdue, delay = self.queue.count_overdue()
        yield _gauge("claimdesk_overdue_jobs", "Jobs due for minutes that nobody took.", overdue)
        yield _gauge(
            "claimdesk_overdue_job_seconds",
            "How long the oldest of them has been due.",
            delay.total_seconds(),
        )

    def _outbox(self) -> Iterator[Metric]:
        counts = self.counts.messages()
        yield _gauges(
            "claimdesk_outbox_messages",
            "Messages in the outbox by state.",
            "state",
            {state: counts.get(state, 0) for state in MESSAGE_STATES},
        )
        since = self.counts.waiting_since()
        yield _gauge(
            "claimdesk_outbox_wait_seconds",
            "How long the message that waits longest has been due.",
            self._seconds_since(since) if since else 0,
        )
        yield _gauge(
            "claimdesk_paused_workspaces",
            "Workspaces in which nothing can be posted, because Slack denies access.",
            len(self.channels.failures()),
        )

    def _digests(self) -> Iterator[Metric]:
        counts = self.counts.digests(self.now() - DIGEST_PERIOD)
        yield _gauges(
            "claimdesk_digests_last_day",
            "Digests that were due in the last 24 hours, by what became of them.",
            "outcome",
            {outcome: counts[outcome] for outcome in DIGEST_OUTCOMES},
        )

    def _feeds(self) -> Iterator[Metric]:
        feeds = self.feeds.all()
        states = [_feed_state(feed) for feed in feeds]
        yield _gauges(
            "claimdesk_feeds",
            "Feeds by state; failing ones are active and could not be read.",
            "state",
            {state: states.count(state) for state in FEED_STATES},
        )
        active = [feed for feed in feeds if feed.state == "active"]
        polls = [feed.polled_at for feed in active if feed.polled_at]
        finds = [feed.fresh_at for feed in active if feed.fresh_at]
        if polls:
            yield _gauge(
                "claimdesk_feed_poll_age_seconds",
                "The time since any feed was polled.",
                self._seconds_since(max(polls)),
            )
        if finds:
            yield _gauge(
                "claimdesk_feed_news_age_seconds",
                "The time since any feed had a new article.",
                self._seconds_since(max(finds)),
            )

    def _index(self) -> Iterator[Metric]:
        yield _gauge(
            "claimdesk_index_lag_seconds",
            "How long the oldest change that is not indexed has been waiting.",
            self.lag.seconds,
        )
        yield _gauge(
            "claimdesk_index_lag_changes", "Changes that are not indexed.", self.lag.changes
        )

    def _disk(self) -> Iterator[Metric]:
        if self.folder:
            free = shutil.disk_usage(self.folder).free
            yield _gauge("claimdesk_disk_free_bytes", "Free space for the data folder.", free)

    def _seconds_since(self, moment: datetime) -> float:
        return max(0.0, (self.now() - moment).total_seconds())


def _feed_state(feed: Feed) -> str:
    return "failing" if feed.state == "active" and feed.failing_since else feed.state


def _gauge(name: str, description: str, value: float) -> Metric:
    return GaugeMetricFamily(name, description, value=value)


def _gauges(name: str, description: str, label: str, values: Mapping[str, float]) -> Metric:
    family = GaugeMetricFamily(name, description, labels=(label,))
    for value, number in values.items():
        family.add_metric((value,), number)
    return family
