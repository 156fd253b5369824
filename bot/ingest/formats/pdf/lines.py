"""Build the lines of a PDF's pages from characters and their positions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from statistics import median
from typing import NamedTuple

import pypdfium2

from bot.ingest.formats.pdf.glyphs import Glyph, extract_glyphs
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
_MIN_SPACE = 0.12
"""A larger gap is a space; kerning leaves less between letters."""
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


class Line(NamedTuple):
    """A line in one column of a page as displayed, in points; `size` is its font size.

    It reaches from its baseline, which is its `bottom`, up by its font size.

    `from_top` is its position on the page, from 0 at the upper edge to 1.
    """

    text: str
    left: float
    right: float
    bottom: float
    top: float
    size: float
    from_top: float


def extract_lines(document: pypdfium2.PdfDocument) -> list[list[Line]]:
    """Extract the upright lines of each page, in the order in which the file draws them.

    Pages whose text is nearly all sideways are turned. Raises Refusal.
    """
    pages, characters = [], []
    for index in range(len(document)):
        lines, counter = _read_page(document[index])
        pages.append(lines)
        characters.append(counter)
    for index, turns in enumerate(turns_of_pages(characters)):
        if turns:
            pages[index], _ = _read_page(document[index], turns)
    return pages


def _read_page(
    page: pypdfium2.PdfPage, extra_turns: int = 0
) -> tuple[list[Line], Counter[QuarterTurns]]:
    """Return the lines of a page rotated by quarter turns, and its characters by their rotation."""
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
        lines = [line for run in runs if (line := _make_line(run, box))]
        return _join_words(lines), characters
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
    small, large = sorted((last_glyph.size, glyph.size))
    return (
        glyph.left - last_glyph.right > _MIN_GUTTER * large
        or glyph.left < last_glyph.left - large
        or abs(glyph.baseline - last_glyph.baseline) > _MAX_RISE * small
    )


def _make_line(glyphs: list[Glyph], box: Box) -> Line | None:
    """Make a line of characters; None if there are none or if they are not displayed."""
    printed_glyphs = [glyph for glyph in glyphs if glyph.size]
    if not printed_glyphs:
        return None
    # Not from the boxes: many fonts state a height that is not theirs.
    baseline = median(glyph.baseline for glyph in printed_glyphs)
    size = max(median(glyph.size for glyph in printed_glyphs), 1.0)
    line = Line(
        text=" ".join(_add_spaces(glyphs).split()),
        left=min(glyph.left for glyph in printed_glyphs),
        right=max(glyph.right for glyph in printed_glyphs),
        bottom=baseline,
        top=baseline + size,
        size=size,
        from_top=(box.top - baseline - size / 2) / (box.top - box.bottom),
    )
    is_displayed = 0 <= line.from_top <= 1 and line.left < box.right and line.right > box.left
    return line if is_displayed else None


def _add_spaces(glyphs: list[Glyph]) -> str:
    """Return a line's text, with spaces where PDFium inserted them and where gaps are wide enough.

    Spaces that PDFium inserted between letter-spaced letters are dropped.
    """
    if not _has_loose_boxes(glyphs):
        return "".join(glyph.text for glyph in glyphs)
    if _is_letter_spaced(glyphs):
        glyphs = [glyph for glyph in glyphs if not glyph.is_generated]
    else:
        glyphs = _drop_narrow_spaces(glyphs)
    text: list[str] = []
    for _, group in groupby(glyphs, key=lambda glyph: glyph.size > 0):
        text += _split_at_gaps(list(group))
    return "".join(text)


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
    max_letter_gap = max(_MIN_SPACE * glyphs[0].size, _MIN_WORD_GAP_RATIO * _letter_gap(gaps))
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


def join_lines(left: Line, right: Line) -> Line:
    """Join two parts of a line."""
    space = " " if right.left - left.right > _MIN_SPACE * left.size else ""
    return left._replace(text=f"{left.text}{space}{right.text}", right=right.right)


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
