"""What the bot says of feeds. Pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
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


MOST_WHOLE = 30
"""So many feeds are listed one by one; of more, only those that need somebody."""
MOST_ALIKE = 10
"""So many feeds are named that are in the same case."""

STANDINGS = {
    "failing": "cannot be read",
    "gone": "gone",
    "unlisted": "no longer in feeds.yml",
    "paused": "paused",
    "new": "not read yet",
    "well": "read",
}
"""How feeds stand, those that need somebody first."""


def followed(found: Followed) -> Message:
    """Say what was found in a feed that was added, or that it was there."""
    others = ""
    if found.others:
        named = ", ".join(map(addresses.hidden, found.others))
        others = f" The page names other feeds too, which were not added: {named}."
    if found.entries is None:
        state = _state(found.feed)
        told_of = f"{_name(found.feed)} is on the list already: {state}. Nothing was changed."
        return told(told_of + others)
    listed = "1 entry" if found.entries == 1 else f"{found.entries} entries"
    return told(
        f"{found.feed.label} · {listed}, {found.with_full_text} with full text. It is read from "
        f"now on; its articles come in within minutes.{others}"
    )


def no_address(typed: str) -> str:
    """Say that what was typed is no web address."""
    return f'"{wording.shorten(typed, 60)}" is no address. One looks like halyard.example/feed.'


def feed_list(feeds: Sequence[Feed], words: str = "") -> Message:
    """The feeds whose name or address has some words, those that need somebody first: one line a
    feed or, where they are many, how many stand how and which need somebody."""
    if not feeds:
        return told("No feed is read yet. /feed add URL adds one.")
    chosen = [feed for feed in feeds if words.casefold() in _name(feed).casefold()]
    if not chosen:
        return told(f'No feed has "{wording.shorten(words, 60)}" in its name or address.')
    if len(chosen) > MOST_WHOLE:
        return blocks.lines_message(list(_summary(chosen)))
    order = list(STANDINGS)
    chosen.sort(key=lambda feed: (order.index(_standing(feed)), feed.label.casefold()))
    return blocks.lines_message([feed_line(feed) for feed in chosen])


def _summary(feeds: Sequence[Feed]) -> Iterator[str]:
    """How many feeds stand how, then a few of each case that needs somebody, the commonest first.

    So many lines that one message has room for them.
    """
    counts = Counter(map(_standing, feeds))
    told_of = ", ".join(f"{counts[one]} {STANDINGS[one]}" for one in STANDINGS if counts[one])
    yield f"{len(feeds)} feeds: {told_of}"
    cases: defaultdict[str, list[Feed]] = defaultdict(list)
    for feed in feeds:
        if feed.failing_since and feed.state in ("active", "gone"):
            cases[f"{STANDINGS[_standing(feed)]}: {feed.failure}"].append(feed)
    ordered = sorted(cases.items(), key=lambda case: (-len(case[1]), case[0]))
    unnamed, left = sum(len(alike) for alike in cases.values()), blocks.MOST_LINES - 4
    for why, alike in ordered:
        some = sorted(alike, key=lambda feed: feed.label.casefold())[:MOST_ALIKE]
        if 1 + len(some) > left:
            yield f"and {unnamed} more, for other reasons"
            break
        more = f", {len(some)} of them here" if len(some) < len(alike) else ""
        yield f"{len(alike)} {why}{more}"
        yield from (f"· {_name(feed)}" for feed in some)
        left -= 1 + len(some)
        unnamed -= len(alike)
    if well := sorted((f.label for f in feeds if _standing(f) == "well"), key=str.casefold):
        more = f" and {len(well) - MOST_ALIKE} more" if len(well) > MOST_ALIKE else ""
        yield f"Read: {', '.join(well[:MOST_ALIKE])}{more}"
    yield "/feed list WORDS shows those with these words in their name or address."


def feed_line(feed: Feed) -> str:
    """A feed's name, its address, and how reading it goes."""
    return f"{_name(feed)} · {_state(feed)}"


def _name(feed: Feed) -> str:
    """A feed's name with its address; the address alone where it has no name."""
    address = addresses.hidden(feed.url)
    is_named = feed.outlet or feed.title
    return f"{feed.label} · {address}" if is_named else address


def _standing(feed: Feed) -> str:
    if feed.state != "active":
        return feed.state
    if feed.failing_since:
        return "failing"
    return "well" if feed.polled_at else "new"


def _state(feed: Feed) -> str:
    if feed.state in ("paused", "unlisted"):
        return STANDINGS[feed.state]
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
    feed = f"The feed {news['label']} ({addresses.hidden(news['url'])})"
    since = moment(datetime.fromisoformat(news["since"]))
    match news["what"]:
        case "broken":
            said = f"cannot be read since {since}: {news['reason']}. I go on trying."
        case "well":
            said = f"is read again. It could not be since {since}: {news['reason']}."
        case _:
            said = f"is gone: {news['reason']}. It is read no more."
    return told(f"{feed} {said}")
