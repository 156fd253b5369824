"""What is said of feeds, to the word."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import blockkit
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model import Feed
from bot.newsroom import Followed
from bot.slack import blocks, incoming
from bot.slack.links import address_in

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
            "last read 3 Nov 2026 12:00 UTC, something new 3 Nov 2026 12:00 UTC",
        ),
        (
            {"failing_since": NOON, "failure": "it wants a login"},
            "cannot be read since 3 Nov 2026 12:00 UTC: it wants a login",
        ),
        (
            {"failing_since": NOON, "failure": "it was taken away for good", "state": "gone"},
            "gone since 3 Nov 2026 12:00 UTC: it was taken away for good",
        ),
        ({"state": "paused", "polled_at": NOON}, "paused"),
    ],
)
def test_a_feeds_line_says_how_reading_it_goes_and_keeps_what_is_secret(
    known: dict[str, Any], line: str
) -> None:
    shown = incoming.feed_line(replace(FEED, **known))
    assert shown == f"The Tidewater Post · https://tidewaterpost.example/feed · {line}"


def test_one_without_a_name_is_called_by_its_address_without_what_is_secret_in_it() -> None:
    nameless = replace(FEED, outlet=None)
    assert "secret" not in incoming.feed_line(nameless)
    assert "secret" not in incoming.followed(Followed(feed=nameless)).text


def test_feeds_that_cannot_be_read_come_first_and_what_has_no_room_is_counted() -> None:
    feeds = [replace(FEED, id=f"f{n}", outlet=f"Outlet {n:03}") for n in range(200)]
    feeds[150] = replace(feeds[150], failing_since=NOON, failure="x" * 5000)
    message = incoming.feed_list(feeds)
    assert message.text.startswith("Outlet 150 · ")
    assert message.text.endswith("and 160 more, not shown")
    assert blockkit.problems(message.blocks) == []


@pytest.mark.parametrize(
    ("entries", "whole", "said"),
    [
        (20, 12, "The Tidewater Post · 20 entries, 12 with full text. It is read from now on; "),
        (1, 0, "The Tidewater Post · 1 entry, 0 with full text. "),
        (None, 0, "The Tidewater Post is on the list already: not read yet. Nothing was changed."),
    ],
)
def test_what_was_found_in_a_feed_is_said(entries: int | None, whole: int, said: str) -> None:
    found = Followed(feed=FEED, entries=entries, with_full_text=whole)
    assert incoming.followed(found).text.startswith(said)


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ("broken", "cannot be read since 3 Nov 2026 12:00 UTC: it wants a login. I go on trying."),
        ("well", "is read again. It could not be since 3 Nov 2026 12:00 UTC: it wants a login."),
        ("gone", "is gone: it wants a login. It is read no more."),
    ],
)
def test_an_owner_hears_what_has_become_of_a_feed(what: str, said: str) -> None:
    news = {
        "what": what,
        "label": "The Post",
        "url": "https://post.example/feed?token=secret",
        "since": NOON.isoformat(),
        "reason": "it wants a login",
    }
    assert incoming.feed_news(news).text == f"The feed The Post (https://post.example/feed) {said}"


words = st.text(max_size=400)


@given(st.lists(words, min_size=1, max_size=60))
def test_whatever_feeds_say_slack_takes_it(lines: list[str]) -> None:
    named = [replace(FEED, outlet=text or None, failure=text, failing_since=NOON) for text in lines]
    assert blockkit.problems(incoming.feed_list(named).blocks) == []
    assert blockkit.problems(blocks.feed_help_message().blocks) == []


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("https://a.example/x?y=1#z", "https://a.example/x?y=1#z"),
        ("<https://a.example/x>", "https://a.example/x"),
        ("<https://a.example/x|a.example/x>", "https://a.example/x"),
        ("HTTP://A.example", "HTTP://A.example"),
        ("a.example/x", "https://a.example/x"),
        ("a.example", None),
        ("harbour wall", None),
        ("and/or", None),
        ("https://a.example/x and more", None),
        ("", None),
    ],
)
def test_an_address_is_told_from_words(typed: str, address: str | None) -> None:
    assert address_in(typed) == address
