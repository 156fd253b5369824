"""Pages as they are designed: columns, boxes, tables, footnotes, drop caps, broken words.

A design sets an article on pages, and says which pieces of text must come out in one piece each.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from tests.ingest.formats.pdf.typeset import Article, Row, Word, broken_rows, set_row, width
from tests.ingest.scrambled import STORY

WIDE, HIGH = 595.0, 842.0
MARGIN = 50.0
FOOT = 70.0
_ASCII = str.maketrans({"“": '"', "”": '"', "’": "'", "‘": "'", "–": "-", "—": "-", "…": "."})
_PARAGRAPHS = [
    paragraph.strip()
    for paragraph in STORY.translate(_ASCII).split("\n\n")
    if not paragraph.startswith("#")
]
_STEP = 1.2
_QUOTED = "We were told by nobody that the wall had moved"
_OFFICE = "Ministry of Ports - press office"


class Designed(NamedTuple):
    """The rows of each page, and the pieces of text on them, as words."""

    pages: list[list[Row]]
    pieces: list[list[str]]


Design = Callable[[Article], Designed]


class Column(NamedTuple):
    """A place for lines: its left end, its width, its top and its bottom."""

    left: float
    across: float
    top: float
    bottom: float = FOOT


def story(start: int, length: int = 500) -> Article:
    """An article of our samples' paragraphs, from one of them on."""
    paragraphs: list[str] = []
    while sum(len(paragraph.split()) for paragraph in paragraphs) < length:
        paragraphs.append(_PARAGRAPHS[(start + len(paragraphs)) % len(_PARAGRAPHS)])
    return Article("Harbour office tells what the divers saw below the quay", paragraphs)


def one_column(written: Article) -> Designed:
    return _flowing(written, [(MARGIN, WIDE - 2 * MARGIN)], size=11)


def two_columns(written: Article) -> Designed:
    return _flowing(written, _columns(2))


def three_columns(written: Article) -> Designed:
    return _flowing(written, _columns(3), size=9)


def narrow_gutter(written: Article) -> Designed:
    """Two columns that are hardly further apart than words."""
    return _flowing(written, _columns(2, gutter=9))


def unequal_columns(written: Article) -> Designed:
    """A narrow column beside a wide one."""
    return _flowing(written, [(MARGIN, 150), (MARGIN + 168, WIDE - 2 * MARGIN - 168)])


def broken_words(written: Article) -> Designed:
    """Narrow columns, in which words are broken at their ends."""
    return _flowing(written, _columns(3), size=10, hyphen="-")


def soft_hyphens(written: Article) -> Designed:
    """As above, with soft hyphens."""
    return _flowing(written, _columns(3), size=10, hyphen="\xad")


def sidebar(written: Article) -> Designed:
    """A box in smaller letters beside the lower half of the text."""
    box = written.paragraphs[0].split()
    main = Article(written.headline, written.paragraphs[1:])
    y = HIGH - 320
    right = MARGIN + 340
    rows = [
        set_row(row, right, y - _STEP * 8 * number, 8, "H")
        for number, row in enumerate(broken_rows(box, WIDE - MARGIN - right, 8, "H"))
    ]
    end = y - _STEP * 8 * len(rows) - 10
    places = [
        Column(MARGIN, WIDE - 2 * MARGIN, HIGH - 120, y + 14),
        Column(MARGIN, 320, y, end),
        Column(MARGIN, WIDE - 2 * MARGIN, end - 6),
    ]
    pages = _pages(main, lambda number: places if not number else [_whole_page()], 10)
    pages[0] += rows
    return Designed(pages, [main.words, box])


def quoted_between(written: Article) -> Designed:
    """Two columns, and in the middle of both a sentence in large letters between two rules."""
    said = _QUOTED.split()
    wide, (left, right) = (WIDE - 2 * MARGIN - 18) / 2, (MARGIN, (WIDE + 18) / 2)
    places = [
        Column(left, wide, HIGH - 120, 500),
        Column(right, wide, HIGH - 120, 500),
        Column(left, wide, 440),
        Column(right, wide, 440),
    ]
    pages = _pages(written, lambda number: places if not number else _page_columns(2), 10)
    pages[0].append(set_row(said, MARGIN, 470, 15, "H"))
    return Designed(pages, [*_split_at(written, pages[0], 470), said])


def footnotes(written: Article) -> Designed:
    """Notes in small letters at the foot of the page, below a rule."""
    notes = [f"{number} Letter of the harbour office to the council, page {number}." for number in
             (1, 2, 3)]  # fmt: skip
    designed = _flowing(written, [(MARGIN, WIDE - 2 * MARGIN)], bottom=120)
    designed.pages[0] += [
        set_row(note.split(), MARGIN, 100 - 10 * number, 7) for number, note in enumerate(notes)
    ]
    return Designed(designed.pages, [written.words, " ".join(notes).split()])


def table(written: Article) -> Designed:
    """A table of four columns between the headline and the text."""
    rows = [
        ("Harbour", "Ships", "Tonnes", "Days"),
        ("Vellmouth", "31", "4,200", "3"),
        ("Corran", "12", "1,950", "5"),
        ("Ostrava Bend", "7", "880", "11"),
    ]
    cells = [
        set_row(cell.split(), MARGIN + 120 * number, HIGH - 130 - 16 * place, 10, "H")
        for place, row in enumerate(rows)
        for number, cell in enumerate(row)
    ]
    pages = _pages(
        written,
        lambda number: [Column(MARGIN, WIDE - 2 * MARGIN, HIGH - 230 if not number else HIGH - 60)],
        10,
    )
    pages[0] += cells
    body = " ".join(written.paragraphs).split()
    printed_rows = [" ".join(row).split() for row in rows]
    return Designed(pages, [written.headline.split(), body, *printed_rows])


def drop_cap(written: Article) -> Designed:
    """The first letter as high as three lines, which are shorter for it."""
    first = written.paragraphs[0]
    rest = Article(written.headline, [first[1:], *written.paragraphs[1:]])
    across, top, size = WIDE - 2 * MARGIN, HIGH - 130, 11.0
    indent = width(first[0], 44) + 6
    places = [
        Column(MARGIN + indent, across - indent, top, top - 2.5 * _STEP * size),
        Column(MARGIN, across, top - 3 * _STEP * size),
    ]
    pages = _pages(rest, lambda number: places if not number else [_whole_page()], size)
    pages[0].append([Word(MARGIN, top - 2 * _STEP * size, first[0], 44)])
    return Designed(pages, [written.words])


def framed(written: Article) -> Designed:
    """A name and a notice at the edges of each page."""
    designed = _flowing(written, _columns(2))
    for number, page in enumerate(designed.pages, start=1):
        page.append(set_row(_OFFICE.split(), MARGIN, HIGH - 30, 8, "H"))
        page.append(set_row(f"Not for sale Page {number}".split(), MARGIN, 30, 8, "H"))
    return designed


def indented(written: Article) -> Designed:
    """Paragraphs that start with an indent, in three columns."""
    return _flowing(written, _columns(3), size=9, indent=10)


def mixed_columns(written: Article) -> Designed:
    """Two columns in the upper half of the page, and three in its lower half."""
    places = [
        *(Column(left, across, HIGH - 120, 430) for left, across in _columns(2)),
        *(Column(left, across, 410) for left, across in _columns(3)),
    ]
    pages = _pages(written, lambda number: places if not number else _page_columns(2), 10)
    return Designed(pages, [written.words])


def stairs(written: Article) -> Designed:
    """Columns that start lower and lower, each of another width."""
    across = [110, 150, 200]
    lefts = [MARGIN, MARGIN + 124, MARGIN + 288]
    places = [
        Column(left, width_, HIGH - 120 - 60 * number)
        for number, (left, width_) in enumerate(zip(lefts, across, strict=True))
    ]
    pages = _pages(written, lambda number: places if not number else _page_columns(2), 9)
    return Designed(pages, [written.words])


def two_stories(written: Article) -> Designed:
    """A story in two columns, and below it another one in a column across the page."""
    half = len(written.paragraphs) // 2
    upper = Article(written.headline, written.paragraphs[:half])
    lower = Article("Ferry sails again on Friday", written.paragraphs[half:])
    places = [Column(left, across, HIGH - 120, 470) for left, across in _columns(2)]
    pages = _pages(upper, lambda number: places if not number else _page_columns(2), 8)
    y = 430.0
    pages[0].append(set_row(lower.headline.split(), MARGIN, y, 15, "H"))
    y -= 20
    for paragraph in lower.paragraphs:
        for row in broken_rows(paragraph.split(), WIDE - 2 * MARGIN, 9):
            pages[0].append(set_row(row, MARGIN, y, 9))
            y -= 10.8
        y -= 6
    body = " ".join(lower.paragraphs).split()
    return Designed(pages, [upper.words, lower.headline.split(), body])


def sides(written: Article) -> Designed:
    """A text around a box that stands in the middle of both columns."""
    box = _QUOTED.split() + _OFFICE.split()
    wide = (WIDE - 2 * MARGIN - 18) / 2
    right = (WIDE + 18) / 2
    places = [
        Column(MARGIN, wide, HIGH - 120, 560),
        Column(MARGIN, wide - 70, 545, 440),
        Column(MARGIN, wide, 425),
        Column(right, wide, HIGH - 120, 560),
        Column(right + 70, wide - 70, 545, 440),
        Column(right, wide, 425),
    ]
    pages = _pages(written, lambda number: places if not number else _page_columns(2), 10)
    rows = list(broken_rows(box, 130, 12, "H"))
    pages[0] += [
        set_row(row, WIDE / 2 - 62, 520 - 15 * number, 12, "H") for number, row in enumerate(rows)
    ]
    return Designed(pages, [written.words, box])


def _columns(count: int, gutter: float = 18) -> list[tuple[float, float]]:
    across = (WIDE - 2 * MARGIN - gutter * (count - 1)) / count
    return [(MARGIN + number * (across + gutter), across) for number in range(count)]


def _page_columns(count: int) -> list[Column]:
    return [Column(left, across, HIGH - 60) for left, across in _columns(count)]


def _whole_page() -> Column:
    return Column(MARGIN, WIDE - 2 * MARGIN, HIGH - 60)


def _flowing(
    written: Article,
    columns: Sequence[tuple[float, float]],
    *,
    size: float = 10,
    bottom: float = FOOT,
    hyphen: str = "",
    indent: float = 0,
) -> Designed:
    def places(number: int) -> list[Column]:
        top = HIGH - 60 if number else HIGH - 120
        return [Column(left, across, top, bottom) for left, across in columns]

    return Designed(_pages(written, places, size, hyphen, indent), [written.words])


def _pages(
    written: Article,
    places: Callable[[int], list[Column]],
    size: float,
    hyphen: str = "",
    indent: float = 0,
) -> list[list[Row]]:
    """The rows of each page: the headline, and the paragraphs in the page's places."""
    pages: list[list[Row]] = [[]]
    for number, row in enumerate(broken_rows(written.headline.split(), WIDE - 100, 20, "H")):
        pages[0].append(set_row(row, MARGIN, HIGH - 70 - 24 * number, 20, "H"))
    waiting = places(0)
    y = waiting[0].top
    for paragraph in written.paragraphs:
        words, is_first = paragraph.split(), True
        while words:
            if y < waiting[0].bottom:
                waiting.pop(0)
                if not waiting:
                    pages.append([])
                    waiting = places(len(pages) - 1)
                y = waiting[0].top
            place = waiting[0]
            left = place.left + (indent if is_first else 0)
            row, words = _fill(words, place.left + place.across - left, size, hyphen)
            filled = place.left + place.across - left if words else None
            pages[-1].append(set_row(row, left, y, size, "F", filled))
            y -= _STEP * size
            is_first = False
        y -= 0 if indent else 0.6 * size
    return pages


def _fill(words: list[str], across: float, size: float, hyphen: str) -> tuple[list[str], list[str]]:
    """The words of one line, and those that are left; the last may be broken."""
    row, *_ = broken_rows(words, across, size, "F")
    left = words[len(row) :]
    if hyphen and left and len(left[0]) > 7 and left[0].isalpha() and left[0].islower():
        room = across - width(" ".join([*row, ""]), size)
        for end in range(len(left[0]) - 3, 2, -1):
            if width(f"{left[0][:end]}-", size) <= room:
                return [*row, f"{left[0][:end]}{hyphen}"], [left[0][end:], *left[1:]]
    return row, left


def _split_at(written: Article, page: list[Row], y: float) -> list[list[str]]:
    """The text of a page before and after a height is two pieces."""
    above = sum(len(row) for row in page if row[0].y > y)
    words = written.words
    return [words[:above], words[above:]]
