"""How the producers of PDFs write text: one page of rows, as each would draw it."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from itertools import pairwise

from tests.ingest.formats.pdf.typeset import Row, Word, width
from tests.ingest.make_pdf import Drawn, escaped

Habit = Callable[[list[Row], float], str]
"""Draws rows on a page of this height, in points from the lower left corner."""


def fpdf(rows: list[Row], high: float) -> str:
    """A text per line; spaces are widened for all of it."""
    return _each(
        f"{_wider(row):.3f} Tw BT /{row[0].font} {row[0].size} Tf {row[0].x:.2f} {row[0].y:.2f} Td "
        f"({_text(row)}) Tj ET"
        for row in rows
    )


def distiller(rows: list[Row], high: float) -> str:
    """A font of size 1 that the text matrix scales, and spaces widened in its units."""
    return _each(
        f"BT /{row[0].font} 1 Tf {row[0].size} 0 0 {row[0].size} {row[0].x:.2f} {row[0].y:.2f} Tm "
        f"{_wider(row) / row[0].size:.4f} Tw ({_text(row)}) Tj ET"
        for row in rows
    )


def indesign(rows: list[Row], high: float) -> str:
    """As Distiller; the first line of a block is placed, and the others from the one above."""
    drawn, above = [], None
    for row in rows:
        size = row[0].size
        if above and above[0].size == size and above[0].font == row[0].font:
            x, y = (row[0].x - above[0].x) / size, (row[0].y - above[0].y) / size
            drawn.append(f"{_wider(row) / size:.4f} Tw {x:.4f} {y:.4f} TD [({_text(row)})]TJ")
        else:
            drawn.append("ET" if above else "")
            drawn.append(
                f"BT /{row[0].font} 1 Tf {size} 0 0 {size} {row[0].x:.2f} {row[0].y:.2f} Tm 0 Tc "
                f"{_wider(row) / size:.4f} Tw [({_text(row)})]TJ"
            )
        above = row
    return _each([*drawn, "ET"])


def quartz(rows: list[Row], high: float) -> str:
    """The y axis points down; the text matrix turns it up again and scales a font of size 1."""
    drawn = _each(
        f"BT {row[0].size} 0 0 {-row[0].size} {row[0].x:.2f} {high - row[0].y:.2f} Tm "
        f"/{row[0].font} 1 Tf [{_kerned(row, ' ')}] TJ ET"
        for row in rows
    )
    return f"q Q q 0 0 5000 5000 re W n 1 0 0 -1 0 {high} cm\n{drawn}\nQ"


def itext(rows: list[Row], high: float) -> str:
    """Each word by itself, in a font of size 1, with no spaces."""
    return _each(
        f"BT /{word.font} 1 Tf {word.size} 0 0 {word.size} {word.x:.2f} {word.y:.2f} Tm "
        f"({escaped(word.text)}) Tj ET"
        for row in rows
        for word in row
    )


def word_processor(rows: list[Row], high: float) -> str:
    """Runs of three words, kerned, each with the space after it."""
    drawn = []
    for row in rows:
        for start in range(0, len(row), 3):
            run = row[start : start + 3]
            drawn.append(
                f"BT /{run[0].font} {run[0].size} Tf 1 0 0 1 {run[0].x:.2f} {run[0].y:.2f} Tm "
                f"[{_kerned(run, ' ')}] TJ ET"
            )
            if start + 3 < len(row):
                end = run[-1].x + run[-1].width
                drawn.append(f"BT 1 0 0 1 {end:.2f} {run[0].y:.2f} Tm ( ) Tj ET")
    return _each(drawn)


def chromium(rows: list[Row], high: float) -> str:
    """The y axis points down, in pixels of 0.75 points; each word is placed from the last."""
    drawn = []
    for row in rows:
        x, y, size = row[0].x / 0.75, (high - row[0].y) / 0.75, row[0].size / 0.75
        drawn.append(f"BT /{row[0].font} {size:.4f} Tf 1 0 0 -1 {x:.3f} {y:.3f} Tm")
        drawn.append(f"({escaped(row[0].text)}) Tj")
        for before, word in pairwise(row):
            drawn.append(f"{(word.x - before.x) / 0.75:.4f} 0 Td ({escaped(word.text)}) Tj")
        drawn.append("ET")
    return f"q .75 0 0 -.75 0 {high} cm\n{_each(drawn)}\nQ"


def pdftex(rows: list[Row], high: float) -> str:
    """Spaces are only kerns; each line is placed from the one above."""
    drawn, x, y = ["BT"], 0.0, 0.0
    for row in rows:
        drawn.append(
            f"/{row[0].font} {row[0].size} Tf {row[0].x - x:.3f} {row[0].y - y:.3f} Td "
            f"[{_kerned(row, '')}]TJ"
        )
        x, y = row[0].x, row[0].y
    return _each([*drawn, "ET"])


def ghostscript(rows: list[Row], high: float) -> str:
    """Tenths of points, and large fonts in them."""
    drawn = _each(
        f"BT /{row[0].font} {row[0].size * 10} Tf 1 0 0 1 {row[0].x * 10:.1f} {row[0].y * 10:.1f} "
        f"Tm [{_kerned(row, ' ')}]TJ ET"
        for row in rows
    )
    return f"q 0.1 0 0 0.1 0 0 cm\n{drawn}\nQ"


def letters(rows: list[Row], high: float) -> str:
    """Each letter by itself, with no spaces."""
    drawn = []
    for row in rows:
        for word in row:
            x = word.x
            for letter in word.text:
                drawn.append(
                    f"BT /{word.font} 1 Tf {word.size} 0 0 {word.size} {x:.2f} {word.y:.2f} Tm "
                    f"({escaped(letter)}) Tj ET"
                )
                x += width(letter, word.size, word.font)
    return _each(drawn)


def shuffled_page(rows: list[Row], high: float) -> str:
    """All words of the page in any order."""
    words = [[word] for row in rows for word in row]
    return itext(random.Random(1).sample(words, len(words)), high)


def across_columns(rows: list[Row], high: float) -> str:
    """From the top of the page to its bottom, whatever column a line is in."""
    return distiller(sorted(rows, key=lambda row: (-row[0].y, row[0].x)), high)


def as_displayed(content: str, paper: tuple[float, float], rotate: int, corner: float) -> Drawn:
    """A page drawn sideways or upside down, which its /Rotate turns upright."""
    wide, high = paper
    turned = {
        0: (1, 0, 0, 1, corner, corner),
        90: (0, 1, -1, 0, corner + high, corner),
        180: (-1, 0, 0, -1, corner + wide, corner + high),
        270: (0, -1, 1, 0, corner, corner + wide),
    }[rotate]
    if rotate % 180:
        wide, high = high, wide
    matrix = " ".join(f"{number:g}" for number in turned)
    box = (corner, corner, corner + wide, corner + high)
    return Drawn(f"q {matrix} cm\n{content}\nQ", box, rotate)


def _each(drawn: Iterable[str]) -> str:
    return "\n".join(drawn)


def _text(row: Row) -> str:
    return escaped(" ".join(word.text for word in row))


def _gap(before: Word, word: Word) -> float:
    return word.x - before.x - before.width


def _wider(row: Row) -> float:
    """By how much the spaces of a row are wider than its font's."""
    if len(row) < 2:
        return 0.0
    return _gap(row[0], row[1]) - width(" ", row[0].size, row[0].font)


def _kerned(row: Row, space: str) -> str:
    """A row for TJ, each word in two pieces drawn a little together; a space is a character, moved
    by what it lacks, or only a move."""
    pieces = []
    for number, word in enumerate(row):
        head, tail = word.text[:1], word.text[1:]
        pieces.append(f"({escaped(head)})20({escaped(tail)})-20" if tail else f"({escaped(head)})")
        if number + 1 < len(row):
            lacking = _gap(word, row[number + 1]) - width(space, word.size, word.font)
            pieces.append(f"({space}){-lacking / word.size * 1000:.0f}")
    return "".join(pieces)
