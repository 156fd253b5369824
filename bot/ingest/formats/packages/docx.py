"""Word documents (`.docx`, Office Open XML, ISO/IEC 29500): paragraphs, lists and table cells.

Read with zipfile and our own XML parser: python-docx leaves out text inserted as a tracked change,
and resolves entities.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from bot.ingest.formats import xml
from bot.ingest.formats.packages.package import OfficeDocument, Package, first_entry
from bot.ingest.parsed_file import ParsedArticle
from bot.ingest.refusal import Refusal, comments_refusal

_FIRST_ENTRIES = (b"[Content_Types].xml", b"_rels/", b"docProps/", b"word/")
_KINDS = {
    **{"p": "paragraph", "t": "text"},
    **dict.fromkeys(("drawing", "pict", "object"), "box"),
    # Deleted or moved text, the codes of fields, and the older copy of a drawing.
    **dict.fromkeys(("del", "moveFrom", "instrText", "delText", "Fallback"), "skipped"),
    **{"br": "\n", "cr": "\n", "tab": " ", "ptab": " ", "noBreakHyphen": "\u2011"},
}


def recognises(head: bytes) -> bool:
    """Whether a file that starts like this is an Office document, by its first entry's name."""
    return first_entry(head).startswith(_FIRST_ENTRIES)


def read(raw: bytes) -> Iterator[ParsedArticle | Refusal]:
    """Read a document as one article, with tracked changes accepted.

    Text boxes, footnotes and endnotes follow the text; hidden text and, as a Refusal says, comments
    are left out. The properties' date says when the document was saved. Raises Refusal.
    """
    package = Package(raw, "Word document")
    main = _related(package, "", "officeDocument")
    if not main:
        raise Refusal("it has no document in it", "Save it again")
    root = package.parse(main)
    if xml.local_name(root) != "document":
        raise Refusal("it is not a text document", "Save its text as .docx, .pdf or .txt")
    document = OfficeDocument(_KINDS, _look)
    document.read_body(root)
    for kind in ("footnote", "endnote"):
        notes = package.parse(_related(package, main, f"{kind}s"), is_optional=True)
        for note in xml.find_all(notes, kind):
            if not xml.attribute(note, "type"):  # else it is a line between the text and the notes
                document.read_note(note)
    known = package.parse(_related(package, "", "core-properties"), is_optional=True)
    yield document.to_article(known, "modified")
    comments = package.parse(_related(package, main, "comments"), is_optional=True)
    if count := len(comments):
        yield comments_refusal(count)


def _related(package: Package, part: str, kind: str) -> str:
    folder, name = posixpath.split(part)
    relations = posixpath.join(folder, "_rels", f"{name}.rels")
    for relation in package.parse(relations, is_optional=bool(part)):
        if relation.get("Type", "").endswith(f"/{kind}"):
            path = posixpath.join("/", folder, relation.get("Target", ""))
            return posixpath.normpath(path).lstrip("/")
    return ""


def _look(element: Element) -> str:
    if xml.local_name(element) == "p":
        if xml.attribute(xml.find_first(element, "pPr", "framePr"), "dropCap") not in ("", "none"):
            return "drop cap"
        style = xml.attribute(xml.find_first(element, "pPr", "pStyle"), "val")
        return "title" if style in ("Title", "Heading1") else ""
    vanish = xml.find_first(element, "rPr", "vanish")
    if vanish is not None and xml.attribute(vanish, "val") not in ("0", "false", "off"):
        return "hidden"
    position = xml.attribute(xml.find_first(element, "rPr", "vertAlign"), "val")
    return "raised" if position == "superscript" else ""
