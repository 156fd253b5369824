"""JSON Feed 1 and 1.1 (jsonfeed.org/version/1.1)."""

from __future__ import annotations

import re
from typing import Any

from bot.ingest.formats import json, markup
from bot.ingest.formats.feed.entries import Channel, Entry, resolve_link
from bot.ingest.formats.json import as_objects, as_text
from bot.ingest.refusal import Refusal

MAX_ENTRIES = 10_000
_VERSION = re.compile(rb'"version"\s*:\s*"https?:\\?/\\?/(?:www\.)?jsonfeed\.org')


def recognises(head: bytes) -> bool:
    """Whether a file that starts with these bytes is a JSON Feed."""
    return head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{") and bool(_VERSION.search(head))


def read(raw: bytes, url: str) -> tuple[Channel, list[Entry], list[Refusal]]:
    """Read the feed that was fetched from `url`. Raises Refusal if it is not a JSON Feed."""
    fields = json.parse(raw)
    if not isinstance(fields, dict) or "jsonfeed.org" not in as_text(fields.get("version")):
        raise Refusal(
            "it is JSON, but not JSON Feed: its version is not one of jsonfeed.org's",
            "Check the feed's address: it may show an error",
        )
    base = url or as_text(fields.get("feed_url"))
    channel = Channel(
        url=base,
        title=as_text(fields.get("title")),
        link=as_text(fields.get("home_page_url")),
        language=as_text(fields.get("language")),
    )
    authors = _authors(fields)
    items = as_objects(fields.get("items"))
    refusals = []
    if len(items) > MAX_ENTRIES:
        refusals.append(
            Refusal(f"it has more than {MAX_ENTRIES:,} entries", "Split it", place="its rest")
        )
    return channel, [_read_entry(item, base, authors) for item in items[:MAX_ENTRIES]], refusals


def _read_entry(item: dict[str, Any], base: str, feed_authors: tuple[str, ...]) -> Entry:
    html = as_text(item.get("content_html"))
    return Entry(
        id=as_text(item.get("id")),
        link=resolve_link(base, as_text(item.get("url")) or as_text(item.get("external_url"))),
        title=" ".join(as_text(item.get("title")).split()),
        authors=_authors(item) or feed_authors,
        published=as_text(item.get("date_published")),
        updated=as_text(item.get("date_modified")),
        content=markup.extract_text(html)
        or markup.clean_plain_text(as_text(item.get("content_text"))),
        summary=markup.clean_plain_text(as_text(item.get("summary"))),
        language=as_text(item.get("language")),
        is_recording=any(
            as_text(attachment.get("mime_type")).startswith(("audio/", "video/"))
            for attachment in as_objects(item.get("attachments"))
        ),
    )


def _authors(fields: dict[str, Any]) -> tuple[str, ...]:
    """Return the authors of version 1.1, or else the single author of version 1."""
    authors = as_objects(fields.get("authors")) or as_objects(fields.get("author"))
    return tuple(as_text(author.get("name")) for author in authors)
