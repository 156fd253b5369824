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
from bot.ingest.formats.feed.entries import Entry, extract_line, extract_text, resolve_link
from bot.ingest.parsed_file import ParsedFeed
from bot.ingest.refusal import Refusal
from bot.ingest.timestamps import parse_date

ROOTS = ("rss", "rdf", "channel", "item", "feed", "entry")
"""The root elements, in lower case, of RSS, RSS 0.90 and 1.0, CDF, a single item, and Atom."""
MAX_TAG_LENGTH = 20_000
MAX_TAGS = 250_000

_JUNK = re.compile(r"\A(?!\s*[{\[])[^<]{1,2000}(?=<)")
_DECLARATION = re.compile(r"\s*<\?xml[^<>]*\?>")
_FORBIDDEN = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_BARE_AMPERSAND = re.compile(r"&(?!#\d|#x|\w{1,31};)", re.IGNORECASE)
_REFERENCE = re.compile(r"&#(?:x[0-9a-f]+|\d+);?", re.IGNORECASE)
# Each also ends at the end of the text, so that no part is searched twice.
_CDATA = re.compile(r"<!\[CDATA\[.*?(?:\]\]>|\Z)", re.DOTALL)
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_CAPTION = re.compile(r"<media:description[\s>].*?(?:</media:description>|\Z)", re.DOTALL)
_OWN_TEXT = re.compile(r"<(?:description|summary|content)[\s:>]")
_LONG_TAG = re.compile(rf"<[^<>]{{{MAX_TAG_LENGTH}}}")
_ENTRY_END = re.compile(r"</(?:\w+:)?(?:item|entry)\s*>", re.IGNORECASE)
_DELETED = re.compile(r"<(?:\w+:)?deleted-entry\s([^<>]*)>")
_ATTRIBUTE = re.compile(r"""\b(ref|when)\s*=\s*["']([^"']*)""")


def recognises(head: bytes) -> bool:
    """Whether a file that starts with these bytes is a feed, perhaps after a server's warnings."""
    text = charsets.decode_by_mark(head) or head.decode("latin-1")
    return xml.root_name(_JUNK.sub("", text, 1).encode()).lower() in ROOTS


def read(raw: bytes, url: str) -> tuple[ParsedFeed, str, list[Entry]]:
    """Read the feed that was fetched from `url`: its metadata, own address and entries.

    Raises Refusal if it is not a feed, or hostile.
    """
    text = _JUNK.sub("", _FORBIDDEN.sub("", xml.decode(raw)), 1)
    text = _COMMENT.sub("", _DECLARATION.sub("", text, 1))
    outside = _CDATA.sub(lambda match: " " * len(match[0]), text)
    if re.search(r"<!ENTITY\s+[^%\s]", outside):  # HTML's own are declared with "%"
        raise Refusal("it declares entities of itself, which news never needs", "Ask its publisher")
    if _LONG_TAG.search(outside) or outside.count("<") > MAX_TAGS:
        raise Refusal("its tags are longer or more than those of news", "Check its address")
    root = xml.root_name(text.encode())
    if ">" not in text or root.lower() not in ROOTS:
        kind = "not well-formed XML" if text.strip() else "empty"
        if root.lower() == "html" or text.lstrip()[:14].lower() == "<!doctype html":
            kind = "an HTML page, not a feed: the site may be showing an error or a log-in"
        elif ">" in text and root:
            kind = f"XML, but not a feed: its root is <{root}>"
        raise Refusal(f"it is {kind}", "Check the feed's address", place="line 1")
    refusals = []
    if not re.search(rf"</(?:\w+:)?{root}\s*>", outside, re.IGNORECASE):
        # Its last entry could say the opposite of what it did.
        refusals.append(Refusal("the feed is cut off", "Ask again later", place="its end"))
        ends = [end.end() for end in _ENTRY_END.finditer(outside)]
        if not ends:
            raise refusals[0]
        text = text[: ends[-1]]
    if _OWN_TEXT.search(outside):
        text = _CAPTION.sub("", text)
    text = _REFERENCE.sub(_resolve_reference, _BARE_AMPERSAND.sub("&amp;", text))
    try:
        parsed = feedparser.parse(
            BytesIO(text.encode()),
            response_headers={"content-type": "application/xml; charset=utf-8"},
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    except (AttributeError, LookupError, TypeError, ValueError) as error:  # it fails for some
        raise Refusal("it is not well-formed XML", "Check the feed's address") from error
    fields = parsed.get("feed", {})
    title, link = _title(fields), resolve_link(url, fields.get("link", ""))
    minutes = str(fields.get("ttl", ""))
    interval = int(minutes) * 60 or None if re.fullmatch(r"\d{1,7}", minutes) else None
    language = fields.get("language", "")
    feed = ParsedFeed(title, link, language, title, interval, (), tuple(refusals))
    address = url or _link(fields, "self")
    authors = _authors(fields) if parsed.get("version", "").startswith("atom") else ()
    entries = [_read_entry(one, address or link, authors) for one in parsed.get("entries", ())]
    for attributes in _DELETED.findall(outside):
        values = dict(_ATTRIBUTE.findall(attributes))
        id_, deleted_at = values.get("ref", ""), values.get("when", "")
        entries.append(Entry(id=id_, updated=deleted_at, is_deleted=True))
    return feed, address, entries


def _resolve_reference(reference: re.Match[str]) -> str:
    """Return the character that HTML's readers see; "" if XML has none of this number."""
    character = html.unescape(reference[0])
    return "" if character == "\ufffd" else escape(_FORBIDDEN.sub("", character))


def _read_entry(entry: Any, base: str, feed_authors: tuple[str, ...]) -> Entry:
    contents = [
        one
        for one in entry.get("content", ())
        if re.match(r"$|text|.*[hx]t?ml$", one.get("type") or "")  # no picture in base64
    ]
    texts = [extract_text(one.value, is_plain=one.get("type") == "text/plain") for one in contents]
    summary_type = entry.get("summary_detail", {}).get("type")
    id_ = entry.get("id", "")
    links = [entry.get("feedburner_origlink"), entry.get("link"), _link(entry, "")]
    links += [id_ if id_.startswith("http") and "guidislink" not in entry else ""]
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
        language=dict.get(entry, "language") or entry.get("title_detail", {}).get("language") or "",
        embargo=next((value for key, value in entry.items() if key.endswith("embargodate")), ""),
        is_recording=any(
            one.get("type", "").startswith(("audio/", "video/")) for one in enclosures
        ),
    )


def _title(fields: Any) -> str:
    is_plain = fields.get("title_detail", {}).get("type") == "text/plain"
    return extract_line(fields.get("title", ""), is_plain=is_plain)


def _link(fields: Any, relation: str) -> str:
    """Return the address of a link with this relation, or of any; "" if there is none."""
    links = fields.get("links", ())
    return next(
        (one["href"] for one in links if relation in one.get("rel", "") and one.get("href")), ""
    )


def _authors(fields: Any) -> tuple[str, ...]:
    """Return the authors; a single one as printed, since feedparser cuts long addresses."""
    authors = fields.get("authors", ())
    if len(authors) == 1:
        return (fields.get("author") or "",)
    names = [(one.get("name") or "", "email" in one) for one in authors]
    return tuple(name for name, has_email in names if not (has_email and name.islower()))
