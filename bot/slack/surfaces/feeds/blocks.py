"""The messages about feeds. Pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime

from bot.ingest.fetch import addresses
from bot.model import Feed
from bot.slack.parts import Message, notice
from bot.slack.surfaces.answers import blocks
from bot.store.delivery.payloads import FeedPayload
from bot.wording import feeds as wording
from bot.wording.runs import shorten
from bot.words import say

MOST_WHOLE = 30
"""Up to this many feeds are listed one by one; of more, only those that need attention."""
MOST_ALIKE = 10
"""Feeds named for each state."""


def no_address(typed: str) -> str:
    """Say that the typed text is not a web address."""
    return say("feeds.no_address", typed=shorten(typed, 60))


def feed_list(feeds: Sequence[Feed], words: str = "") -> Message:
    """List the feeds whose name or address contains `words`, those that need attention first: one
    line each or, if they are many, the numbers by state and which need attention."""
    if not feeds:
        return notice(say("feeds.none"))
    chosen = [feed for feed in feeds if words.casefold() in wording.name(feed).casefold()]
    if not chosen:
        return notice(say("feeds.none_called", words=shorten(words, 60)))
    if len(chosen) > MOST_WHOLE:
        return blocks.lines_message(list(_summary(chosen)))
    chosen.sort(key=_needs_first)
    return blocks.lines_message([wording.feed_line(feed) for feed in chosen])


def _needs_first(feed: Feed) -> tuple[int, str]:
    return wording.STATUSES.index(wording.feed_status(feed)), feed.label.casefold()


def _summary(feeds: Sequence[Feed]) -> Iterator[str]:
    """Yield the numbers of feeds by state, then some of each problem, the most common first.

    The lines fit into one message.
    """
    counts = Counter(map(wording.feed_status, feeds))
    there = [(one, counts[one]) for one in wording.STATUSES if counts[one]]
    each = (
        say("feeds.count", n=number, standing=wording.status_name(one)) for one, number in there
    )
    yield say("feeds.counts", n=len(feeds), counts=", ".join(each))
    cases: defaultdict[str, list[Feed]] = defaultdict(list)
    for feed in feeds:
        if feed.failing_since and feed.state in ("active", "gone"):
            standing = wording.status_name(wording.feed_status(feed))
            cases[say("feeds.case", standing=standing, why=feed.failure)].append(feed)
    ordered = sorted(cases.items(), key=lambda case: (-len(case[1]), case[0]))
    unnamed, left = sum(len(alike) for alike in cases.values()), blocks.MOST_LINES - 4
    for case, alike in ordered:
        some = sorted(alike, key=lambda feed: feed.label.casefold())[:MOST_ALIKE]
        if 1 + len(some) > left:
            yield say("feeds.other_reasons", n=unnamed)
            break
        if len(some) < len(alike):
            yield say("feeds.alike_some", n=len(alike), case=case, shown=len(some))
        else:
            yield say("feeds.alike", n=len(alike), case=case)
        yield from (say("feeds.alike_feed", feed=wording.name(feed)) for feed in some)
        left -= 1 + len(some)
        unnamed -= len(alike)
    if well := sorted(
        (f.label for f in feeds if wording.feed_status(f) == "well"), key=str.casefold
    ):
        named, more = ", ".join(well[:MOST_ALIKE]), len(well) - MOST_ALIKE
        some_read = say("feeds.read_some", feeds=named, n=more)
        yield some_read if more > 0 else say("feeds.read", feeds=named)
    yield say("feeds.how_list")


def feed_news(news: FeedPayload) -> Message:
    """Tell the owner of a feed that it is broken, well again, or gone."""
    feed, address, why = news.label, addresses.with_hashed_query(news.url), news.reason
    since = wording.utc_moment(datetime.fromisoformat(news.since))
    match news.what:
        case "broken":
            return notice(say("feeds.broken", feed=feed, address=address, since=since, why=why))
        case "well":
            return notice(say("feeds.well", feed=feed, address=address, since=since, why=why))
        case _:
            return notice(say("feeds.gone", feed=feed, address=address, why=why))
