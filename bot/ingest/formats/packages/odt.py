"""OpenDocument texts (`.odt`, ISO/IEC 26300), as LibreOffice writes them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from bot.ingest.formats import office, xml
from bot.ingest.formats.markup import clean_plain_text
from bot.ingest.formats.office import OfficeDocument, Paragraph
from bot.ingest.formats.packages.package import Package, first_entry
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
_SKIPPED_ELEMENTS = frozenset(
    ("tracked-changes", "ruby-text", "table-of-content", "alphabetical-index", "note-citation")
)
_MAX_SPACES = 1_000
_TITLE_STYLE = "Title"


def recognises(head: bytes) -> bool:
    """Whether a file that starts like this is an OpenDocument text."""
    return first_entry(head).startswith(_MEDIA_TYPE)


def read(raw: bytes) -> Iterator[ParsedArticle | Refusal]:
    """Read a document as one article, as Word documents are read. Raises Refusal."""
    with Package(raw, "OpenDocument text") as package:
        if _is_locked(package):
            raise Refusal("it is locked by a password", "Save it without a password")
        content = package.parse("content.xml")
        meta = package.parse("meta.xml") if "meta.xml" in package else Element("none")
    body = xml.find_first(content, "body", "text")
    if body is None:
        others = (
            name for name in _OTHER_BODIES if xml.find_first(content, "body", name) is not None
        )
        kind = _OTHER_BODIES.get(next(others, ""), "not a text document")
        raise Refusal(f"it is {kind}", "Save its text as .odt, .docx or .txt")
    reader = _Reader(_parent_styles(content), _hidden_styles(content), _raised_styles(content))
    paragraphs = list(reader.read_paragraphs(body))
    properties = xml.find_first(meta, "meta")
    properties = Element("none") if properties is None else properties
    yield from office.make_article(
        OfficeDocument(
            paragraphs=paragraphs,
            text_boxes=reader.text_boxes,
            notes=reader.notes,
            title=xml.text_at(properties, "title"),
            author=xml.text_at(properties, "creator"),
            modified_at=parse_instant(xml.text_at(properties, "date")),
            comment_count=reader.comment_count,
        )
    )


def _is_locked(package: Package) -> bool:
    if "META-INF/manifest.xml" not in package:
        return False
    manifest = package.parse("META-INF/manifest.xml")
    return any(True for _ in xml.find_all(manifest, "file-entry", "encryption-data"))


def _parent_styles(content: Element) -> dict[str, str]:
    """Return the style that each of the document's own styles is based on."""
    styles = xml.find_all(content, "automatic-styles", "style")
    return {_attribute(style, "name"): _attribute(style, "parent-style-name") for style in styles}


def _hidden_styles(content: Element) -> frozenset[str]:
    return frozenset(
        _attribute(style, "name")
        for style in xml.find_all(content, "automatic-styles", "style")
        if (text := xml.find_first(style, "text-properties")) is not None
        and _attribute(text, "display") == "none"
    )


def _raised_styles(content: Element) -> frozenset[str]:
    return frozenset(
        _attribute(style, "name")
        for style in xml.find_all(content, "automatic-styles", "style")
        if (text := xml.find_first(style, "text-properties")) is not None
        and re.match(r"super|[1-9]", _attribute(text, "text-position"))
    )


def _attribute(element: Element, name: str) -> str:
    found = (value for key, value in element.attrib.items() if key.rpartition("}")[2] == name)
    return next(found, "")


@dataclass
class _Reader:
    """Reads paragraphs, and collects what is printed beside them."""

    parent_styles: dict[str, str]
    hidden_styles: frozenset[str]
    raised_styles: frozenset[str]
    text_boxes: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    comment_count: int = 0

    def read_paragraphs(self, element: Element) -> Iterator[Paragraph]:
        """Yield the paragraphs and headings in an element."""
        for child in element:
            name = xml.local_name(child)
            if name in ("p", "h"):
                text = clean_plain_text(resolve_raised("".join(self._pieces(child))))
                yield Paragraph(text, self._is_title(child))
            elif name == "frame":
                self._read_box(child)
            elif name not in _SKIPPED_ELEMENTS:
                yield from self.read_paragraphs(child)

    def _pieces(self, element: Element) -> Iterator[str]:
        if _attribute(element, "style-name") in self.hidden_styles:
            return
        yield _fold(element.text)
        for child in element:
            yield from self._read_inline(child)
            yield _fold(child.tail)

    def _read_inline(self, element: Element) -> Iterator[str]:
        name = xml.local_name(element)
        if name == "s":
            count = _attribute(element, "c")
            yield " " * min(_MAX_SPACES, int(count) if count.isdecimal() else 1)
        elif name in ("tab", "line-break"):
            yield "\n" if name == "line-break" else " "
        elif name == "note":
            self.notes.append(" ".join(one.text for one in self.read_paragraphs(element)).strip())
        elif name == "annotation":
            self.comment_count += 1
        elif name in ("frame", "custom-shape"):
            self._read_box(element)
        elif name not in _SKIPPED_ELEMENTS:
            is_raised = _attribute(element, "style-name") in self.raised_styles
            pieces = self._pieces(element)
            yield from [mark_raised("".join(pieces))] if is_raised else pieces

    def _read_box(self, element: Element) -> None:
        self.text_boxes += [paragraph.text for paragraph in self.read_paragraphs(element)]

    def _is_title(self, paragraph: Element) -> bool:
        style = _attribute(paragraph, "style-name")
        is_heading = xml.local_name(paragraph) == "h"
        level = _attribute(paragraph, "outline-level") or "1"
        is_title = _TITLE_STYLE in (style, self.parent_styles.get(style))
        return is_title or (is_heading and level == "1")


def _fold(text: str | None) -> str:
    return re.sub(r"[ \t\r\n]+", " ", text or "")
