"""Decide when a feed is polled next, and what its owner is told. Pure: the time and the outcome of
the poll are arguments.

The interval follows the feed: it halves where a poll brings something new and grows by half where
it does not. A poll that fails is tried again after ever longer waits. Owners hear of a feed that
stays broken, once a day, and once when it is well again.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Literal, NamedTuple

from bot.config import FeedSettings
from bot.model import Feed

FIRST_INTERVAL = timedelta(hours=1)
"""Of a feed whose pace is not known yet: its first poll halves it."""

NOTIFY_AFTER = timedelta(minutes=10)
"""How long a feed has failed when its owner hears of it: a server that is out for a minute is no
news to anybody."""

MAX_SERVER_DELAY = timedelta(days=2)
"""How long a server may ask to be left alone: nobody means a year."""

JITTER = 0.2
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class PollSucceeded:
    """The feed was read. `fresh` counts what is new or changed in it; `wait` is how many seconds
    it, or its server, asks to be left alone; `moved_to` is where it has moved for good."""

    changed_entries: int
    min_delay: int = 0
    moved_to: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    title: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PollFailed:
    """The feed was not read; `wait` is how many seconds its server asks to be left alone."""

    reason: str
    min_delay: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedGone:
    """Its server says that the feed is gone for good (410)."""

    reason: str


class StateChange(NamedTuple):
    """What the owner is to hear: what has become of the feed, since when, and why."""

    state: Literal["broken", "well", "gone"]
    since: datetime
    reason: str


class Decision(NamedTuple):
    """The feed from now on, when it is polled next (None: never), and news for its owner."""

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
    """Say what comes after a poll that ended `now` with this outcome."""
    match outcome:
        case PollSucceeded():
            return _after_reading(feed, outcome, now, settings)
        case PollFailed():
            return _after_failing(feed, outcome, now, settings)
        case FeedGone(reason=reason):
            gone = replace(_failing(feed, reason, now), state="gone", told_at=now)
            return Decision(gone, None, StateChange("gone", now, reason))


def _after_reading(
    feed: Feed, read: PollSucceeded, now: datetime, settings: FeedSettings
) -> Decision:
    paced = feed.interval_seconds // 2 if read.changed_entries else feed.interval_seconds * 3 // 2
    interval = _bounded(paced, settings)
    well = replace(
        feed,
        url=read.moved_to or feed.url,
        title=read.title or feed.title,
        etag=read.etag,
        last_modified=read.last_modified,
        interval_seconds=interval,
        polled_at=now,
        fresh_at=now if read.changed_entries else feed.fresh_at,
        failing_since=None,
        failures=0,
        failure=None,
    )
    wait = max(interval, _bounded(read.min_delay, settings))
    news = None
    if feed.failing_since and _was_told(feed):
        news = StateChange("well", feed.failing_since, feed.failure or "")
    return Decision(well, now + timedelta(seconds=wait), news)


def _after_failing(
    feed: Feed, failed: PollFailed, now: datetime, settings: FeedSettings
) -> Decision:
    failing = _failing(feed, failed.reason, now)
    delay = max(
        _back_off(failing, settings), min(failed.min_delay, MAX_SERVER_DELAY.total_seconds())
    )
    next_at = now + timedelta(seconds=delay)
    since = failing.failing_since or now
    if _was_told_today(feed, now) or now - since < NOTIFY_AFTER:
        return Decision(failing, next_at)
    return Decision(
        replace(failing, told_at=now), next_at, StateChange("broken", since, failed.reason)
    )


def _failing(feed: Feed, reason: str, now: datetime) -> Feed:
    return replace(
        feed,
        polled_at=now,
        failing_since=min(feed.failing_since or now, now),  # a clock may have been set back
        failures=feed.failures + 1,
        failure=reason,
    )


def _back_off(feed: Feed, settings: FeedSettings) -> int:
    """Seconds to the next try: doubled with every failure, and spread by up to a fifth, so that
    feeds that failed together do not all come back together. The spread is the feed's own."""
    seed = hashlib.blake2b(f"{feed.id} {feed.failures}".encode(), digest_size=4).digest()
    spread = 1 + JITTER * (int.from_bytes(seed) / 2**31 - 1)
    doubled = settings.shortest_minutes * 60 * 2 ** min(feed.failures - 1, 16)
    return _bounded(round(doubled * spread), settings)


def _bounded(seconds: int, settings: FeedSettings) -> int:
    return min(max(seconds, settings.shortest_minutes * 60), settings.longest_minutes * 60)


def _was_told(feed: Feed) -> bool:
    return bool(feed.told_at and feed.failing_since and feed.told_at >= feed.failing_since)


def _was_told_today(feed: Feed, now: datetime) -> bool:
    # What was told by a clock that was days ahead was told on another day.
    return feed.told_at is not None and _day(now) <= _day(feed.told_at) <= _day(now + ONE_DAY)


def _day(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
