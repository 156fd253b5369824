"""What the bot says of feeds, to the word. Pure."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.ingest.fetch import addresses
from bot.model import AddedFeed, Feed
from bot.words import say
from bot.words.dates import short_date

STANDINGS = ("failing", "gone", "unlisted", "paused", "new", "well")
"""How feeds stand, those that need somebody first."""


def followed(found: AddedFeed) -> str:
    """Say what was found in a feed that was added, or that it was there."""
    feed, full = found.feed, found.with_full_text
    if found.entries is None:
        said = [say("feeds.there_already", feed=name(feed), state=_state(feed))]
    else:
        added = say("feeds.added", feed=feed.label, n=found.entries, full=full)
        said = [added, say("feeds.coming")]
    if found.others:
        said.append(say("feeds.others", feeds=", ".join(map(addresses.hidden, found.others))))
    return " ".join(said)


def feed_line(feed: Feed) -> str:
    """A feed's name, its address, and how reading it goes."""
    return say("feeds.line", feed=name(feed), state=_state(feed))


def name(feed: Feed) -> str:
    """A feed's name with its address; the address alone where it has no name."""
    address = addresses.hidden(feed.url)
    is_named = feed.outlet or feed.title
    return say("feeds.name", label=feed.label, address=address) if is_named else address


def standing(feed: Feed) -> str:
    """How a feed stands: one of STANDINGS."""
    if feed.state != "active":
        return feed.state
    if feed.failing_since:
        return "failing"
    return "well" if feed.polled_at else "new"


def in_words(standing: str) -> str:
    """Say how a feed stands."""
    return say(f"feeds.standing_{standing}")


def _state(feed: Feed) -> str:
    if feed.state in ("paused", "unlisted"):
        return in_words(feed.state)
    if feed.failing_since:
        since, why = moment(feed.failing_since), feed.failure
        if feed.state == "gone":
            return say("feeds.state_gone", since=since, why=why)
        return say("feeds.state_failing", since=since, why=why)
    if feed.polled_at is None:
        return in_words("new")
    read = moment(feed.polled_at)
    if feed.fresh_at is None:
        return say("feeds.state_well_nothing", read=read)
    return say("feeds.state_well", read=read, fresh=moment(feed.fresh_at))


def moment(at: datetime) -> str:
    """Print a moment as 3 Nov 2026 08:30 UTC."""
    utc = at.astimezone(UTC)
    return say("feeds.moment", day=short_date(utc.date()), time=f"{utc:%H:%M}")
