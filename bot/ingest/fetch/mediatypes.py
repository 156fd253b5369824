"""Detect the media type of fetched bytes: what servers declare is often wrong."""

from __future__ import annotations

import codecs
import re

from bot.ingest.formats import charsets, subtitles
from bot.ingest.formats.charsets import BYTE_ORDER_MARKS

_SIGNATURES = (
    (b"PK\x03\x04", "application/zip"),
    (b"\x1f\x8b", "application/gzip"),
    (b"{\\rtf", "application/rtf"),
)
_HEAD_SIZE = 4096
# Declarations, comments and processing instructions before the root element.
_PROLOGUE = re.compile(
    r"(?:\s+|<\?.*?\?>|<!--.*?-->|<!doctype[^<>\[]*(?:\[.*?\]\s*)?>)+", re.DOTALL | re.IGNORECASE
)
_ELEMENT = re.compile(r"<([a-z][\w:.-]*)", re.IGNORECASE)
_HTML_DOCTYPE = re.compile(r"<!doctype\s+html\b", re.IGNORECASE)
_HTML_ROOTS = re.compile(
    r"html|head|body|title|meta|link|base|style|script|noscript|div|p|span|a|h[1-6]|article|main"
    r"|section|header|nav|table|[ou]l|br|img|center|font|iframe",
    re.IGNORECASE,
)
# A feed, perhaps after a server's warnings, and whatever characters its texts have.
_FEED = re.compile(
    r"(?!\s*[{\[])[^<]{0,1000}(?:<\?xml[^<>]*>\s*)?<(?:rss|feed|rdf:RDF)[\s>]", re.IGNORECASE
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_ENCODING_DECLARATION = re.compile(rb"(?:charset|encoding)\s*=", re.IGNORECASE)


def detect_media_type(body: bytes) -> str:
    """Return the media type of bytes.

    It is text/html, application/xml (including feeds and wires), application/json, application/pdf,
    application/zip (including DOCX), application/gzip, application/rtf, text/vtt (including SRT),
    text/plain, or else application/octet-stream.
    """
    if b"%PDF-" in body[:1024]:
        return "application/pdf"
    for signature, name in _SIGNATURES:
        if body.startswith(signature):
            return name
    head = body[:_HEAD_SIZE]
    if subtitles.recognises(head):
        return "text/vtt"
    text = charsets.decode_by_mark(head)
    text = head.decode("latin-1") if text is None else text
    if _FEED.match(text):
        return "application/xml"
    if _CONTROL.search(text):
        return "application/octet-stream"
    return _detect_text_type(text.lstrip())


def _detect_text_type(head: str) -> str:
    if head[:1] in ("{", "["):
        return "application/json"
    if not head.startswith("<"):
        return "text/html" if re.search(r"<(?:html|body)\b", head, re.IGNORECASE) else "text/plain"
    prologue = match[0] if (match := _PROLOGUE.match(head)) else ""
    root = match[1] if (match := _ELEMENT.match(head, len(prologue))) else ""
    if _HTML_DOCTYPE.search(prologue) or root.lower() == "html":
        return "text/html"
    if not prologue.startswith("<?xml") and _HTML_ROOTS.fullmatch(root):
        return "text/html"
    return "application/xml"


def recode_to_utf8(body: bytes, media_type: str, content_type: str) -> bytes:
    """Convert a text to UTF-8 if only the Content-Type header states its encoding.

    A byte order mark is put before it, since readers trust a mark more than any declaration. Any
    other body is returned unchanged.
    """
    match = re.search(r"charset\s*=\s*[\"']?([\w.:-]+)", content_type, re.IGNORECASE)
    if not match or media_type not in ("text/html", "text/plain", "application/xml"):
        return body
    if body.startswith(tuple(BYTE_ORDER_MARKS)) or _ENCODING_DECLARATION.search(body[:_HEAD_SIZE]):
        return body
    if _is_utf8(body):
        return body  # many servers declare everything to be Latin-1
    if not (codec := charsets.codec_name(match[1])):
        return body
    return codecs.BOM_UTF8 + body.decode(codec, "replace").encode("utf-8", "replace")


def _is_utf8(body: bytes) -> bool:
    """Whether bytes are UTF-8 beyond ASCII; other encodings are hardly ever valid UTF-8."""
    try:
        return not body.isascii() and bool(body.decode())
    except UnicodeDecodeError:
        return False
