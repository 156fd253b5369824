"""RSS 0.9x, 1.0 and 2.0, Atom 0.3 and 1.0, and CDF, read with feedparser.

feedparser repairs what is not well-formed, but returns an entry that was cut off as if it were
complete, and takes hundreds of megabytes for a tag that never ends. Both are taken out before.
"""

from __future__ import annotations

import html
import re
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

import feedparser

from bot.ingest.formats import charsets, xml
from bot.ingest.formats.feed.entries import Channel, Entry, extract_line, extract_text, resolve_link
from bot.ingest.refusal import Refusal
from bot.ingest.timestamps import parse_date

ROOTS = ("rss", "rdf", "channel", "item", "feed", "entry")
"""The root elements, in lower case, of RSS, RSS 0.90 and 1.0, CDF, a single item, and Atom."""
MAX_TAG_LENGTH = 20_000
MAX_TAGS = 250_000
MAX_ENTITIES = 100_000

_JUNK = re.compile(r"(?!\s*[{\[])[^<]{1,2000}(?=<)")
_DECLARATION = re.compile(r"\s*<\?xml[^<>]*\?>")
_DOCTYPE = re.compile(r"<!DOCTYPE[^<>\[]*(?:\[([^\]]*)\]\s*)?>", re.IGNORECASE)
_ENTITY = re.compile(r"""<!ENTITY\s+([\w.-]+)\s+(["'])(&#\w{1,8};|[^&<>"'%]{0,100})\2\s*>""")
_HTML_ENTITIES = re.compile(r"""<!ENTITY\s+%\s+([\w.-]+)\s+PUBLIC\s+["']-//W3C//[^<>]*>\s*%\1;""")
"""Entities that are single characters or the like, and HTML's own; others are an attack."""
_NAME = re.compile(r"&([\w.-]+);")
_FORBIDDEN = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_BARE_AMPERSAND = re.compile(r"&(?!#\d|#x|\w{1,31};)", re.IGNORECASE)
_REFERENCE = re.compile(r"&#(?:x[0-9a-f]+|\d+);?", re.IGNORECASE)
# Each also ends at the end of the text, so that no part is searched twice.
_CDATA = re.compile(r"<!\[CDATA\[.*?(?:\]\]>|\Z)", re.DOTALL)
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_CAPTION = re.compile(r"<media:description[\s>].*?(?:</media:description>|\Z)", re.DOTALL)
_OWN_TEXT = re.compile(r"<(?:description|summary|content)[\s:>]")
_LONG_TAG = re.compile(rf"<[^<>]{{{MAX_TAG_LENGTH}}}")
_ENTRY = re.compile(r"<(/?)(?:\w+:)?(?:item|entry)(?=[\s>])[^<>]*>", re.IGNORECASE)
_END = re.compile(r"</(?:\w+:)?(?:rss|feed|rdf|channel)\s*>", re.IGNORECASE)
_DELETED = re.compile(r"<(?:\w+:)?deleted-entry\s([^<>]*)>")
_ATTRIBUTE = re.compile(r"""\b(ref|when)\s*=\s*["']([^"']*)""")
_PERIOD_SECONDS = {"hourly": 3_600, "daily": 86_400, "weekly": 604_800}
_PERIOD_SECONDS |= {"monthly": 30 * 86_400, "yearly": 365 * 86_400}
_RECORDINGS = ("audio/", "video/")


def recognises(head: bytes) -> bool:
    """Whether a file that starts with these bytes is a feed, perhaps after a server's warnings."""
    if xml.root_name(head).lower() in ROOTS:
        return True
    text = charsets.decode_by_mark(head) or head.decode("latin-1")
    junk = _JUNK.match(text)
    return bool(junk and xml.root_name(text[junk.end() :].encode()).lower() in ROOTS)


def read(raw: bytes, url: str) -> tuple[Channel, list[Entry], list[Refusal]]:
    """Read the feed that was fetched from `url`: its metadata, entries, and damaged entries.

    Raises Refusal if it is not a feed, or hostile.
    """
    text = _DECLARATION.sub("", _FORBIDDEN.sub("", xml.decode(raw)).lstrip(), count=1)
    if doctype := _DOCTYPE.search(text, 0, MAX_TAG_LENGTH):
        rest = _ENTITY.sub("", _HTML_ENTITIES.sub("", doctype[0]))
        values = {name: value for name, _, value in _ENTITY.findall(doctype[0])}
        text = text[doctype.end() :]
        if values:
            text = _NAME.sub(lambda name: values.get(name[1], name[0]), text, MAX_ENTITIES)
        text = rest + text if "<!ENTITY" in rest else text
    text = _COMMENT.sub("", text)
    outside = _CDATA.sub("", text)
    if "<!ENTITY" in outside:
        raise Refusal("it declares entities of itself, which news never needs", "Ask its publisher")
    if _LONG_TAG.search(outside) or outside.count("<") > MAX_TAGS:
        raise Refusal("its tags are longer or more than those of news", "Check its address")
    root = xml.root_name(text.encode()).lower()
    if ">" not in text or (root not in ROOTS and not recognises(text[:8192].encode())):
        kind = f"XML, but not a feed: its root is <{root}>" if ">" in text and root else ""
        cause = f"it is {kind or 'not well-formed XML'}"
        raise Refusal(cause, "Check the feed's address", place="line 1")
    text, refusals = _without_broken_entries(text, root)
    if _OWN_TEXT.search(outside):
        text = _CAPTION.sub("", text)
    text = _REFERENCE.sub(_resolve_reference, _BARE_AMPERSAND.sub("&amp;", text))
    parsed = feedparser.parse(
        BytesIO(text.encode()),
        response_headers={"content-type": "application/xml; charset=utf-8"},
        sanitize_html=False,
        resolve_relative_uris=False,
    )
    feed = parsed.get("feed", {})
    channel = Channel(
        url=url or _link(feed, "self"),
        title=_title(feed),
        link=resolve_link(url, feed.get("link", "")),
        language=feed.get("language", ""),
        fetch_interval=_fetch_interval(feed),
    )
    authors = _authors(feed) if parsed.get("version", "").startswith("atom") else ()
    base = channel.url or channel.link
    entries = [_read_entry(entry, base, authors) for entry in parsed.get("entries", ())]
    for attributes in _DELETED.findall(outside):
        values = dict(_ATTRIBUTE.findall(attributes))
        id_, deleted_at = values.get("ref", ""), values.get("when", "")
        entries.append(Entry(id=id_, updated=deleted_at, is_deleted=True))
    return channel, entries, refusals


def _without_broken_entries(text: str, root: str) -> tuple[str, list[Refusal]]:
    """Leave out entries without an end: one that was cut off could say the opposite of what it did.

    Each is refused, with its line; so is the rest of a feed that is cut off between two entries.
    """
    kept, refusals, position = list[str](), list[Refusal](), 0
    blanked = _CDATA.sub(lambda match: " " * len(match[0]), text)
    open_tag: re.Match[str] | None = None
    for tag in (*_ENTRY.finditer(blanked), None):
        if open_tag and not (tag and tag[1]):
            kept.append(text[position : open_tag.start()])
            position = tag.start() if tag else len(text)
            place = f"line {text.count(chr(10), 0, open_tag.start()) + 1}"
            remedy = "Ask whoever made it for a complete copy"
            refusals.append(Refusal("an entry does not end", remedy, place=place))
        open_tag = None if not tag or tag[1] or tag[0].endswith("/>") else tag
    if not refusals and root not in ("item", "entry") and not _END.search(blanked):
        refusals.append(Refusal("the feed is cut off", "Ask again later", place="its end"))
    return "".join([*kept, text[position:]]), refusals


def _resolve_reference(reference: re.Match[str]) -> str:
    """Return the character that HTML's readers see; "" if XML has none of this number."""
    character = html.unescape(reference[0])
    return "" if character == "\ufffd" else escape(_FORBIDDEN.sub("", character))


def _read_entry(entry: Any, base: str, feed_authors: tuple[str, ...]) -> Entry:
    contents = [
        one
        for one in entry.get("content", ())
        if re.match(r"(?:text.*|.*html|.*xml)?$", one.get("type") or "")  # no picture in base64
    ]
    texts = [extract_text(one.value, is_plain=one.get("type") == "text/plain") for one in contents]
    details = [entry.get("summary_detail"), *contents, entry.get("title_detail")]
    languages = [detail.get("language") for detail in details if detail]
    summary_type = entry.get("summary_detail", {}).get("type")
    id_ = entry.get("id", "")
    links = [entry.get(key) for key in ("feedburner_origlink", "pheedo_origlink", "link")]
    links += [_link(entry, ""), id_ if id_.startswith("http") and "guidislink" not in entry else ""]
    enclosures = [*entry.get("enclosures", ()), *entry.get("media_content", ())]
    dates = ("published", "created", "prism_publicationdate", "date")
    return Entry(
        id=id_,
        link=resolve_link(base, next(filter(None, links), "")),
        title=_title(entry),
        authors=_authors(entry) or feed_authors,
        published=next((entry[key] for key in dates if parse_date(dict.get(entry, key, ""))), ""),
        updated=dict.get(entry, "updated", ""),  # feedparser's own get() gives `published` for it
        content=max(texts, key=len, default=""),
        summary=extract_text(entry.get("summary", ""), is_plain=summary_type == "text/plain"),
        outlet=_title(entry.get("source", {})),
        language=dict.get(entry, "language", "") or next(filter(None, languages), ""),
        embargo=next((value for key, value in entry.items() if key.endswith("embargodate")), ""),
        is_recording=any(
            one.get("type", "").startswith(_RECORDINGS) or one.get("medium") in ("audio", "video")
            for one in enclosures
        ),
    )


def _title(fields: Any) -> str:
    is_plain = fields.get("title_detail", {}).get("type") == "text/plain"
    return extract_line(fields.get("title", ""), is_plain=is_plain)


def _link(fields: Any, relation: str) -> str:
    """Return the address of a link with this relation, or of any; "" if there is none."""
    links = (
        one.get("href", "") for one in fields.get("links", ()) if relation in one.get("rel", "")
    )
    return next(filter(None, links), "")


def _authors(fields: Any) -> tuple[str, ...]:
    """Return the authors; a single one as printed, since feedparser cuts long addresses."""
    authors = fields.get("authors", ())
    if len(authors) == 1 and "email" in authors[0]:
        return (fields.get("author", ""),)
    names = [(one.get("name", ""), "email" in one) for one in authors]
    return tuple(name for name, has_email in names if not (has_email and name.islower()))


def _fetch_interval(channel: Any) -> int | None:
    """Return the time between fetches that the publisher asks for, in seconds."""
    if (minutes := str(channel.get("ttl", ""))).isdecimal() and len(minutes) < 8:
        return int(minutes) * 60 or None
    period = _PERIOD_SECONDS.get(channel.get("sy_updateperiod", "").lower())
    frequency = channel.get("sy_updatefrequency", "")
    times = int(frequency) if re.fullmatch(r"[1-9][0-9]{0,4}", frequency) else 1
    return period // times if period else None
