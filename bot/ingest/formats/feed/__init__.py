"""Feeds: RSS and Atom, fetched from an address or saved as a file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from bot.articles.sites import Sites
from bot.ingest.formats.feed import entries, xml_feed
from bot.ingest.metadata import Published, drop_empty
from bot.ingest.parsed_file import ParsedArticle, ParsedFeed
from bot.ingest.refusal import Refusal
from bot.ingest.timestamps import parse_instant

_START_OF_TIME = datetime.min.replace(tzinfo=UTC)


def recognises(head: bytes) -> bool:
    """Whether a file that starts with these bytes is a feed."""
    return xml_feed.recognises(head)


def read(raw: bytes) -> Iterator[ParsedArticle | Refusal]:
    """Read a feed that was saved as a file. Raises Refusal if it is not a feed."""
    feed = read_feed(raw, url="")
    yield from feed.entries
    yield from feed.refusals


def read_feed(
    raw: bytes, *, url: str, added_as: str = "", sites: Sites | None = None
) -> ParsedFeed:
    """Read the feed that was fetched from `url`.

    Ids that are unique only within the feed are prefixed with `added_as`, the feed's first address,
    since `url` changes when the feed moves. `sites` tell which ids belong to other sites. A damaged
    feed keeps the entries that are complete. Raises Refusal if it is not a feed: an error page,
    another format, or empty.
    """
    if raw[:8192].lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"["):
        raise Refusal(
            "it is JSON, and only feeds in RSS or Atom are read", "Use the site's RSS or Atom feed"
        )
    parsed, deletions, refusals = xml_feed.parse(raw)
    fields, sites = parsed.get("feed", {}), sites or Sites()
    title, link = entries.title_of(fields), entries.resolve_link(url, fields.get("link"))
    minutes = str(fields.get("ttl", ""))
    interval = int(minutes) * 60 or None if re.fullmatch(r"\d{1,7}", minutes) else None
    feed = ParsedFeed(title, link, fields.get("language") or "", title, interval, (), ())
    base = url or entries.first_link(fields, "self")
    address = added_as or base
    for entry in parsed.get("entries", ()):
        if parsed.get("version", "").startswith("atom") and not entry.get("authors"):
            entry.update({key: fields[key] for key in ("author", "authors") if key in fields})
    results: list[ParsedArticle | Refusal] = [
        entries.make_article(entry, feed, base, address, sites, f"entry {number}")
        for number, entry in enumerate(parsed.get("entries", ()), 1)
    ]
    for deleted in deletions:
        guid = entries.unique_id(deleted.get("ref", ""), address, link, sites)
        modified_at = parse_instant(deleted.get("when", ""))
        metadata = drop_empty(guid=guid, status="canceled", modified_at=modified_at)
        results.append(ParsedArticle("", metadata, deleted.get("ref", "")))
    articles = [result for result in results if isinstance(result, ParsedArticle)]
    refusals += [result for result in results if isinstance(result, Refusal)]
    if not results and not refusals:
        remedy = "Ask again later, or check the feed's address"
        refusals.append(Refusal("it is a feed without entries", remedy, is_skipped=True))
    return feed._replace(entries=tuple(_deduplicate(articles)), refusals=tuple(refusals))


def _deduplicate(articles: Iterable[ParsedArticle]) -> Iterator[ParsedArticle]:
    """Make ids unique, since careless feeds give several entries the same id.

    If entries share the link too, only the newest is kept. An entry with another link is another
    article, and its link becomes part of its id.
    """
    articles_by_key: dict[object, ParsedArticle] = {}
    for article in articles:
        guid, url = article.metadata.get("guid"), article.metadata.get("url")
        key: object = guid or (url, article.metadata.get("title"))
        previous = articles_by_key.get(key)
        if previous and guid and url and url != previous.metadata.get("url"):
            key = f"{guid}#{url}"
            article = article._replace(metadata={**article.metadata, "guid": key})
            previous = articles_by_key.get(key)
        if previous is None or _last_changed(article) > _last_changed(previous):
            articles_by_key[key] = article
    yield from articles_by_key.values()


def _last_changed(article: ParsedArticle) -> datetime:
    modified, published = article.metadata.get("modified_at"), article.metadata.get("published")
    if isinstance(modified, datetime):
        return modified
    return (isinstance(published, Published) and published.at) or _START_OF_TIME
