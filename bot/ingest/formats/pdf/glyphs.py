"""Extract the characters of a PDF's page and their positions, as PDFium reports them."""

from __future__ import annotations

import ctypes
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from bot.ingest.formats.pdf.rotation import QuarterTurns, turns_to_upright

_MAX_HEIGHT_RATIO = 4
"""A character higher than this many font sizes has no real font size, as in bitmap fonts."""
_REPLACEMENTS = {
    0x02: "-",  # PDFium's code for a hyphen at the end of a line
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
_SWAPPED_LETTERS = {ord(letter) << 8: letter for letter in "fijklt"}
"""Letters of ligatures by what Ghostscript makes of them when it swaps their bytes."""


class Glyph(NamedTuple):
    """A character and its position, in points; a blank has neither position nor size.

    `is_generated` means that PDFium has inserted a blank where there is room for one.
    """

    text: str
    left: float = 0
    right: float = 0
    baseline: float = 0
    height: float = 0
    size: float = 0
    is_generated: bool = False


def expand_ligatures(text: str) -> str:
    """Replace ligature characters by letters."""
    return text.translate(_REPLACEMENTS)


def extract_glyphs(
    text: pypdfium2.PdfTextPage, characters: Counter[QuarterTurns]
) -> Iterator[Glyph]:
    """Yield the upright characters and the blanks; count all characters by the turns they need."""
    handle, box, matrix = text.raw, pdfium.FS_RECTF(), pdfium.FS_MATRIX()
    box_pointer, matrix_pointer = ctypes.byref(box), ctypes.byref(matrix)
    previous_height = 0.0
    for index, character in _decode_characters(text):
        if not character or character.isspace():
            is_generated = pdfium.FPDFText_IsGenerated(handle, index) == 1
            yield Glyph(character, is_generated=is_generated)
            continue
        pdfium.FPDFText_GetMatrix(handle, index, matrix_pointer)
        # The matrix scales the font size, which may be 1, or negative to rotate text by 180°.
        size = pdfium.FPDFText_GetFontSize(handle, index) or 1.0
        turns = turns_to_upright(matrix.a * size, matrix.b * size)
        characters[turns] += 1
        if turns != 0:
            continue
        pdfium.FPDFText_GetLooseCharBox(handle, index, box_pointer)
        # Checked only if the height changes, since the check is slow.
        if abs(box.top - box.bottom - previous_height) > 0.1:
            _move_from_form_to_page(handle, index, matrix, box)
            previous_height = box.top - box.bottom
        size, height = abs(matrix.d * size), box.top - box.bottom
        if height > _MAX_HEIGHT_RATIO * size:
            size = 2 * height  # most lower-case letters are half as high as their font
        yield Glyph(character, box.left, box.right, matrix.f, height, size)


def _decode_characters(text: pypdfium2.PdfTextPage) -> Iterator[tuple[int, str]]:
    """Yield the index of each character, and its text."""
    high_surrogate = 0
    codes = [pdfium.FPDFText_GetUnicode(text.raw, index) for index in range(text.count_chars())]
    for index, (before, code, after) in enumerate(
        zip([0, *codes], codes, [*codes[1:], 0], strict=False)
    ):
        if code in _SWAPPED_LETTERS and (before in _SWAPPED_LETTERS or after in _SWAPPED_LETTERS):
            yield index, _SWAPPED_LETTERS[code]
            continue
        if 0xD800 <= code < 0xDC00:
            high_surrogate = code
            continue
        if 0xDC00 <= code < 0xE000:
            high_bits = (high_surrogate - 0xD800) << 10
            code = 0x10000 + high_bits + (code - 0xDC00) if high_surrogate else 0
        high_surrogate = 0
        yield index, (_REPLACEMENTS[code] or "") if code in _REPLACEMENTS else chr(code)


def _move_from_form_to_page(
    text: pdfium.FPDF_TEXTPAGE, index: int, matrix: pdfium.FS_MATRIX, box: pdfium.FS_RECTF
) -> None:
    """Move the box of a character from its form's coordinates to the page's.

    PDFium does not do so for characters in an /ActualText, such as many ligatures.
    """
    form, origin_x, origin_y = pdfium.FS_MATRIX(), ctypes.c_double(), ctypes.c_double()
    pdfium.FPDFPageObj_GetMatrix(pdfium.FPDFText_GetTextObject(text, index), form)
    pdfium.FPDFText_GetCharOrigin(text, index, origin_x, origin_y)
    scale = form.a * form.d - form.b * form.c
    if (origin_x.value, origin_y.value) != (form.e, form.f) or not scale:
        return
    corners = []
    for x, y in ((box.left, box.bottom), (box.right, box.top)):
        dx, dy = x - form.e, y - form.f
        form_x, form_y = form.d * dx - form.c * dy, form.a * dy - form.b * dx
        corners.append(
            (
                matrix.e + (matrix.a * form_x + matrix.c * form_y) / scale,
                matrix.f + (matrix.b * form_x + matrix.d * form_y) / scale,
            )
        )
    (box.left, box.right), (box.bottom, box.top) = map(sorted, zip(*corners, strict=True))
