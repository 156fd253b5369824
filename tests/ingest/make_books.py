"""Writes small OpenDocument texts and EPUBs for the tests."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from urllib.parse import quote

from tests.ingest.packing import zipped

_ODF = "urn:oasis:names:tc:opendocument:xmlns"
_NAMESPACES = " ".join(
    f'xmlns:{prefix}="{_ODF}:{name}:1.0"'
    for prefix, name in (
        ("office", "office"),
        ("text", "text"),
        ("style", "style"),
        ("draw", "drawing"),
        ("table", "table"),
        ("meta", "meta"),
    )
)
ODT_TYPE = "application/vnd.oasis.opendocument.text"


def make_odt(
    body: str, *, styles: str = "", meta: str = "", kind: str = "text", manifest: str = ""
) -> bytes:
    """Write a document whose body is `body`; `styles` are its automatic styles."""
    parts = {
        "mimetype": ODT_TYPE,
        "content.xml": f"<office:document-content {_NAMESPACES}><office:automatic-styles>{styles}"
        f"</office:automatic-styles><office:body><office:{kind}>{body}</office:{kind}>"
        "</office:body></office:document-content>",
        "meta.xml": f'<office:document-meta {_NAMESPACES} xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<office:meta>{meta}</office:meta></office:document-meta>",
    }
    if manifest:
        parts["META-INF/manifest.xml"] = f"<manifest>{manifest}</manifest>"
    return zipped(parts, zipfile.ZIP_STORED)


def make_epub(
    chapters: Mapping[str, str],
    *,
    metadata: str = "",
    spine: Sequence[str] = (),
    properties: Mapping[str, str] = {},
    encryption: str = "",
) -> bytes:
    """Write a book of chapters by file name, in the order of `spine`, else as given."""
    items = "".join(
        f'<item id="{name}" href="{quote(name)}" media-type="application/xhtml+xml"'
        f' properties="{properties.get(name, "")}"/>'
        for name in chapters
    )
    references = "".join(f'<itemref idref="{name}"/>' for name in spine or chapters)
    parts = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": '<container><rootfiles><rootfile full-path="OEBPS/book.opf"/>'
        "</rootfiles></container>",
        "OEBPS/book.opf": '<package xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata>'
        f"{metadata}</metadata><manifest>{items}</manifest><spine>{references}</spine></package>",
    }
    if encryption:
        parts["META-INF/encryption.xml"] = f"<encryption>{encryption}</encryption>"
    parts |= {f"OEBPS/{name}": page for name, page in chapters.items()}
    return zipped(parts, zipfile.ZIP_STORED)


def page(body: str, *, kind: str = "") -> str:
    """A chapter's XHTML."""
    return (
        '<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"'
        f' xmlns:epub="http://www.idpf.org/2007/ops"><head><title>t</title></head>'
        f'<body epub:type="{kind}">{body}</body></html>'
    )
