"""Decide when a feed is polled next, and what its owner is told. Pure.

The interval is halved when a poll finds something new and grows by half when it does not. Failed
polls are retried with exponential back-off. Owners are told once a day about a feed that keeps
failing, and once when it recovers.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Literal, NamedTuple

from bot.config import FeedSettings
from bot.model import Feed

FIRST_INTERVAL = timedelta(hours=1)
"""The interval of a new feed. Its first poll halves it."""

NOTIFY_AFTER = timedelta(minutes=10)
"""How long a feed must have been failing before its owner is told. Short outages are not worth
reporting."""

MAX_SERVER_DELAY = timedelta(days=2)
"""The longest delay that a server can ask for; a longer one is taken to be a mistake."""

JITTER = 0.2
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class PollSucceeded:
    """The feed was read.

    `changed_entries` counts new and changed entries. `min_delay` is the delay in seconds that the
    feed asks for. `moved_to` is the target of a permanent redirect.
    """

    changed_entries: int
    min_delay: int = 0
    moved_to: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    title: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PollFailed:
    """The feed could not be read. `min_delay` is the delay in seconds that its server asks for."""

    reason: str
    min_delay: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedGone:
    """The feed's server says that it is gone for good (410)."""

    reason: str


class StateChange(NamedTuple):
    """A change to tell the feed's owner: the new state, since when, and why."""

    state: Literal["broken", "well", "gone"]
    since: datetime
    reason: str


class Decision(NamedTuple):
    """The updated feed, when to poll it next (None for never), and a change to tell its owner."""

    feed: Feed
    next_at: datetime | None
    change: StateChange | None = None


def decide(
    feed: Feed,
    outcome: PollSucceeded | PollFailed | FeedGone,
    *,
    now: datetime,
    settings: FeedSettings,
) -> Decision:
    """Decide what follows a poll that ended at `now` with this outcome."""
    match outcome:
        case PollSucceeded():
            return _after_success(feed, outcome, now, settings)
        case PollFailed():
            return _after_failure(feed, outcome, now, settings)
        case FeedGone(reason=reason):
            gone = replace(_with_failure(feed, reason, now), state="gone", told_at=now)
            return Decision(gone, None, StateChange("gone", now, reason))


def _after_success(
    feed: Feed, outcome: PollSucceeded, now: datetime, settings: FeedSettings
) -> Decision:
    has_changed = outcome.changed_entries > 0
    interval = feed.interval_seconds // 2 if has_changed else feed.interval_seconds * 3 // 2
    interval = _clamp(interval, settings)
    updated = replace(
        feed,
        url=outcome.moved_to or feed.url,
        title=outcome.title or feed.title,
        etag=outcome.etag,
        last_modified=outcome.last_modified,
        interval_seconds=interval,
        polled_at=now,
        fresh_at=now if has_changed else feed.fresh_at,
        failing_since=None,
        failures=0,
        failure=None,
    )
    delay = max(interval, _clamp(outcome.min_delay, settings))
    change = None
    if feed.failing_since and feed.told_at and feed.told_at >= feed.failing_since:
        change = StateChange("well", feed.failing_since, feed.failure or "")
    return Decision(updated, now + timedelta(seconds=delay), change)


def _after_failure(
    feed: Feed, outcome: PollFailed, now: datetime, settings: FeedSettings
) -> Decision:
    updated = _with_failure(feed, outcome.reason, now)
    server_delay = min(outcome.min_delay, MAX_SERVER_DELAY.total_seconds())
    next_at = now + timedelta(seconds=max(_back_off(updated, settings), server_delay))
    since = updated.failing_since or now
    if _was_told_today(feed, now) or now - since < NOTIFY_AFTER:
        return Decision(updated, next_at)
    change = StateChange("broken", since, outcome.reason)
    return Decision(replace(updated, told_at=now), next_at, change)


def _with_failure(feed: Feed, reason: str, now: datetime) -> Feed:
    return replace(
        feed,
        polled_at=now,
        failing_since=min(feed.failing_since or now, now),  # the clock may have been set back
        failures=feed.failures + 1,
        failure=reason,
    )


def _back_off(feed: Feed, settings: FeedSettings) -> int:
    """Return the delay before the next retry in seconds: doubled with every failure, with jitter.

    The jitter keeps feeds that failed together from being retried together. It is derived from the
    feed's id, not random.
    """
    seed = hashlib.blake2b(f"{feed.id} {feed.failures}".encode(), digest_size=4).digest()
    factor = 1 + JITTER * (int.from_bytes(seed) / 2**31 - 1)
    delay = settings.shortest_minutes * 60 * 2 ** min(feed.failures - 1, 16)
    return _clamp(round(delay * factor), settings)


def _clamp(seconds: int, settings: FeedSettings) -> int:
    return min(max(seconds, settings.shortest_minutes * 60), settings.longest_minutes * 60)


def _was_told_today(feed: Feed, now: datetime) -> bool:
    # If the clock was ahead, `told_at` may be tomorrow; if it is later, the clock was wrong.
    return feed.told_at is not None and _day(now) <= _day(feed.told_at) <= _day(now + ONE_DAY)


def _day(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
