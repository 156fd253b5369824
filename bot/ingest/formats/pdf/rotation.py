"""Rotate a page so that its text is upright: PDFium reports positions without the rotation."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

QuarterTurns = int | None
"""Clockwise quarter turns that make something upright; None if it is at another angle."""

_MAX_TILT = 0.1
"""Radians that text may deviate from one of the four directions. Stamps are more oblique."""
_MIN_SIDEWAYS_CHARACTERS = 200
"""If a file also has upright text, one of its sideways pages must have at least this many
characters. A stamp, or a credit along an edge, has fewer."""
_MIN_SIDEWAYS_SHARE = 0.9

_UNLIMITED_BOX = (-1e6, -1e6, 1e6, 1e6)
"""A crop box that cuts nothing off."""


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
    box = _displayed_box(page)
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


def _displayed_box(page: pypdfium2.PdfPage) -> Box:
    """Return the displayed part before rotation: the whole page if its crop box lies outside."""
    box = Box(*page.get_bbox())
    if box.left < box.right and box.bottom < box.top:
        return box
    # PDFium's media box ignores inherited values and unordered corners, so it is not used here.
    page.set_cropbox(*_UNLIMITED_BOX)
    return Box(*page.get_bbox())


def turns_to_upright(dx: float, dy: float) -> QuarterTurns:
    """Return the turns that make text upright, given the direction (dx, dy) of its baseline."""
    if abs(dy) <= _MAX_TILT * dx:
        return 0
    angle = math.atan2(dy, dx) / (math.pi / 2)
    turns = round(angle)
    return turns % 4 if abs(angle - turns) * (math.pi / 2) <= _MAX_TILT else None


def turns_of_pages(pages: Sequence[Counter[QuarterTurns]]) -> list[int]:
    """Return the turns that make each page upright, given how many characters need which turns.

    A page is turned if nearly all of its text is sideways. In a file with upright text, at least
    one page turned in the same way must have more text than a stamp.
    """
    min_characters = _MIN_SIDEWAYS_CHARACTERS if any(page[0] for page in pages) else 1
    turns_by_page = [
        next(
            (
                turns
                for turns, count in page.items()
                if turns and count >= _MIN_SIDEWAYS_SHARE * page.total()
            ),
            0,
        )
        for page in pages
    ]
    confirmed_turns = {
        turns
        for turns, page in zip(turns_by_page, pages, strict=True)
        if page[turns] >= min_characters
    }
    return [turns if turns in confirmed_turns else 0 for turns in turns_by_page]
