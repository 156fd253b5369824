"""JSON Feed 1 and 1.1 (jsonfeed.org/version/1.1)."""

from __future__ import annotations

import re
from typing import Any

from bot.ingest.formats import json, markup
from bot.ingest.formats.feed.entries import Channel, Entry, joined
from bot.ingest.formats.json import objects, string
from bot.ingest.refusal import Refusal

MAX_ENTRIES = 10_000
_VERSION = re.compile(rb'"version"\s*:\s*"https?:\\?/\\?/(?:www\.)?jsonfeed\.org')


def recognises(head: bytes) -> bool:
    """Whether these first bytes are a JSON Feed's."""
    return head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{") and bool(_VERSION.search(head))


def read(raw: bytes, url: str) -> tuple[Channel, list[Entry], list[Refusal]]:
    """Read a feed that came from `url`. Raises Refusal for JSON that is no JSON Feed."""
    stated = json.parse(raw)
    if not isinstance(stated, dict) or "jsonfeed.org" not in string(stated.get("version")):
        raise Refusal(
            "it is JSON, but not JSON Feed: its version is not one of jsonfeed.org's",
            "Check the feed's address: it may show an error",
        )
    base = url or string(stated.get("feed_url"))
    channel = Channel(
        url=base,
        title=string(stated.get("title")),
        link=string(stated.get("home_page_url")),
        language=string(stated.get("language")),
    )
    authors = _authors(stated)
    listed = objects(stated.get("items"))
    refusals = []
    if len(listed) > MAX_ENTRIES:
        refusals.append(
            Refusal(f"it has more than {MAX_ENTRIES:,} entries", "Split it", place="its rest")
        )
    return channel, [_entry(one, base, authors) for one in listed[:MAX_ENTRIES]], refusals


def _entry(stated: dict[str, Any], base: str, authors: tuple[str, ...]) -> Entry:
    html = string(stated.get("content_html"))
    return Entry(
        id=string(stated.get("id")),
        link=joined(base, string(stated.get("url")) or string(stated.get("external_url"))),
        title=" ".join(string(stated.get("title")).split()),
        authors=_authors(stated) or authors,
        published=string(stated.get("date_published")),
        updated=string(stated.get("date_modified")),
        content=markup.read(html) or markup.read_plain(string(stated.get("content_text"))),
        summary=markup.read_plain(string(stated.get("summary"))),
        language=string(stated.get("language")),
        is_recording=any(
            string(one.get("mime_type")).startswith(("audio/", "video/"))
            for one in objects(stated.get("attachments"))
        ),
    )


def _authors(stated: dict[str, Any]) -> tuple[str, ...]:
    """Those of version 1.1, or else the one of version 1."""
    listed = objects(stated.get("authors")) or objects(stated.get("author"))
    return tuple(string(one.get("name")) for one in listed)
