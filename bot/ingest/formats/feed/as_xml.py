"""RSS 0.9x, 1.0 and 2.0, and Atom, as one: an element is known by its namespace and name.

Weighed: feedparser. It gives a torn entry as a whole one, folds dates into UTC, repairs text by
guessing, and takes 830 MB for an unclosed tag of 5 MB. Here a broken feed is read entry by entry,
and what can't be read is told with its line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from bot.ingest.formats import markup, xml
from bot.ingest.formats.feed.entries import Channel, Entry, joined
from bot.ingest.formats.feed.repair import opened
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
_PRISM = "http://prismstandard.org/namespaces/"
_BASE = "{http://www.w3.org/XML/1998/namespace}base"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_ABOUT = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"
_PERIODS = {"hourly": 3_600, "daily": 86_400, "weekly": 604_800}
_PERIODS |= {"monthly": 30 * 86_400, "yearly": 365 * 86_400}


def recognises(head: bytes) -> bool:
    """Whether these first bytes are a feed's."""
    return xml.root_name(head) in ROOTS


def read(raw: bytes, url: str) -> tuple[Channel, list[Entry], list[Refusal]]:
    """Read a feed that came from `url`: itself, its entries, and what of it can't be read.

    Raises Refusal for what is no feed at all.
    """
    root, refusals = opened(raw)
    if xml.local(root) not in ROOTS:
        raise Refusal(
            f"it is XML, but not a feed: its root is <{xml.local(root)}>",
            "Check the feed's address",
        )
    about = next(_named(root, "channel"), root)
    base = joined(joined(url, root.get(_BASE, "")) or url, about.get(_BASE, "")) or url
    channel = _channel(about, url or _link(about, base, "self"), base)
    language = about.get(_LANGUAGE) or root.get(_LANGUAGE)
    if language and not channel.language:
        channel = channel._replace(language=language)
    entries = [_entry(one, base or channel.link) for one in _entries(root, about)]
    return channel, entries, refusals


def _channel(about: Element, url: str, base: str) -> Channel:
    return Channel(
        url=url,
        title=_title(about),
        link=_link(about, base),
        language=_said(about, "language", "dc:language"),
        pause=_pause(about),
    )


def _entries(root: Element, about: Element) -> Iterator[Element]:
    for parent in (root,) if about is root else (about, root):
        yield from _named(parent, "item", "atom:entry", "at:deleted-entry")


def _entry(element: Element, base: str) -> Entry:
    base = joined(base, element.get(_BASE, "")) or base
    if _name(element) == "at:deleted-entry":
        when = element.get("when", "")
        return Entry(id=element.get("ref", ""), updated=when, is_deleted=True)
    id_ = _said(element, "guid", "atom:id", "dc:identifier") or element.get(_ABOUT, "")
    return Entry(
        id=id_,
        link=_link(element, base) or _permalink(element),
        title=_title(element),
        authors=tuple(_authors(element)),
        published=_said(
            element, "pubdate", "atom:published", "atom:issued", "dc:date", "dcterms:issued"
        ),
        updated=_said(element, "atom:updated", "atom:modified", "dcterms:modified"),
        content=_text(element, "content:encoded", "atom:content", "xhtml:body", "xhtml:div"),
        summary=_text(element, "description", "atom:summary", "dc:description"),
        outlet=_outlet(element),
        language=_language(element),
        embargo=_said(element, "prism:embargodate"),
        is_recording=any(map(_is_recorded, element.iter())),
    )


def _name(element: Element) -> str:
    """A name with the prefix that is usual for its namespace; "?" for a namespace that isn't."""
    namespace, _, name = str(element.tag).rpartition("}")
    namespace = namespace.removeprefix("{")
    if namespace.startswith(_PRISM):  # a namespace for each of its versions
        return f"prism:{name.lower()}"
    return _PREFIXES.get(namespace, "?:") + name.lower()


def _named(parent: Element, *names: str) -> Iterator[Element]:
    return (child for child in parent if _name(child) in names)


def _said(parent: Element, *names: str) -> str:
    """The first text under one of these names, the first name first."""
    texts = (xml.words(child) for name in names for child in _named(parent, name))
    return next(filter(None, texts), "")


def _text(parent: Element, *names: str) -> str:
    """The longest text under one of these names; a feed may have several of a name."""
    texts = (_construct(child) for child in _named(parent, *names))
    return max(texts, key=len, default="")


def _construct(element: Element) -> str:
    """The text of an element that holds plain text, escaped markup or elements (RFC 4287, 3.1)."""
    if len(element):
        return markup.read_tree(element)
    source = element.text or ""
    kind = element.get("type", "text" if _name(element).startswith("atom:") else "html")
    is_plain = kind in ("text", "text/plain") and element.get("mode") != "escaped"
    return markup.read_plain(source) if is_plain else markup.read(source)


def _title(parent: Element) -> str:
    titles = (_construct(child) for child in _named(parent, "title", "atom:title", "dc:title"))
    return " ".join(next(filter(None, titles), "").split())


def _link(parent: Element, base: str, rel: str = "alternate") -> str:
    if rel == "alternate" and (link := _said(parent, "link")):
        return joined(base, link)
    for one in _named(parent, "atom:link"):
        is_page = "html" in one.get("type", "html") or rel != "alternate"
        if one.get("rel", "alternate") == rel and is_page and one.get("href"):
            return joined(joined(base, one.get(_BASE, "")) or base, one.get("href", "").strip())
    return ""


def _permalink(element: Element) -> str:
    """An RSS 2.0 guid is the link, unless it says that it isn't."""
    guids = [one for one in _named(element, "guid") if one.get("isPermaLink", "true") == "true"]
    link = xml.words(guids[0]) if guids else ""
    return link if link.startswith(("http://", "https://")) else ""


def _authors(element: Element) -> Iterator[str]:
    for one in _named(element, "author", "dc:creator", "atom:author"):
        yield _said(one, "atom:name") if _name(one) == "atom:author" else xml.words(one)


def _outlet(element: Element) -> str:
    """The feed that the entry was taken over from."""
    for one in _named(element, "atom:source"):
        return _title(one)
    return _said(element, "source")


def _language(element: Element) -> str:
    contents = _named(element, "atom:content", "atom:summary")
    languages = (one.get(_LANGUAGE, "") for one in (element, *contents))
    return _said(element, "dc:language") or next(filter(None, languages), "")


def _is_recorded(element: Element) -> bool:
    name, kind = _name(element), element.get("type", "")
    if name == "enclosure" or (name == "atom:link" and element.get("rel") == "enclosure"):
        return kind.startswith(("audio/", "video/"))
    if name == "media:content":
        return element.get("medium") in ("audio", "video") or kind.startswith(("audio/", "video/"))
    return False


def _pause(about: Element) -> int | None:
    """How long to wait before asking again, as its publisher wishes, in seconds."""
    if (minutes := _said(about, "ttl")).isdecimal() and len(minutes) < 8:
        return int(minutes) * 60 or None
    period = _PERIODS.get(_said(about, "sy:updateperiod").lower())
    times = _said(about, "sy:updatefrequency")
    often = int(times) if re.fullmatch(r"[1-9][0-9]{0,4}", times) else 1
    return period // often if period else None
