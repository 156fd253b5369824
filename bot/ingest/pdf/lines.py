"""The lines of a PDF's page: PDFium's characters with their places, put together."""

from __future__ import annotations

import ctypes
from collections import Counter
from collections.abc import Iterator, Sequence
from statistics import median
from typing import NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from bot.ingest.pdf.upright import (
    Box,
    quarters_of_page,
    quarters_to_upright,
    turn,
    turn_as_displayed,
)
from bot.ingest.refusal import Refusal

MAX_CHARACTERS = 200_000
"""Of one page. A newspaper's has thirty thousand."""

_GUTTER = 1.2
"""A gap, in font sizes, that may be the one between two columns."""
_WORD_SPACE = 0.6
"""A gap, in font sizes, that is too narrow for one between two columns."""
_SPACE = 0.1
_SAME_BASELINE = 0.1
_UNSCALED = 4
"""How many times its size a character is high if the size is no size: in bitmapped fonts."""
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
    """A line of one column of a page as it is displayed, in points; `size` is its font's.

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
    left: float = 0
    right: float = 0
    bottom: float = 0
    top: float = 0
    size: float = 0


def lines_of(page: pypdfium2.PdfPage) -> list[Line]:
    """The lines of a page that are upright as it is displayed, in the order in which the file draws
    them; a page that is sideways but for a few is turned first. Raises Refusal."""
    try:
        box = turn_as_displayed(page)
        lines, characters = _read(page, box)
        quarters = quarters_of_page(characters)
        if quarters:
            lines, _ = _read(page, turn(page, box, quarters))
    finally:
        page.close()
    return lines


def _read(page: pypdfium2.PdfPage, box: Box) -> tuple[list[Line], Counter[int | None]]:
    """The lines, and by how many quarters how many of the characters have to be turned."""
    text = page.get_textpage()
    try:
        count = text.count_chars()
        if count > MAX_CHARACTERS:
            raise Refusal(
                f"a page of it has {count:,} characters, more than {MAX_CHARACTERS:,}",
                "Check what it is",
            )
        characters: Counter[int | None] = Counter()
        found = (_line(glyphs, box) for glyphs in _runs(_glyphs(text, count, characters)))
        return _put_together([line for line in found if line]), characters
    finally:
        text.close()


def _runs(glyphs: Iterator[_Glyph]) -> Iterator[list[_Glyph]]:
    """Characters that follow each other on one line of one column."""
    run: list[_Glyph] = []
    last: _Glyph | None = None
    for glyph in glyphs:
        is_end = glyph.text in "\r\n"
        is_printed = bool(glyph.text.strip())
        if is_end or (last and is_printed and _is_elsewhere(last, glyph)):
            yield run
            run, last = [], None
        if not is_end:
            run.append(glyph)
        if is_printed:
            last = glyph
    yield run


def _glyphs(
    text: pypdfium2.PdfTextPage, count: int, characters: Counter[int | None]
) -> Iterator[_Glyph]:
    """The upright characters, and the blanks; counts by how many quarters each has to be turned."""
    box, matrix = pdfium.FS_RECTF(), pdfium.FS_MATRIX()
    to_box, to_matrix = ctypes.byref(box), ctypes.byref(matrix)
    half = 0
    for index in range(count):
        code = pdfium.FPDFText_GetUnicode(text, index)
        if 0xD800 <= code < 0xDC00:  # characters beyond the 16 bits come in two halves
            half = code
            continue
        if 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((half - 0xD800) << 10) + (code - 0xDC00) if half else 0
        half = 0
        printed = without_ligatures(chr(code))
        if not printed.strip():
            yield _Glyph(printed)
            continue
        pdfium.FPDFText_GetMatrix(text, index, to_matrix)
        # The matrix scales the size of the font, which may be 1, or negative to turn text round.
        size = pdfium.FPDFText_GetFontSize(text, index) or 1.0
        quarters = quarters_to_upright(matrix.a * size, matrix.b * size)
        characters[quarters] += 1
        if quarters != 0:
            continue
        pdfium.FPDFText_GetLooseCharBox(text, index, to_box)
        size, height = abs(matrix.d * size), box.top - box.bottom
        if height > _UNSCALED * size:
            size = height
        yield _Glyph(printed, box.left, box.right, box.bottom, box.top, size)


def _is_elsewhere(last: _Glyph, glyph: _Glyph) -> bool:
    """Whether a character stands in another column or on another line than the one before it."""
    size = max(last.size, glyph.size)
    return glyph.left - last.right > _GUTTER * size or glyph.left < last.left - size


def _line(glyphs: list[_Glyph], box: Box) -> Line | None:
    """Characters as a line, if there are any and they are displayed."""
    printed = [glyph for glyph in glyphs if glyph.text.strip()]
    text = " ".join("".join(glyph.text for glyph in glyphs).split())
    if not printed or not text:
        return None
    bottom = median(glyph.bottom for glyph in printed)
    top = median(glyph.top for glyph in printed)
    line = Line(
        text=text,
        left=min(glyph.left for glyph in printed),
        right=max(glyph.right for glyph in printed),
        bottom=bottom,
        top=top,
        size=max(top - bottom, 1.0),  # loose boxes are as high as the font
        from_top=(box.top - (top + bottom) / 2) / (box.top - box.bottom),
    )
    is_displayed = 0 <= line.from_top <= 1 and line.left < box.right and line.right > box.left
    return line if is_displayed else None


def joined(left: Line, right: Line) -> Line:
    """Two parts of a line as one."""
    parted = " " if right.left - left.right > _SPACE * left.size else ""
    return left._replace(text=f"{left.text}{parted}{right.text}", right=right.right)


def _put_together(lines: Sequence[Line]) -> list[Line]:
    """Join the words of a line that the file draws in another order than they stand in."""
    parts = dict(enumerate(lines))
    for row in _rows(lines):
        first, *others = sorted(row, key=lambda number: lines[number].left)
        for number in others:
            left, right = parts[first], parts[number]
            if abs(right.left - left.right) < _WORD_SPACE * max(left.size, right.size):
                parts[first] = joined(left, right)
                del parts[number]
            else:
                first = number
    return list(parts.values())


def _rows(lines: Sequence[Line]) -> Iterator[list[int]]:
    """The numbers of the lines, or parts of lines, that are on one baseline."""
    row: list[int] = []
    for number in sorted(range(len(lines)), key=lambda number: lines[number].bottom):
        line = lines[number]
        if row and line.bottom - lines[row[-1]].bottom > _SAME_BASELINE * line.size:
            yield row
            row = []
        row.append(number)
    if row:
        yield row
