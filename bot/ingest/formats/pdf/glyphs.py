"""Extract the characters of a PDF's page and their positions, as PDFium reports them."""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

_MAX_TILT = 0.1
"""Radians that text may deviate from one of the four directions. Stamps are more oblique."""


class Box(NamedTuple):
    """The displayed part of a page, in points."""

    left: float
    bottom: float
    right: float
    top: float


def rotate(page: pypdfium2.PdfPage, extra_turns: int) -> Box:
    """Rotate a page's objects clockwise about its origin; returns the displayed part.

    They are rotated by the page's /Rotate and by `extra_turns` quarter turns.
    """
    box = Box(*page.get_bbox())
    if box.left >= box.right or box.bottom >= box.top:  # the crop box lies outside the page
        page.set_cropbox(-1e6, -1e6, 1e6, 1e6)
        box = Box(*page.get_bbox())
    turns = (page.get_rotation() // 90 + extra_turns) % 4
    page.set_rotation(0)  # it affects the order in which PDFium reports characters
    if not turns:
        return box
    cos, sin = ((1, 0), (0, 1), (-1, 0), (0, -1))[turns]
    matrix = pdfium.FS_MATRIX(cos, -sin, sin, cos, 0, 0)
    for index in range(pdfium.FPDFPage_CountObjects(page)):
        pdfium.FPDFPageObj_TransformF(pdfium.FPDFPage_GetObject(page, index), matrix)
    left, right = sorted(cos * x + sin * y for x, y in (box[:2], box[2:]))
    bottom, top = sorted(cos * y - sin * x for x, y in (box[:2], box[2:]))
    return Box(left, bottom, right, top)


_MAX_HEIGHT_RATIO = 4
"""A character higher than this many font sizes has no real font size, as in bitmap fonts."""
_REPLACEMENTS = {
    0x02: "-",  # PDFium's code for a hyphen at the end of a line
    0xFFFE: "-",
    0x00: None,
    **dict(enumerate(("ff", "fi", "fl", "ffi", "ffl", "st", "st"), start=0xFB00)),
}


class Glyph(NamedTuple):
    """A character and its position, in points; a blank has neither position nor size."""

    text: str
    left: float = 0
    right: float = 0
    baseline: float = 0
    size: float = 0
    is_hidden: bool = False


def expand_ligatures(text: str) -> str:
    """Replace ligatures by letters, and PDFium's code for a hyphen at a line's end by a hyphen."""
    return text.translate(_REPLACEMENTS)


def extract_glyphs(text: pypdfium2.PdfTextPage, characters: Counter[int | None]) -> Iterator[Glyph]:
    """Yield the upright characters and the blanks.

    Counts all characters by the clockwise quarter turns that they need; None for other angles.
    """
    handle, box, matrix = text.raw, pdfium.FS_RECTF(), pdfium.FS_MATRIX()
    box_pointer, matrix_pointer = ctypes.byref(box), ctypes.byref(matrix)
    for index in range(text.count_chars()):
        character = expand_ligatures(chr(pdfium.FPDFText_GetUnicode(handle, index)))
        if pdfium.FPDFText_IsGenerated(handle, index) == 1 and character == " ":
            character = ""  # a guess, which the gaps in the line confirm
        if not character or character.isspace():
            yield Glyph(character)
            continue
        pdfium.FPDFText_GetMatrix(handle, index, matrix_pointer)
        # The matrix scales the font size, which may be 1, or negative to rotate text by 180°.
        size = pdfium.FPDFText_GetFontSize(handle, index) or 1.0
        angle = math.atan2(matrix.b * size, matrix.a * size)
        turns = round(angle / (math.pi / 2))
        is_straight = abs(angle - turns * math.pi / 2) <= _MAX_TILT
        characters[turns % 4 if is_straight else None] += 1
        if turns or not is_straight:
            continue
        pdfium.FPDFText_GetLooseCharBox(handle, index, box_pointer)
        size, height = abs(matrix.d * size), box.top - box.bottom
        if height > _MAX_HEIGHT_RATIO * size:
            size = 2 * height  # most lower-case letters are half as high as their font
        drawn = pdfium.FPDFText_GetTextObject(handle, index)
        mode = pdfium.FPDFTextObj_GetTextRenderMode(drawn)
        is_hidden = mode == pdfium.FPDF_TEXTRENDERMODE_INVISIBLE
        yield Glyph(character, box.left, box.right, matrix.f, size, is_hidden)
