"""Split lines that were read across two columns, where the gap between these is narrow."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from bot.ingest.formats.pdf.line import Line

_MIN_ROWS = 6
"""The smallest number of rows, one below the other, with a gap or a line's end at the same place.
In a text with wide spaces, two or three have one by chance."""
_MIN_GAPS = 2
"""The smallest number of gaps that end at the same place."""
_MIN_ALIGNED = 0.6
"""The smallest share of these rows in which the words on the right start below each other."""
_MAX_ROW_DISTANCE = 2.5
"""The maximum distance, in font sizes, between two such rows."""
_MAX_EDGE_DISTANCE = 1.0
"""How far from a gutter, in font sizes, a line of a column starts or ends."""
_RASTER = 2.0
"""The distance, in points, between the places at which gaps are looked for."""


def split_at_gutters(lines: Sequence[Line]) -> list[Line]:
    """Split the lines at the gaps that are at the same place in many rows."""
    places = list(_places(lines))
    if not places:
        return list(lines)
    cuts: dict[int, set[int]] = defaultdict(set)
    for x in places:
        for index, offset in _gaps_in_gutter(lines, x):
            cuts[index].add(offset)
    return [
        part
        for index, line in enumerate(lines)
        for part in (_cut(line, cuts[index]) if index in cuts else [line])
    ]


def _places(lines: Sequence[Line]) -> Iterator[float]:
    """Yield the places before which several gaps end, if enough words start below each other."""
    gap_ends = Counter(round(right / _RASTER) for line in lines for _, right, _ in line.gaps)
    starts = gap_ends + Counter(round(line.left / _RASTER) for line in lines)
    for start, count in gap_ends.items():
        is_aligned = starts[start - 1] + starts[start] + starts[start + 1] >= _MIN_ROWS
        if count >= _MIN_GAPS and is_aligned:
            yield (start - 0.5) * _RASTER


class _Row(NamedTuple):
    """A line beside a place, or with a gap there: where the words to the right of it start, and
    where those after the gap start in the text."""

    bottom: float
    line: int
    start: float | None
    offset: int | None


def _gaps_in_gutter(lines: Sequence[Line], x: float) -> Iterator[tuple[int, int]]:
    """Yield the gaps at a place that are in a gutter there: their lines, and their offsets."""
    crossing: list[float] = []
    rows: list[_Row] = []
    for index, line in enumerate(lines):
        reach = _MAX_EDGE_DISTANCE * line.size
        if line.left < x < line.right:
            gap = next((gap for gap in line.gaps if gap[0] <= x <= gap[1]), None)
            if gap is None:
                crossing.append(line.bottom)
            else:
                rows.append(_Row(line.bottom, index, gap[1], gap[2]))
        elif x - reach < line.right <= x:
            rows.append(_Row(line.bottom, index, None, None))
        elif x <= line.left < x + reach:
            rows.append(_Row(line.bottom, index, line.left, None))
    if len(rows) < _MIN_ROWS or all(row.offset is None for row in rows):
        return
    rows.sort(key=lambda row: -row.bottom)
    for run in _runs(rows, crossing, _MAX_ROW_DISTANCE * lines[rows[0].line].size):
        if _is_column_edge(run):
            yield from ((row.line, row.offset) for row in run if row.offset is not None)


def _runs(
    rows: Sequence[_Row], crossing: Sequence[float], max_distance: float
) -> Iterator[Sequence[_Row]]:
    """Yield the rows in runs without a line across their place between them."""
    starts = [
        number
        for number, (above, below) in enumerate(pairwise(rows), start=1)
        if above.bottom - below.bottom > max_distance
        or any(below.bottom <= bottom <= above.bottom for bottom in crossing)
    ]
    for start, end in pairwise([0, *starts, len(rows)]):
        yield rows[start:end]


def _is_column_edge(run: Sequence[_Row]) -> bool:
    """Whether most of the words to the right of a place start below each other."""
    starts = Counter(round(row.start / _RASTER) for row in run if row.start is not None)
    aligned = max((count + starts[start + 1] for start, count in starts.items()), default=0)
    return aligned >= max(_MIN_ROWS, _MIN_ALIGNED * starts.total())


def _cut(line: Line, offsets: set[int]) -> Iterator[Line]:
    """Yield the parts of a line, each with its own ends and gaps."""
    start, left = 0, line.left
    for gap_left, gap_right, offset in line.gaps:
        if offset in offsets:
            yield _part(line, start, offset, left, gap_left)
            start, left = offset, gap_right
    yield _part(line, start, len(line.text), left, line.right)


def _part(line: Line, start: int, end: int, left: float, right: float) -> Line:
    inner = tuple(
        (gap_left, gap_right, offset - start)
        for gap_left, gap_right, offset in line.gaps
        if start < offset < end
    )
    return line._replace(text=line.text[start:end].strip(), left=left, right=right, gaps=inner)
