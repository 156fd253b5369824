"""What the bot says of feeds. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from bot.ingest.web import addresses
from bot.model import Feed
from bot.newsroom import Followed
from bot.slack import blocks, wording
from bot.slack.parts import Message, told

ADMINS_ONLY = (
    "Only admins may change which feeds are read. Ask one of them; /feed list shows what is there."
)


def followed(found: Followed) -> Message:
    """Say what was found in a feed that was added, or that it was there."""
    if found.entries is None:
        state = _state(found.feed)
        return told(f"{found.feed.label} is on the list already: {state}. Nothing was changed.")
    listed = "1 entry" if found.entries == 1 else f"{found.entries} entries"
    return told(
        f"{found.feed.label} · {listed}, {found.with_full_text} with full text. It is read from "
        "now on; its articles come in within minutes."
    )


def feed_list(feeds: Sequence[Feed]) -> Message:
    """One line a feed, those that need somebody first."""
    if not feeds:
        return told("No feed is read yet. /feed add URL adds one.")
    ordered = sorted(feeds, key=lambda feed: (feed.failing_since is None, feed.label.casefold()))
    return blocks.lines_message([feed_line(feed) for feed in ordered])


def feed_line(feed: Feed) -> str:
    """A feed's name, its address, and how reading it goes."""
    return f"{feed.label} · {addresses.shown(feed.url)} · {_state(feed)}"


def _state(feed: Feed) -> str:
    if feed.state == "paused":
        return "paused"
    if feed.failing_since:
        since = f"since {moment(feed.failing_since)}: {feed.failure}"
        return f"gone {since}" if feed.state == "gone" else f"cannot be read {since}"
    if feed.polled_at is None:
        return "not read yet"
    news = f"something new {moment(feed.fresh_at)}" if feed.fresh_at else "nothing new yet"
    return f"last read {moment(feed.polled_at)}, {news}"


def moment(at: datetime) -> str:
    """Print a moment as 3 Nov 2026 08:30 UTC."""
    utc = at.astimezone(UTC)
    return f"{wording.short_date(utc.date())} {utc:%H:%M} UTC"


def feed_news(news: Mapping[str, Any]) -> Message:
    """What the owner of a feed is told: that it is broken, well again, or gone."""
    feed = f"The feed {news['label']} ({addresses.shown(news['url'])})"
    since = moment(datetime.fromisoformat(news["since"]))
    match news["what"]:
        case "broken":
            said = f"cannot be read since {since}: {news['reason']}. I go on trying."
        case "well":
            said = f"is read again. It could not be since {since}: {news['reason']}."
        case _:
            said = f"is gone: {news['reason']}. It is read no more."
    return told(f"{feed} {said}")
