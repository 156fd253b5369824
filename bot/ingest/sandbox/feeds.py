"""Read fetched feeds, and pages that link to feeds, in another process."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import NamedTuple, TypeVar
from urllib.parse import urljoin

from bot.articles.sites import Sites
from bot.errors import FetchError
from bot.ingest.documents import clean_feed
from bot.ingest.fetch import addresses
from bot.ingest.formats.table import FEED_MEDIA
from bot.ingest.parsed_file import ParsedFeed
from bot.ingest.reader import memory_for
from bot.ingest.refusal import Refusal
from bot.ingest.sandbox import process

Result = TypeVar("Result")

MAX_LINKED_FEEDS = 100

MAX_HEAD_BYTES = 512 * 1024
"""Bytes of a page that are parsed to find its feeds; a head is far shorter."""


class FetchedContent(NamedTuple):
    """The body that was fetched from `url`, the address after all redirects.

    `added_as` is the address by which a person added the feed. `sites` tell which ids in the feed
    belong to other sites.
    """

    body: bytes
    url: str
    added_as: str = ""
    sites: Sites | None = None


def read_feed(content: FetchedContent, *, max_bytes: int, seconds: float) -> ParsedFeed:
    """Read a feed as `feed.read_feed` does, within `seconds`. Raises Refusal.

    The memory limit is that for reading a file of `max_bytes`.
    """
    # Cleaned in this process: a hostile file may have taken over the other.
    return clean_feed(_run(_read_feed, content, max_bytes, seconds))


def find_feed_links(content: FetchedContent, *, max_bytes: int, seconds: float) -> list[str]:
    """Find the valid addresses of the feeds that a web page links to, within the same limits.

    Raises Refusal.
    """
    urls = []
    for link in _run(_find_feed_links, content, max_bytes, seconds)[:MAX_LINKED_FEEDS]:
        with suppress(FetchError):
            urls.append(addresses.parse(link).url)
    return urls


def _run(
    function: Callable[[FetchedContent], Iterator[Result | Refusal]],
    content: FetchedContent,
    max_bytes: int,
    seconds: float,
) -> Result:
    budget = process.TimeBudget(seconds, 2 * seconds)  # one wait for the result, one for the end
    results = process.run(function, content, budget=budget, memory=memory_for(max_bytes))
    # Read to the end, since a process with unread results could not be used again.
    *_, result = results
    if isinstance(result, Refusal):
        raise result
    return result


def _read_feed(content: FetchedContent) -> Iterator[ParsedFeed | Refusal]:
    from bot.ingest.formats import feed  # its libraries are loaded only in the other process

    try:
        yield feed.read_feed(
            content.body, url=content.url, added_as=content.added_as, sites=content.sites
        )
    except Refusal as refusal:
        yield refusal


def _find_feed_links(content: FetchedContent) -> Iterator[list[str]]:
    from lxml import etree

    page = content.body[:MAX_HEAD_BYTES].decode("utf-8", "replace").replace("\0", "")
    tree = etree.fromstring(page or "<p/>", etree.HTMLParser())
    urls: dict[str, None] = {}
    for link in tree.iter("link") if tree is not None else ():
        rel, media_type, href = (link.get(name, "").strip() for name in ("rel", "type", "href"))
        is_feed = media_type.partition(";")[0].strip().lower() in FEED_MEDIA
        if href and is_feed and "alternate" in rel.lower().split():
            with suppress(ValueError):
                urls[urljoin(content.url, href)] = None
    yield list(urls)
