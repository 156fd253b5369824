"""RSS 0.9x, 1.0 and 2.0, and Atom. All are read alike, by the namespaces and names of elements.

feedparser was considered. It returns a truncated entry as if it were complete, converts dates to
UTC, repairs text by guessing, and takes 830 MB for an unclosed tag of 5 MB. Here, a broken feed is
read entry by entry, and what cannot be read is reported with its line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from bot.ingest.formats import markup, xml
from bot.ingest.formats.feed.entries import Channel, Entry, resolve_link
from bot.ingest.formats.feed.repair import parse_feed
from bot.ingest.refusal import Refusal

ROOTS = ("rss", "feed", "RDF")

_PREFIXES = {
    "": "",
    "http://purl.org/rss/1.0/": "",
    "http://my.netscape.com/rdf/simple/0.9/": "",
    "http://channel.netscape.com/rdf/simple/0.9/": "",
    "http://backend.userland.com/rss2": "",
    "http://www.w3.org/2005/Atom": "atom:",
    "http://purl.org/atom/ns#": "atom:",
    "http://purl.org/atompub/tombstones/1.0": "at:",
    "http://purl.org/dc/elements/1.1/": "dc:",
    "http://purl.org/dc/terms/": "dcterms:",
    "http://purl.org/rss/1.0/modules/content/": "content:",
    "http://purl.org/rss/1.0/modules/syndication/": "sy:",
    "http://search.yahoo.com/mrss/": "media:",
    "http://search.yahoo.com/mrss": "media:",
    "http://www.w3.org/1999/xhtml": "xhtml:",
}
_PRISM_NAMESPACE = "http://prismstandard.org/namespaces/"
_BASE = "{http://www.w3.org/XML/1998/namespace}base"
_ABOUT = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"
_PERIOD_SECONDS = {"hourly": 3_600, "daily": 86_400, "weekly": 604_800}
_PERIOD_SECONDS |= {"monthly": 30 * 86_400, "yearly": 365 * 86_400}


def recognises(head: bytes) -> bool:
    """Whether a file that starts with these bytes is a feed."""
    return xml.root_name(head) in ROOTS


def read(raw: bytes, url: str) -> tuple[Channel, list[Entry], list[Refusal]]:
    """Read the feed that was fetched from `url`: its metadata, entries, and damaged entries.

    Raises Refusal if it is not a feed.
    """
    root, refusals = parse_feed(raw)
    if xml.local_name(root) not in ROOTS:
        raise Refusal(
            f"it is XML, but not a feed: its root is <{xml.local_name(root)}>",
            "Check the feed's address",
        )
    channel_element = next(_children(root, "channel"), root)
    base = resolve_link(_resolve_base(url, root), channel_element.get(_BASE, "")) or url
    channel = _read_channel(channel_element, url or _link(channel_element, base, "self"), base)
    language = channel_element.get(xml.LANGUAGE) or root.get(xml.LANGUAGE)
    if language and not channel.language:
        channel = channel._replace(language=language)
    entries = [
        _read_entry(element, base or channel.link)
        for element in _find_entries(root, channel_element)
    ]
    return channel, entries, refusals


def _resolve_base(base: str, element: Element) -> str:
    return resolve_link(base, element.get(_BASE, "")) or base


def _read_channel(element: Element, url: str, base: str) -> Channel:
    return Channel(
        url=url,
        title=_title(element),
        link=_link(element, base),
        language=_first_text(element, "language", "dc:language"),
        fetch_interval=_fetch_interval(element),
    )


def _find_entries(root: Element, channel: Element) -> Iterator[Element]:
    for parent in (root,) if channel is root else (channel, root):
        yield from _children(parent, "item", "atom:entry", "at:deleted-entry")


def _read_entry(element: Element, base: str) -> Entry:
    base = _resolve_base(base, element)
    if _qualified_name(element) == "at:deleted-entry":
        deleted_at = element.get("when", "")
        return Entry(id=element.get("ref", ""), updated=deleted_at, is_deleted=True)
    return Entry(
        id=_first_text(element, "guid", "atom:id", "dc:identifier") or element.get(_ABOUT, ""),
        link=_link(element, base) or _permalink(element),
        title=_title(element),
        authors=tuple(_authors(element)),
        published=_first_text(
            element, "pubdate", "atom:published", "atom:issued", "dc:date", "dcterms:issued"
        ),
        updated=_first_text(element, "atom:updated", "atom:modified", "dcterms:modified"),
        content=_longest_text(
            element, "content:encoded", "atom:content", "xhtml:body", "xhtml:div"
        ),
        summary=_longest_text(element, "description", "atom:summary", "dc:description"),
        outlet=_source_outlet(element),
        language=_language(element),
        embargo=_first_text(element, "prism:embargodate"),
        is_recording=any(map(_is_recording, element.iter())),
    )


def _qualified_name(element: Element) -> str:
    """Return a name with its namespace's usual prefix; "?:" for an unknown namespace."""
    namespace, _, name = str(element.tag).rpartition("}")
    namespace = namespace.removeprefix("{")
    if namespace.startswith(_PRISM_NAMESPACE):  # each of its versions has a namespace
        return f"prism:{name.lower()}"
    return _PREFIXES.get(namespace, "?:") + name.lower()


def _children(parent: Element, *names: str) -> Iterator[Element]:
    return (child for child in parent if _qualified_name(child) in names)


def _first_text(parent: Element, *names: str) -> str:
    """Return the first text under any of the names, trying one name after the other."""
    texts = (xml.text_of(child) for name in names for child in _children(parent, name))
    return next(filter(None, texts), "")


def _longest_text(parent: Element, *names: str) -> str:
    """Return the longest text under any of the names, each of which may occur several times."""
    texts = (_text_construct(child) for child in _children(parent, *names))
    return max(texts, key=len, default="")


def _text_construct(element: Element) -> str:
    """Return the text of an element with plain text, escaped markup or elements (RFC 4287, 3.1)."""
    if len(element):
        return markup.extract_tree_text(element)
    source = element.text or ""
    default = "text" if _qualified_name(element).startswith("atom:") else "html"
    is_plain_type = element.get("type", default) in ("text", "text/plain")
    is_plain = is_plain_type and element.get("mode") != "escaped"
    return markup.clean_plain_text(source) if is_plain else markup.extract_text(source)


def _title(parent: Element) -> str:
    titles = map(_text_construct, _children(parent, "title", "atom:title", "dc:title"))
    return " ".join(next(filter(None, titles), "").split())


def _link(parent: Element, base: str, rel: str = "alternate") -> str:
    if rel == "alternate" and (link := _first_text(parent, "link")):
        return resolve_link(base, link)
    for element in _children(parent, "atom:link"):
        is_page = "html" in element.get("type", "html") or rel != "alternate"
        if element.get("rel", "alternate") == rel and is_page and element.get("href"):
            return resolve_link(_resolve_base(base, element), element.get("href", "").strip())
    return ""


def _permalink(element: Element) -> str:
    """Return an RSS 2.0 guid, which is a link unless it states that it is not."""
    guids = (
        guid for guid in _children(element, "guid") if guid.get("isPermaLink", "true") == "true"
    )
    link = xml.text_of(next(guids, None))
    return link if link.startswith(("http://", "https://")) else ""


def _authors(element: Element) -> Iterator[str]:
    for author in _children(element, "author", "dc:creator", "atom:author"):
        is_atom = _qualified_name(author) == "atom:author"
        yield _first_text(author, "atom:name") if is_atom else xml.text_of(author)


def _source_outlet(element: Element) -> str:
    """Return the name of the feed from which an entry was taken over."""
    source = next(_children(element, "atom:source"), None)
    return _first_text(element, "source") if source is None else _title(source)


def _language(element: Element) -> str:
    contents = _children(element, "atom:content", "atom:summary")
    languages = (candidate.get(xml.LANGUAGE, "") for candidate in (element, *contents))
    return _first_text(element, "dc:language") or next(filter(None, languages), "")


def _is_recording(element: Element) -> bool:
    name = _qualified_name(element)
    is_recording_type = element.get("type", "").startswith(("audio/", "video/"))
    if name == "enclosure" or (name == "atom:link" and element.get("rel") == "enclosure"):
        return is_recording_type
    is_recording_medium = element.get("medium") in ("audio", "video")
    return name == "media:content" and (is_recording_medium or is_recording_type)


def _fetch_interval(channel: Element) -> int | None:
    """Return the time between fetches that the publisher asks for, in seconds."""
    if (minutes := _first_text(channel, "ttl")).isdecimal() and len(minutes) < 8:
        return int(minutes) * 60 or None
    period = _PERIOD_SECONDS.get(_first_text(channel, "sy:updateperiod").lower())
    frequency = _first_text(channel, "sy:updatefrequency")
    times = int(frequency) if re.fullmatch(r"[1-9][0-9]{0,4}", frequency) else 1
    return period // times if period else None
