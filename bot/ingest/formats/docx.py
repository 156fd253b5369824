"""Word documents (`.docx`, Office Open XML, ISO/IEC 29500): paragraphs, lists and table cells.

Read with zipfile and our own XML parser: python-docx leaves out text inserted as a tracked change,
and resolves entities.
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
from bot.ingest.formats.markup import clean_plain_text
from bot.ingest.formats.properties import drop_program_default, find_embargo
from bot.ingest.formats.signatures import wrong_type_refusal
from bot.ingest.head import read_head
from bot.ingest.metadata import drop_empty
from bot.ingest.parsed_file import ParsedArticle
from bot.ingest.refusal import Refusal
from bot.ingest.timestamps import parse_instant

MAX_PACKAGE_FILES = 5_000
MAX_PART_BYTES = 32 * 1024 * 1024
"""Size limit of an unpacked XML part. Only the parts that we need are unpacked."""

_ZIP_SIGNATURE = b"PK"
_OLE_SIGNATURE = b"\xd0\xcf\x11\xe0"
"""Start of a .doc, and of a .docx with a password."""
_FIRST_ENTRIES = (b"[Content_Types].xml", b"_rels/", b"docProps/", b"word/")
_SKIPPED_ELEMENTS = frozenset(
    ("del", "moveFrom", "instrText", "delText", "drawing", "pict", "object", "AlternateContent")
)
"""Deleted or moved text, the codes of fields, and drawings."""
_BREAKS = {"br": "\n", "cr": "\n", "tab": " ", "noBreakHyphen": "\u2011", "ptab": " "}
_TITLE_STYLES = ("Title", "Heading1")
_SENTENCE_ENDS = (".", "!", "?", "”", '"')
_ZIP_ERRORS = (zipfile.BadZipFile, zlib.error, struct.error)


def recognises(head: bytes) -> bool:
    """Whether a file that starts like this is an Office document, by its first entry's name."""
    return head.startswith(b"PK\x03\x04") and head[30:60].startswith(_FIRST_ENTRIES)


def read(raw: bytes) -> Iterator[ParsedArticle]:
    """Read a document as one article, with tracked changes accepted.

    Comments, footnotes, text boxes and hidden text are left out. The title is that of the
    properties if a person typed it, else the paragraph formatted as a title. A printed byline is
    preferred to the document's author. The properties' date is not the date of publication: it says
    when the document was saved. Raises Refusal.
    """
    with _open_package(raw) as package:
        document_part = _find_part(package, "/officeDocument")
        if not document_part:
            raise Refusal("it has no document in it", "Save it again")
        root = _parse_part(package, document_part)
        properties_part = _find_part(package, "/core-properties")
        properties = _parse_part(package, properties_part) if properties_part else Element("none")
    if xml.local_name(root) != "document":
        raise Refusal("it is not a text document", "Save its text as .docx, .pdf or .txt")
    heading, paragraphs = _read_paragraphs(root)
    head = read_head("\n\n".join([heading, *paragraphs]))
    title = drop_program_default(xml.text_at(properties, "title")) or heading
    if heading and heading != title:
        paragraphs.insert(0, heading)
    elif paragraphs and paragraphs[0] == title:
        del paragraphs[0]
    text = "\n\n".join(paragraphs)
    author = drop_program_default(xml.text_at(properties, "creator"))
    metadata = drop_empty(
        title=title,
        byline=head.get("byline") or author,  # the author may only have saved the file
        modified_at=parse_instant(xml.text_at(properties, "modified")),
    )
    yield ParsedArticle(text, metadata | find_embargo(title, text))


def _open_package(raw: bytes) -> zipfile.ZipFile:
    if raw.startswith(_OLE_SIGNATURE):
        raise Refusal(
            "it is locked by a password, or in the format from before 2007 (.doc)",
            "Save it as .docx without a password",
        )
    if not raw.startswith(_ZIP_SIGNATURE):
        raise wrong_type_refusal(raw, "Word document")
    try:
        package = zipfile.ZipFile(io.BytesIO(raw))
    except (ValueError, OSError, NotImplementedError, *_ZIP_ERRORS) as error:
        raise Refusal("it is damaged: the ZIP file is not complete", "Download it again") from error
    if len(package.infolist()) > MAX_PACKAGE_FILES:
        raise Refusal(
            f"it has more than {MAX_PACKAGE_FILES:,} files in it", "Check where it came from"
        )
    return package


def _find_part(package: zipfile.ZipFile, relation_type: str) -> str:
    """Return the part whose relationship type ends with `relation_type`; "" if there is none."""
    for relation in _parse_part(package, "_rels/.rels"):
        if relation.get("Type", "").endswith(relation_type):
            return posixpath.normpath(relation.get("Target", "")).lstrip("/")
    return ""


def _parse_part(package: zipfile.ZipFile, name: str) -> Element:
    try:
        with package.open(name) as file:
            source = file.read(MAX_PART_BYTES + 1)
    except (LookupError, RuntimeError, ValueError, OSError, EOFError, *_ZIP_ERRORS) as error:
        raise Refusal(f"it is damaged: its part {name} cannot be read", "Save it again") from error
    if len(source) > MAX_PART_BYTES:
        raise Refusal(f"its part {name} unpacks to more than {MAX_PART_BYTES:,} bytes", "Split it")
    try:
        return xml.parse(source)
    except Refusal as refusal:
        raise refusal.with_context(f"its part {name}") from refusal


def _read_paragraphs(root: Element) -> tuple[str, list[str]]:
    """Return the paragraph formatted as a title, and the other paragraphs.

    The title is "" if there is none, or if a sentence precedes it.
    """
    heading = ""
    paragraphs: list[str] = []
    is_before_story = True
    for paragraph in _find_paragraphs(root):
        text = clean_plain_text("".join(_text_pieces(paragraph)))
        if text and not heading and is_before_story and _style(paragraph) in _TITLE_STYLES:
            heading = text
        elif text:
            paragraphs.append(text)
            is_before_story = is_before_story and not text.endswith(_SENTENCE_ENDS)
    return heading, paragraphs


def _find_paragraphs(element: Element) -> Iterator[Element]:
    for child in element:
        name = xml.local_name(child)
        if name == "p":
            yield child
        elif name not in _SKIPPED_ELEMENTS:
            yield from _find_paragraphs(child)


def _text_pieces(element: Element) -> Iterator[str]:
    for child in element:
        name = xml.local_name(child)
        if name == "t":
            yield child.text or ""
        elif name in _BREAKS:
            yield _BREAKS[name]
        elif name not in _SKIPPED_ELEMENTS and xml.find_first(child, "rPr", "vanish") is None:
            yield from _text_pieces(child)


def _style(paragraph: Element) -> str:
    style = xml.find_first(paragraph, "pPr", "pStyle")
    values = style.attrib.items() if style is not None else ()
    return next((value for name, value in values if name.endswith("}val")), "")
