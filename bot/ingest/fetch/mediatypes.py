"""What fetched bytes are, told from the bytes: what a server says of them is often wrong."""

from __future__ import annotations

import codecs
import re

_BINARY = (
    (b"PK\x03\x04", "application/zip"),
    (b"\x1f\x8b", "application/gzip"),
)
_HEAD = 4096
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# What may stand before the root element: declarations, comments, instructions.
_BEFORE_ROOT = re.compile(
    r"(?:\s+|<\?.*?\?>|<!--.*?-->|<!doctype[^<>\[]*(?:\[.*?\]\s*)?>)+", re.DOTALL | re.IGNORECASE
)
_ELEMENT = re.compile(r"<([a-z][\w:.-]*)", re.IGNORECASE)
_HTML_DOCTYPE = re.compile(r"<!doctype\s+html\b", re.IGNORECASE)
_HTML_ROOTS = re.compile(
    r"html|head|body|title|meta|link|base|style|script|noscript|div|p|span|a|h[1-6]|article|main"
    r"|section|header|nav|table|[ou]l|br|img|center|font|iframe",
    re.IGNORECASE,
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_DECLARED = re.compile(rb"(?:charset|encoding)\s*=", re.IGNORECASE)


def media_type(body: bytes) -> str:
    """Name what bytes are: text/html, application/xml (feeds and wires too), application/json,
    application/pdf, application/zip (DOCX too), application/gzip, text/plain, or
    application/octet-stream for what is none of these."""
    if b"%PDF-" in body[:1024]:
        return "application/pdf"
    for magic, name in _BINARY:
        if body.startswith(magic):
            return name
    head = _head(body)
    if _CONTROL.search(head):
        return "application/octet-stream"
    return _text_type(head.lstrip())


def _head(body: bytes) -> str:
    for bom, encoding in _BOMS:
        if body.startswith(bom):
            return body[len(bom) : _HEAD].decode(encoding, "replace")
    return body[:_HEAD].decode("latin-1")


def _text_type(head: str) -> str:
    if head[:1] in ("{", "["):
        return "application/json"
    if not head.startswith("<"):
        return "text/html" if re.search(r"<(?:html|body)\b", head, re.IGNORECASE) else "text/plain"
    before = found[0] if (found := _BEFORE_ROOT.match(head)) else ""
    root = found[1] if (found := _ELEMENT.match(head, len(before))) else ""
    if _HTML_DOCTYPE.search(before) or root.lower() == "html":
        return "text/html"
    if not before.startswith("<?xml") and _HTML_ROOTS.fullmatch(root):
        return "text/html"
    return "application/xml"


def with_charset(body: bytes, media: str, content_type: str) -> bytes:
    """Rewrite a text as UTF-8 where only the header tells how it is encoded; all else stays as it
    is. A byte order mark goes before it, which readers believe before anything inside."""
    found = re.search(r"charset\s*=\s*[\"']?([\w.:-]+)", content_type, re.IGNORECASE)
    if not found or media not in ("text/html", "text/plain", "application/xml"):
        return body
    if _DECLARED.search(body[:_HEAD]) or any(body.startswith(bom) for bom, _ in _BOMS):
        return body
    if _is_utf8(body):
        return body  # many servers call everything Latin-1
    try:
        text = body.decode(codecs.lookup(found[1]).name, "replace")
    except (LookupError, ValueError):
        return body
    return codecs.BOM_UTF8 + text.encode("utf-8", "replace")


def _is_utf8(body: bytes) -> bool:
    """Whether bytes are UTF-8 beyond ASCII, which hardly anything else is by chance."""
    try:
        return not body.isascii() and bool(body.decode())
    except UnicodeDecodeError:
        return False
