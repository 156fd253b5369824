"""Word documents (`.docx`, Office Open XML, ISO/IEC 29500): paragraphs, lists and table cells.

Read with zipfile and our own XML parser: python-docx leaves out text inserted as a tracked change,
and resolves entities.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from bot.ingest.formats import xml
from bot.ingest.formats.markup import clean_plain_text
from bot.ingest.formats.packages.package import OfficeDocument, Package, first_entry
from bot.ingest.parsed_file import ParsedArticle
from bot.ingest.refusal import Refusal
from bot.ingest.timestamps import parse_instant
from bot.text.raised import mark_raised, resolve_raised

_FIRST_ENTRIES = (b"[Content_Types].xml", b"_rels/", b"docProps/", b"word/")
_SKIPPED = frozenset(("del", "moveFrom", "instrText", "delText", "Fallback"))
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
    package = Package(raw, "Word document")
    main = _related(package, "", "officeDocument")
    if not main:
        raise Refusal("it has no document in it", "Save it again")
    root = package.parse(main)
    if xml.local_name(root) != "document":
        kind = _OTHER_ROOTS.get(xml.local_name(root), "not a text document")
        raise Refusal(f"it is {kind}", "Save its text as .docx, .pdf or .txt")
    document = OfficeDocument()
    for text, style in _paragraphs(root):
        document.add(text, is_title=style in _TITLE_STYLES)
    for box in _find(root, "txbxContent", _SKIPPED):
        document.text_boxes += [text for text, _ in _paragraphs(box)]
    for kind in ("footnote", "endnote"):
        notes = package.parse(_related(package, main, f"{kind}s"), is_optional=True)
        for note in xml.find_all(notes, kind):
            if not xml.attribute(note, "type"):  # else it is a line between the text and the notes
                texts = [text for text, _ in _paragraphs(note)]
                document.notes.append(" ".join(texts).strip())
    comments = package.parse(_related(package, main, "comments"), is_optional=True)
    document.comment_count = len(list(xml.find_all(comments, "comment")))
    known = package.parse(_related(package, "", "core-properties"), is_optional=True)
    yield from document.to_article(
        xml.text_at(known, "title"),
        xml.text_at(known, "creator"),
        parse_instant(xml.text_at(known, "modified")),
    )


def _related(package: Package, part: str, kind: str) -> str:
    """Return the part that a part, or the package, has a relationship of a kind with; or ""."""
    folder, name = posixpath.split(part)
    relations = posixpath.join(folder, "_rels", f"{name}.rels")
    for relation in package.parse(relations, is_optional=bool(part)):
        if relation.get("Type", "").endswith(f"/{kind}"):
            path = posixpath.join("/", folder, relation.get("Target", ""))
            return posixpath.normpath(path).lstrip("/")
    return ""


def _find(element: Element, name: str, skipped: frozenset[str]) -> Iterator[Element]:
    for child in element:
        if xml.local_name(child) == name:
            yield child
        elif xml.local_name(child) not in skipped:
            yield from _find(child, name, skipped)


def _paragraphs(element: Element) -> Iterator[tuple[str, str]]:
    """Yield texts and styles; a drop cap, which is a paragraph of its own, begins the next one."""
    drop_cap = ""
    for paragraph in _find(element, "p", _SKIPPED | _DRAWINGS):
        text = resolve_raised("".join(_pieces(paragraph)))
        frame = xml.find_first(paragraph, "pPr", "framePr")
        if xml.attribute(frame, "dropCap") not in ("", "none"):
            drop_cap += text.strip()
        else:
            style = xml.attribute(xml.find_first(paragraph, "pPr", "pStyle"), "val")
            yield clean_plain_text(drop_cap + text), style
            drop_cap = ""
    yield drop_cap, ""


def _pieces(element: Element) -> Iterator[str]:
    for child in element:
        name = xml.local_name(child)
        if name == "t":
            yield child.text or ""
        elif name in _BREAKS:
            yield _BREAKS[name]
        elif name not in _SKIPPED | _DRAWINGS and xml.find_first(child, "rPr", "vanish") is None:
            text = "".join(_pieces(child))
            is_raised = (
                xml.attribute(xml.find_first(child, "rPr", "vertAlign"), "val") == "superscript"
            )
            yield mark_raised(text) if is_raised else text
