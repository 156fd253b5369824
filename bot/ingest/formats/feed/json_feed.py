"""JSON Feed 1 and 1.1 (jsonfeed.org/version/1.1)."""

from __future__ import annotations

import re
from typing import Any

from bot.ingest.formats import json
from bot.ingest.formats.feed.entries import Entry, extract_line, extract_text, resolve_link
from bot.ingest.formats.json import as_objects, as_text
from bot.ingest.parsed_file import ParsedFeed
from bot.ingest.refusal import Refusal

_VERSION = re.compile(rb'"version"\s*:\s*"https?:\\?/\\?/(?:www\.)?jsonfeed\.org')


def recognises(head: bytes) -> bool:
    """Whether a file that starts with these bytes is a JSON Feed."""
    return head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{") and bool(_VERSION.search(head))


def read(raw: bytes, url: str) -> tuple[ParsedFeed, str, list[Entry]]:
    """Read the feed that was fetched from `url`: its metadata, own address and entries.

    Raises Refusal if it is not a JSON Feed.
    """
    fields = json.parse(raw)
    items = as_objects(fields.get("items")) if isinstance(fields, dict) else []
    if not isinstance(fields, dict) or not (
        "jsonfeed.org" in as_text(fields.get("version"))
        or any(key in item for item in items for key in ("content_html", "content_text"))
    ):
        raise Refusal(
            "it is JSON, but not JSON Feed: its version is not one of jsonfeed.org's",
            "Check the feed's address: it may show an error",
        )
    base = url or as_text(fields.get("feed_url"))
    title = extract_line(as_text(fields.get("title")), is_plain=False)
    link = resolve_link(base, as_text(fields.get("home_page_url")))
    feed = ParsedFeed(title, link, as_text(fields.get("language")), title, None, (), ())
    authors = _authors(fields)
    return feed, base, [_read_entry(item, base or link, authors) for item in items]


def _read_entry(item: dict[str, Any], base: str, feed_authors: tuple[str, ...]) -> Entry:
    return Entry(
        id=as_text(item.get("id")),
        link=resolve_link(base, as_text(item.get("url")) or as_text(item.get("external_url"))),
        title=extract_line(as_text(item.get("title")), is_plain=False),
        authors=_authors(item) or feed_authors,
        published=as_text(item.get("date_published")),
        updated=as_text(item.get("date_modified")),
        content=extract_text(as_text(item.get("content_html")), is_plain=False)
        or extract_text(as_text(item.get("content_text")), is_plain=True),
        summary=extract_text(as_text(item.get("summary")), is_plain=True),
        language=as_text(item.get("language")),
        is_recording=any(
            as_text(attachment.get("mime_type")).startswith(("audio/", "video/"))
            for attachment in as_objects(item.get("attachments"))
        ),
    )


def _authors(fields: dict[str, Any]) -> tuple[str, ...]:
    """Return the authors of version 1.1, or else the single author of version 1."""
    authors = as_objects(fields.get("authors") or fields.get("author"))
    return tuple(as_text(author.get("name")) for author in authors)
