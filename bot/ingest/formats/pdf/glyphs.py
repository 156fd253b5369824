"""The characters of a PDF's page with their places, as PDFium finds them."""

from __future__ import annotations

import ctypes
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from bot.ingest.formats.pdf.upright import Quarters, quarters_to_upright

_NO_EM = 4
"""How many times its size a character is high if the size is none, as in bitmapped fonts."""
_MARKS = {
    0x02: "-",  # PDFium's sign for a hyphen at a line's end
    0xFFFE: "-",
    0x00: None,
    0xFB00: "ff",
    0xFB01: "fi",
    0xFB02: "fl",
    0xFB03: "ffi",
    0xFB04: "ffl",
    0xFB05: "st",
    0xFB06: "st",
}


class Glyph(NamedTuple):
    """A character and its place, in points; a blank has neither place nor size.

    `is_guessed` is a blank that PDFium puts where there is room for one.
    """

    text: str
    left: float = 0
    right: float = 0
    bottom: float = 0
    top: float = 0
    size: float = 0
    is_guessed: bool = False


def without_ligatures(text: str) -> str:
    """Write ligatures that are characters of their own as letters."""
    return text.translate(_MARKS)


def glyphs_of(text: pypdfium2.PdfTextPage, characters: Counter[Quarters]) -> Iterator[Glyph]:
    """The upright characters, and the blanks; counts by how much each has to be turned."""
    handle, box, matrix = text.raw, pdfium.FS_RECTF(), pdfium.FS_MATRIX()
    to_box, to_matrix = ctypes.byref(box), ctypes.byref(matrix)
    height_before = 0.0
    for index, printed in _characters(text):
        if not printed or printed.isspace():
            yield Glyph(printed, is_guessed=pdfium.FPDFText_IsGenerated(handle, index) == 1)
            continue
        pdfium.FPDFText_GetMatrix(handle, index, to_matrix)
        # The matrix scales the size of the font, which may be 1, or negative to turn text round.
        size = pdfium.FPDFText_GetFontSize(handle, index) or 1.0
        quarters = quarters_to_upright(matrix.a * size, matrix.b * size)
        characters[quarters] += 1
        if quarters != 0:
            continue
        pdfium.FPDFText_GetLooseCharBox(handle, index, to_box)
        if abs(box.top - box.bottom - height_before) > 0.1:  # asked of few, as it takes long
            _move_out_of_form(handle, index, matrix, box)
            height_before = box.top - box.bottom
        size, height = abs(matrix.d * size), box.top - box.bottom
        if height > _NO_EM * size:
            size = 2 * height  # as of most small letters
        yield Glyph(printed, box.left, box.right, box.bottom, box.top, size)


def _characters(text: pypdfium2.PdfTextPage) -> Iterator[tuple[int, str]]:
    """The number of each character and what it reads."""
    handle, half = text.raw, 0
    for index in range(text.count_chars()):
        code = pdfium.FPDFText_GetUnicode(handle, index)
        if 0xD800 <= code < 0xDC00:  # characters beyond the 16 bits come in two halves
            half = code
            continue
        if 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((half - 0xD800) << 10) + (code - 0xDC00) if half else 0
        half = 0
        yield index, (_MARKS[code] or "") if code in _MARKS else chr(code)


def _move_out_of_form(
    text: pdfium.FPDF_TEXTPAGE, index: int, matrix: pdfium.FS_MATRIX, box: pdfium.FS_RECTF
) -> None:
    """Move the box of a character that is an /ActualText's, as ligatures often are: PDFium gives
    the place that it has in its form, not the form's on the page."""
    own, x, y = pdfium.FS_MATRIX(), ctypes.c_double(), ctypes.c_double()
    pdfium.FPDFPageObj_GetMatrix(pdfium.FPDFText_GetTextObject(text, index), own)
    pdfium.FPDFText_GetCharOrigin(text, index, x, y)
    scale = own.a * own.d - own.b * own.c
    if (x.value, y.value) != (own.e, own.f) or not scale:
        return
    places = []
    for right, up in ((box.left - own.e, box.bottom - own.f), (box.right - own.e, box.top - own.f)):
        along, across = own.d * right - own.c * up, own.a * up - own.b * right
        places.append(
            (
                matrix.e + (matrix.a * along + matrix.c * across) / scale,
                matrix.f + (matrix.b * along + matrix.d * across) / scale,
            )
        )
    (box.left, box.right), (box.bottom, box.top) = map(sorted, zip(*places, strict=True))
