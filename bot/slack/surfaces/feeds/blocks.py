"""Messages about feeds. No I/O."""

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

MAX_LISTED_FEEDS = 30
"""Up to this number, all feeds are listed. If there are more, only some failing feeds are."""
MAX_FEEDS_PER_PROBLEM = 10


def feed_list(feeds: Sequence[Feed], words: str = "") -> Message:
    """List the feeds with `words` in their name or address, those that need attention first.

    If there are many, count them by status and list some feeds for each problem.
    """
    if not feeds:
        return notice(say("feeds.none"))
    matches = [feed for feed in feeds if words.casefold() in wording.feed_name(feed).casefold()]
    if not matches:
        return notice(say("feeds.none_called", words=shorten(words, 60)))
    if len(matches) > MAX_LISTED_FEEDS:
        return blocks.lines_message(list(_summary(matches)))
    matches.sort(key=lambda feed: (_status_rank(feed), feed.label.casefold()))
    return blocks.lines_message([wording.feed_line(feed) for feed in matches])


def _status_rank(feed: Feed) -> int:
    return wording.STATUSES.index(wording.feed_status(feed))


def _summary(feeds: Sequence[Feed]) -> Iterator[str]:
    """Yield lines that fit into one message: the number of feeds by status, the problems, and the
    feeds that work."""
    numbers = Counter(map(wording.feed_status, feeds))
    counts = ", ".join(
        say("feeds.count", n=numbers[status], standing=wording.status_name(status))
        for status in wording.STATUSES
        if numbers[status]
    )
    yield say("feeds.counts", n=len(feeds), counts=counts)
    # Four other lines: the counts, the other reasons, the working feeds, and how to list feeds.
    yield from _problem_lines(feeds, blocks.MAX_LINES - 4)
    labels = [feed.label for feed in feeds if wording.feed_status(feed) == "well"]
    if labels:
        names = ", ".join(sorted(labels, key=str.casefold)[:MAX_FEEDS_PER_PROBLEM])
        omitted_count = len(labels) - MAX_FEEDS_PER_PROBLEM
        if omitted_count > 0:
            yield say("feeds.read_some", feeds=names, n=omitted_count)
        else:
            yield say("feeds.read", feeds=names)
    yield say("feeds.how_list")


def _problem_lines(feeds: Sequence[Feed], max_lines: int) -> Iterator[str]:
    """Yield each problem with some of its feeds, the most common problem first.

    If that takes more than `max_lines`, the last line is the number of feeds with other problems.
    """
    feeds_by_problem: defaultdict[str, list[Feed]] = defaultdict(list)
    for feed in feeds:
        if feed.failing_since and feed.state in ("active", "gone"):
            status = wording.status_name(wording.feed_status(feed))
            feeds_by_problem[say("feeds.case", standing=status, why=feed.failure)].append(feed)
    remaining_count = sum(map(len, feeds_by_problem.values()))
    most_common_first = sorted(feeds_by_problem.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    for problem, failing_feeds in most_common_first:
        failing_feeds.sort(key=lambda feed: feed.label.casefold())
        number, examples = len(failing_feeds), failing_feeds[:MAX_FEEDS_PER_PROBLEM]
        max_lines -= 1 + len(examples)
        if max_lines < 0:
            yield say("feeds.other_reasons", n=remaining_count)
            return
        if len(examples) < number:
            yield say("feeds.alike_some", n=number, case=problem, shown=len(examples))
        else:
            yield say("feeds.alike", n=number, case=problem)
        yield from (say("feeds.alike_feed", feed=wording.feed_name(feed)) for feed in examples)
        remaining_count -= number


def feed_notice(payload: FeedPayload) -> Message:
    """Tell the owner of a feed that it is broken, that it works again, or that it is gone."""
    feed, address, reason = payload.label, addresses.with_hashed_query(payload.url), payload.reason
    if payload.what not in ("broken", "well"):
        return notice(say("feeds.gone", feed=feed, address=address, why=reason))
    failing_since = wording.utc_moment(datetime.fromisoformat(payload.since))
    key = f"feeds.{payload.what}"
    return notice(say(key, feed=feed, address=address, since=failing_since, why=reason))
