"""The messages about feeds. Pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime

from bot.ingest.fetch import addresses
from bot.model import Feed
from bot.slack.parts import Message, told
from bot.slack.surfaces.answers import blocks
from bot.store.delivery.payloads import FeedPayload
from bot.wording import feeds as wording
from bot.wording.runs import shorten
from bot.words import say

MOST_WHOLE = 30
"""So many feeds are listed one by one; of more, only those that need somebody."""
MOST_ALIKE = 10
"""So many feeds are named that are in the same case."""


def no_address(typed: str) -> str:
    """Say that what was typed is no web address."""
    return say("feeds.no_address", typed=shorten(typed, 60))


def feed_list(feeds: Sequence[Feed], words: str = "") -> Message:
    """The feeds whose name or address has some words, those that need somebody first: one line a
    feed or, where they are many, how many stand how and which need somebody."""
    if not feeds:
        return told(say("feeds.none"))
    chosen = [feed for feed in feeds if words.casefold() in wording.name(feed).casefold()]
    if not chosen:
        return told(say("feeds.none_called", words=shorten(words, 60)))
    if len(chosen) > MOST_WHOLE:
        return blocks.lines_message(list(_summary(chosen)))
    chosen.sort(
        key=lambda feed: (
            wording.STATUSES.index(wording.feed_status(feed)),
            feed.label.casefold(),
        )
    )
    return blocks.lines_message([wording.feed_line(feed) for feed in chosen])


def _needs_first(feed: Feed) -> tuple[int, str]:
    return wording.STATUSES.index(wording.feed_status(feed)), feed.label.casefold()


def _summary(feeds: Sequence[Feed]) -> Iterator[str]:
    """How many feeds stand how, then a few of each case that needs somebody, the commonest first.

    So many lines that one message has room for them.
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
    """What the owner of a feed is told: that it is broken, well again, or gone."""
    feed, address, why = news.label, addresses.hidden(news.url), news.reason
    since = wording.utc_moment(datetime.fromisoformat(news.since))
    match news.what:
        case "broken":
            return told(say("feeds.broken", feed=feed, address=address, since=since, why=why))
        case "well":
            return told(say("feeds.well", feed=feed, address=address, since=since, why=why))
        case _:
            return told(say("feeds.gone", feed=feed, address=address, why=why))
