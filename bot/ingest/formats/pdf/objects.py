"""What a PDF has besides text: people's comments, and pages that are pictures."""

from __future__ import annotations

from collections.abc import Sequence

import pypdfium2
import pypdfium2.raw as pdfium

_COMMENT_KINDS = (
    pdfium.FPDF_ANNOT_TEXT,
    pdfium.FPDF_ANNOT_FREETEXT,
    pdfium.FPDF_ANNOT_HIGHLIGHT,
    pdfium.FPDF_ANNOT_UNDERLINE,
    pdfium.FPDF_ANNOT_SQUIGGLY,
    pdfium.FPDF_ANNOT_STRIKEOUT,
    pdfium.FPDF_ANNOT_CARET,
)


def count_comments(page: pypdfium2.PdfPage) -> int:
    """Count the comments in words that people have put on a page."""
    count = 0
    for index in range(pdfium.FPDFPage_GetAnnotCount(page)):
        if annotation := pdfium.FPDFPage_GetAnnot(page, index):
            kind = pdfium.FPDFAnnot_GetSubtype(annotation)
            # The size of an empty text is 2 bytes.
            size = pdfium.FPDFAnnot_GetStringValue(annotation, b"Contents", None, 0)
            count += kind in _COMMENT_KINDS and size > 2
            pdfium.FPDFPage_CloseAnnot(annotation)
    return count


def count_pictured_pages(document: pypdfium2.PdfDocument, pages: Sequence[Sequence[object]]) -> int:
    """Count the pages that have a picture but no text."""
    return sum(
        any(one.type == pdfium.FPDF_PAGEOBJ_IMAGE for one in document[index].get_objects())
        for index, lines in enumerate(pages)
        if not lines
    )
