"""Detect the media type of fetched bytes: what servers declare is often wrong."""

from __future__ import annotations

import codecs
import re

from bot.ingest.formats import charsets, subtitles
from bot.ingest.formats.charsets import BYTE_ORDER_MARKS

_HEAD_SIZE = 4096
# The root element, behind a server's warnings, declarations, comments and instructions.
_ROOT = re.compile(
    r"[^<]{0,1000}(?:\s|<\?.*?\?>|<!--.*?-->|<!doctype[^<>\[]*(?:\[.*?\]\s*)?>)*+<([a-z][\w:.-]*)",
    re.DOTALL | re.IGNORECASE,
)
_FEED_ROOTS = ("rss", "feed", "rdf:rdf")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_ENCODING_DECLARATION = re.compile(rb"(?:charset|encoding)\s*=", re.IGNORECASE)


def detect_media_type(body: bytes) -> str:
    """Return the media type of bytes.

    It is text/html, application/xml (including feeds and wires), application/json, application/pdf,
    application/rtf, text/vtt (including SRT), text/plain, or else application/octet-stream.
    """
    head = body[:_HEAD_SIZE]
    if b"%PDF-" in head[:1024]:
        return "application/pdf"
    if head.startswith(b"{\\rtf"):
        return "application/rtf"
    if subtitles.recognises(head):
        return "text/vtt"
    text = charsets.decode_by_mark(head)
    text = (head.decode("latin-1") if text is None else text).lstrip()
    is_json = text.startswith(("{", "["))
    match = None if is_json else _ROOT.match(text)
    root = match[1].lower() if match else ""
    if root in _FEED_ROOTS:  # whatever characters its texts have
        return "application/xml"
    if _CONTROL.search(text):
        return "application/octet-stream"
    if is_json:
        return "application/json"
    if not text.startswith("<"):
        return "text/html" if root in ("html", "body") else "text/plain"
    return "application/xml" if text.startswith("<?xml") and root != "html" else "text/html"


def recode_to_utf8(body: bytes, media_type: str, content_type: str) -> bytes:
    """Convert a text to UTF-8 if only the Content-Type header states its encoding.

    A byte order mark is put before it, since readers trust a mark more than any declaration. Any
    other body is returned unchanged.
    """
    match = re.search(r"charset\s*=\s*[\"']?([\w.:-]+)", content_type, re.IGNORECASE)
    is_declared = _ENCODING_DECLARATION.search(body[:_HEAD_SIZE])
    if not match or is_declared or body.startswith(tuple(BYTE_ORDER_MARKS)):
        return body
    if media_type not in ("text/html", "text/plain", "application/xml"):
        return body
    if not charsets.codec_name(match[1]):
        return body
    return codecs.BOM_UTF8 + charsets.decode(body, match[1]).encode("utf-8", "replace")
