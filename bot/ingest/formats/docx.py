"""Word documents (`.docx`, Office Open XML, ISO/IEC 29500): paragraphs, lists and tables' cells.

Read with the standard library's zipfile and the house's own opening of XML: python-docx leaves out
what was inserted with changes tracked, and follows entities.
"""

from __future__ import annotations

import io
import posixpath
import struct
import zipfile
import zlib
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from bot.ingest.formats import xml
from bot.ingest.formats.markup import read_plain
from bot.ingest.formats.properties import by_a_person, embargoed
from bot.ingest.formats.signatures import misnamed
from bot.ingest.head import read_head
from bot.ingest.metadata import Value
from bot.ingest.parsed_file import ParsedArticle
from bot.ingest.refusal import Refusal
from bot.ingest.timestamps import instant

MAX_FILES = 5_000
MAX_PART = 32 * 1024 * 1024
"""Bytes of a part's XML, unpacked; no other part is unpacked at all."""

_ZIP = b"PK"
_OLD_OR_LOCKED = b"\xd0\xcf\x11\xe0"
_NAMES = (b"[Content_Types].xml", b"_rels/", b"docProps/", b"word/")
_LEFT_OUT = frozenset(
    ("del", "moveFrom", "instrText", "delText", "drawing", "pict", "object", "AlternateContent")
)
"""What is deleted, moved away, a field's code, or drawn beside the text."""
_BREAKS = {"br": "\n", "cr": "\n", "tab": " ", "noBreakHyphen": "\u2011", "ptab": " "}
_TITLES = ("Title", "Heading1")
_SENTENCE_ENDS = (".", "!", "?", "”", '"')
_BROKEN = (zipfile.BadZipFile, zlib.error, struct.error)


def recognises(head: bytes) -> bool:
    """Whether a file that begins like this is an Office document: by its first file's name."""
    return head.startswith(b"PK\x03\x04") and head[30:60].startswith(_NAMES)


def read(raw: bytes) -> Iterator[ParsedArticle]:
    """Read a document as one article, with tracked changes accepted and comments, footnotes, text
    boxes and hidden text left out.

    The title is that of its properties if a person wrote it, or the paragraph that is formatted
    as one. A printed byline goes before the document's author. No date of publication is taken from
    the properties: they state when it was saved. Raises Refusal.
    """
    with _opened(raw) as package:
        main = _target(package, "/officeDocument")
        if not main:
            raise Refusal("it has no document in it", "Save it again")
        root = _parsed(package, main)
        properties = _target(package, "/core-properties")
        core = _parsed(package, properties) if properties else Element("none")
    if xml.local(root) != "document":
        raise Refusal("it is not a text document", "Save its text as .docx, .pdf or .txt")
    heading, paragraphs = _paragraphs(root)
    printed = read_head("\n\n".join([heading, *paragraphs]))
    title = by_a_person(xml.said(core, "title")) or heading
    if heading and heading != title:
        paragraphs.insert(0, heading)
    elif paragraphs and paragraphs[0] == title:
        del paragraphs[0]
    text = "\n\n".join(paragraphs)
    values: dict[str, Value | None] = {
        "title": title,
        # Who saved the file may not be who wrote the story.
        "byline": printed.get("byline") or by_a_person(xml.said(core, "creator")),
        "modified_at": instant(xml.said(core, "modified")),
    }
    known = {key: value for key, value in values.items() if value}
    yield ParsedArticle(text, known | embargoed(title, text))


def _opened(raw: bytes) -> zipfile.ZipFile:
    if raw.startswith(_OLD_OR_LOCKED):
        raise Refusal(
            "it is locked by a password, or in the format from before 2007 (.doc)",
            "Save it as .docx without a password",
        )
    if not raw.startswith(_ZIP):
        raise misnamed(raw, "Word document")
    try:
        package = zipfile.ZipFile(io.BytesIO(raw))
    except (ValueError, OSError, NotImplementedError, *_BROKEN) as error:
        raise Refusal("it is damaged: the ZIP file is not complete", "Download it again") from error
    if len(package.infolist()) > MAX_FILES:
        raise Refusal(f"it has more than {MAX_FILES:,} files in it", "Check where it came from")
    return package


def _target(package: zipfile.ZipFile, kind: str) -> str:
    """The name of the part that stands in this relation to the package; "" if there is none."""
    for relation in _parsed(package, "_rels/.rels"):
        if relation.get("Type", "").endswith(kind):
            return posixpath.normpath(relation.get("Target", "")).lstrip("/")
    return ""


def _parsed(package: zipfile.ZipFile, name: str) -> Element:
    try:
        with package.open(name) as file:
            source = file.read(MAX_PART + 1)
    except (LookupError, RuntimeError, ValueError, OSError, EOFError, *_BROKEN) as error:
        raise Refusal(f"it is damaged: its part {name} cannot be read", "Save it again") from error
    if len(source) > MAX_PART:
        raise Refusal(f"its part {name} unpacks to more than {MAX_PART:,} bytes", "Split it")
    try:
        return xml.parse(source)
    except Refusal as refusal:
        raise Refusal(f"in its part {name}, {refusal.cause}", refusal.remedy) from refusal


def _paragraphs(root: Element) -> tuple[str, list[str]]:
    """The paragraph formatted as the title, "" if a sentence stands before, and the others."""
    heading = ""
    paragraphs: list[str] = []
    opens = True
    for paragraph in _every_paragraph(root):
        text = read_plain("".join(_pieces(paragraph)))
        if text and not heading and opens and _style(paragraph) in _TITLES:
            heading = text
        elif text:
            paragraphs.append(text)
            opens = opens and not text.endswith(_SENTENCE_ENDS)
    return heading, paragraphs


def _every_paragraph(element: Element) -> Iterator[Element]:
    for child in element:
        name = xml.local(child)
        if name == "p":
            yield child
        elif name not in _LEFT_OUT:
            yield from _every_paragraph(child)


def _pieces(element: Element) -> Iterator[str]:
    for child in element:
        name = xml.local(child)
        if name == "t":
            yield child.text or ""
        elif name in _BREAKS:
            yield _BREAKS[name]
        elif name not in _LEFT_OUT and not _is_hidden(child):
            yield from _pieces(child)


def _is_hidden(run: Element) -> bool:
    return xml.first(run, "rPr", "vanish") is not None


def _style(paragraph: Element) -> str:
    style = xml.first(paragraph, "pPr", "pStyle")
    values = style.attrib.items() if style is not None else ()
    return next((value for name, value in values if name.endswith("}val")), "")
