"""Feeds that were fetched are read apart: all comes back, and nothing hurts the worker."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.ingest.formats import feed
from bot.ingest.refusal import Refusal
from bot.ingest.sandbox import feeds
from bot.ingest.sandbox import process as apart
from bot.ingest.sandbox.feeds import FetchedContent
from bot.ingest.sandbox.feeds import read_feed as read_apart
from bot.ingest.sandbox.serialization import dump
from tests.ingest import misbehaving

SAMPLES = sorted((Path(__file__).parents[1] / "samples" / "feed").iterdir())
URL = "https://tidewaterpost.example/feed"
MEGABYTE = 1_000_000


@pytest.fixture(autouse=True)
def _closed() -> Iterator[None]:
    yield
    apart.close()


def read(raw: bytes) -> feed.ParsedFeed:
    return read_apart(
        FetchedContent(raw, URL, added_as=f"{URL}/old"), max_bytes=MEGABYTE, seconds=60
    )


def told(refusals: tuple[Refusal, ...]) -> list[dict[str, object]]:
    return [vars(refusal) for refusal in refusals]


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_a_feed_comes_back_as_it_is_read(path: Path) -> None:
    raw = path.read_bytes()
    try:
        here = feed.read_feed(raw, url=URL, added_as=f"{URL}/old")
    except Refusal as refusal:
        with pytest.raises(Refusal) as caught:
            read(raw)
        assert vars(caught.value) == vars(refusal)
        return
    apart = read(raw)
    assert apart._replace(refusals=()) == here._replace(refusals=())
    assert told(apart.refusals) == told(here.refusals)


def test_a_feed_that_swallows_memory_is_refused() -> None:
    with pytest.raises(Refusal, match="more than 210 MB of memory"):
        read(b"<rss>" + b"x" * (40 * MEGABYTE) + b"</rss>")
    with pytest.raises(Refusal, match="not a feed"):  # the next one is read all the same
        read(b"<a/>")


def linked(page: bytes, url: str = URL, seconds: float = 60) -> list[str]:
    return feeds.find_feed_links(FetchedContent(page, url), max_bytes=MEGABYTE, seconds=seconds)


def test_feed_links_are_found_in_the_pages_order() -> None:
    page = b"""<!doctype html><html><head><title>News</title>
    <link rel=stylesheet href=style.css type="text/css">
    <link rel="alternate" hreflang="fr" href="/fr/">
    <LINK REL="ALTERNATE home" TYPE="application/rss+xml; charset=utf-8" HREF="/comments/feed">
    <link rel="alternate" type="application/rss+xml" title="All &amp; more" href="../feed.xml">
    <link rel="alternate" type="application/atom+xml" href="https://feeds.example/atom?a=1&amp;b=2">
    <link rel="alternate" type="application/rss+xml" href="/feed.xml">
    <link rel="alternate" type="application/rss+xml" href="javascript:alert(1)">
    <link rel="alternate" type="application/rss+xml" href="http://[">
    """
    assert linked(page, "https://tidewaterpost.example/news/") == [
        "https://tidewaterpost.example/comments/feed",
        "https://tidewaterpost.example/feed.xml",
        "https://feeds.example/atom?a=1&b=2",
    ]


@pytest.mark.parametrize(
    "page", [b"", b"\0", b"<html><body><p>Not found.</p>", b"<div>" * 90_000, b"<!--", b"\xff<"]
)
def test_a_page_without_feeds_has_no_feed_links(page: bytes) -> None:
    assert linked(page) == []


def test_endless_feed_links_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feeds, "_find_feed_links", misbehaving.name_feeds_for_ever)
    with pytest.raises(Refusal, match=r"takes more than|sent more than"):
        linked(b"", seconds=1)


def test_feed_metadata_is_cleaned(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feeds, "_read_feed", misbehaving.send_feed)
    refused = Refusal("why", "", place="a\0\u202eb")
    bad = feed.ParsedFeed(
        "A\0\ud800\u202e \nB", "javascript:x", "en us", "x" * 9000, -5, (), (refused,)
    )
    found = read(dump(bad))
    assert found._replace(refusals=()) == feed.ParsedFeed("A B", "", "", "", None, (), ())
    assert found.refusals[0].place == "ab"
    good = feed.ParsedFeed("A", "https://a.example/", "en-GB", "B", 60, (), ())
    assert read(dump(good)) == good


def test_only_valid_feed_links_are_returned(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feeds, "_find_feed_links", misbehaving.name_feeds)
    monkeypatch.setattr(feeds, "MAX_LINKED_FEEDS", 6)
    bad = ["javascript:x", f"{URL}/\0", "https://[::1", f"{URL}/\ud800"]
    named = [*bad, URL, f"{URL}/\u202e", f"{URL}/too-many"]
    found = linked("\n".join(named).encode("utf-8", "surrogatepass"))
    assert found == [URL, f"{URL}/%E2%80%AE"]
