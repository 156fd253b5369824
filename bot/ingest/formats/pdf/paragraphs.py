"""From a PDF's lines to paragraphs: gaps, indents and short lines part them, hyphens join them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain, pairwise
from statistics import median
from typing import NamedTuple

from bot.ingest.formats.pdf.columns import EDGE, LONGEST_NAME
from bot.ingest.formats.pdf.lines import Line

HEADLINE = 1.3
"""A headline's font, in multiples of the text's."""
_OTHER_FONT = 1.15
_INITIAL = 1.8
"""An initial's font, in multiples of the text's."""
_GAP = 1.35
"""A step between lines, in multiples of the usual one, that parts paragraphs."""
_WIDEST_STEP = 1.5
"""The step between lines, in font sizes, of text with wide spacing."""
_INDENT = 0.8
"""How far, in font sizes, an indented line begins to the right of its column."""
_SHORT = 0.8
"""How much of its column the last line of a paragraph fills at most, to be known as one."""

_ENDS = re.compile(r"[.!?:…][\"'”’»“)\]]*$")
_BYLINE = re.compile(r"(?:By|Von|Par|Por) [A-ZÀ-Þ]")
_BULLET = re.compile(r"[•‣▪●◦·–—*-]\s")
_HYPHENED = re.compile(r"(\w+)[-\u2010\u00ad]$")
_WORD = re.compile(r"[^\W\d_]+(?:[-\u2010][^\W\d_]+)*")
# English makes words with these by a hyphen that stays wherever the line ends.
_KEEPING = """
    all anti co cross ex far first full half high ill left long low mid much multi non off once one
    part pro right second self semi short single so third three two vice well
"""
_KEEP = frozenset(_KEEPING.split())


def headline_and_text(pages: Sequence[Sequence[Line]]) -> tuple[str, list[str]]:
    """Split the lines of all pages, in reading order, into the headline, "" if there is none, and
    paragraphs."""
    usual = _usual_size(pages)
    pages = [list(_with_initials(page, usual)) for page in pages]
    heading = _heading(pages, usual)
    rest = [[line for line in page if line not in heading] for page in pages]
    known = _words(rest)
    return _joined(heading, known), [_joined(group, known) for group in _groups(rest)]


def _with_initials(page: Sequence[Line], usual: float) -> Iterator[Line]:
    """A page's lines, with a large initial before the line that it begins."""
    initial = ""
    for line in page:
        if len(line.text) <= 2 and line.text[-1].isupper() and line.size > _INITIAL * usual:
            initial = line.text
            continue
        yield line._replace(text=initial + line.text)
        initial = ""


def _heading(pages: Sequence[Sequence[Line]], usual: float) -> list[Line]:
    """The lines of the first text in a large font; that of a letterhead only if no other follows
    on its page."""
    found = next(filter(None, (_large(page, usual) for page in pages)), [])
    return next((one for one in found if not _is_letterhead(one)), found[0] if found else [])


def _large(page: Sequence[Line], usual: float) -> list[list[Line]]:
    """The texts of a page in a large font, each with its lines."""
    texts: list[list[Line]] = []
    above: Line | None = None
    for line in page:
        if line.size >= HEADLINE * usual:
            if above and abs(line.size - above.size) < 0.1 * above.size:
                texts[-1].append(line)
            else:
                texts.append([line])
        above = line
    return texts


def _is_letterhead(text: Sequence[Line]) -> bool:
    """Whether a text is a name at the upper edge of its page."""
    words = sum(len(line.text.split()) for line in text)
    return text[0].from_top < EDGE and words < LONGEST_NAME


def _usual_size(pages: Sequence[Sequence[Line]]) -> float:
    """The size of most of the text, by characters."""
    sizes: Counter[float] = Counter()
    for line in chain.from_iterable(pages):
        sizes[round(line.size, 1)] += len(line.text)
    return sizes.most_common(1)[0][0]


class _Stretch(NamedTuple):
    """Lines below each other: where most begin, how far the longest goes, the usual step."""

    page: int
    lines: Sequence[Line]
    left: float
    right: float
    step: float

    @classmethod
    def of(cls, page: int, lines: Sequence[Line]) -> _Stretch:
        """Measure lines of a page, of which there is at least one."""
        steps = [above.bottom - line.bottom for above, line in pairwise(lines)]
        return cls(
            page,
            lines,
            left=Counter(round(line.left) for line in lines).most_common(1)[0][0],
            right=max(line.right for line in lines),
            # Of a few lines, the usual step may be a gap.
            step=min(median(steps), _WIDEST_STEP * median(line.size for line in lines))
            if steps
            else 0,
        )

    def is_indented(self, number: int) -> bool:
        """Whether a line is indented, and not the one above."""
        line = self.lines[number]
        above = self.lines[number - 1].left - self.left if number else 0.0
        return line.left - self.left > _INDENT * line.size > above

    def begins_paragraph(self, number: int) -> bool:
        """Whether a line, not the first, begins a paragraph."""
        line, above = self.lines[number], self.lines[number - 1]
        is_short = above.right - self.left < _SHORT * (self.right - self.left)
        return (
            above.bottom - line.bottom > _GAP * max(self.step, line.size)
            or not _is_same_font(above, line)
            or bool(_BULLET.match(line.text))
            or self.is_indented(number)
            or (is_short and bool(_ENDS.search(above.text)))
            or (is_short and number == 1 and bool(_BYLINE.match(above.text)))
        )

    def goes_on(self, before: _Stretch, has_indents: bool) -> bool:
        """Whether the last paragraph of the stretch before goes on in this one."""
        last, line = before.lines[-1], self.lines[0]
        if not _is_same_font(last, line):
            return False
        # The next column begins further up; what is left further down is another text.
        if self.page == before.page and last.bottom - line.bottom > _GAP * _WIDEST_STEP * last.size:
            return False
        if line.text[0].islower() or not _ENDS.search(last.text):
            return True
        # Where paragraphs begin with an indent, one that does not is none, below a full line.
        return has_indents and last.right > before.right - last.size and not self.is_indented(0)


def _groups(pages: Sequence[Sequence[Line]]) -> Iterator[list[Line]]:
    """The lines of each paragraph; one may go on in the next column or on the next page."""
    stretches = [
        _Stretch.of(number, lines)
        for number, page in enumerate(pages)
        for lines in _below_each_other(page)
    ]
    indents = sum(one.is_indented(number) for one in stretches for number in range(len(one.lines)))
    group: list[Line] = []
    for place, stretch in enumerate(stretches):
        for number, line in enumerate(stretch.lines):
            if number:
                is_new = stretch.begins_paragraph(number)
            else:
                is_new = place > 0 and not stretch.goes_on(stretches[place - 1], indents > 1)
            if is_new:
                yield group
                group = []
            group.append(line)
    if group:
        yield group


def _below_each_other(page: Sequence[Line]) -> Iterator[list[Line]]:
    stretch: list[Line] = []
    for line in page:
        above = stretch[-1] if stretch else line
        is_below = line.top <= above.top and line.left < above.right and line.right > above.left
        if stretch and not is_below:
            yield stretch
            stretch = []
        stretch.append(line)
    if stretch:
        yield stretch


def _is_same_font(one: Line, other: Line) -> bool:
    return 1 / _OTHER_FONT < one.size / other.size < _OTHER_FONT


def _words(pages: Sequence[Sequence[Line]]) -> frozenset[str]:
    """The words that stand within lines, in small letters: they tell which hyphens are real."""
    lines = chain.from_iterable(pages)
    within = (re.sub(r"\S+$", "", line.text).casefold() for line in lines)
    return frozenset(word for text in within for word in _WORD.findall(text))


def _joined(lines: Sequence[Line], known: frozenset[str]) -> str:
    """One paragraph of its lines."""
    pieces: list[str] = []
    for line in lines:
        hyphened = _HYPHENED.search(pieces[-1]) if pieces else None
        if hyphened and line.text[0].isalnum():
            if not _keeps_hyphen(hyphened[1], pieces[-1][-1], line.text, known):
                pieces[-1] = pieces[-1][:-1]
        elif pieces:
            pieces.append(" ")
        pieces.append(line.text)
    return "".join(pieces).replace("\u00ad", "")


def _keeps_hyphen(before: str, hyphen: str, following: str, known: frozenset[str]) -> bool:
    """Whether the hyphen at a line's end is printed in the middle of a line too."""
    if hyphen == "\u00ad":
        return False
    if not following[0].islower():
        return True
    first, after = before.casefold(), _WORD.match(following)
    second = after[0].casefold() if after else ""
    if f"{first}-{second}" in known:
        return True
    return first + second not in known and first in _KEEP
