"""What is said of feeds and of articles that are read by their addresses, to the word."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import blockkit
import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import CARD, claim, hit

from bot.errors import FetchError, IngestError
from bot.model import Feed
from bot.newsroom import Followed, Outcome
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
OUTCOME = Outcome(
    id="a1",
    title="Harbour closure enters third day",
    outlet="The Tidewater Post",
    byline=None,
    published="2026-11-03T06:30:00+01:00",
    language="en",
    characters=900,
    status="new",
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
        "url": "https://post.example/feed",
        "since": NOON.isoformat(),
        "reason": "it wants a login",
    }
    assert incoming.feed_news(news).text == f"The feed The Post (https://post.example/feed) {said}"


def test_an_article_is_shown_with_its_first_claims_and_how_many_there_are() -> None:
    hits = [hit(claim(id=f"c{n}", text=f"crack {n}")) for n in range(9)]
    message = incoming.article_message(OUTCOME, hits)
    assert message.text.endswith("read and filed · 9 claims · 3 shown")
    with_others = incoming.article_message(OUTCOME, hits, others=2).text
    assert with_others.endswith("3 shown · 2 more articles from the same address")
    assert [f"crack {n}" in message.text for n in range(5)] == [True] * 3 + [False] * 2
    assert blockkit.problems(message.blocks) == []


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, "read and filed · 0 claims"),
        ({"status": "unchanged"}, "known already, and unchanged · 0 claims"),
        ({"status": "updated"}, "read again: it has changed · 0 claims"),
        ({"language": "fr"}, "read and filed · in French: kept as text, not read for claims"),
    ],
)
def test_an_article_without_claims_is_told_in_a_line(changes: dict[str, Any], said: str) -> None:
    message = incoming.article_message(replace(OUTCOME, **changes), [])
    title = "Harbour closure enters third day · The Tidewater Post · 2026-11-03"
    assert message.text == f"{title} · {said}"


@pytest.mark.parametrize(
    ("status", "reason", "said"),
    [
        ("withdrawn", "killed by its publisher", "it was taken back (killed by its publisher) and"),
        ("withheld", None, "held back by its publisher for now. Nothing of it is shown."),
    ],
)
def test_of_what_is_kept_out_nothing_is_shown(status: str, reason: str | None, said: str) -> None:
    outcome = replace(OUTCOME, status=status, reason=reason)
    message = incoming.article_message(outcome, [hit()])
    assert said in message.text
    assert hit().claim.text not in message.text


def test_why_an_address_was_not_read_is_said() -> None:
    error = FetchError("missing", subject="https://a.example/x", cause="there is nothing here")
    said = incoming.not_read([error]).text
    assert said == "Not read: https://a.example/x: there is nothing here. Check the address."
    bare = IngestError("cannot read the article", cause="it holds no text")
    assert incoming.not_read([bare]).text == "Not read: it holds no text."


words = st.text(max_size=400)


@given(st.lists(words, min_size=1, max_size=60), st.lists(words, min_size=1, max_size=3))
def test_whatever_feeds_and_articles_say_slack_takes_it(lines: list, texts: list) -> None:
    named = [replace(FEED, outlet=text or None, failure=text, failing_since=NOON) for text in lines]
    hits = [hit(claim(id=f"c{n}", text=text), CARD) for n, text in enumerate(texts)]
    assert blockkit.problems(incoming.feed_list(named).blocks) == []
    assert blockkit.problems(incoming.article_message(OUTCOME, hits).blocks) == []
    assert blockkit.problems(blocks.article_help_message().blocks) == []


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
