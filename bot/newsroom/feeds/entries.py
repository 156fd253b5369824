"""A feed's entries: by what each is known, whether it has changed, and what is asked of its page.

Pure.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.articles.outlets import outlet_of
from bot.config import KnownName
from bot.ingest.fetch import addresses
from bot.ingest.metadata import read_published
from bot.ingest.part import Part
from bot.model import Document, Feed

PLAIN_FIELDS = ("guid", "url", "title", "outlet", "byline", "language", "revision")
"""What is known of an entry that is as it stands in JSON."""


def parts_by_key(parts: Iterable[Part]) -> dict[str, Part]:
    """Each entry under its key: a hash of its id, else of its address, else of what it says.

    A feed that lists one twice means the first, which is the newer by custom.
    """
    out: dict[str, Part] = {}
    for part in parts:
        # Where it stands in the feed is not asked: it moves down as others come in.
        name = part.known.get("guid") or part.known.get("url") or content_hash(part)
        out.setdefault(_hash(name), part)
    return out


def content_hash(part: Part) -> str:
    """A hash of all that an entry says: with another one it is a change."""
    return _hash((part.text, sorted(part.known.items())))


def origin_of(feed: Feed) -> str:
    """Where a feed's articles come from: by its first address, wherever it moves. What follows the
    path may be secret, and people see this with every article."""
    return addresses.hidden(feed.added_as)


def with_feed_defaults(
    document: Document, feed: Feed, came_from: str, outlets: Sequence[KnownName]
) -> Document:
    """A document with the outlet and the language that the newsroom knows of its feed.

    `came_from` is the address that gave its text: the feed's, or that of the page which was read.
    What people say of the feed counts before `outlet_of`.
    """
    outlet = feed.outlet or outlet_of(document.outlet, came_from, outlets)
    return replace(document, outlet=outlet, language=document.language or feed.language)


def has_open_page(document: Document) -> bool:
    """Whether an entry links to a page that may be shown."""
    return bool(document.url) and is_usable(document)


def is_usable(document: Document) -> bool:
    """Whether nothing is said of when a document may be shown, or that it may not."""
    return document.status == "usable" and document.embargo is None


def page_request(document: Document, *, characters: int) -> dict[str, Any]:
    """What is known of an entry whose page is to be read, as JSON, with the `characters` of the
    text that its feed gives of it."""
    asked: dict[str, Any] = {name: getattr(document, name) for name in (*PLAIN_FIELDS, "published")}
    asked["characters"] = characters
    asked["modified_at"] = document.modified_at and document.modified_at.isoformat()
    return asked


def merge_page(asked: dict[str, Any], page: Document) -> Document:
    """The whole article: the text of its page and what its feed said of it; where that said
    nothing, what the page says."""
    known = {name: asked[name] for name in PLAIN_FIELDS if asked[name] is not None}
    if asked["published"]:
        published = read_published(asked["published"])
        known |= {"published": published.printed, "published_on": published.on}
        known["published_at"] = published.at
    if asked["modified_at"]:
        known["modified_at"] = datetime.fromisoformat(asked["modified_at"])
    return replace(page, excerpt=False, **known)


def _hash(said: object) -> str:
    return hashlib.sha256(repr(said).encode("utf-8", "backslashreplace")).hexdigest()[:40]
