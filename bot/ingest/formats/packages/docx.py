"""Word documents (`.docx`, Office Open XML, ISO/IEC 29500): paragraphs, lists and table cells.

Read with zipfile and our own XML parser: python-docx leaves out text inserted as a tracked change,
and resolves entities.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from bot.ingest.formats import office, xml
from bot.ingest.formats.markup import clean_plain_text
from bot.ingest.formats.office import OfficeDocument, Paragraph
from bot.ingest.formats.packages.package import Package, first_entry
from bot.ingest.parsed_file import ParsedArticle
from bot.ingest.refusal import Refusal
from bot.ingest.timestamps import parse_instant
from bot.text.raised import mark_raised, resolve_raised

_FIRST_ENTRIES = (b"[Content_Types].xml", b"_rels/", b"docProps/", b"word/")
_SKIPPED_ELEMENTS = frozenset(("del", "moveFrom", "instrText", "delText", "Fallback"))
"""Deleted or moved text, the codes of fields, and the older copy of a drawing."""
_DRAWINGS = frozenset(("drawing", "pict", "object"))
_BREAKS = {"br": "\n", "cr": "\n", "tab": " ", "noBreakHyphen": "\u2011", "ptab": " "}
_OTHER_ROOTS = {"workbook": "a spreadsheet", "presentation": "a set of slides"}
_TITLE_STYLES = ("Title", "Heading1")


def recognises(head: bytes) -> bool:
    """Whether a file that starts like this is an Office document, by its first entry's name."""
    return first_entry(head).startswith(_FIRST_ENTRIES)


def read(raw: bytes) -> Iterator[ParsedArticle | Refusal]:
    """Read a document as one article, with tracked changes accepted.

    Text boxes, footnotes and endnotes follow the text; comments and hidden text are left out. The
    properties' date is not the date of publication: it says when the document was saved. Raises
    Refusal.
    """
    with Package(raw, "Word document") as package:
        document_part = _find_part(package, "_rels/.rels", "/officeDocument")
        if not document_part:
            raise Refusal("it has no document in it", "Save it again")
        root = package.parse(document_part)
        if xml.local_name(root) != "document":
            kind = _OTHER_ROOTS.get(xml.local_name(root), "not a text document")
            raise Refusal(f"it is {kind}", "Save its text as .docx, .pdf or .txt")
        properties_part = _find_part(package, "_rels/.rels", "/core-properties")
        properties = package.parse(properties_part) if properties_part else Element("none")
        notes = [
            text
            for kind in ("footnote", "endnote")
            for text in _read_notes(_beside(package, document_part, f"/{kind}s"), kind)
        ]
        comments = _beside(package, document_part, "/comments")
    yield from office.make_article(
        OfficeDocument(
            paragraphs=list(_read_paragraphs(root)),
            text_boxes=list(_read_text_boxes(root)),
            notes=notes,
            title=xml.text_at(properties, "title"),
            author=xml.text_at(properties, "creator"),
            modified_at=parse_instant(xml.text_at(properties, "modified")),
            comment_count=len(list(xml.find_all(comments, "comment"))),
        )
    )


def _find_part(package: Package, relations: str, relation_type: str) -> str:
    """Return the part whose relationship type ends with `relation_type`; "" if there is none."""
    base = posixpath.dirname(posixpath.dirname(relations))
    for relation in package.parse(relations):
        if relation.get("Type", "").endswith(relation_type):
            target = relation.get("Target", "")
            path = target if target.startswith("/") else posixpath.join(base, target)
            return posixpath.normpath(path).lstrip("/")
    return ""


def _beside(package: Package, document_part: str, relation_type: str) -> Element:
    """Return a part that belongs to the document, such as its footnotes; empty if it has none."""
    folder, name = posixpath.split(document_part)
    relations = posixpath.join(folder, "_rels", f"{name}.rels")
    part = _find_part(package, relations, relation_type) if relations in package else ""
    return package.parse(part) if part in package else Element("none")


def _read_paragraphs(element: Element) -> Iterator[Paragraph]:
    """Yield the paragraphs; a drop cap, which is a paragraph of its own, begins the next one."""
    drop_cap = ""
    for paragraph in _find_paragraphs(element):
        text = resolve_raised("".join(_text_pieces(paragraph)))
        if _is_drop_cap(paragraph):
            drop_cap += text.strip()
        else:
            yield Paragraph(clean_plain_text(drop_cap + text), _style(paragraph) in _TITLE_STYLES)
            drop_cap = ""
    yield Paragraph(drop_cap)


def _is_drop_cap(paragraph: Element) -> bool:
    frame = xml.find_first(paragraph, "pPr", "framePr")
    values = frame.attrib.items() if frame is not None else ()
    return any(name.endswith("}dropCap") and value != "none" for name, value in values)


def _read_text_boxes(root: Element) -> Iterator[str]:
    for box in _find_text_boxes(root):
        yield from (paragraph.text for paragraph in _read_paragraphs(box))


def _find_text_boxes(element: Element) -> Iterator[Element]:
    for child in element:
        name = xml.local_name(child)
        if name == "txbxContent":
            yield child
        if name not in _SKIPPED_ELEMENTS:
            yield from _find_text_boxes(child)


def _read_notes(root: Element, kind: str) -> Iterator[str]:
    """Yield the notes; those with a type are the lines that separate notes from the text."""
    for note in xml.find_all(root, kind):
        if not any(name.endswith("}type") for name in note.attrib):
            yield " ".join(paragraph.text for paragraph in _read_paragraphs(note)).strip()


def _find_paragraphs(element: Element) -> Iterator[Element]:
    for child in element:
        name = xml.local_name(child)
        if name == "p":
            yield child
        elif name not in _SKIPPED_ELEMENTS and name not in _DRAWINGS:
            yield from _find_paragraphs(child)


def _text_pieces(element: Element) -> Iterator[str]:
    for child in element:
        name = xml.local_name(child)
        if name == "t":
            yield child.text or ""
        elif name in _BREAKS:
            yield _BREAKS[name]
        elif (
            name not in _SKIPPED_ELEMENTS
            and name not in _DRAWINGS
            and xml.find_first(child, "rPr", "vanish") is None
        ):
            pieces = _text_pieces(child)
            yield from [mark_raised("".join(pieces))] if _is_raised(child) else pieces


def _is_raised(run: Element) -> bool:
    alignment = xml.find_first(run, "rPr", "vertAlign")
    return alignment is not None and "superscript" in alignment.attrib.values()


def _style(paragraph: Element) -> str:
    style = xml.find_first(paragraph, "pPr", "pStyle")
    values = style.attrib.items() if style is not None else ()
    return next((value for name, value in values if name.endswith("}val")), "")
