"""Writes small Word documents for the tests: the body's XML is the test's own."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT_WORD = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def make_docx(
    body: str,
    *,
    properties: str = "",
    namespace: str = WORD,
    prologue: str = "",
    beside: Mapping[str, str] = {},
) -> bytes:
    """Write a package whose document's body is `body` and whose core properties, `properties`.

    `beside` are other parts by type: "footnotes", "endnotes", "comments".
    """
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="1" Type="{_RELATIONS}/officeDocument" Target="word/document.xml"/>'
        f'<Relationship Id="2" Type="{_PACKAGE}/relationships/metadata/core-properties"'
        ' Target="/docProps/core.xml"/></Relationships>',
        "docProps/core.xml": f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/">'
        f"{properties}</cp:coreProperties>",
        "word/document.xml": f'{prologue}<w:document xmlns:w="{namespace}"'
        ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f"<w:body>{body}</w:body></w:document>",
    }
    if beside:
        relations = "".join(
            f'<Relationship Id="{kind}" Type="{_RELATIONS}/{kind}" Target="{kind}.xml"/>'
            for kind in beside
        )
        parts["word/_rels/document.xml.rels"] = f"<Relationships>{relations}</Relationships>"
    for kind, content in beside.items():
        parts[f"word/{kind}.xml"] = f'<w:{kind} xmlns:w="{namespace}">{content}</w:{kind}>'
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return written.getvalue()


def paragraph(text: str, style: str = "") -> str:
    """A paragraph of one run."""
    styled = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{styled}{run(text)}</w:p>"


def run(text: str) -> str:
    """A run of text, to be put into a paragraph."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;")
    return f'<w:r><w:t xml:space="preserve">{escaped}</w:t></w:r>'
