"""The lines of a PDF's pages: characters with their places, put together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from statistics import median
from typing import NamedTuple

import pypdfium2

from bot.ingest.formats.pdf.glyphs import Glyph, glyphs_of
from bot.ingest.formats.pdf.upright import Box, Quarters, quarters_of_pages, turn
from bot.ingest.refusal import Refusal

MAX_CHARACTERS = 200_000
"""Of one page. A newspaper's has thirty thousand."""

_GUTTER = 1.2
"""A gap, in font sizes, that may be the one between two columns."""
_WORD_SPACE = 0.6
"""A gap, in font sizes, that is too narrow for one between two columns."""
_SPACE = 0.12
"""A gap, in font sizes, that is wider than what kerning leaves between letters."""
_LOOSE = 0.8
"""How high, in font sizes, the boxes of characters are at least if they include what is blank."""
_TRACKED = 0.08
"""A gap, in font sizes, that is narrower than any of a spaced-out line."""
_FEWEST_LETTERS = 4
"""Letters that are one word if a spaced-out line has no others: fewer may be initials."""
_WIDER = 2
"""How many times as wide as the gaps between letters one between words is at least."""
_SAME_BASELINE = 0.1
"""How far apart, in font sizes, the words of one line may be set up or down."""


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


def lines_of(document: pypdfium2.PdfDocument) -> list[list[Line]]:
    """The upright lines of each page as it is displayed, in the order in which the file draws them;
    pages that are sideways but for a few lines are turned. Raises Refusal."""
    pages, characters = [], []
    for number in range(len(document)):
        lines, counted = _read(document[number])
        pages.append(lines)
        characters.append(counted)
    for number, quarters in enumerate(quarters_of_pages(characters)):
        if quarters:
            pages[number], _ = _read(document[number], quarters)
    return pages


def _read(page: pypdfium2.PdfPage, further: int = 0) -> tuple[list[Line], Counter[Quarters]]:
    """The lines of a page that is turned by further quarters, and how its characters run."""
    rotation, characters = page.get_rotation(), Counter[Quarters]()
    box = turn(page, further)
    text = page.get_textpage()
    try:
        count = text.count_chars()
        if count > MAX_CHARACTERS:
            raise Refusal(
                f"one of its pages has {count:,} characters, more than {MAX_CHARACTERS:,}",
                "Check what it is",
            )
        found = (_line(run, box) for run in _runs(glyphs_of(text, characters)))
        return _put_together([line for line in found if line]), characters
    finally:
        page.set_rotation(rotation)  # the document keeps it, and may be asked for the page again
        text.close()
        page.close()


def _runs(glyphs: Iterable[Glyph]) -> Iterator[list[Glyph]]:
    """Characters that follow each other on one line of one column."""
    run: list[Glyph] = []
    last: Glyph | None = None
    for glyph in glyphs:
        is_end = glyph.text in ("\r", "\n")
        if is_end or (last and glyph.size and _is_elsewhere(last, glyph)):
            yield run
            run, last = [], None
        if not is_end:
            run.append(glyph)
        if glyph.size:
            last = glyph
    yield run


def _is_elsewhere(last: Glyph, glyph: Glyph) -> bool:
    """Whether a character stands in another column or on another line than the one before it."""
    size = max(last.size, glyph.size)
    return glyph.left - last.right > _GUTTER * size or glyph.left < last.left - size


def _line(glyphs: list[Glyph], box: Box) -> Line | None:
    """Characters as a line, if there are any and they are displayed."""
    placed = [glyph for glyph in glyphs if glyph.size]
    if not placed:
        return None
    bottom = median(glyph.bottom for glyph in placed)
    top = median(glyph.top for glyph in placed)
    line = Line(
        text=" ".join(_spaced(glyphs).split()),
        left=min(glyph.left for glyph in placed),
        right=max(glyph.right for glyph in placed),
        bottom=bottom,
        top=top,
        size=max(top - bottom, 1.0),  # loose boxes are as high as the font
        from_top=(box.top - (top + bottom) / 2) / (box.top - box.bottom),
    )
    is_displayed = 0 <= line.from_top <= 1 and line.left < box.right and line.right > box.left
    return line if is_displayed else None


def _spaced(glyphs: list[Glyph]) -> str:
    """What a line's characters read: PDFium's spaces, and one wherever words leave room for it, but
    none of PDFium's between spaced-out letters."""
    if not _has_loose_boxes(glyphs):
        return "".join(glyph.text for glyph in glyphs)
    if _is_spaced_out(glyphs):
        glyphs = [glyph for glyph in glyphs if not glyph.is_guessed]
    text: list[str] = []
    for _, between_blanks in groupby(glyphs, key=lambda glyph: glyph.size > 0):
        text += _parted(list(between_blanks))
    return "".join(text)


def _has_loose_boxes(glyphs: list[Glyph]) -> bool:
    """Whether the gaps between characters are what their font leaves, not what their ink does."""
    return all(glyph.top - glyph.bottom >= _LOOSE * glyph.size for glyph in glyphs)


def _is_spaced_out(glyphs: list[Glyph]) -> bool:
    """Whether PDFium takes the gaps between a line's letters for spaces: all letters leave one, and
    words leave wider ones, or there is nothing but letters: one word."""
    printed = [glyph for glyph in glyphs if not glyph.is_guessed]
    pairs = ((left, right) for left, right in pairwise(printed) if left.size and right.size)
    if any(right.left - left.right <= _TRACKED * left.size for left, right in pairs):
        return False
    letters = [glyph for glyph in printed if glyph.text.isalpha()]
    if len(printed) == len(glyphs) or len(letters) <= len(printed) / 2:
        return False  # figures beside each other may be a number each
    if len(letters) == len(printed) >= _FEWEST_LETTERS:
        return True
    gaps = _gaps([glyph for glyph in printed if glyph.size])
    return max(gaps, default=0) > _WIDER * _letter_gap(gaps)


def _parted(glyphs: list[Glyph]) -> list[str]:
    """Characters that no blank parts, with a space wherever a gap is wider than those within their
    words."""
    gaps = _gaps(glyphs)
    narrow = max(_SPACE * glyphs[0].size, _WIDER * _letter_gap(gaps))
    text = [glyphs[0].text]
    for gap, glyph in zip(gaps, glyphs[1:], strict=True):
        text.append(f" {glyph.text}" if gap > narrow else glyph.text)
    return text


def _gaps(glyphs: list[Glyph]) -> list[float]:
    return [right.left - left.right for left, right in pairwise(glyphs)]


def _letter_gap(gaps: list[float]) -> float:
    """The gap between the letters of a word, among gaps of which some may be between words: few are
    narrower, by kerning."""
    return sorted(gaps)[len(gaps) // 4] if gaps else 0.0


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
