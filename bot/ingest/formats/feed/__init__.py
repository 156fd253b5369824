"""Feeds: RSS, Atom and JSON Feed, fetched from an address or saved as a file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime

from bot.articles.sites import Sites
from bot.ingest.formats import xml
from bot.ingest.formats.feed import as_json, as_xml
from bot.ingest.formats.feed.entries import Channel, Entry, part_of
from bot.ingest.metadata import Published
from bot.ingest.parsed_file import ParsedArticle, ParsedFeed
from bot.ingest.refusal import Refusal

_Reader = Callable[[bytes, str], tuple[Channel, list[Entry], list[Refusal]]]
_LONG_AGO = datetime.min.replace(tzinfo=UTC)


def recognises(head: bytes) -> bool:
    """Whether a file that begins with these bytes is a feed."""
    return as_json.recognises(head) or as_xml.recognises(head)


def read(raw: bytes) -> Iterator[ParsedArticle | Refusal]:
    """Read a feed that was saved as a file. Raises Refusal for what is no feed."""
    feed = read_feed(raw, url="")
    yield from feed.entries
    yield from feed.refusals


def read_feed(
    raw: bytes, *, url: str, added_as: str = "", sites: Sites | None = None
) -> ParsedFeed:
    """Read the feed that came from `url`, and was `added_as` another address if it moved since:
    ids that are only its own are told apart by that. `sites` tell which ids are of other sites.

    Raises Refusal for what is no feed: an error page, another format, nothing at all. A feed that
    is damaged keeps the entries that are whole.
    """
    channel, entries, refusals = _reader(raw)(raw, url)
    channel = channel._replace(url=added_as or channel.url)
    known = sites or Sites()
    made = [part_of(entry, channel, number, known) for number, entry in enumerate(entries, 1)]
    parts = [one for one in made if isinstance(one, ParsedArticle)]
    refusals += [one for one in made if isinstance(one, Refusal)]
    return ParsedFeed(
        title=channel.title,
        link=channel.link,
        language=channel.language,
        outlet=channel.title,
        fetch_interval=channel.pause,
        entries=tuple(_distinct(parts)),
        refusals=tuple(refusals),
    )


def _reader(raw: bytes) -> _Reader:
    head = raw[:8192].lstrip(b"\xef\xbb\xbf \t\r\n")
    if not head:
        raise Refusal("it is empty", "Ask again later, or check the feed's address")
    if head[:1] in b"{[":
        return as_json.read
    if xml.root_name(head).lower() == "html" or head[:14].lower() == b"<!doctype html":
        raise Refusal(
            "it is an HTML page, not a feed",
            "Check the feed's address: the site may be showing an error or a log-in",
        )
    return as_xml.read


def _distinct(parts: Iterable[ParsedArticle]) -> Iterator[ParsedArticle]:
    """Tell apart what a careless feed gives one id: each id is yielded once.

    Of one link, the newest stays; another link is another story, and its id is made with it.
    """
    kept: dict[object, ParsedArticle] = {}
    for part in parts:
        guid, url = part.metadata.get("guid"), part.metadata.get("url")
        key: object = guid or (url, part.metadata.get("title"))
        other = kept.get(key)
        if other and guid and url and url != other.metadata.get("url"):
            key = f"{guid}#{url}"
            part = part._replace(metadata={**part.metadata, "guid": key})
            other = kept.get(key)
        if other is None or _made(part) > _made(other):
            kept[key] = part
    yield from kept.values()


def _made(part: ParsedArticle) -> datetime:
    modified, published = part.metadata.get("modified_at"), part.metadata.get("published")
    if isinstance(modified, datetime):
        return modified
    return (isinstance(published, Published) and published.at) or _LONG_AGO
