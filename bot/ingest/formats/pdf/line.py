"""A line of a PDF's page."""

from __future__ import annotations

from typing import NamedTuple

# In multiples of the font size.
MIN_SPACE = 0.12
"""A larger gap is a space; kerning leaves less between letters."""
MIN_WIDE_GAP = 0.4
"""The smallest gap that may be one between columns, if those of the lines around it are there."""

Gaps = tuple[tuple[float, float, int], ...]


class Line(NamedTuple):
    """A line in one column of a page as displayed, in points; `size` is its font size.

    It reaches from its baseline, which is its `bottom`, up by its font size. `from_top` is its
    position on the page, from 0 at the upper edge to 1. `gaps` are the wide spaces in it: their
    left and right ends, and where in `text` the words after them start. `note_marks` are the raised
    numbers that were dropped from it, which refer to notes.
    """

    text: str
    left: float
    right: float
    bottom: float
    top: float
    size: float
    from_top: float
    gaps: Gaps = ()
    note_marks: tuple[str, ...] = ()


def join_lines(left: Line, right: Line) -> Line:
    """Join two parts of a line."""
    gap = right.left - left.right
    text = f"{left.text} " if gap > MIN_SPACE * left.size else left.text
    gaps = left.gaps
    if gap >= MIN_WIDE_GAP * left.size:
        gaps = (*gaps, (left.right, right.left, len(text)))
    gaps += tuple((start, end, len(text) + place) for start, end, place in right.gaps)
    marks = left.note_marks + right.note_marks
    return left._replace(text=text + right.text, right=right.right, gaps=gaps, note_marks=marks)
