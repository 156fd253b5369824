"""Footnotes: drop the raised numbers that refer to them, and take them out of the text."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import groupby, product
from statistics import median

from bot.ingest.formats.pdf.glyphs import Glyph
from bot.ingest.formats.pdf.line import MIN_SPACE, Line
from bot.text.raised import MAX_WORD_LENGTH, is_note_mark, to_superscript

# In multiples of the font size of the line or the text.
_MAX_RAISED_SIZE = 0.97
_MIN_RISE = 0.15
_MAX_NOTE_SIZE = 0.95
_MAX_MARK_GAP = 0.5

_NOTE_START = re.compile(r"[\[(]?(\d{1,3}|[*†‡§]{1,3})[\])]?[.:]?\s*(?=\S)")


def split_leading_mark(glyphs: Sequence[Glyph]) -> Iterator[list[Glyph]]:
    """Yield the raised number at the start of a run by itself, and the rest of the run: the number
    may belong to the end of another run."""
    groups = list(_split_raised(glyphs))
    if len(groups) > 1 and groups[0][0] and is_note_mark(_spell(groups[0][1]), ""):
        yield groups.pop(0)[1]
    yield [glyph for _, group in groups for glyph in group]


def _split_raised(glyphs: Sequence[Glyph]) -> Iterator[tuple[bool, list[Glyph]]]:
    """Yield a line's characters in groups, with whether each is raised."""
    printed = [glyph for glyph in glyphs if glyph.size]
    size = median(glyph.size for glyph in printed) if printed else 0.0
    baseline = median(glyph.baseline for glyph in printed) if printed else 0.0

    def is_raised(glyph: Glyph) -> bool:
        rise = glyph.baseline - baseline
        return 0 < glyph.size <= _MAX_RAISED_SIZE * size and rise >= _MIN_RISE * size

    for raised, group in groupby(glyphs, key=is_raised):
        yield raised, list(group)


def _spell(glyphs: Sequence[Glyph]) -> str:
    return "".join(glyph.text for glyph in glyphs)


def drop_note_marks(glyphs: Sequence[Glyph]) -> tuple[list[Glyph], tuple[str, ...]]:
    """Drop the raised numbers in a line that refer to notes, and return them; other raised numbers
    become exponents."""
    kept: list[Glyph] = []
    marks: list[str] = []
    for is_raised, run in _split_raised(glyphs):
        if not is_raised:
            kept += run
            continue
        mark, before = _spell(run), _last_word(kept)
        if is_note_mark(mark, before):
            marks.append(mark)
            # Without its text, but with its place, which is no gap between columns.
            kept += [glyph._replace(text="") for glyph in run]
        else:
            kept += [glyph._replace(text=to_superscript(glyph.text)) for glyph in run]
    return kept, tuple(marks)


def _last_word(glyphs: Sequence[Glyph]) -> str:
    """Return the end of the last word of a line's characters so far."""
    if glyphs and not glyphs[-1].size:
        return next((glyph.text for glyph in reversed(glyphs) if glyph.size), "")
    word, right = "", None
    for glyph in reversed(glyphs):
        if not glyph.size or (right and right.left - glyph.right > MIN_SPACE * glyph.size):
            break
        word, right = glyph.text + word, glyph
        if len(word) >= MAX_WORD_LENGTH:
            break
    return word


def attach_note_marks(lines: Sequence[Line]) -> list[Line]:
    """Attach the raised numbers that the file draws apart from their lines, as `drop_note_marks`
    does those within a line."""
    attached = list(lines)
    hosts = sorted(range(len(lines)), key=lambda index: lines[index].bottom)
    bottoms = [lines[index].bottom for index in hosts]
    removed: set[int] = set()
    for index, mark in enumerate(lines):
        if not is_note_mark(mark.text, ""):
            continue
        start = bisect_left(bottoms, mark.bottom - mark.size)
        near = [
            host
            for host in hosts[start : bisect_left(bottoms, mark.bottom)]
            if host not in removed and _is_raised_above(mark, attached[host])
        ]
        for attach, host in product((_append, _prepend, _insert), near):
            if joined := attach(attached[host], mark):
                attached[host] = joined
                removed.add(index)
                break
    return [line for index, line in enumerate(attached) if index not in removed]


def _is_raised_above(mark: Line, line: Line) -> bool:
    rise = mark.bottom - line.bottom
    return mark.size <= _MAX_RAISED_SIZE * line.size and rise >= _MIN_RISE * line.size


def _append(line: Line, mark: Line) -> Line | None:
    """Return a line with a raised number after it; None if it is elsewhere."""
    if abs(mark.left - line.right) >= _MAX_MARK_GAP * line.size:
        return None
    if is_note_mark(mark.text, line.text):
        return line._replace(right=mark.right, note_marks=(*line.note_marks, mark.text))
    return line._replace(text=line.text + to_superscript(mark.text), right=mark.right)


def _prepend(line: Line, mark: Line) -> Line | None:
    """Return a line with its raised number before it; None if it is elsewhere."""
    if abs(line.left - mark.right) >= _MAX_MARK_GAP * line.size:
        return None
    start = f"{mark.text} "
    gaps = tuple((left, right, len(start) + at) for left, right, at in line.gaps)
    return line._replace(text=start + line.text, left=mark.left, gaps=gaps)


def _insert(line: Line, mark: Line) -> Line | None:
    """Return a line within which a raised number was drawn later; None if it is elsewhere."""
    is_within = line.left < mark.left and mark.right < line.right
    return line._replace(note_marks=(*line.note_marks, mark.text)) if is_within else None


def take_notes(
    pages: Sequence[Sequence[Line]], text_size: float
) -> tuple[list[list[Line]], list[list[Line]]]:
    """Split the lines of pages, in reading order, into those of the text and those of each note.

    A note is in a smaller font than the text, and starts with a number to which its page refers.
    """
    text_pages: list[list[Line]] = []
    notes: list[list[Line]] = []
    for page in pages:
        marks = {number for line in page for mark in line.note_marks for number in _numbers(mark)}
        text: list[Line] = []
        note: list[Line] | None = None
        for line in page:
            start = _NOTE_START.match(line.text)
            is_small = line.size <= _MAX_NOTE_SIZE * text_size
            if start and is_small and start[1] in marks:
                note = [line._replace(text=line.text[start.end() :])]
                notes.append(note)
            elif note and _continues(note[-1], line):
                note.append(line)
            else:
                note = None
                text.append(line)
        text_pages.append(text)
    return text_pages, notes


def _numbers(mark: str) -> Iterator[str]:
    yield from re.findall(r"\d+|[*†‡§]+", mark)


def _continues(line: Line, next_line: Line) -> bool:
    is_same_size = abs(line.size - next_line.size) < 0.1 * line.size
    return is_same_size and 0 < line.bottom - next_line.bottom < 2 * line.size
