"""Split lines that were read across two columns, where the gap between these is narrow."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from bot.ingest.formats.pdf.line import Line

_MIN_ROWS = 6
"""The smallest number of rows, one below the other, with a gap or a line's end at the same place.
In a text with wide spaces, two or three have one by chance."""
_MAX_ROW_DISTANCE = 2.5
"""The maximum distance, in font sizes, between two such rows."""
_MAX_EDGE_DISTANCE = 1.0
"""How far from a gutter, in font sizes, a line of a column starts or ends."""
_RASTER = 2.0
"""The distance, in points, between the places at which gaps are looked for."""


def split_at_gutters(lines: Sequence[Line]) -> list[Line]:
    """Split the lines at the gaps that are at the same place in many rows."""
    places = {
        step * _RASTER
        for line in lines
        for left, right, _ in line.gaps
        for step in range(int(left // _RASTER) + 1, int(right // _RASTER) + 1)
    }
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


def _gaps_in_gutter(lines: Sequence[Line], x: float) -> Iterator[tuple[int, int]]:
    """Yield the gaps at a place that are in a gutter there: their lines, and their offsets."""
    crossing: list[float] = []
    rows: list[tuple[float, int, int | None]] = []
    for index, line in enumerate(lines):
        reach = _MAX_EDGE_DISTANCE * line.size
        if line.left < x < line.right:
            offset = next((gap[2] for gap in line.gaps if gap[0] <= x <= gap[1]), None)
            if offset is None:
                crossing.append(line.bottom)
            else:
                rows.append((line.bottom, index, offset))
        elif x - reach < line.right <= x or x <= line.left < x + reach:
            rows.append((line.bottom, index, None))
    if len(rows) < _MIN_ROWS or all(offset is None for _, _, offset in rows):
        return
    rows.sort(key=lambda row: -row[0])
    for run in _runs(rows, crossing, _MAX_ROW_DISTANCE * lines[rows[0][1]].size):
        if len(run) >= _MIN_ROWS:
            yield from ((index, offset) for _, index, offset in run if offset is not None)


def _runs(
    rows: Sequence[tuple[float, int, int | None]], crossing: Sequence[float], max_distance: float
) -> Iterator[Sequence[tuple[float, int, int | None]]]:
    """Yield the rows in runs without a line across their place between them."""
    starts = [
        number
        for number, ((above, *_), (below, *_)) in enumerate(pairwise(rows), start=1)
        if above - below > max_distance or any(below <= bottom <= above for bottom in crossing)
    ]
    for start, end in pairwise([0, *starts, len(rows)]):
        yield rows[start:end]


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
