"""Turns a page upright: PDFium gives the places of what is drawn as if no page were turned."""

from __future__ import annotations

import math
from collections import Counter
from typing import NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

_TILTED = 0.1
"""Radians beyond which text does not run in a direction: stamps across a page."""
_LEAST = 200
"""Characters that a sideways page has at least: more than a stamp or a credit up an edge."""
_NEARLY_ALL = 0.9


class Box(NamedTuple):
    """What is displayed of a page, in points."""

    left: float
    bottom: float
    right: float
    top: float


def turn_as_displayed(page: pypdfium2.PdfPage) -> Box:
    """Turn a page as its /Rotate says, and return what is displayed of it."""
    quarters, box = page.get_rotation() // 90, Box(*page.get_bbox())
    if not quarters:
        return box
    page.set_rotation(0)
    return turn(page, box, quarters)


def turn(page: pypdfium2.PdfPage, box: Box, quarters: int) -> Box:
    """Turn a page clockwise about its origin, and return where its box then is."""
    cos, sin = ((1, 0), (0, 1), (-1, 0), (0, -1))[quarters]
    matrix = pdfium.FS_MATRIX(cos, -sin, sin, cos, 0, 0)
    for number in range(pdfium.FPDFPage_CountObjects(page)):
        pdfium.FPDFPageObj_TransformF(pdfium.FPDFPage_GetObject(page, number), matrix)
    xs, ys = (
        sorted((first, second))
        for first, second in (
            (cos * box.left + sin * box.bottom, cos * box.right + sin * box.top),
            (-sin * box.left + cos * box.bottom, -sin * box.right + cos * box.top),
        )
    )
    return Box(xs[0], ys[0], xs[1], ys[1])


def quarters_to_upright(along: float, up: float) -> int | None:
    """By how many quarters text has to be turned clockwise to run to the right; None if it runs in
    none of the four directions."""
    if abs(up) <= _TILTED * along:
        return 0
    angle = math.atan2(up, along) / (math.pi / 2)
    quarters = round(angle)
    return quarters % 4 if abs(angle - quarters) * (math.pi / 2) <= _TILTED else None


def quarters_of_page(characters: Counter[int | None]) -> int:
    """By how many quarters a page has to be turned so that nearly all of its text is upright, by
    how many characters lack each; 0 if there is none, or little text."""
    total = characters.total()
    return next(
        (
            quarters
            for quarters, count in characters.items()
            if quarters and count >= max(_LEAST, _NEARLY_ALL * total)
        ),
        0,
    )
