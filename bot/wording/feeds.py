"""The words for feeds. No I/O."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.ingest.fetch import addresses
from bot.model import AddedFeed, Feed
from bot.words import say
from bot.words.dates import short_date

STATUSES = ("failing", "gone", "unlisted", "paused", "new", "well")
"""The statuses of feeds; those that need attention come first."""


def added_line(added: AddedFeed, *, has_worker: bool = True) -> str:
    """Say what an added feed contains, or that it had been added before, and whether it is
    polled."""
    feed, sentences = added.feed, []
    if added.entries is None:
        sentences.append(say("feeds.there_already", feed=feed_name(feed), state=_state(feed)))
    else:
        sentences.append(_found_line(added, added.entries))
        if not has_worker:
            sentences.append(say("terminal.no_worker"))
        elif added.entries:
            sentences.append(say("feeds.coming"))
    if added.linked_feeds:
        sentences.append(
            say(
                "feeds.others",
                feeds=", ".join(map(addresses.with_hashed_query, added.linked_feeds)),
            )
        )
    return " ".join(sentences)


def _found_line(added: AddedFeed, entries: int) -> str:
    """Say how many articles an added feed lists, and how much of them will be read."""
    feed, excerpts = added.feed, entries - added.full_text_count
    if not entries:
        return say("feeds.added_empty", feed=feed.label)
    if not excerpts:
        return say("feeds.added_in_full", feed=feed.label, n=entries)
    if feed.full_text:
        return say("feeds.added_with_pages", feed=feed.label, n=entries)
    return say("feeds.added_as_excerpts", feed=feed.label, n=entries, short=excerpts)


def feed_line(feed: Feed) -> str:
    """Return a feed's name, address and state."""
    return say("feeds.line", feed=feed_name(feed), state=_state(feed))


def feed_name(feed: Feed) -> str:
    """Return a feed's name with its address, or the address alone."""
    address = addresses.with_hashed_query(feed.url)
    is_named = feed.outlet or feed.title
    return say("feeds.name", label=feed.label, address=address) if is_named else address


def feed_status(feed: Feed) -> str:
    """Return the status of a feed, one of STATUSES."""
    if feed.state != "active":
        return feed.state
    if feed.failing_since:
        return "failing"
    return "well" if feed.polled_at else "new"


def status_name(feed_status: str) -> str:
    """Return the words for a status."""
    return say(f"feeds.standing_{feed_status}")


def _state(feed: Feed) -> str:
    if feed.state in ("paused", "unlisted"):
        return status_name(feed.state)
    if feed.failing_since:
        since, reason = utc_moment(feed.failing_since), feed.failure
        if feed.state == "gone":
            return say("feeds.state_gone", since=since, why=reason)
        return say("feeds.state_failing", since=since, why=reason)
    if feed.polled_at is None:
        return status_name("new")
    polled_at = utc_moment(feed.polled_at)
    if feed.fresh_at is None:
        return say("feeds.state_well_nothing", read=polled_at)
    return say("feeds.state_well", read=polled_at, fresh=utc_moment(feed.fresh_at))


def utc_moment(moment: datetime) -> str:
    """Format a moment as 3 Nov 2026 08:30 UTC."""
    utc = moment.astimezone(UTC)
    return say("feeds.moment", day=short_date(utc.date()), time=f"{utc:%H:%M}")
