"""When feeds are polled, and what their owners are told."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.config import FeedSettings
from bot.model import Feed
from bot.newsroom.feeds.schedule import (
    MAX_SERVER_DELAY,
    NOTIFY_AFTER,
    PollFailed,
    PollSucceeded,
    decide,
)

NOON = datetime(2026, 11, 3, 12, tzinfo=UTC)
SETTINGS = FeedSettings()
SHORTEST, LONGEST = timedelta(minutes=5), timedelta(hours=12)

FEED = Feed(
    id="f00d",
    url="https://tidewaterpost.example/feed",
    added_as="https://tidewaterpost.example/feed",
    added_by="slack",
    added_at=NOON,
    interval_seconds=3600,
    etag='"1"',
    title="The Tidewater Post",
    team="T1",
    person="U1",
)


def after(feed: Feed, *outcomes: object, every: timedelta = timedelta(0)):
    """Return the decisions after consecutive outcomes, each polled when due or later."""
    now, decisions = NOON, []
    for outcome in outcomes:
        decisions.append(decide(feed, outcome, now=now, settings=SETTINGS))
        feed = decisions[-1].feed
        now = max(decisions[-1].next_at or now, now + every)
    return decisions


def test_interval_halves_after_changes_down_to_the_minimum() -> None:
    waits = [d.feed.interval_seconds for d in after(FEED, *[PollSucceeded(changed_entries=2)] * 6)]
    assert waits == [1800, 900, 450, 300, 300, 300]


def test_interval_grows_without_changes_up_to_the_maximum() -> None:
    waits = [d.feed.interval_seconds for d in after(FEED, *[PollSucceeded(changed_entries=0)] * 8)]
    assert waits == [5400, 8100, 12150, 18225, 27337, 41005, 43200, 43200]


@pytest.mark.parametrize(("asked", "waited"), [(0, 1800), (60, 1800), (7200, 7200), (10**9, 43200)])
def test_delay_asked_by_the_feed_is_the_minimum(asked: int, waited: int) -> None:
    [decision] = after(FEED, PollSucceeded(changed_entries=1, min_delay=asked))
    assert decision.next_at == NOON + timedelta(seconds=waited)
    assert decision.feed.interval_seconds == 1800  # its own pace is not forgotten


def test_clock_that_was_ahead_does_not_silence_a_feed() -> None:
    ahead = NOON + timedelta(days=900)
    feed = replace(FEED, failures=3, failing_since=ahead, told_at=ahead + NOTIFY_AFTER)
    first = decide(feed, PollFailed(reason="timed out"), now=NOON, settings=SETTINGS)
    later = decide(
        first.feed, PollFailed(reason="timed out"), now=NOON + NOTIFY_AFTER, settings=SETTINGS
    )
    assert first.change is None
    assert later.change
    assert later.change.since == NOON
    again = decide(
        later.feed, PollFailed(reason="x"), now=NOON + 2 * NOTIFY_AFTER, settings=SETTINGS
    )
    assert again.change is None


def test_failures_are_tried_again_later_and_later() -> None:
    now, waits, feed = NOON, [], FEED
    for _ in range(12):
        decision = decide(feed, PollFailed(reason="timed out"), now=now, settings=SETTINGS)
        waits.append((decision.next_at - now).total_seconds())
        feed, now = decision.feed, decision.next_at
    for number, wait in enumerate(waits):
        doubled = 300 * 2**number
        assert min(43200, max(300, doubled * 0.8)) <= wait <= min(43200, doubled * 1.2)
    assert feed.failing_since == NOON
    assert feed.interval_seconds == FEED.interval_seconds


def test_retries_of_feeds_that_failed_together_are_spread() -> None:
    failed = PollFailed(reason="timed out")
    back = {
        decide(replace(FEED, id=f"f{n}", failures=3), failed, now=NOON, settings=SETTINGS).next_at
        for n in range(20)
    }
    assert len(back) > 15


@pytest.mark.parametrize(
    ("asked", "waited"), [(7200, 7200), (86400, 86400), (10**12, MAX_SERVER_DELAY.total_seconds())]
)
def test_retry_after_is_respected(asked: int, waited: int) -> None:
    [decision] = after(FEED, PollFailed(reason="too many requests", min_delay=asked))
    assert decision.next_at == NOON + timedelta(seconds=waited)


def test_short_failure_is_not_reported() -> None:
    decisions = after(
        FEED, *[PollFailed(reason="timed out")] * 2, PollSucceeded(changed_entries=1)
    )  # 5 minutes apart
    assert [d.change for d in decisions] == [None, None, None]
    assert decisions[-1].feed.failing_since is None


def test_lasting_failure_is_reported_daily_and_recovery_once() -> None:
    broken = after(FEED, *[PollFailed(reason="timed out")] * 12, every=timedelta(hours=6))
    told = [d.change for d in broken if d.change]
    days = {decision.feed.polled_at.date() for decision in broken[1:]}
    assert [news.state for news in told] == ["broken"] * len(days)
    assert {(news.since, news.reason) for news in told} == {(NOON, "timed out")}
    assert broken[0].change is None  # it could have been out for a minute only
    [well] = after(broken[-1].feed, PollSucceeded(changed_entries=0))
    assert (well.change.state, well.change.since) == ("well", NOON)
    assert after(well.feed, PollSucceeded(changed_entries=0))[0].change is None


def test_failed_poll_keeps_etag_and_title() -> None:
    [decision] = after(FEED, PollFailed(reason="timed out"))
    assert (decision.feed.etag, decision.feed.title) == (FEED.etag, FEED.title)


OUTCOMES = st.one_of(
    st.builds(
        PollSucceeded,
        changed_entries=st.integers(0, 50),
        min_delay=st.integers(0, 10**7),
        moved_to=st.sampled_from([None, "https://new.example/feed"]),
    ),
    st.builds(
        PollFailed,
        reason=st.sampled_from(["timed out", "not a feed"]),
        min_delay=st.integers(0, 10**7),
    ),
)
PACES = st.builds(
    FeedSettings, shortest_minutes=st.integers(1, 60), longest_minutes=st.integers(60, 10080)
)


@given(
    outcomes=st.lists(st.tuples(OUTCOMES, st.integers(0, 10**5)), min_size=1, max_size=60),
    settings=PACES,
)
def test_next_poll_is_in_bounds_and_owners_told_daily_at_most(
    outcomes: list, settings: FeedSettings
) -> None:
    feed, now = FEED, NOON
    told: dict[object, int] = {}
    for outcome, late in outcomes:
        decision = decide(feed, outcome, now=now, settings=settings)
        least = timedelta(minutes=settings.shortest_minutes)
        most = timedelta(minutes=settings.longest_minutes)
        asked = min(timedelta(seconds=outcome.min_delay), MAX_SERVER_DELAY)
        limit = most if isinstance(outcome, PollSucceeded) else max(most, asked)
        assert least <= decision.next_at - now <= limit
        day = now.date()
        if decision.change and decision.change.state == "broken":
            told[day] = told.get(day, 0) + 1
            assert told[day] == 1
        elif isinstance(outcome, PollFailed) and now - decision.feed.failing_since >= NOTIFY_AFTER:
            assert told.get(day) == 1  # an owner who should know knows, today
        if decision.change and decision.change.state == "well":
            assert feed.told_at >= feed.failing_since
        feed, now = decision.feed, decision.next_at + timedelta(seconds=late)
