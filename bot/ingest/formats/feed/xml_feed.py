"""RSS 0.9x, 1.0 and 2.0, Atom 0.3 and 1.0, and CDF, read with feedparser.

feedparser repairs what is not well-formed, but returns an entry that was cut off as if it were
complete, and takes hundreds of megabytes for a tag that never ends. Both are taken out before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import feedparser

from bot.ingest.formats import charsets, xml
from bot.ingest.formats.feed.entries import Channel, Entry, extract_line, extract_text, resolve_link
from bot.ingest.refusal import Refusal
from bot.ingest.timestamps import parse_date

ROOTS = ("rss", "rdf", "channel", "item", "feed", "entry")
"""The root elements, in lower case, of RSS, RSS 0.90 and 1.0, CDF, a single item, and Atom."""
MAX_TAG_LENGTH = 20_000
MAX_TAGS = 250_000

_JUNK = re.compile(r"(?!\s*[{\[])[^<]{1,2000}(?=<)")
_DECLARATION = re.compile(r"\s*<\?xml[^<>]*\?>")
_DOCTYPE = re.compile(r"<!DOCTYPE[^<>\[]*(?:\[([^\]]*)\]\s*)?>", re.IGNORECASE)
_ENTITY = re.compile(r"""<!ENTITY\s+([\w.-]+)\s+(["'])(&#\w{1,8};|[^&<>"'%]{0,100})\2\s*>""")
_HTML_ENTITIES = re.compile(r"""<!ENTITY\s+%\s+([\w.-]+)\s+PUBLIC\s+["']-//W3C//[^<>]*>\s*%\1;""")
_BARE_AMPERSAND = re.compile(r"&(?!#\d|#x|\w{1,31};)", re.IGNORECASE)
_REFERENCE = re.compile(r"&#(?:x([0-9a-f]+)|(\d+));?", re.IGNORECASE)
_CAPTION = re.compile(r"<media:description[\s>].*?(?:</media:description>|\Z)", re.DOTALL)
_OWN_TEXT = re.compile(r"<(?:description|summary|content)[\s:>]")
_FORBIDDEN = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# Each also ends at the end of the text, so that no part is searched twice.
_CDATA = re.compile(r"<!\[CDATA\[(.*?)(?:\]\]>|\Z)", re.DOTALL)
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_LONG_TAG = re.compile(rf"<[^<>]{{{MAX_TAG_LENGTH}}}")
_ENTRY = re.compile(r"<(/?)(?:\w+:)?(item|entry)(?=[\s>])[^<>]*>", re.IGNORECASE)
_END = re.compile(r"</(?:\w+:)?(?:rss|feed|rdf|channel|item|entry)\s*>", re.IGNORECASE)
_DELETED = re.compile(r"<(?:\w+:)?deleted-entry\s([^<>]*)>")
_ATTRIBUTE = re.compile(r"""\b(ref|when)\s*=\s*["']([^"']*)""")
_PERIOD_SECONDS = {"hourly": 3_600, "daily": 86_400, "weekly": 604_800}
_PERIOD_SECONDS |= {"monthly": 30 * 86_400, "yearly": 365 * 86_400}
_RECORDINGS = ("audio/", "video/")


def recognises(head: bytes) -> bool:
    """Whether a file that starts with these bytes is a feed, perhaps after a server's warnings."""
    text = charsets.decode_by_mark(head) or head.decode("latin-1")
    if xml.root_name(head).lower() in ROOTS:
        return True
    junk = _JUNK.match(text)
    return bool(junk and xml.root_name(text[junk.end() :].encode()).lower() in ROOTS)


def read(raw: bytes, url: str) -> tuple[Channel, list[Entry], list[Refusal]]:
    """Read the feed that was fetched from `url`: its metadata, entries, and damaged entries.

    Raises Refusal if it is not a feed, or hostile.
    """
    text = _DECLARATION.sub("", _FORBIDDEN.sub("", xml.decode(raw)).lstrip(), count=1)
    text = _COMMENT.sub("", _replace_entities(text))
    outside = _CDATA.sub("", text)
    if _LONG_TAG.search(outside) or outside.count("<") > MAX_TAGS:
        raise Refusal("its tags are far longer or more than those of news", "Check its address")
    root = xml.root_name(text.encode("utf-8", "replace")).lower()
    if root not in ROOTS and not recognises(text[:8192].encode()):
        kind = f"XML, but not a feed: its root is <{root}>" if root else "not well-formed XML"
        raise Refusal(f"it is {kind}", "Check the feed's address", place="line 1")
    text, refusals = _without_broken_entries(text)
    if _OWN_TEXT.search(outside):
        text = _CAPTION.sub("", text)
    text = _REFERENCE.sub(_keep_character, _BARE_AMPERSAND.sub("&amp;", text))
    headers = {"content-type": "application/xml; charset=utf-8"}
    parsed = feedparser.parse(
        BytesIO(text.encode()),
        response_headers=headers,
        sanitize_html=False,
        resolve_relative_uris=False,
    )
    channel = Channel(
        url=url or _link(parsed.feed, "self"),
        title=_title(parsed.feed),
        link=resolve_link(url, parsed.feed.get("link", "")),
        language=parsed.feed.get("language", ""),
        fetch_interval=_fetch_interval(parsed.feed),
    )
    authors = tuple(_authors(parsed.feed)) if parsed.version.startswith("atom") else ()
    base = channel.url or channel.link
    entries = [_read_entry(entry, base, authors) for entry in parsed.entries]
    for attributes in _DELETED.findall(outside):
        values = dict(_ATTRIBUTE.findall(attributes))
        id_, deleted_at = values.get("ref", ""), values.get("when", "")
        entries.append(Entry(id=id_, updated=deleted_at, is_deleted=True))
    return channel, entries, refusals


def _replace_entities(text: str) -> str:
    """Replace the entities that a feed declares if all of them are single characters or the like.

    Raises Refusal for entities that hold others, or a lot of text: they are an attack.
    """
    doctype = _DOCTYPE.search(text, 0, MAX_TAG_LENGTH)
    if not doctype:
        return text
    declarations = _HTML_ENTITIES.sub("", doctype[1] or "")
    values = {name: value for name, _, value in _ENTITY.findall(declarations)}
    if "<!ENTITY" in _ENTITY.sub("", declarations):
        raise Refusal("it declares entities of itself, which news never needs", "Ask its publisher")
    text = text[: doctype.start()] + text[doctype.end() :]
    if not values:
        return text
    reference = re.compile(rf"&({'|'.join(map(re.escape, values))});")
    return reference.sub(lambda match: values[match[1]], text, 100_000)


def _without_broken_entries(text: str) -> tuple[str, list[Refusal]]:
    """Leave out entries without an end: one that was cut off could say the opposite of what it did.

    Whoever writes them may nest entries (Atom's `source` has none), or leave out every end tag.
    """
    kept, refusals = list[str](), list[Refusal]()
    position, start = 0, None
    blanked = _CDATA.sub(lambda match: " " * len(match[0]), text)
    for tag in (*_ENTRY.finditer(blanked), None):
        if tag and tag[1]:
            start = None
        elif start is not None and not (tag and start[0].endswith("/>")):
            kept.append(text[position : start.start()])
            position = tag.start() if tag else len(text)
            place = f"line {text.count(chr(10), 0, start.start()) + 1}"
            remedy = "Ask whoever made it for a complete copy"
            refusals.append(Refusal("an entry does not end", remedy, place=place))
            start = tag
        else:
            start = tag
    kept.append(text[position:])
    if not refusals and not _END.search(blanked, blanked.rfind("<item")):
        refusals.append(Refusal("the feed is cut off", "Ask again later", place="its end"))
    return "".join(kept), refusals


def _keep_character(reference: re.Match[str]) -> str:
    """Return a reference to a character; "" if XML has none with this number."""
    digits = (reference[1] or reference[2])[:9]
    number = int(digits, 16 if reference[1] else 10)
    is_character = number <= 0x10FFFF and not _FORBIDDEN.match(chr(number))
    return f"&#{number};" if is_character else ""


def _read_entry(entry: Any, base: str, feed_authors: tuple[str, ...]) -> Entry:
    contents = [one for one in entry.get("content", ()) if _is_text(one.get("type") or "")]
    texts = [extract_text(one.value, is_plain=one.get("type") == "text/plain") for one in contents]
    details = [entry.get("summary_detail"), *contents, entry.get("title_detail")]
    languages = (detail.language or "" for detail in details if detail and detail.get("language"))
    is_plain = entry.get("summary_detail", {}).get("type") == "text/plain"
    id_ = entry.get("id", "")
    links = [entry.get("feedburner_origlink"), entry.get("pheedo_origlink"), entry.get("link")]
    links += [_link(entry, ""), id_ if id_.startswith("http") and "guidislink" not in entry else ""]
    enclosures = [*entry.get("enclosures", ()), *entry.get("media_content", ())]
    dates = ("published", "created", "prism_publicationdate", "date")
    return Entry(
        id=id_,
        link=resolve_link(base, next(filter(None, links), "")),
        title=_title(entry),
        authors=tuple(_authors(entry)) or feed_authors,
        published=next((entry[key] for key in dates if parse_date(dict.get(entry, key, ""))), ""),
        updated=dict.get(entry, "updated", ""),
        content=max(texts, key=len, default=""),
        summary=extract_text(entry.get("summary", ""), is_plain=is_plain),
        outlet=_title(entry.get("source", {})),
        language=dict.get(entry, "language", "") or next(languages, ""),
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
    links = (one.get("href", "") for one in fields.get("links", ()) if relation in one.get("rel"))
    return next(filter(None, links), "")


def _is_text(media_type: str) -> bool:
    """Whether content of this type is text, rather than a picture in base64."""
    return not media_type or media_type.startswith("text") or media_type.endswith(("html", "xml"))


def _authors(fields: Any) -> Iterator[str]:
    """Yield the authors; where feedparser splits an address off, as printed: it cuts long ones."""
    authors = fields.get("authors", ())
    for author in authors:
        is_cut = "email" in author and len(authors) == 1
        yield fields.get("author", "") if is_cut else author.get("name", "")


def _fetch_interval(channel: Any) -> int | None:
    """Return the time between fetches that the publisher asks for, in seconds."""
    if (minutes := str(channel.get("ttl", ""))).isdecimal() and len(minutes) < 8:
        return int(minutes) * 60 or None
    period = _PERIOD_SECONDS.get(channel.get("sy_updateperiod", "").lower())
    frequency = channel.get("sy_updatefrequency", "")
    times = int(frequency) if re.fullmatch(r"[1-9][0-9]{0,4}", frequency) else 1
    return period // times if period else None
