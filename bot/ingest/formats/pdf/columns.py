"""In which order a page is read, and what on it only frames the pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import reduce
from itertools import groupby

from bot.ingest.formats.pdf.lines import Line, joined
from bot.ingest.formats.properties import embargoed

MAX_LINES = 1_000
"""Lines of a page beyond which it is no page of text, and is read as it was drawn."""
LEAST_IN_COLUMN = 3
EDGE = 0.12
"""How much of a page at its upper and lower edge can hold running heads and page numbers."""
_SAME_LINE = 0.4
"""How far apart, in font sizes, two baselines may be on one line."""
LONGEST_NAME = 5
"""Words of a newspaper's or a section's name: the lines of a text have more."""
_NUMBER = re.compile(
    r"\W*(?:page|seite|p\.?)?\W*\d{1,4}(?:\s*(?:of|/|von|sur|de)\s*\d{1,4})?\W*", re.IGNORECASE
)
_WHEN = re.compile(r"\d{1,4}([./-])\d{1,2}\1\d{2,4},? \d{1,2}:\d\d(?::\d\d)?(?:\s?[AP]M)?\b.*")
_DAY = re.compile(r"(?:[^\W\d]+\.?,? )?(?:\d{1,2}\.? [^\W\d]+|[^\W\d]+ \d{1,2},?) \d{4}")
_WHERE = re.compile(r"(?:https?|file)://\S+(?: \d{1,4}(?:/| of )\d{1,4})?")

Page = Sequence[Line]


def without_frames(pages: Sequence[Page]) -> list[list[Line]]:
    """Leave out page numbers, the rows that browsers print at the edges and those of a newspaper's
    name and date, and what stands on two pages in five at the same place of an edge."""
    counted = Counter(key for page in pages for key in {_frame_key(line) for line in page})
    often = max(2, 0.4 * len(pages))
    kept: list[list[Line]] = []
    for page in pages:
        at_edge = [line for line in page if _at_edge(line)]
        printed = _rows_of_browser(at_edge) | _dated_rows(at_edge)
        frames = {
            line
            for line in at_edge
            if _NUMBER.fullmatch(line.text)
            or round(line.bottom) in printed
            or counted[_frame_key(line)] >= often
        }
        kept.append([line for line in page if line not in frames])
    return kept


def _rows_of_browser(at_edge: Page) -> set[int]:
    """The heights of the rows that a browser prints: when and what it printed, and from where."""
    when = {round(line.bottom) for line in at_edge if _WHEN.fullmatch(line.text)}
    where = {round(line.bottom) for line in at_edge if _WHERE.fullmatch(line.text)}
    return when | where if when and where else set()


def _dated_rows(at_edge: Page) -> set[int]:
    """The heights of the rows that hold a date and, apart from it, a name; none that states an
    embargo."""
    rows: dict[int, list[str]] = {}
    for line in at_edge:
        rows.setdefault(round(line.bottom), []).append(line.text)
    return {
        height
        for height, texts in rows.items()
        if len(texts) > 1
        and any(map(_DAY.fullmatch, texts))
        and all(len(text.split()) <= LONGEST_NAME for text in texts)
        and not embargoed(None, " ".join(texts))
    }


def in_reading_order(page: Page) -> list[Line]:
    """Order lines as they are read: columns one after the other, between lines that span them."""
    lines = sorted(page, key=lambda line: (-line.top, line.left))
    return _ordered(lines) if len(lines) <= MAX_LINES else list(page)


def _frame_key(line: Line) -> tuple[str, int]:
    return re.sub(r"\d+", "0", line.text.casefold()), round(line.from_top * 50)


def _at_edge(line: Line) -> bool:
    return not EDGE < line.from_top < 1 - EDGE


def _ordered(lines: list[Line]) -> list[Line]:
    gutter = _gutter(lines)
    if gutter is None:
        return _whole(lines)
    ordered: list[Line] = []
    for spans, band in groupby(lines, key=lambda line: line.left < gutter < line.right):
        if spans:
            ordered += _whole(list(band))
            continue
        parted = list(band)
        ordered += _ordered([line for line in parted if line.right <= gutter])
        ordered += _ordered([line for line in parted if line.left >= gutter])
    return ordered


def _whole(lines: list[Line]) -> list[Line]:
    """Lines of one column, in whose justified text spaces may be as wide as a gutter, put together
    again."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: -line.top):
        # A large initial ends on the baseline of a later line; it is a line of its own.
        if rows and all(
            abs(a - b) < _SAME_LINE * line.size
            for a, b in ((rows[-1][0].bottom, line.bottom), (rows[-1][0].size, line.size))
        ):
            rows[-1].append(line)
        else:
            rows.append([line])
    return [reduce(joined, sorted(row, key=lambda line: line.left)) for row in rows]


def _gutter(lines: list[Line]) -> float | None:
    """Where a page is parted into columns: the place that the fewest lines cross, if it has several
    lines on both sides, beside each other, and most lines keep to one side."""
    best: tuple[int, float] | None = None
    for place in sorted({round(line.left) - 1.0 for line in lines}):
        left = [line for line in lines if line.right <= place]
        right = [line for line in lines if line.left >= place]
        crossing = len(lines) - len(left) - len(right)
        if min(_rows(left), _rows(right)) < max(LEAST_IN_COLUMN, crossing + 1):
            continue
        if _beside(left, right) and (best is None or crossing < best[0]):
            best = crossing, place
    return best[1] if best else None


def _rows(lines: list[Line]) -> int:
    """On how many rows lines are; wide spaces part one row into several lines."""
    return len({round(line.bottom) for line in lines})


def _beside(left: list[Line], right: list[Line]) -> bool:
    """Whether two groups of lines stand beside each other for half of the shorter's height."""
    top = min(max(line.top for line in left), max(line.top for line in right))
    bottom = max(min(line.bottom for line in left), min(line.bottom for line in right))
    heights = [
        max(line.top for line in group) - min(line.bottom for line in group)
        for group in (left, right)
    ]
    return top - bottom > min(heights) / 2
