"""Build the lines of a PDF's pages from characters and their positions."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, groupby, pairwise
from statistics import median
from typing import NamedTuple

import pypdfium2

from bot.ingest.formats.pdf import notes
from bot.ingest.formats.pdf.glyphs import Glyph, extract_glyphs
from bot.ingest.formats.pdf.gutters import split_at_gutters
from bot.ingest.formats.pdf.line import MIN_SPACE, MIN_WIDE_GAP, Gaps, Line, join_lines
from bot.ingest.formats.pdf.objects import count_comments
from bot.ingest.formats.pdf.rotation import Box, QuarterTurns, rotate, turns_of_pages
from bot.ingest.refusal import Refusal

MAX_PAGE_CHARACTERS = 200_000
"""Characters of a page. A newspaper's page has thirty thousand."""

# Gaps and distances are in multiples of the font size.
_MIN_GUTTER = 1.2
"""The minimum gap between two columns."""
_MAX_WORD_GAP = 0.6
"""The maximum gap between two words of one column."""
_MAX_RISE = 0.7
"""How far a superscript may rise above the baseline. PDFium reports no line end after a hyphen."""
_MIN_LOOSE_HEIGHT = 0.8
"""The smallest height of character boxes that include the blank space around the ink."""
_MIN_LETTER_SPACING = 0.08
"""The smallest gap in a letter-spaced line."""
_MIN_LETTERS = 4
"""The minimum number of letters in a line that is one letter-spaced word, not initials."""
_MIN_OWN_SPACES = 3
"""The fewest spaces of a line that show how wide its spaces are."""
_MAX_NARROW_SPACE = 0.6
"""A gap between letters, in multiples of the line's spaces, is smaller."""
_MAX_LETTER_GAP_RATIO = 1.5
"""A gap between letters of a letter-spaced line, in multiples of the usual one, is smaller."""
_MIN_WORD_GAP_RATIO = 2
"""The smallest gap between words, in multiples of the gap between letters."""
_MIN_DROP_CAP_RATIO = 1.6
"""A drop cap, which shares its baseline with a later line, is at least so much larger."""
_MAX_BASELINE_DISTANCE = 0.1
"""The maximum distance between the baselines of one line's words."""


class _Page(NamedTuple):
    """The lines of a page, its characters by their rotation, and its number of comments."""

    lines: list[Line]
    characters: Counter[QuarterTurns]
    comment_count: int


def extract_lines(document: pypdfium2.PdfDocument) -> tuple[list[list[Line]], int]:
    """Extract the upright lines of each page, in the order in which the file draws them, and count
    the comments on the pages.

    Pages whose text is nearly all sideways are turned. Raises Refusal.
    """
    pages = [_read_page(document[index]) for index in range(len(document))]
    lines = [page.lines for page in pages]
    for index, turns in enumerate(turns_of_pages([page.characters for page in pages])):
        if turns:
            lines[index] = _read_page(document[index], turns).lines
    return lines, sum(page.comment_count for page in pages)


def _read_page(page: pypdfium2.PdfPage, extra_turns: int = 0) -> _Page:
    """Read a page, rotated by quarter turns."""
    rotation, characters = page.get_rotation(), Counter[QuarterTurns]()
    box = rotate(page, extra_turns)
    text = page.get_textpage()
    try:
        count = text.count_chars()
        if count > MAX_PAGE_CHARACTERS:
            raise Refusal(
                f"one of its pages has {count:,} characters, more than {MAX_PAGE_CHARACTERS:,}",
                "Check what it is",
            )
        runs = _split_runs(extract_glyphs(text, characters))
        parts = chain.from_iterable(map(notes.split_leading_mark, runs))
        lines = [line for part in parts if (line := _make_line(part, box))]
        return _Page(
            split_at_gutters(_join_words(notes.attach_note_marks(lines))),
            characters,
            count_comments(page),
        )
    finally:
        page.set_rotation(rotation)  # the document keeps it, and the page may be read again
        text.close()
        page.close()


def _split_runs(glyphs: Iterable[Glyph]) -> Iterator[list[Glyph]]:
    """Split characters into runs that are on one line of one column."""
    run: list[Glyph] = []
    last_glyph: Glyph | None = None
    for glyph in glyphs:
        is_line_end = glyph.text in ("\r", "\n")
        if is_line_end or (last_glyph and glyph.size and _is_apart(last_glyph, glyph)):
            yield run
            run, last_glyph = [], None
        if not is_line_end:
            run.append(glyph)
        if glyph.size:
            last_glyph = glyph
    yield run


def _is_apart(last_glyph: Glyph, glyph: Glyph) -> bool:
    """Whether a character is in another column or on another line than the one before it."""
    size = max(last_glyph.size, glyph.size)
    return (
        glyph.left - last_glyph.right > _MIN_GUTTER * size
        or glyph.left < last_glyph.left - size
        or (
            glyph.baseline != last_glyph.baseline
            and abs(glyph.baseline - last_glyph.baseline)
            > _MAX_RISE * min(last_glyph.size, glyph.size)
        )
    )


def _make_line(glyphs: list[Glyph], box: Box) -> Line | None:
    """Make a line of characters; None if there are none or if they are not displayed."""
    printed_glyphs = [glyph for glyph in glyphs if glyph.size]
    if not printed_glyphs:
        return None
    # Not from the boxes: many fonts state a height that is not theirs.
    baseline = median(glyph.baseline for glyph in printed_glyphs)
    size = max(median(glyph.size for glyph in printed_glyphs), 1.0)
    glyphs, note_marks = notes.drop_note_marks(glyphs)
    text, gaps = _spell(glyphs, MIN_WIDE_GAP * size)
    line = Line(
        text=text,
        left=min(glyph.left for glyph in printed_glyphs),
        right=max(glyph.right for glyph in printed_glyphs),
        bottom=baseline,
        top=baseline + size,
        size=size,
        from_top=(box.top - baseline - size / 2) / (box.top - box.bottom),
        gaps=gaps,
        note_marks=note_marks,
    )
    is_displayed = 0 <= line.from_top <= 1 and line.left < box.right and line.right > box.left
    return line if is_displayed else None


def _spell(glyphs: list[Glyph], min_gap: float) -> tuple[str, Gaps]:
    """Return a line's text, and its gaps of at least this width, as in `Line`."""
    characters, glyphs = _add_spaces(glyphs)
    pieces: list[list[str]] = [[]]
    ends: list[tuple[float, float]] = []
    right = math.inf
    for character, glyph in zip(characters, glyphs, strict=True):
        if glyph.size:
            if glyph.left - right >= min_gap:
                ends.append((right, glyph.left))
                pieces.append([])
            right = glyph.right
        pieces[-1].append(character)
    text, gaps = " ".join("".join(pieces[0]).split()), []
    for (left, right), before, piece in zip(ends, pieces, pieces[1:], strict=False):
        is_space = piece[0][:1].isspace() or before[-1].isspace()
        text = f"{text} " if is_space else text
        gaps.append((left, right, len(text)))
        text += " ".join("".join(piece).split())
    return text, tuple(gaps)


def _add_spaces(glyphs: list[Glyph]) -> tuple[list[str], list[Glyph]]:
    """Return the text of each glyph, with spaces where PDFium inserted them and where gaps are wide
    enough, and the glyphs.

    Spaces that PDFium inserted between letter-spaced letters are dropped.
    """
    if not _has_loose_boxes(glyphs):
        return [glyph.text for glyph in glyphs], glyphs
    if _is_letter_spaced(glyphs):
        glyphs = [glyph for glyph in glyphs if not glyph.is_generated]
    else:
        glyphs = _drop_narrow_spaces(glyphs)
    text: list[str] = []
    for _, group in groupby(glyphs, key=lambda glyph: glyph.size > 0):
        text += _split_at_gaps(list(group))
    return text, glyphs


def _has_loose_boxes(glyphs: list[Glyph]) -> bool:
    """Whether boxes include the blank space around the ink, so that gaps are those of the font."""
    return all(glyph.height >= _MIN_LOOSE_HEIGHT * glyph.size for glyph in glyphs)


def _is_letter_spaced(glyphs: list[Glyph]) -> bool:
    """Whether PDFium takes the gaps between a line's letters for spaces.

    There is a gap after every letter, and wider gaps between words, or the line is a single word of
    letters only.
    """
    printed_glyphs = [glyph for glyph in glyphs if not glyph.is_generated]
    pairs = ((left, right) for left, right in pairwise(printed_glyphs) if left.size and right.size)
    if any(right.left - left.right <= _MIN_LETTER_SPACING * left.size for left, right in pairs):
        return False
    letters = [glyph for glyph in printed_glyphs if glyph.text.isalpha()]
    if len(printed_glyphs) == len(glyphs) or len(letters) <= len(printed_glyphs) / 2:
        return False  # figures next to each other may be separate numbers
    if len(letters) == len(printed_glyphs) >= _MIN_LETTERS:
        return True
    gaps = _gaps([glyph for glyph in printed_glyphs if glyph.size])
    return max(gaps, default=0) > _MIN_WORD_GAP_RATIO * _letter_gap(gaps)


def _drop_narrow_spaces(glyphs: list[Glyph]) -> list[Glyph]:
    """Drop the spaces that PDFium inserted between letters of a word: in gaps much narrower than
    the line's own spaces, or no wider than the other gaps of a letter-spaced line."""
    inserted: dict[int, float] = {}
    own: list[float] = []
    for index, (before, blank, after) in enumerate(
        zip(glyphs, glyphs[1:], glyphs[2:], strict=False), start=1
    ):
        if before.size and after.size and blank.is_generated:
            inserted[index] = after.left - before.right
        elif before.size and after.size and not blank.size:
            own.append(after.left - before.right)
    if not inserted:
        return glyphs
    if len(own) >= _MIN_OWN_SPACES:
        max_gap = _MAX_NARROW_SPACE * median(own)
    else:
        max_gap = _max_letter_gap(glyphs, max(inserted.values()))
    return [glyph for index, glyph in enumerate(glyphs) if inserted.get(index, max_gap) >= max_gap]


def _max_letter_gap(glyphs: list[Glyph], widest_gap: float) -> float:
    """Return the gap between letters that a letter-spaced line may have; 0 for other lines."""
    gaps = [right.left - left.right for left, right in pairwise(glyphs) if left.size and right.size]
    letter_gap = median(gaps) if gaps else 0.0
    is_spaced = letter_gap > _MIN_LETTER_SPACING * glyphs[0].size
    has_wider_gaps = widest_gap > _MIN_WORD_GAP_RATIO * letter_gap
    return _MAX_LETTER_GAP_RATIO * letter_gap if is_spaced and has_wider_gaps else 0.0


def _split_at_gaps(glyphs: list[Glyph]) -> list[str]:
    """Return the characters, with a space before each that follows a gap between words."""
    gaps = _gaps(glyphs)
    max_letter_gap = max(MIN_SPACE * glyphs[0].size, _MIN_WORD_GAP_RATIO * _letter_gap(gaps))
    text = [glyphs[0].text]
    for gap, glyph in zip(gaps, glyphs[1:], strict=True):
        text.append(f" {glyph.text}" if gap > max_letter_gap else glyph.text)
    return text


def _gaps(glyphs: list[Glyph]) -> list[float]:
    return [right.left - left.right for left, right in pairwise(glyphs)]


def _letter_gap(gaps: list[float]) -> float:
    """Return the usual gap between the letters of a word, given all gaps of a line.

    It is the lower quartile: some gaps are between words, and a few are narrowed by kerning.
    """
    return sorted(gaps)[len(gaps) // 4] if gaps else 0.0


def _join_words(lines: Sequence[Line]) -> list[Line]:
    """Join the words of a line that the file draws out of order."""
    parts = dict(enumerate(lines))
    for row in _group_rows(lines):
        first, *others = sorted(row, key=lambda index: lines[index].left)
        for other in others:
            left, right = parts[first], parts[other]
            sizes = sorted((left.size, right.size))
            is_next = abs(right.left - left.right) < _MAX_WORD_GAP * sizes[1]
            if is_next and sizes[1] < _MIN_DROP_CAP_RATIO * sizes[0]:
                parts[first] = join_lines(left, right)
                del parts[other]
            else:
                first = other
    return list(parts.values())


def _group_rows(lines: Sequence[Line]) -> Iterator[list[int]]:
    """Yield the indices of the lines, or parts of lines, on each baseline."""
    row: list[int] = []
    for index in sorted(range(len(lines)), key=lambda index: lines[index].bottom):
        line = lines[index]
        if row and line.bottom - lines[row[-1]].bottom > _MAX_BASELINE_DISTANCE * line.size:
            yield row
            row = []
        row.append(index)
    if row:
        yield row
