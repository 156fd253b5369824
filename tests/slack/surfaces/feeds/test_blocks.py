"""The exact texts about feeds."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model import AddedFeed, Feed
from bot.slack.surfaces.answers import blocks
from bot.slack.surfaces.feeds import blocks as feed_blocks
from bot.wording import feeds as wording
from tests.slack import blockkit

NOON = datetime(2026, 11, 3, 12, tzinfo=UTC)
FEED = Feed(
    id="f",
    url="https://tidewaterpost.example/feed?token=secret",
    added_as="https://tidewaterpost.example/feed?token=secret",
    added_by="slack",
    added_at=NOON,
    interval_seconds=3600,
    outlet="The Tidewater Post",
)


@pytest.mark.parametrize(
    ("known", "line"),
    [
        ({}, "not read yet"),
        ({"polled_at": NOON}, "last read 3 Nov 2026 12:00 UTC, nothing new yet"),
        (
            {"polled_at": NOON, "fresh_at": NOON},
            "last read 3 Nov 2026 12:00 UTC, last new entry 3 Nov 2026 12:00 UTC",
        ),
        (
            {"failing_since": NOON, "failure": "it asks for a login"},
            "failing since 3 Nov 2026 12:00 UTC: it asks for a login",
        ),
        (
            {"failing_since": NOON, "failure": "it was removed for good", "state": "gone"},
            "gone since 3 Nov 2026 12:00 UTC: it was removed for good",
        ),
        ({"state": "paused", "polled_at": NOON}, "paused"),
        ({"state": "unlisted", "polled_at": NOON}, "no longer in feeds.yml"),
    ],
)
def test_a_feeds_line_shows_its_state_without_secrets(known: dict[str, Any], line: str) -> None:
    shown = wording.feed_line(replace(FEED, **known))
    address = "https://tidewaterpost.example/feed?…135922"
    assert shown == f"The Tidewater Post · {address} · {line}"


def test_an_unnamed_feed_shows_its_address_without_secrets() -> None:
    nameless = replace(FEED, outlet=None)
    line = wording.feed_line(nameless)
    assert ("secret" in line, line.count("tidewaterpost.example/feed")) == (False, 1)
    assert "secret" not in wording.added_line(AddedFeed(feed=nameless))


def test_feeds_that_differ_only_in_secrets_stay_distinct() -> None:
    other = replace(FEED, url=f"{FEED.url}2")
    assert wording.feed_line(FEED) != wording.feed_line(other)


def make_feeds(count: int, **known: Any) -> list[Feed]:
    return [replace(FEED, id=f"f{n}", outlet=f"Outlet {n:03}", **known) for n in range(count)]


def test_many_feeds_are_counted_by_state_and_problem() -> None:
    shut = make_feeds(150, failing_since=NOON, failure="it asks for a login")
    slow = make_feeds(58, failing_since=NOON, failure="no answer came")
    gone = make_feeds(1, failing_since=NOON, failure="it is gone", state="gone")
    message = feed_blocks.feed_list([*make_feeds(8, polled_at=NOON), *slow, *gone, *shut])
    lines = message.text.splitlines()
    assert lines[:2] == [
        "217 feeds: 208 failing, 1 gone, 8 working",
        "150 failing: it asks for a login (10 of them shown)",
    ]
    assert "58 failing: no answer came (10 of them shown)" in lines
    assert "1 gone: it is gone" in lines
    assert lines[-1].startswith("To see some of them, type /feed list")
    assert len(lines) == 1 + 11 + 11 + 2 + 2
    assert blockkit.problems(message.blocks) == []


def test_any_number_of_reasons_fits() -> None:
    feeds = [
        replace(FEED, id=f"f{n}", outlet=f"Outlet {n}", failing_since=NOON, failure=f"cause {n}")
        for n in range(300)
    ]
    lines = feed_blocks.feed_list(feeds).text.splitlines()
    assert lines[-1].startswith("To see some of them, type /feed list")
    assert lines[-2] == "and 282 more, for other reasons"
    assert len(lines) == 1 + 2 * 18 + 2 <= blocks.MAX_LINES


words = st.text(max_size=400)


@given(st.lists(words, min_size=1, max_size=60))
def test_any_feed_list_is_valid(lines: list[str]) -> None:
    named = [replace(FEED, outlet=text or None, failure=text, failing_since=NOON) for text in lines]
    assert blockkit.problems(feed_blocks.feed_list(named).blocks) == []
    assert blockkit.problems(blocks.help_message("feed").blocks) == []
