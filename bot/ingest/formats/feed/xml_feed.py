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
from bot.ingest.refusal import Refusal

ROOTS = ("rss", "rdf", "channel", "item", "feed", "entry")
MAX_TAG_LENGTH = 20_000
MAX_TAGS = 250_000

_JUNK = re.compile(r"\A(?!\s*[{\[]|PK\x03\x04)[^<]{1,2000}(?=<)")
_DECLARATION = re.compile(r"\s*<\?xml[^<>]*\?>")
_FORBIDDEN = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_BARE_AMPERSAND = re.compile(r"&(?!#\d|#x|\w{1,31};)", re.IGNORECASE)
_REFERENCE = re.compile(r"&#(?:x[0-9a-f]+|\d+);?", re.IGNORECASE)
# Each also ends at the end of the text, so that no part is searched twice.
_CDATA = re.compile(r"<!\[CDATA\[.*?(?:\]\]>|\Z)", re.DOTALL)
_COMMENT = re.compile(rf"({_CDATA.pattern})|<!--.*?(?:-->|\Z)", re.DOTALL)
_CAPTION = re.compile(
    r"<media:description(?:\s[^<>]*)?(?<!/)>"
    r"(?:[^<]|<!\[CDATA\[[^\]]{0,5000}\]\]>)*+</media:description>"
)
_OWN_TEXT = re.compile(r"<(?:description|summary|content)[\s:>]")
_LONG_TAG = re.compile(rf"<[^<>]{{{MAX_TAG_LENGTH}}}")
_ENTRY_END = re.compile(r"</(?:\w+:)?(?:item|entry)\s*>", re.IGNORECASE)
_DELETED = re.compile(r"<(?:\w+:)?deleted-entry\s([^<>]*)>")
_ATTRIBUTE = re.compile(r"""\b(ref|when)\s*=\s*["']([^"']*)""")


def recognises(head: bytes) -> bool:
    """Whether a file that starts with these bytes is a feed, perhaps after a server's warnings."""
    text = charsets.decode_by_mark(head) or head.decode("latin-1")
    return xml.root_name(_JUNK.sub("", text, 1).encode()).lower() in ROOTS


def parse(raw: bytes) -> tuple[Any, list[dict[str, str]], list[Refusal]]:
    """Parse a feed to feedparser's result, and to the `ref` and `when` of each deleted entry.

    The refusals tell that it is cut off. Raises Refusal if it is not a feed, or hostile.
    """
    text = _JUNK.sub("", _FORBIDDEN.sub("", xml.decode(raw)), 1)
    text = _COMMENT.sub(lambda match: match[1] or "", _DECLARATION.sub("", text, 1))
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
    text = _REFERENCE.sub(
        lambda reference: escape(_FORBIDDEN.sub("", html.unescape(reference[0]).strip("\ufffd"))),
        _BARE_AMPERSAND.sub("&amp;", text),
    )
    try:
        parsed = feedparser.parse(
            BytesIO(text.encode()),
            response_headers={"content-type": "application/xml; charset=utf-8"},
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    except (AttributeError, LookupError, TypeError, ValueError) as error:  # it fails for some
        raise Refusal("it is not well-formed XML", "Check the feed's address") from error
    deletions = [dict(_ATTRIBUTE.findall(attributes)) for attributes in _DELETED.findall(outside)]
    return parsed, deletions, refusals
