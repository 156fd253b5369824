"""The entries of a feed: their keys, their content hashes, and requests for their pages. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.articles.outlets import find_claimed_outlet, find_outlet
from bot.articles.sites import Sites
from bot.config import KnownName
from bot.ingest.fetch import addresses
from bot.ingest.metadata import parse_iso_date
from bot.ingest.parsed_file import ParsedArticle
from bot.model import Document, Feed

PLAIN_FIELDS = ("guid", "url", "title", "outlet", "byline", "language", "revision")
"""The metadata of an entry that is stored as JSON without conversion."""


def parsed_by_key(parsed_entries: Iterable[ParsedArticle]) -> dict[str, ParsedArticle]:
    """Return the entries by key: a hash of the entry's id, or else its URL, or else its content.

    If an entry is listed twice, the first is used, which by convention is the newer.
    """
    by_key: dict[str, ParsedArticle] = {}
    for entry in parsed_entries:
        # Not by position, which changes as other entries are added.
        identity = entry.metadata.get("guid") or entry.metadata.get("url") or content_hash(entry)
        by_key.setdefault(_hash(identity), entry)
    return by_key


def content_hash(entry: ParsedArticle) -> str:
    """Return a hash of an entry's text and metadata, to detect changes."""
    return _hash((entry.text, sorted(entry.metadata.items())))


def origin_of(feed: Feed) -> str:
    """Return the origin of a feed's articles: its original URL, even if it moves.

    The query string may be secret and is hidden, since people see the origin of every article.
    """
    return addresses.with_hashed_query(feed.added_as)


def with_feed_defaults(
    document: Document, feed: Feed, source_url: str, outlets: Sequence[KnownName], sites: Sites
) -> Document:
    """Fill in a document's outlet and language from its feed.

    `source_url` is where its text came from: the feed, or the page that was fetched. The outlet
    that people set for the feed takes precedence over the one found. An address on another site
    than `source_url` is only claimed, unless it is on a domain of the outlet that people set.
    """
    is_own_url = sites.are_same_site(document.url, source_url)
    if feed.outlet and document.url:
        is_own_url |= find_claimed_outlet(feed.outlet, document.url, outlets) is None
    found = find_outlet(document.outlet, source_url, outlets)
    claimed = document.claimed_outlet
    if claimed in (None, document.outlet):
        claimed = find_claimed_outlet(document.outlet, source_url, outlets)
    # What people set for the feed needs no other support.
    is_settled = feed.outlet is not None and claimed in (found, feed.outlet)
    return replace(
        document,
        outlet=feed.outlet or found,
        claimed_outlet=None if is_settled else claimed,
        url=document.url if is_own_url else None,
        claimed_url=None if is_own_url else document.url,
        language=document.language or feed.language,
    )


def has_usable_page(document: Document) -> bool:
    """Whether an entry links to a page that may be shown."""
    return bool(document.url) and is_usable(document)


def is_usable(document: Document) -> bool:
    """Whether a document may be shown now: it is not withheld, killed or under embargo."""
    return document.status == "usable" and document.embargo is None


def page_request(document: Document, *, characters: int) -> dict[str, Any]:
    """Return the payload of a job that fetches an entry's page: the entry's metadata as JSON.

    `characters` is the length of the text that the feed gives.
    """
    request: dict[str, Any] = {
        name: getattr(document, name) for name in (*PLAIN_FIELDS, "published")
    }
    request["characters"] = characters
    request["modified_at"] = document.modified_at and document.modified_at.isoformat()
    return request


def merge_page(request: dict[str, Any], page: Document) -> Document:
    """Return a page's text with the entry's metadata; what the entry lacks is the page's."""
    metadata = {name: request[name] for name in PLAIN_FIELDS if request[name] is not None}
    if "outlet" in metadata:
        metadata["claimed_outlet"] = None  # what the page claims is not what the entry claims
    if request["published"]:
        published = parse_iso_date(request["published"])
        metadata |= {"published": published.printed, "published_on": published.on}
        metadata["published_at"] = published.at
    if request["modified_at"]:
        metadata["modified_at"] = datetime.fromisoformat(request["modified_at"])
    return replace(page, excerpt=False, **metadata)


def _hash(value: object) -> str:
    return hashlib.sha256(repr(value).encode("utf-8", "backslashreplace")).hexdigest()[:40]
