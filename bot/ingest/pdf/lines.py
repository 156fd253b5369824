"""The lines of a PDF's page: PDFium's characters with their places, put together."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from statistics import median
from typing import NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from bot.ingest.refusal import Refusal

MAX_CHARACTERS = 200_000
"""Of one page. A newspaper's has thirty thousand."""

_TILTED = 0.1
"""Radians beyond which characters do not run along the lines: stamps, credits up an edge."""
_GUTTER = 1.2
"""A gap, in font sizes, that may be the one between two columns."""
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


def without_ligatures(text: str) -> str:
    """Write ligatures that are characters of their own as letters."""
    return text.translate(_MARKS)


class Line(NamedTuple):
    """A line of one column, in points from the page's lower left corner; `size` is its font's.

    `from_top` is where it stands on the page, from 0 at its upper edge to 1.
    """

    text: str
    left: float
    right: float
    bottom: float
    top: float
    size: float
    from_top: float


class _Glyph(NamedTuple):
    text: str
    left: float
    right: float
    bottom: float
    top: float
    size: float


def lines_of(page: pypdfium2.PdfPage) -> list[Line]:
    """The lines of a page, in the order in which the file draws them. Raises Refusal."""
    text, height = page.get_textpage(), page.get_height()
    try:
        count = text.count_chars()
        if count > MAX_CHARACTERS:
            raise Refusal(
                f"a page of it has {count:,} characters, more than {MAX_CHARACTERS:,}",
                "Check what it is",
            )
        glyphs: list[_Glyph] = []
        lines: list[Line | None] = []
        for glyph in _glyphs(text, count):
            is_end = glyph.text in "\r\n"
            if is_end or (glyphs and _is_elsewhere(glyphs, glyph)):
                lines.append(_line(glyphs, height))
                glyphs = []
            if not is_end:
                glyphs.append(glyph)
        lines.append(_line(glyphs, height))
    finally:
        text.close()
        page.close()
    return [line for line in lines if line]


def _glyphs(text: pypdfium2.PdfTextPage, count: int) -> Iterator[_Glyph]:
    box = pdfium.FS_RECTF()
    half = 0
    for index in range(count):
        code = pdfium.FPDFText_GetUnicode(text, index)
        if 0xD800 <= code < 0xDC00:  # characters beyond the 16 bits come in two halves
            half = code
            continue
        if 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((half - 0xD800) << 10) + (code - 0xDC00) if half else 0
        half = 0
        if abs(pdfium.FPDFText_GetCharAngle(text, index)) % 6.283 > _TILTED:
            continue
        pdfium.FPDFText_GetLooseCharBox(text, index, ctypes.byref(box))
        size = pdfium.FPDFText_GetFontSize(text, index) or 1.0
        printed = without_ligatures(chr(code))
        yield _Glyph(printed, box.left, box.right, box.bottom, box.top, size)


def _is_elsewhere(glyphs: list[_Glyph], glyph: _Glyph) -> bool:
    """Whether a character stands in another column or on another line than those before it."""
    if not glyph.text.strip():
        return False
    last = next((one for one in reversed(glyphs) if one.text.strip()), None)
    if last is None:
        return False
    size = max(last.size, glyph.size)
    return glyph.left - last.right > _GUTTER * size or glyph.left < last.left - size


def _line(glyphs: list[_Glyph], height: float) -> Line | None:
    printed = [glyph for glyph in glyphs if glyph.text.strip()]
    text = " ".join("".join(glyph.text for glyph in glyphs).split())
    if not printed or not text:
        return None
    bottom = median(glyph.bottom for glyph in printed)
    top = median(glyph.top for glyph in printed)
    return Line(
        text=text,
        left=min(glyph.left for glyph in printed),
        right=max(glyph.right for glyph in printed),
        bottom=bottom,
        top=top,
        # Loose boxes are as high as the font; the font's own size ignores how it is scaled.
        size=max(top - bottom, 1.0),
        from_top=1 - (top + bottom) / 2 / height if height else 0.5,
    )
