"""RSS 0.9x, 1.0 and 2.0, Atom 0.3 and 1.0, and CDF. All are read alike, by the names of elements.

feedparser was considered. It returns a truncated entry as if it were complete, converts dates to
UTC, repairs text by guessing, and takes 830 MB for an unclosed tag of 5 MB. Here, a broken feed is
read entry by entry, and what cannot be read is reported with its line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from bot.ingest.formats import charsets, xml
from bot.ingest.formats.feed.entries import Channel, Entry, resolve_link
from bot.ingest.formats.feed.names import ROOTS, Fields, Names, attribute, names_of
from bot.ingest.formats.feed.repair import parse_feed
from bot.ingest.formats.feed.text_constructs import read_line, read_text
from bot.ingest.refusal import Refusal
from bot.ingest.timestamps import parse_date

# The elements that hold a field of an entry, the best first.
_TITLES = ("title", "dc:title", "media:title", "itunes:title")
_IDS = ("guid", "id", "dc:identifier")
_PUBLISHED = (
    "pubdate", "published", "issued", "dcterms:issued", "dc:date", "dcterms:created", "created",
    "prism:publicationdate", "date", "dcterms:date",
)  # fmt: skip
_UPDATED = ("updated", "modified", "dcterms:modified", "prism:modificationdate", "lastbuilddate")
_AUTHORS = ("author", "dc:creator", "dc:author", "itunes:author")
_CONTENTS = (
    "content:encoded", "content", "encoded", "xhtml:body", "xhtml:div", "body", "fullitem",
    "yandex:full-text",
)  # fmt: skip
_SUMMARIES = (
    "description", "summary", "dc:description", "dcterms:abstract", "abstract", "itunes:summary",
    "excerpt:encoded",
)  # fmt: skip
_ENTRIES = ("item", "entry", "at:deleted-entry")

_BASE = "{http://www.w3.org/XML/1998/namespace}base"
_JUNK = re.compile(r"(?!\s*[{\[])[^<]{1,2000}(?=<)")
_PERIOD_SECONDS = {"hourly": 3_600, "daily": 86_400, "weekly": 604_800}
_PERIOD_SECONDS |= {"monthly": 30 * 86_400, "yearly": 365 * 86_400}


def recognises(head: bytes) -> bool:
    """Whether a file that starts with these bytes is a feed, perhaps after a server's warnings."""
    return xml.root_name(head).lower() in ROOTS or _starts_after_junk(head)


def read(raw: bytes, url: str) -> tuple[Channel, list[Entry], list[Refusal]]:
    """Read the feed that was fetched from `url`: its metadata, entries, and damaged entries.

    Raises Refusal if it is not a feed.
    """
    root, source, refusals = parse_feed(raw)
    if xml.local_name(root).lower() not in ROOTS:
        raise Refusal(
            f"it is XML, but not a feed: its root is <{xml.local_name(root)}>",
            "Check the feed's address",
        )
    names = names_of(root, source)
    channel_element = next(iter(names.fields(root).get("channel", [])), root)
    base = resolve_link(_resolve_base(url, root), channel_element.get(_BASE, "")) or url
    channel = _read_channel(channel_element, names, url, base)
    language = channel_element.get(xml.LANGUAGE) or root.get(xml.LANGUAGE)
    if language and not channel.language:
        channel = channel._replace(language=language)
    entries = [
        _read_entry(element, names, base or channel.link) for element in _find_entries(root, names)
    ]
    if names.is_atom:
        authors = tuple(_authors(names.fields(root)))  # of entries that name none (RFC 4287, 4.2.1)
        entries = [entry if entry.authors else entry._replace(authors=authors) for entry in entries]
    return channel, entries, refusals


def _starts_after_junk(head: bytes) -> bool:
    text = charsets.decode_by_mark(head) or head.decode("latin-1")
    junk = _JUNK.match(text)
    return bool(junk and xml.root_name(text[junk.end() :].encode()).lower() in ROOTS)


def _resolve_base(base: str, element: Element) -> str:
    return resolve_link(base, element.get(_BASE, "")) or base


def _read_channel(element: Element, names: Names, url: str, base: str) -> Channel:
    fields = names.fields(element)
    return Channel(
        url=url or _link(fields, base, "self"),
        title=_title(fields, names),
        link=_page(fields, base) or resolve_link(base, attribute(element, "href")),
        language=_first_text(fields, "language", "dc:language"),
        fetch_interval=_fetch_interval(fields),
    )


def _find_entries(parent: Element, names: Names) -> Iterator[Element]:
    """Yield the entries anywhere in a feed, but not what is inside them."""
    if xml.local_name(parent).lower() in _ENTRIES:
        yield parent
        return
    for child in parent:
        if names.name(child, parent) in _ENTRIES:
            yield child
        else:
            yield from _find_entries(child, names)


def _read_entry(element: Element, names: Names, base: str) -> Entry:
    base = _resolve_base(base, element)
    if xml.local_name(element) == "deleted-entry":
        deleted_at = element.get("when", "")
        return Entry(id=element.get("ref", ""), updated=deleted_at, is_deleted=True)
    fields = names.fields(element)
    return Entry(
        id=_first_text(fields, *_IDS) or attribute(element, "about"),
        link=_page(fields, base) or resolve_link(base, _other_link(element, fields)),
        title=_title(fields, names),
        authors=tuple(_authors(fields)),
        published=_first_date(fields, *_PUBLISHED),
        updated=_first_date(fields, *_UPDATED) or attribute(element, "lastmod"),
        content=_longest_text(fields, names, *_CONTENTS),
        summary=_longest_text(fields, names, *_SUMMARIES) or _media_description(fields),
        outlet=_source_outlet(fields, names),
        language=_language(element, fields),
        embargo=_first_text(fields, "prism:embargodate"),
        is_recording=any(map(_is_recording, _attachments(fields))),
    )


def _elements(fields: Fields, *names: str) -> Iterator[Element]:
    """Yield the elements of any of the names, those of the first name first."""
    return (element for name in names for element in fields.get(name, []))


def _first_text(fields: Fields, *names: str) -> str:
    return next(filter(None, map(xml.text_of, _elements(fields, *names))), "")


def _first_date(fields: Fields, *names: str) -> str:
    """Return the first text that is a date, as printed."""
    return next(filter(parse_date, map(xml.text_of, _elements(fields, *names))), "")


def _default_type(name: str, names: Names) -> str:
    """Return the type of text that an element holds if it states none."""
    is_plain = name.startswith("media:") or (names.is_atom and ":" not in name)
    return "text" if is_plain else "html"


def _longest_text(fields: Fields, names: Names, *candidates: str) -> str:
    """Return the longest text under any of the names, each of which may occur several times."""
    texts = (
        read_text(element, _default_type(name, names))
        for name in candidates
        for element in fields.get(name, [])
    )
    return max(texts, key=len, default="")


def _title(fields: Fields, names: Names) -> str:
    titles = (
        read_line(element, _default_type(name, names))
        for name in _TITLES
        for element in fields.get(name, [])
    )
    return next(filter(None, titles), "")


def _page(fields: Fields, base: str) -> str:
    """Return the address of a page: not that of a service that counts its readers, if both are
    given."""
    original = _first_text(fields, "feedburner:origlink", "pheedo:origlink")
    link = original or _first_text(fields, "link")
    return resolve_link(base, link) or _link(fields, base, "alternate")


def _link(fields: Fields, base: str, relation: str) -> str:
    """Return the address of a link with this relation, a web page's if there is one."""
    links = [
        element
        for element in _elements(fields, "link")
        if attribute(element, "href") and _relation(element) == relation
    ]
    links.sort(key=lambda element: "html" not in (attribute(element, "type") or "html"))
    return resolve_link(_resolve_base(base, links[0]), attribute(links[0], "href")) if links else ""


def _relation(link: Element) -> str:
    """Return a link's relation, which may be written as an address (RFC 4287, 4.2.7.2)."""
    return (attribute(link, "rel") or "alternate").lower().rpartition("/")[2]


def _other_link(element: Element, fields: Fields) -> str:
    """Return the address of an entry without a link: its permalink, or where its content is."""
    candidates = [
        *(xml.text_of(guid) for guid in _elements(fields, "guid") if _is_permalink(guid)),
        attribute(element, "href"),
        attribute(element, "about"),
        *(attribute(content, "src") for content in _elements(fields, "content")),
        _first_text(fields, "id"),
    ]
    return next((link for link in candidates if link.startswith(("http:", "https:", "/"))), "")


def _is_permalink(guid: Element) -> bool:
    """Whether an RSS 2.0 guid is a link, which it is unless it states that it is not."""
    return (attribute(guid, "ispermalink") or "true").lower() == "true"


def _authors(fields: Fields) -> Iterator[str]:
    for author in _elements(fields, *_AUTHORS):
        yield xml.text_at(author, "name") if len(author) else xml.text_of(author)


def _media_description(fields: Fields) -> str:
    """Return the text of a post that is a video: a description elsewhere is that of a picture."""
    descriptions = (
        xml.find_first(group, "description") for group in _elements(fields, "media:group")
    )
    return next((read_text(one, "text") for one in descriptions if one is not None), "")


def _source_outlet(fields: Fields, names: Names) -> str:
    """Return the name of the feed from which an entry was taken over."""
    source = next(_elements(fields, "source"), None)
    if source is None:
        return ""
    return _title(names.fields(source), names) if len(source) else xml.text_of(source)


def _language(element: Element, fields: Fields) -> str:
    elements = (element, *_elements(fields, "content", "summary", "description"))
    languages = (candidate.get(xml.LANGUAGE, "") for candidate in elements)
    return _first_text(fields, "dc:language", "language") or next(filter(None, languages), "")


def _attachments(fields: Fields) -> Iterator[Element]:
    yield from _elements(fields, "enclosure", "media:content")
    yield from (link for link in _elements(fields, "link") if _relation(link) == "enclosure")
    for group in _elements(fields, "media:group"):
        yield from xml.find_all(group, "content")


def _is_recording(attachment: Element) -> bool:
    is_recording_type = attachment.get("type", "").startswith(("audio/", "video/"))
    return is_recording_type or attachment.get("medium") in ("audio", "video")


def _fetch_interval(fields: Fields) -> int | None:
    """Return the time between fetches that the publisher asks for, in seconds."""
    if (minutes := _first_text(fields, "ttl")).isdecimal() and len(minutes) < 8:
        return int(minutes) * 60 or None
    period = _PERIOD_SECONDS.get(_first_text(fields, "sy:updateperiod").lower())
    frequency = _first_text(fields, "sy:updatefrequency")
    times = int(frequency) if re.fullmatch(r"[1-9][0-9]{0,4}", frequency) else 1
    return period // times if period else None
