"""The words for feeds. Pure."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.ingest.fetch import addresses
from bot.model import AddedFeed, Feed
from bot.words import say
from bot.words.dates import short_date

STATUSES = ("failing", "gone", "unlisted", "paused", "new", "well")
"""Statuses of feeds; those that need attention come first."""


def added_line(found: AddedFeed, *, has_worker: bool = True) -> str:
    """Say what was found in an added feed, or that it was followed before; and if it is read."""
    feed, full = found.feed, found.with_full_text
    if found.entries is None:
        said = [say("feeds.there_already", feed=name(feed), state=_state(feed))]
    else:
        added = say("feeds.added", feed=feed.label, n=found.entries, full=full)
        said = [added, say("feeds.coming" if has_worker else "terminal.no_worker")]
    if found.others:
        said.append(
            say("feeds.others", feeds=", ".join(map(addresses.with_hashed_query, found.others)))
        )
    return " ".join(said)


def feed_line(feed: Feed) -> str:
    """A feed's name, its address and its state."""
    return say("feeds.line", feed=name(feed), state=_state(feed))


def name(feed: Feed) -> str:
    """A feed's name with its address, or the address alone."""
    address = addresses.with_hashed_query(feed.url)
    is_named = feed.outlet or feed.title
    return say("feeds.name", label=feed.label, address=address) if is_named else address


def feed_status(feed: Feed) -> str:
    """The status of a feed, one of STATUSES."""
    if feed.state != "active":
        return feed.state
    if feed.failing_since:
        return "failing"
    return "well" if feed.polled_at else "new"


def status_name(feed_status: str) -> str:
    """The words for a status."""
    return say(f"feeds.standing_{feed_status}")


def _state(feed: Feed) -> str:
    if feed.state in ("paused", "unlisted"):
        return status_name(feed.state)
    if feed.failing_since:
        since, why = utc_moment(feed.failing_since), feed.failure
        if feed.state == "gone":
            return say("feeds.state_gone", since=since, why=why)
        return say("feeds.state_failing", since=since, why=why)
    if feed.polled_at is None:
        return status_name("new")
    read = utc_moment(feed.polled_at)
    if feed.fresh_at is None:
        return say("feeds.state_well_nothing", read=read)
    return say("feeds.state_well", read=read, fresh=utc_moment(feed.fresh_at))


def utc_moment(at: datetime) -> str:
    """Print a moment as 3 Nov 2026 08:30 UTC."""
    utc = at.astimezone(UTC)
    return say("feeds.moment", day=short_date(utc.date()), time=f"{utc:%H:%M}")
