"""Typesets articles of random words for the tests of PDF: each word gets its place on a page."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from typing import NamedTuple

# Widths of the characters from the space to the tilde, in thousandths of the font's size.
_TIMES = """
    250 333 408 500 500 833 778 180 333 333 500 564 250 333 250 278 500 500 500 500 500 500 500 500
    500 500 278 278 564 564 564 444 921 722 667 667 722 611 556 722 722 333 389 722 611 889 722 722
    556 722 667 556 611 722 722 944 722 722 611 333 278 333 469 500 333 444 500 444 500 444 333 500
    500 278 278 500 278 778 500 500 500 500 333 389 278 500 500 722 500 500 444 480 200 480 541
"""
_HELVETICA = """
    278 278 355 556 556 889 667 191 333 333 389 584 278 333 278 278 556 556 556 556 556 556 556 556
    556 556 278 278 584 584 584 556 1015 667 667 722 722 667 611 778 722 278 500 667 556 833 722 778
    667 778 722 667 611 722 667 944 667 667 611 278 278 278 469 556 333 556 556 500 556 556 278 556
    556 222 222 500 222 833 556 556 556 556 333 500 278 556 500 722 500 500 500 334 260 334 584
"""
_WIDTHS = {
    name: [int(width) / 1000 for width in widths.split()]
    for name, widths in (("F", _TIMES), ("H", _HELVETICA))
}
_VOCABULARY = """
    a about after again all along an and answer as at autumn barge before bench boat bridge broken
    budget by call carpenter charge child clerk coal contractor council county crane damage day deep
    delay district dredger during each early east engineer evening every farmer fee ferry few field
    flood for from gate grain half harbour he her high in inspection interview it its lamp late
    ledger letter lock long many market mayor meadow meeting mill minister month morning mud new
    night no noise north of office old on one open or over owner paid people pier pilot plan pump
    quay quiet rain reopening repair report residents responsibility river road said sand school sea
    she shed ship silt slow sluice small south steel storm street summer tax than that the their
    they tide timber to toll town transportation two under until valley village wall was water week
    were west wharf when which wind winter with work year
"""


class Word(NamedTuple):
    """A word with its left end and baseline, in points from the lower left corner of its page as
    it is displayed."""

    x: float
    y: float
    text: str
    size: float
    font: str = "F"

    @property
    def width(self) -> float:
        return width(self.text, self.size, self.font)


Row = list[Word]
"""The words of one line of one column, all in one font."""


class Article(NamedTuple):
    headline: str
    paragraphs: list[str]

    @property
    def words(self) -> list[str]:
        return " ".join([self.headline, *self.paragraphs]).split()


class Layout(NamedTuple):
    """How a page is set: its size, its columns and its text."""

    paper: tuple[float, float] = (595, 842)
    columns: int = 1
    gutter: float = 18
    size: float = 10
    font: str = "F"
    justified: bool = True


def width(text: str, size: float, font: str = "F") -> float:
    """How wide a text in ASCII is, which may be broken by a soft hyphen."""
    return sum(_WIDTHS[font][ord(letter) - 32] for letter in text.replace("\xad", "-")) * size


def article(seed: int, length: int = 700) -> Article:
    """An article of random words, the same for the same seed."""
    chance, vocabulary = random.Random(seed), _VOCABULARY.split()
    paragraphs = []
    while sum(len(paragraph.split()) for paragraph in paragraphs) < length:
        sentences = [
            f"{' '.join(chance.choices(vocabulary, k=chance.randint(6, 16))).capitalize()}."
            for _ in range(chance.randint(1, 5))
        ]
        paragraphs.append(" ".join(sentences))
    return Article(" ".join(chance.choices(vocabulary, k=9)).capitalize(), paragraphs)


def typeset(written: Article, layout: Layout) -> list[list[Row]]:
    """The rows of each page: a running head, the headline across the columns, the text, and the
    page's number."""
    (wide, high), margin, step = layout.paper, 50.0, layout.size * 1.2
    across = (wide - 2 * margin - layout.gutter * (layout.columns - 1)) / layout.columns
    lines = _lines(written, layout, across)
    pages: list[list[Row]] = []
    while lines:
        page = [set_row(["Coast", "Ledger"], margin, high - 36, 8, "H")]
        top = high - 80
        if not pages:
            for row in broken_rows(written.headline.split(), wide - 2 * margin, 22, "H"):
                page.append(set_row(row, margin, top, 22, "H"))
                top -= 26
            top -= 10
        for number in range(layout.columns):
            left, y = margin + number * (across + layout.gutter), top
            while lines and y > 70:
                words, is_last = lines.pop(0)
                filled = across if layout.justified and not is_last else None
                page.append(set_row(words, left, y, layout.size, layout.font, filled))
                y -= step
        page.append([Word(wide / 2, 30, str(len(pages) + 1), 8, "H")])
        pages.append(page)
    return pages


def _lines(written: Article, layout: Layout, across: float) -> list[tuple[Sequence[str], bool]]:
    """The words of each line, and whether it is the last of its paragraph."""
    lines: list[tuple[Sequence[str], bool]] = []
    for paragraph in written.paragraphs:
        rows = list(broken_rows(paragraph.split(), across, layout.size, layout.font))
        lines += [(row, row is rows[-1]) for row in rows]
    return lines


def broken_rows(
    words: Sequence[str], across: float, size: float, font: str = "F"
) -> Iterator[list[str]]:
    """The words of each line."""
    row: list[str] = []
    for word in words:
        if row and width(" ".join([*row, word]), size, font) > across:
            yield row
            row = []
        row.append(word)
    yield row


def set_row(
    words: Sequence[str],
    x: float,
    y: float,
    size: float,
    font: str = "F",
    filled: float | None = None,
) -> Row:
    """A row of words, with the spaces that fill a width, if one is given."""
    space = width(" ", size, font)
    if filled and len(words) > 1:
        space += (filled - width(" ".join(words), size, font)) / (len(words) - 1)
    row: Row = []
    for text in words:
        row.append(Word(x, y, text, size, font))
        x += row[-1].width + space
    return row
