"""OpenDocument texts (`.odt`, ISO/IEC 26300), as LibreOffice writes them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from bot.ingest.formats import xml
from bot.ingest.formats.packages.package import OfficeDocument, Package, first_entry
from bot.ingest.parsed_file import ParsedArticle
from bot.ingest.refusal import Refusal, comments_refusal

_MEDIA_TYPE = b"mimetypeapplication/vnd.oasis.opendocument.text"
_KINDS = {
    **dict.fromkeys(("p", "h"), "paragraph"),
    **dict.fromkeys(("frame", "custom-shape"), "box"),
    **dict.fromkeys(("tracked-changes", "ruby-text", "note-citation"), "skipped"),
    **dict.fromkeys(("table-of-content", "alphabetical-index"), "skipped"),
    **{"note": "note", "annotation": "skipped", "s": " ", "tab": " ", "line-break": "\n"},
}


def recognises(head: bytes) -> bool:
    """Whether a file that starts like this is an OpenDocument text."""
    return first_entry(head).startswith(_MEDIA_TYPE)


def read(raw: bytes) -> Iterator[ParsedArticle | Refusal]:
    """Read a document as one article, as Word documents are read. Raises Refusal."""
    package = Package(raw, "OpenDocument text")
    manifest = package.parse("META-INF/manifest.xml", is_optional=True)
    if xml.find_first(manifest, "file-entry", "encryption-data") is not None:
        raise Refusal("it is locked by a password", "Save it without a password")
    content = package.parse("content.xml")
    body = xml.find_first(content, "body", "text")
    if body is None:
        raise Refusal("it is not a text document", "Save its text as .odt, .docx or .txt")
    looks = {"Title": "title"}
    for style in xml.find_all(content, "automatic-styles", "style"):
        name, text = xml.attribute(style, "name"), xml.find_first(style, "text-properties")
        if xml.attribute(style, "parent-style-name") == "Title":
            looks[name] = "title"
        if re.match("super|[1-9]", xml.attribute(text, "text-position")):
            looks[name] = "raised"
        if xml.attribute(text, "display") == "none":
            looks[name] = "hidden"

    def look(element: Element) -> str:
        is_first_level = xml.attribute(element, "outline-level") in ("", "1")
        heading = "title" if xml.local_name(element) == "h" and is_first_level else ""
        return looks.get(xml.attribute(element, "style-name"), heading)

    document = OfficeDocument(_KINDS, look)
    document.read_body(body)
    known = xml.find_first(package.parse("meta.xml", is_optional=True), "meta")
    yield document.to_article(Element("none") if known is None else known, "date")
    if count := sum(xml.local_name(element) == "annotation" for element in body.iter()):
        yield comments_refusal(count)
