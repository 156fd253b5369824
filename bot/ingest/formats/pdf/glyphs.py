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


class Glyph(NamedTuple):
    """A character and its position, in points; a blank has neither position nor size."""

    text: str
    left: float = 0
    right: float = 0
    baseline: float = 0
    size: float = 0


def expand_ligatures(text: str) -> str:
    """Replace ligature characters by letters."""
    return text.translate(_REPLACEMENTS)


def extract_glyphs(
    text: pypdfium2.PdfTextPage, characters: Counter[QuarterTurns]
) -> Iterator[Glyph]:
    """Yield the upright characters and the blanks; count all characters by the turns they need."""
    handle, box, matrix = text.raw, pdfium.FS_RECTF(), pdfium.FS_MATRIX()
    box_pointer, matrix_pointer = ctypes.byref(box), ctypes.byref(matrix)
    for index, character in _decode_characters(text):
        if not character or character.isspace():
            yield Glyph(character)
            continue
        pdfium.FPDFText_GetMatrix(handle, index, matrix_pointer)
        # The matrix scales the font size, which may be 1, or negative to rotate text by 180°.
        size = pdfium.FPDFText_GetFontSize(handle, index) or 1.0
        turns = turns_to_upright(matrix.a * size, matrix.b * size)
        characters[turns] += 1
        if turns != 0:
            continue
        pdfium.FPDFText_GetLooseCharBox(handle, index, box_pointer)
        size, height = abs(matrix.d * size), box.top - box.bottom
        if height > _MAX_HEIGHT_RATIO * size:
            size = 2 * height  # most lower-case letters are half as high as their font
        yield Glyph(character, box.left, box.right, matrix.f, size)


def _decode_characters(text: pypdfium2.PdfTextPage) -> Iterator[tuple[int, str]]:
    """Yield the index of each character, and its text."""
    high_surrogate = 0
    for index in range(text.count_chars()):
        code = pdfium.FPDFText_GetUnicode(text.raw, index)
        if 0xD800 <= code < 0xDC00:
            high_surrogate = code
            continue
        if 0xDC00 <= code < 0xE000:
            high_bits = (high_surrogate - 0xD800) << 10
            code = 0x10000 + high_bits + (code - 0xDC00) if high_surrogate else 0
        high_surrogate = 0
        yield index, (_REPLACEMENTS[code] or "") if code in _REPLACEMENTS else chr(code)
