"""The text of a feed's element: plain, escaped markup, elements, or base64 (RFC 4287, 3.1)."""

from __future__ import annotations

import base64
import re
from xml.etree.ElementTree import Element

from bot.ingest.formats import markup, xml
from bot.ingest.formats.feed.names import attribute

_PLAIN_TYPE = re.compile(r"text|plain|text/(?!html|xml).*")
_CLOSING_OR_VOID_TAG = re.compile(
    r"</[a-z]|<(?:a|br|div|dd|dt|hr|iframe|img|input|li|p|span|td|tr|wbr)(?:[\s/][^<>]*)?>",
    re.IGNORECASE,
)
# Tags that hardly any plain text has.
_USUAL_TAG = re.compile(
    r"</(?:a|b|blockquote|div|em|h[1-6]|i|li|ol|p|span|strong|ul)\s*>|<(?:br|p)\s*/?>",
    re.IGNORECASE,
)
_ESCAPED_USUAL_TAG = re.compile(_USUAL_TAG.pattern.replace("<", "&lt;").replace(">", "&gt;"), re.I)
# An ampersand before what can only be a character reference: it was escaped once too often.
_ESCAPED_REFERENCE = re.compile(
    r"&amp;(?=#\d{2,7};|#x[0-9a-f]{2,6};|(?!(?:amp|lt|gt);)[a-z]{2,8};)", re.IGNORECASE
)
_WINDOWS_1252 = {
    code: bytes([code]).decode("cp1252", "ignore") or None for code in range(0x80, 0xA0)
}
_BINARY = re.compile("[\0-\x08\x0e-\x1f\ufffd]")


def read_text(element: Element, default_type: str) -> str:
    """Return the text of an element, with a blank line between paragraphs.

    `default_type` is its type if it states none: "text" or "html".
    """
    type_ = attribute(element, "type").partition(";")[0].strip().lower()
    mode = attribute(element, "mode").lower()
    if alternatives := list(xml.find_all(element, "content")):  # Atom 0.3's multipart/alternative
        return max((read_text(content, default_type) for content in alternatives), key=len)
    if len(element):
        text = markup.extract_tree_text(element)
        if _USUAL_TAG.search(text):  # some of its markup was escaped
            text = markup.extract_text(text.replace("\n\n", "<p>"))
        return _repair_controls(text)
    source = element.text or ""
    if mode == "base64" or _is_base64_type(type_):
        decoded = _decode_base64(source)
        source, type_ = source if decoded is None else decoded, type_ if mode else ""
    if mode == "escaped" and not type_:
        type_ = "html"
    return extract(source, is_plain=bool(_PLAIN_TYPE.fullmatch(type_ or default_type)))


def read_line(element: Element, default_type: str) -> str:
    """Return the text of an element on one line, such as a headline."""
    return " ".join(read_text(element, default_type).split())


def extract(source: str, *, is_plain: bool) -> str:
    """Return the text of plain text or HTML, whichever it is said to be, and repair it.

    Text that is said to be plain but has the usual tags is HTML. What is said to be HTML may have a
    "<" that starts no tag.
    """
    if is_plain and not _USUAL_TAG.search(source):
        return _repair_controls(markup.clean_plain_text(source))
    if not _CLOSING_OR_VOID_TAG.search(source):
        source = source.replace("<", "&lt;")
        if _ESCAPED_USUAL_TAG.search(source):  # it was escaped twice
            source = source.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    return _repair_controls(markup.extract_text(_ESCAPED_REFERENCE.sub("&", source)))


def _is_base64_type(type_: str) -> bool:
    """Whether a media type is that of bytes, which Atom has in base64 (RFC 4287, 4.1.3.3)."""
    return "/" in type_ and not type_.startswith("text/") and not type_.endswith(("/xml", "+xml"))


def _decode_base64(source: str) -> str | None:
    """Return the text that was encoded, "" if it is none; None if it is not base64."""
    try:
        text = base64.b64decode("".join(source.split()), validate=True).decode("utf-8", "replace")
    except ValueError:
        return None
    return "" if _BINARY.search(text) else text


def _repair_controls(text: str) -> str:
    """Replace control characters by those that Windows-1252 has in their place."""
    return text if text.isascii() else text.translate(_WINDOWS_1252)
