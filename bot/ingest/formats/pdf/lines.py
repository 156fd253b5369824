"""Build the lines of a PDF's pages from characters and their positions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby, pairwise
from statistics import median
from typing import NamedTuple

import pypdfium2

from bot.ingest.formats.pdf.glyphs import Box, Glyph, extract_glyphs, rotate
from bot.ingest.refusal import Refusal
from bot.text.raised import print_raised

MAX_PAGE_CHARACTERS = 200_000
"""Characters of a page. A newspaper's page has thirty thousand."""

# Gaps and distances are in multiples of the font size.
_MIN_SPACE = 0.12
"""A larger gap is a space; kerning leaves less between letters."""
_MIN_GUESSED_SPACE, _SURE_SPACE = 0.05, 0.2
"""A gap that PDFium takes for a space; and one that is a space unless all gaps are that wide."""
_MIN_GUTTER = 1.2
_MAX_RISE = 0.7
"""How far a superscript may rise above the baseline. PDFium reports no line end after a hyphen."""
_MIN_MARK_RISE = 0.15
_MIN_SIDEWAYS_SHARE = 0.9


class Line(NamedTuple):
    """A line in one column of a page as displayed, in points; `size` is its font size.

    It reaches from its baseline, which is its `bottom`, up by its font size. `from_top` is its
    position on the page, from 0 at the upper edge to 1.
    """

    text: str
    left: float
    right: float
    bottom: float
    top: float
    size: float
    from_top: float


def join_lines(left: Line, right: Line) -> Line:
    """Join two parts of a line."""
    space = " " if right.left - left.right > _MIN_SPACE * left.size else ""
    return left._replace(text=f"{left.text}{space}{right.text}", right=right.right)


def extract_lines(document: pypdfium2.PdfDocument) -> list[list[Line]]:
    """Extract the upright lines of each page, in the order in which the file draws them.

    A page whose text is nearly all sideways is turned. Raises Refusal.
    """
    pages = []
    for index in range(len(document)):
        lines, characters = _read_page(document[index])
        turns, count = next(iter(characters.most_common(1)), (0, 0))
        if turns and count >= _MIN_SIDEWAYS_SHARE * characters.total():
            lines, _ = _read_page(document[index], turns)
        pages.append(lines)
    return pages


def _read_page(
    page: pypdfium2.PdfPage, extra_turns: int = 0
) -> tuple[list[Line], Counter[int | None]]:
    """Read a page, rotated by quarter turns; also count its characters by the turns they need."""
    rotation, characters = page.get_rotation(), Counter[int | None]()
    box = rotate(page, extra_turns)
    text = page.get_textpage()
    try:
        count = text.count_chars()
        if count > MAX_PAGE_CHARACTERS:
            raise Refusal(
                f"one of its pages has {count:,} characters, more than {MAX_PAGE_CHARACTERS:,}",
                "Check what it is",
            )
        glyphs = list(extract_glyphs(text, characters))
        if 2 * sum(one.is_hidden for one in glyphs) < len(glyphs):  # else it is a scan's text
            glyphs = [one for one in glyphs if not one.is_hidden]
        runs = _split_runs(glyphs)
        lines = [line for run in runs if (line := _make_line(run, box))]
        return lines, characters
    finally:
        page.set_rotation(rotation)  # the document keeps it, and the page may be read again
        text.close()
        page.close()


def _split_runs(glyphs: Iterable[Glyph]) -> Iterator[list[Glyph]]:
    """Split characters into runs that are on one line of one column."""
    run: list[Glyph] = []
    last_glyph: Glyph | None = None
    for glyph in glyphs:
        is_apart = last_glyph and glyph.size and _is_apart(last_glyph, glyph)
        if is_apart or glyph.text in ("\r", "\n"):
            yield run
            run, last_glyph = [], None
        run.append(glyph)
        last_glyph = glyph if glyph.size else last_glyph
    yield run


def _is_apart(last_glyph: Glyph, glyph: Glyph) -> bool:
    """Whether a character is in another column or on another line than the one before it."""
    size, min_size = max(last_glyph.size, glyph.size), min(last_glyph.size, glyph.size)
    return (
        glyph.left - last_glyph.right > _MIN_GUTTER * size
        or glyph.left < last_glyph.left - size
        or abs(glyph.baseline - last_glyph.baseline) > _MAX_RISE * min_size
    )


def _gap(glyph: Glyph, other: Glyph) -> float:
    """Return the gap between two characters, which may run from right to left."""
    return max(other.left - glyph.right, glyph.left - other.right)


def _make_line(glyphs: list[Glyph], box: Box) -> Line | None:
    """Make a line of characters; None if there are none or if they are not displayed."""
    printed_glyphs = [glyph for glyph in glyphs if glyph.size]
    if not printed_glyphs:
        return None
    # Not from the boxes: many fonts state a height that is not theirs.
    baseline = median(glyph.baseline for glyph in printed_glyphs)
    size = max(median(glyph.size for glyph in printed_glyphs), 1.0)

    def is_raised(glyph: Glyph) -> bool:
        return 0 < glyph.size < size and glyph.baseline - baseline >= _MIN_MARK_RISE * size

    # PDFium guesses too many spaces in a letter-spaced line, and misses some in a kerned one.
    gaps = [_gap(left, right) for left, right in pairwise(printed_glyphs)] or [0]
    min_missed = max(_SURE_SPACE * size, 2 * median(gaps))
    min_guessed = max(_MIN_GUESSED_SPACE * size, min(2 * median(gaps), _SURE_SPACE * size))
    text, last, min_gap = "", None, min_missed
    for raised, group in groupby(glyphs, key=is_raised):
        piece = ""
        for glyph in group:
            if glyph.size:
                piece += " " if last and _gap(last, glyph) > min_gap else ""
                last, min_gap = glyph, min_missed
            elif glyph.text:
                last = None
            else:
                min_gap = min_guessed
            piece += glyph.text
        text += print_raised(piece, text) if raised else piece
    line = Line(
        text=" ".join(text.encode("utf-16", "surrogatepass").decode("utf-16", "ignore").split()),
        left=min(glyph.left for glyph in printed_glyphs),
        right=max(glyph.right for glyph in printed_glyphs),
        bottom=baseline,
        top=baseline + size,
        size=size,
        from_top=(box.top - baseline - size / 2) / (box.top - box.bottom),
    )
    is_displayed = 0 <= line.from_top <= 1 and line.left < box.right and line.right > box.left
    return line if line.text and is_displayed else None
