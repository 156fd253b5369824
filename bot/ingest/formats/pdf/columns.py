"""Sort a page's lines in reading order, and remove headers and footers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import reduce
from itertools import groupby, pairwise
from statistics import median

from bot.ingest.formats.pdf.lines import Line, join_lines

_MAX_LINES = 1_000
"""A page with more lines is not a page of text, and its lines stay in the order of the file."""
_MIN_COLUMN_ROWS = 3
_EDGE_SHARE = 0.12
# Distances are in font sizes.
_MAX_ROW_DISTANCE = 0.4
_MIN_LABEL_DISTANCE = 1.6
"""The usual distance between labels beside paragraphs, in multiples of that between lines."""
_MIN_LABELS_BESIDE = 0.8
_PAGE_NUMBER = re.compile(
    r"\W*(?:page|seite|p\.?)?\W*\d{1,4}(?:\s*(?:of|/|von|sur|de)\s*\d{1,4})?\W*", re.IGNORECASE
)
_BROWSER_PART = re.compile(r"://|\d[/.:]\d")
"""An address, a date, a time or a page's number, as browsers print them."""
_NUMBERED = re.compile(
    r"\b(?:page|seite)\W*\d{1,4}\b|^\d{1,4}\s*[|·•–—]|[|·•–—]\s*\d{1,4}$", re.IGNORECASE
)
"""A page's number beside other words, as in "Annual report | 7"."""
_MIN_DISTANCE = 2

_MIN_DIFFERENCE = 3
_MIN_SHARE = 0.08
"""A reading is worse than another if at least so many lines, of all, follow a line wrongly there
but not in the other."""

_BREAK = re.compile(
    r"[.!?…][\"'”’»)\]]*\n[^\W\d_A-ZÀ-Þ]|(?:[,;]|\b[^\W\d_A-Z]{1,3}|[^\W\d_][-\u00ad])\n[A-ZÀ-Þ]"
)
"""A line that does not go on where the line before it ends: in lower case after a sentence, or in
upper case after a comma, a short word or a hyphen."""

Page = Sequence[Line]


def remove_headers_and_footers(pages: Sequence[Page]) -> list[list[Line]]:
    """Remove the lines at the edges of pages that are not part of the text.

    These are page numbers, lines that are at the same edge of two pages in five, and a row that is
    far from the text and has a page's number, or several parts, such as a browser's header.
    """
    edges = [
        [line for line in page if not _EDGE_SHARE < line.from_top < 1 - _EDGE_SHARE]
        for page in pages
    ]
    counter = Counter(key for edge in edges for key in set(map(_repetition_key, edge)))
    min_count = max(2, 0.4 * len(pages))
    cleaned_pages: list[list[Line]] = []
    for page, edge in zip(pages, edges, strict=True):
        bottoms = Counter(round(line.bottom) for line in page)
        frame = {
            line
            for line in edge
            if (_PAGE_NUMBER.fullmatch(line.text) and bottoms[round(line.bottom)] == 1)
            or counter[_repetition_key(line)] >= min_count
        }
        rows = sorted(bottoms)
        for outer, inner in (rows[:2], rows[:-3:-1]) if len(rows) > 1 else ():
            parts = [line for line in edge if round(line.bottom) == outer]
            max_size = min(median(one.size for one in page), abs(outer - inner) / _MIN_DISTANCE)
            is_browsers = len(parts) > 1 and any(_BROWSER_PART.search(one.text) for one in parts)
            is_numbered = any(_NUMBERED.search(one.text) for one in parts)
            if (is_browsers or is_numbered) and parts[0].size <= max_size:
                frame.update(parts)
        cleaned_pages.append([line for line in page if line not in frame])
    return cleaned_pages if any(cleaned_pages) else [list(page) for page in pages]


def sort_in_reading_order(page: Page, gutters: set[float]) -> list[Line]:
    """Sort lines: one column after the other, between the lines that span the columns. The page's
    `gutters` are added to those of the pages before it."""
    lines = sorted(page, key=lambda line: (-line.top, line.left))
    return _sort_columns(lines, gutters) if len(lines) <= _MAX_LINES else list(page)


def _repetition_key(line: Line) -> tuple[str, bool]:
    return re.sub(r"\d+", "0", line.text.casefold()), line.from_top < 0.5


def _sort_columns(lines: list[Line], gutters: set[float]) -> list[Line]:
    gutter = _find_gutter(lines, gutters)
    if gutter is None:
        return _join_rows(lines)
    gutters.add(gutter)
    ordered: list[Line] = []
    for is_spanning, group in groupby(lines, key=lambda line: line.left < gutter < line.right):
        band = list(group)
        if is_spanning:
            ordered += _join_rows(band)
        else:
            ordered += _sort_columns([line for line in band if line.right <= gutter], gutters)
            ordered += _sort_columns([line for line in band if line.left >= gutter], gutters)
    return ordered


def _join_rows(lines: list[Line]) -> list[Line]:
    """Join the parts of each row in a column, since justified text may have very wide spaces."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: -line.top):
        # A drop cap shares its baseline with a later line, but stays a line of its own.
        if rows and all(
            abs(a - b) < _MAX_ROW_DISTANCE * line.size
            for a, b in ((rows[-1][0].bottom, line.bottom), (rows[-1][0].size, line.size))
        ):
            rows[-1].append(line)
        else:
            rows.append([line])
    return [reduce(join_lines, sorted(row, key=lambda line: line.left)) for row in rows]


def _find_gutter(lines: list[Line], gutters: set[float]) -> float | None:
    """Return the x coordinate of the gap between two columns, or None.

    It is the gap that the fewest lines cross. The two sides must be at the same height. The left
    must have several rows, and the right as many that begin below each other, which words after
    wide spaces do not; and more than lines that cross the gap. One is enough at known `gutters`.
    """
    best: tuple[int, float] | None = None
    for x in sorted({round(line.left) - 1.0 for line in lines}):
        sides = [one for one in lines if one.right <= x], [one for one in lines if one.left >= x]
        crossing_count = len(lines) - sum(map(len, sides))
        # Wide spaces split a row into several lines, of which the first comes last here.
        rows = [{round(one.bottom): round(one.left) for one in reversed(side)} for side in sides]
        left, right = map(sorted, rows)
        aligned_count = Counter(rows[1].values()).most_common(1)[0][1]
        least = 0 if x in gutters else _MIN_COLUMN_ROWS
        if min(len(left), aligned_count) < max(least, crossing_count + 1):
            continue
        overlap = min(left[-1], right[-1]) - max(left[0], right[0])
        is_beside = 2 * overlap >= min(left[-1] - left[0], right[-1] - right[0])
        if (
            (best is None or crossing_count < best[0])
            and is_beside
            and (x in gutters or not _are_labels(left, right))
        ):
            best = crossing_count, x
    return best[1] if best else None


def _are_labels(labels: list[int], rows: list[int]) -> bool:
    """Whether lines on the left stand beside paragraphs on the right, as speakers' names may do.

    They are far apart, and each is on the baseline of a line on the right.
    """
    steps, row_steps = ([high - low for low, high in pairwise(side)] for side in (labels, rows))
    beside = sum(any(abs(label - row) <= 1 for row in rows) for label in labels)
    is_beside = beside >= _MIN_LABELS_BESIDE * len(labels)
    return is_beside and median(steps) >= _MIN_LABEL_DISTANCE * median(row_steps)


def is_worse(page: Page, other_page: Page) -> bool:
    """Whether a reading of a page has clearly more broken sentences than another reading of it."""
    breaks, other_breaks = (
        sum(bool(_BREAK.search(f"{above.text}\n{line.text}")) for above, line in pairwise(reading))
        for reading in (page, other_page)
    )
    return breaks - other_breaks >= max(_MIN_DIFFERENCE, _MIN_SHARE * len(page))
