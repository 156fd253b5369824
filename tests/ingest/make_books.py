"""Writes small OpenDocument texts for the tests."""

from __future__ import annotations

import zipfile

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
