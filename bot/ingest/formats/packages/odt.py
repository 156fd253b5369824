"""OpenDocument texts (`.odt`, ISO/IEC 26300), as LibreOffice writes them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from bot.ingest.formats import xml
from bot.ingest.formats.markup import clean_plain_text
from bot.ingest.formats.packages.package import OfficeDocument, Package, first_entry
from bot.ingest.parsed_file import ParsedArticle
from bot.ingest.refusal import Refusal
from bot.ingest.timestamps import parse_instant
from bot.text.raised import mark_raised, resolve_raised

_MEDIA_TYPE = b"mimetypeapplication/vnd.oasis.opendocument.text"
_OTHER_BODIES = {
    "spreadsheet": "a spreadsheet",
    "presentation": "a set of slides",
    "drawing": "a drawing",
}
_SKIPPED = frozenset(
    ("tracked-changes", "ruby-text", "table-of-content", "alphabetical-index", "note-citation")
)
_MAX_SPACES = 1_000


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
        other = xml.find_first(content, "body")
        names = [xml.local_name(child) for child in (() if other is None else other)]
        kind = next(filter(None, map(_OTHER_BODIES.get, names)), "not a text document")
        raise Refusal(f"it is {kind}", "Save its text as .odt, .docx or .txt")
    reader = _Reader(content)
    for text, is_title in reader.paragraphs(body):
        reader.document.add(text, is_title=is_title)
    known = xml.find_first(package.parse("meta.xml", is_optional=True), "meta")
    known = Element("none") if known is None else known
    yield from reader.document.to_article(
        xml.text_at(known, "title"),
        xml.text_at(known, "creator"),
        parse_instant(xml.text_at(known, "date")),
    )


class _Reader:
    """Reads paragraphs, and collects what is printed beside them in `document`."""

    def __init__(self, content: Element) -> None:
        self.document = OfficeDocument()
        self._titles, self._hidden, self._raised = {"Title"}, set[str](), set[str]()
        for style in xml.find_all(content, "automatic-styles", "style"):
            name = xml.attribute(style, "name")
            text = xml.find_first(style, "text-properties")
            if xml.attribute(style, "parent-style-name") == "Title":
                self._titles.add(name)
            if xml.attribute(text, "display") == "none":
                self._hidden.add(name)
            if re.match(r"super|[1-9]", xml.attribute(text, "text-position")):
                self._raised.add(name)

    def paragraphs(self, element: Element) -> Iterator[tuple[str, bool]]:
        """Yield the texts of paragraphs and headings, and whether each is formatted as a title."""
        for child in element:
            name = xml.local_name(child)
            if name in ("p", "h"):
                text = clean_plain_text(resolve_raised("".join(self._pieces(child))))
                is_heading = name == "h" and xml.attribute(child, "outline-level") in ("", "1")
                yield text, is_heading or xml.attribute(child, "style-name") in self._titles
            elif name == "frame":
                self._read_box(child)
            elif name not in _SKIPPED:
                yield from self.paragraphs(child)

    def _pieces(self, element: Element) -> Iterator[str]:
        if xml.attribute(element, "style-name") in self._hidden:
            return
        yield re.sub(r"[ \t\r\n]+", " ", element.text or "")
        for child in element:
            yield self._inline(child)
            yield re.sub(r"[ \t\r\n]+", " ", child.tail or "")

    def _inline(self, element: Element) -> str:
        name = xml.local_name(element)
        if name == "s":
            count = xml.attribute(element, "c")
            return " " * min(_MAX_SPACES, int(count) if count.isdecimal() else 1)
        if name in ("tab", "line-break"):
            return "\n" if name == "line-break" else " "
        if name == "note":
            texts = [text for text, _ in self.paragraphs(element)]
            self.document.notes.append(" ".join(texts).strip())
        elif name == "annotation":
            self.document.comment_count += 1
        elif name in ("frame", "custom-shape"):
            self._read_box(element)
        elif name not in _SKIPPED:
            text = "".join(self._pieces(element))
            return (
                mark_raised(text) if xml.attribute(element, "style-name") in self._raised else text
            )
        return ""

    def _read_box(self, element: Element) -> None:
        self.document.text_boxes += [text for text, _ in self.paragraphs(element)]
