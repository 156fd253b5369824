"""Turns a page upright: PDFium gives the places of what is drawn as if no page were turned."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

Quarters = int | None
"""By how many quarters something has to be turned clockwise to be upright; None if none does."""

_TILTED = 0.1
"""Radians beyond which text does not run in a direction: stamps across a page."""
_LEAST = 200
"""Characters that a sideways page of a file with upright text has at least: more than a stamp or a
credit up an edge."""
_NEARLY_ALL = 0.9

_ANYWHERE = (-1e6, -1e6, 1e6, 1e6)
"""A crop box that cuts nothing off."""


class Box(NamedTuple):
    """What is displayed of a page, in points."""

    left: float
    bottom: float
    right: float
    top: float


def turn(page: pypdfium2.PdfPage, further: int) -> Box:
    """Turn what a page draws clockwise about its origin, by its /Rotate and by further quarters;
    return what is displayed of it."""
    box = _displayed(page)
    quarters = (page.get_rotation() // 90 + further) % 4
    page.set_rotation(0)  # PDFium orders characters by it
    if not quarters:
        return box
    cos, sin = ((1, 0), (0, 1), (-1, 0), (0, -1))[quarters]
    matrix = pdfium.FS_MATRIX(cos, -sin, sin, cos, 0, 0)
    for number in range(pdfium.FPDFPage_CountObjects(page)):
        pdfium.FPDFPageObj_TransformF(pdfium.FPDFPage_GetObject(page, number), matrix)
    left, right = sorted(cos * x + sin * y for x, y in (box[:2], box[2:]))
    bottom, top = sorted(cos * y - sin * x for x, y in (box[:2], box[2:]))
    return Box(left, bottom, right, top)


def _displayed(page: pypdfium2.PdfPage) -> Box:
    """What a page displays before it is turned: all of it if its crop box lies outside."""
    box = Box(*page.get_bbox())
    if box.left < box.right and box.bottom < box.top:
        return box
    page.set_cropbox(*_ANYWHERE)  # PDFium's media box knows neither inheritance nor order
    return Box(*page.get_bbox())


def quarters_to_upright(along: float, up: float) -> Quarters:
    """By how much to turn text that runs along these coordinates."""
    if abs(up) <= _TILTED * along:
        return 0
    angle = math.atan2(up, along) / (math.pi / 2)
    quarters = round(angle)
    return quarters % 4 if abs(angle - quarters) * (math.pi / 2) <= _TILTED else None


def quarters_of_pages(pages: Sequence[Counter[Quarters]]) -> list[int]:
    """By how much to turn each page so that nearly all of its text is upright, by how many of its
    characters lack each; 0 where that is so, or if no page has more than a stamp's text, unless no
    page has upright text."""
    least = _LEAST if any(page[0] for page in pages) else 1
    most = [
        next((q for q, count in page.items() if q and count >= _NEARLY_ALL * page.total()), 0)
        for page in pages
    ]
    sideways = {q for q, page in zip(most, pages, strict=True) if page[q] >= least}
    return [q if q in sideways else 0 for q in most]
