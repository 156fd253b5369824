"""Rotate a page so that its text is upright: PDFium reports positions without the rotation."""

from __future__ import annotations

import math
from typing import NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

QuarterTurns = int | None
"""Clockwise quarter turns that make something upright; None if it is at another angle."""

_MAX_TILT = 0.1
"""Radians that text may deviate from one of the four directions. Stamps are more oblique."""
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
    box = Box(*page.get_bbox())
    if box.left >= box.right or box.bottom >= box.top:  # the crop box lies outside the page
        page.set_cropbox(*_UNLIMITED_BOX)
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


def turns_to_upright(dx: float, dy: float) -> QuarterTurns:
    """Return the turns that make text upright, given the direction (dx, dy) of its baseline."""
    angle = math.atan2(dy, dx) / (math.pi / 2)
    turns = round(angle)
    return turns % 4 if abs(angle - turns) * (math.pi / 2) <= _MAX_TILT else None
