"""Which feeds a web page names."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.ingest.fetch.discovery import find_feed_links

PAGE = "https://tidewaterpost.example/news/"


def test_comment_feeds_are_found_last() -> None:
    page = b"""<!doctype html><html><head><title>News</title>
    <link rel=stylesheet href=style.css type="text/css">
    <link rel="alternate" hreflang="fr" href="/fr/">
    <LINK REL="ALTERNATE home" TYPE="application/rss+xml; charset=utf-8" HREF="/comments/feed">
    <link rel="alternate" type="application/rss+xml" title="All &amp; more" href="../feed.xml">
    <link rel="alternate" type="application/atom+xml" href="https://feeds.example/atom?a=1&amp;b=2">
    <link rel="alternate" type="application/feed+json" href="feed.json">
    <link rel="alternate" type="application/rss+xml" href="/feed.xml">
    <link rel="alternate" type="application/rss+xml" href="javascript:alert(1)">
    """
    assert find_feed_links(page, PAGE) == [
        "https://tidewaterpost.example/feed.xml",
        "https://feeds.example/atom?a=1&b=2",
        "https://tidewaterpost.example/news/feed.json",
        "https://tidewaterpost.example/comments/feed",
    ]


def test_a_page_without_feeds_has_no_feed_links() -> None:
    assert find_feed_links(b"<html><body><p>Not found.</p>", PAGE) == []


@given(st.binary() | st.text(alphabet='<>linkrelaternhf="/ \0&;[:', max_size=400).map(str.encode))
def test_feed_links_are_always_web_addresses(page: bytes) -> None:
    assert all(one.startswith(("http://", "https://")) for one in find_feed_links(page, PAGE))
