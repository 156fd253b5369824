"""What a feed's address gave, read in the process apart: a feed, or a page that names feeds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple, TypeVar

from bot.articles.sites import Sites
from bot.errors import FetchError
from bot.ingest.documents import cleaned
from bot.ingest.fetch import addresses
from bot.ingest.parsed_file import ParsedFeed
from bot.ingest.reader import memory_for
from bot.ingest.refusal import Refusal
from bot.ingest.sandbox import process
from bot.ingest.sandbox.time_budget import TimeBudget

Found = TypeVar("Found")

MOST_NAMED = 100
"""Feeds that are taken from one page; no page names as many."""


class FetchedContent(NamedTuple):
    """What an address gave: the `url` where it was in the end, the one it was `added_as`, and the
    `sites` by which others' are told from it."""

    body: bytes
    url: str
    added_as: str = ""
    sites: Sites | None = None


def read_feed(served: FetchedContent, *, max_bytes: int, seconds: float) -> ParsedFeed:
    """Read a feed, as `feed.read_feed` does, within so many seconds and the memory that reading a
    file of `max_bytes` may take. Raises Refusal."""
    # Here, as all checks, since whoever reads there may be in a hostile file's hands.
    return cleaned(_only(_feed, served, max_bytes, seconds))


def find_feed_links(served: FetchedContent, *, max_bytes: int, seconds: float) -> list[str]:
    """The addresses of the feeds that a web page names, those that can be fetched, within the same
    bounds. Raises Refusal."""
    named = _only(_named, served, max_bytes, seconds)[:MOST_NAMED]
    return [url for one in named if (url := _address(one))]


def _address(text: str) -> str | None:
    try:
        return addresses.parse(text).url
    except FetchError:
        return None


def _only(
    function: Callable[[FetchedContent], Iterator[Found | Refusal]],
    served: FetchedContent,
    max_bytes: int,
    seconds: float,
) -> Found:
    memory = memory_for(max_bytes)
    budget = TimeBudget(seconds, 2 * seconds)  # for the one result, and for the end
    # To its end: a process that is left before has to be started anew for the next one.
    *_, last = process.results(function, served, budget=budget, memory=memory)
    if isinstance(last, Refusal):
        raise last
    return last


def _feed(served: FetchedContent) -> Iterator[ParsedFeed | Refusal]:
    from bot.ingest.formats import feed  # its libraries are loaded apart only

    try:
        _, url, added_as, sites = served
        yield feed.read_feed(served.body, url=url, added_as=added_as, sites=sites)
    except Refusal as refusal:
        yield refusal


def _named(served: FetchedContent) -> Iterator[list[str]]:
    from bot.ingest.fetch import discovery  # its libraries are loaded apart only

    yield discovery.find_feed_links(served.body, served.url)
