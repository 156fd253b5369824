"""What a PDF has besides text: people's comments, and pages that are pictures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pypdfium2
import pypdfium2.raw as pdfium

from bot.ingest.formats.pdf.line import Line

_COMMENT_KINDS = frozenset(
    (
        pdfium.FPDF_ANNOT_TEXT,
        pdfium.FPDF_ANNOT_FREETEXT,
        pdfium.FPDF_ANNOT_HIGHLIGHT,
        pdfium.FPDF_ANNOT_UNDERLINE,
        pdfium.FPDF_ANNOT_SQUIGGLY,
        pdfium.FPDF_ANNOT_STRIKEOUT,
        pdfium.FPDF_ANNOT_CARET,
    )
)
_MAX_FORM_DEPTH = 2


def count_comments(page: pypdfium2.PdfPage) -> int:
    """Count the comments in words that people have put on a page."""
    return sum(_is_comment(page, index) for index in range(pdfium.FPDFPage_GetAnnotCount(page)))


def _is_comment(page: pypdfium2.PdfPage, index: int) -> bool:
    annotation = pdfium.FPDFPage_GetAnnot(page, index)
    if not annotation:
        return False
    try:
        kind = pdfium.FPDFAnnot_GetSubtype(annotation)
        # The size of an empty text is 2 bytes.
        size = pdfium.FPDFAnnot_GetStringValue(annotation, b"Contents", None, 0)
        return kind in _COMMENT_KINDS and size > 2
    finally:
        pdfium.FPDFPage_CloseAnnot(annotation)


def count_pictured_pages(document: pypdfium2.PdfDocument, pages: Sequence[Sequence[Line]]) -> int:
    """Count the pages that have a picture but no text."""
    return sum(_has_picture(document[index]) for index, lines in enumerate(pages) if not lines)


def _has_picture(page: pypdfium2.PdfPage) -> bool:
    try:
        return any(kind == pdfium.FPDF_PAGEOBJ_IMAGE for kind in _object_kinds(page))
    finally:
        page.close()


def _object_kinds(page: pypdfium2.PdfPage) -> Iterator[int]:
    for one in page.get_objects(max_depth=_MAX_FORM_DEPTH):
        yield one.type
