"""What is printed around an article's headline: its byline and dates."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import chain, pairwise, takewhile

from lxml import etree
from lxml.html import HtmlElement

from bot.ingest.formats.html import bylines, dates
from bot.ingest.formats.html.byline_places import (
    NO_BYLINE_NAME,
    grandparent,
    has_form_of,
    is_elsewhere,
    may_name,
)
from bot.ingest.formats.html.bylines import (
    MAX_LINE_LENGTH,
    find_biography,
    is_credit,
    is_name_line,
    names_author,
)
from bot.ingest.formats.html.dates import StatedDate, is_label
from bot.ingest.formats.html.headlines import find_story_end
from bot.ingest.formats.html.printed_dates import dates_in, is_date_without_time, line_in_parts
from bot.ingest.formats.html.prose import Block, is_named

BLOCKS_BEFORE = 6
BLOCKS_AFTER = 20
MAX_PROSE_BLOCKS = 2
"""Blocks of prose, such as a standfirst, that may precede the byline."""
LAST_BLOCKS = 6
"""Blocks after the prose, where some papers print the author."""
MAX_LAST_LINE = 80
MAX_SIGNED = 50

_BYLINE_NAME = re.compile(
    r"(?:^|[\s_-])(?:[a-z]*byline|by-line|authors?(?:-?names?)?|autor|auteur|author-link|writer"
    r"|contributor)(?:$|[\s_-])",
    re.IGNORECASE,
)
_HEADINGS = ("h2", "h3", "h4", "h5", "h6")
_STARTS_BY = re.compile(r"\W*(?:by|von|par|por)[\s:]", re.IGNORECASE)
_LABEL_ALONE = re.compile(
    r"\W*(?:(?:words?|text|story|written|posted|published)\s+)?(?:by|von|par|por|authors?|autor\w*"
    r"|auteure?s?)\s*:?",
    re.IGNORECASE,
)
_CONJUNCTIONS = ("and", "und", "et", "y", "e", "with", "")
_SENTENCE_END = re.compile(r"[a-z]{3}[.!?”\"]$")
_PRINTED = etree.XPath("body//text()[not(parent::script or parent::style)]")
_AUTHORS = etree.XPath("//*[@rel='author' or @itemprop='author' or @typeof='schema:Person']")
_NAMED = etree.XPath(
    "//*[(@class or @id) and (self::a or self::address or self::span or self::p or self::div"
    " or self::li or self::td or self::cite)]"
)


class HeadlineZone:
    """The blocks of text around the headline, or those that are named like bylines and dates."""

    def __init__(self, tree: HtmlElement, blocks: Sequence[Block], title: str | None) -> None:
        self._tree = tree
        self._blocks = blocks
        self._title = title
        self._known_lines: dict[HtmlElement, str] = {}

    @cached_property
    def text(self) -> str:
        """The text of all blocks, to see whether a name is printed anywhere."""
        return " ".join("".join(_PRINTED(self._tree)).split())

    def bylines(self) -> Iterator[list[str]]:
        """Yield lists of lines that may name the authors, the most reliable list first."""
        labelled = [
            line
            for line in self._labelled_lines()
            if len(line) <= MAX_SIGNED or not _SENTENCE_END.search(line)
        ]
        yield labelled
        yield self._lines_of(_AUTHORS(self._tree))
        yield self._lines_of(
            element
            for element in _NAMED(self._tree)
            if is_named(_BYLINE_NAME, element) and not is_named(NO_BYLINE_NAME, element)
        )
        if not labelled:
            yield self._last_lines
        yield self._name_lines(self._after) or self._name_lines(self._before)
        if not labelled:
            yield self._signature

    def _line_of(self, element: HtmlElement) -> str:
        if element not in self._known_lines:
            self._known_lines[element] = line_in_parts(element)
        return self._known_lines[element]

    def _labelled_lines(self) -> Iterator[str]:
        """Yield lines with a label such as "By", or a label with the lines of names below it."""
        lines = iter(self._lines)
        for line in lines:
            if _LABEL_ALONE.fullmatch(line):
                for below in lines:
                    if not is_name_line(below) and below.lower().strip(" ,&") not in _CONJUNCTIONS:
                        break
                    yield f"By {below}"
            elif names_author(line):
                yield line

    def _name_lines(self, elements: Sequence[HtmlElement]) -> list[str]:
        """The first lines that name persons, without lines between them, other than their roles.

        Who took the pictures, as the line before or after the name says, is left out.
        """
        found: list[str] = []
        first: HtmlElement | None = None
        gap = 0
        before = ""
        for element in elements:
            line = self._line_of(element)
            is_like = first is None or has_form_of(element, first)
            if is_credit(line) and found and not gap and not line.endswith(":"):
                found.pop()
            elif is_like and not is_credit(before) and may_name(element) and is_name_line(line):
                found.append(line)
                first, gap = element if first is None else first, 0
            elif found:
                gap += 1
            if gap > 1:
                break
            before = line
        return found

    def dates(self, *, day_first: bool | None) -> list[StatedDate]:
        """Return the dates near the headline, without those of updates.

        Without one, the only date on the page that a `<time>` or an element's class says to be one,
        or that has a line below the headline to itself.
        """
        near = list(self._dates_near(day_first)) or list(self._labelled_dates(day_first))
        if near:
            return near
        named = [
            element
            for element in self._tree.iter("time", "p", "span", "div")
            if element.tag == "time" or is_date_without_time(element)
        ]
        found = [date for element in named for date in dates_in(element, day_first)]
        found = found or [
            StatedDate(published, is_printed=True)
            for block in self._blocks[(self._position or 0) + 1 :]
            if block.length <= dates.MAX_DAY_LINE
            and (published := dates.parse_alone(block.line, day_first=day_first))
        ]
        return found[:1] if len({date.published.on for date in found}) == 1 else []

    def _dates_near(self, day_first: bool | None) -> Iterator[StatedDate]:
        # Above the headline, it may be the day on which the page was saved.
        labels = dict(pairwise([*self._after, None, *self._before][::-1]))
        for element in (*self._after, *self._before):
            if len(line := self._line_of(element)) <= MAX_LINE_LENGTH:
                above = labels.get(element)
                label = "" if above is None else self._line_of(above)
                yield from dates_in(element, day_first, line, label if is_label(label) else "")

    def _labelled_dates(self, day_first: bool | None) -> Iterator[StatedDate]:
        """Yield dates anywhere on the page that a label says to be the publication's."""
        for block in self._blocks:
            if block.length <= MAX_LINE_LENGTH and dates.is_labelled(
                line := self._line_of(block.element)
            ):
                for date in dates_in(block.element, day_first, line):
                    if date.is_publication:
                        yield date

    @property
    def _signature(self) -> list[str]:
        """A line right below the story that is a name, or what the author does for a living."""
        last = self._story_end
        if not last:
            return []
        is_about_author = False
        for block in self._blocks[last : last + LAST_BLOCKS]:
            line = self._line_of(block.element)
            name = line.lstrip("–—-( ").rstrip(") ")
            is_signed = (
                is_about_author
                or line[:1] in "–—"
                or block.element.getparent() is self._blocks[last].element.getparent()
            )
            if is_signed and len(line) <= MAX_SIGNED and is_name_line(name):
                return [name]
            is_about_author = bylines.is_about_author(line)
            if author := find_biography(line):
                return [author]
        return []

    @cached_property
    def _story_end(self) -> int:
        """The index of the story's last paragraph."""
        return find_story_end(self._blocks, {self._title} if self._title else ())

    @cached_property
    def _lines(self) -> list[str]:
        lines = map(self._line_of, self._elements)
        return [line for line in lines if 0 < len(line) <= MAX_LINE_LENGTH]

    @property
    def _last_lines(self) -> list[str]:
        """The short lines right after the last prose that start like a byline."""
        last = self._story_end
        blocks = takewhile(
            lambda block: block.element.tag not in _HEADINGS,
            self._blocks[last + 1 : last + 1 + LAST_BLOCKS],
        )
        lines = [
            self._line_of(block.element) for block in blocks if not is_elsewhere(block.element)
        ]
        return [
            line.strip("()")
            for line in lines
            if len(line) <= MAX_LAST_LINE and (_STARTS_BY.match(line) or names_author(line))
        ][:1]

    @property
    def _elements(self) -> list[HtmlElement]:
        """The blocks around the headline, up to the second block of prose."""
        return [*self._before, *self._after]

    @cached_property
    def _before(self) -> list[HtmlElement]:
        position = self._position or 0
        blocks = self._blocks[max(0, position - BLOCKS_BEFORE) : position]
        return [block.element for block in blocks]

    @cached_property
    def _after(self) -> list[HtmlElement]:
        if self._position is None:
            return []
        elements = []
        prose_count = 0
        for block in self._blocks[self._position + 1 : self._position + 1 + BLOCKS_AFTER]:
            prose_count += block.is_prose
            if prose_count > MAX_PROSE_BLOCKS:
                break
            elements.append(block.element)
        return elements

    @cached_property
    def _position(self) -> int | None:
        """The index of the headline's block: an h1, or another one with the title's words."""
        blocks = list(enumerate(self._blocks))
        headings = [(index, block) for index, block in blocks if block.element.tag == "h1"]
        length = len(self._title or "")
        titled = (
            index
            for index, block in (*headings, *blocks)
            if block.length <= length and block.line == self._title
        )
        return next(chain(titled, (index for index, _ in headings)), None)

    def _lines_of(self, elements: Iterable[HtmlElement]) -> list[str]:
        """Return the short lines of elements that are not about other articles or comments.

        Only those with the same grandparent as the first are taken: they name its co-authors.
        """
        lines: list[str] = []
        first: HtmlElement | None = None
        for element in elements:
            line = self._line_of(element)
            if not 0 < len(line) <= MAX_LINE_LENGTH or is_elsewhere(element):
                continue
            if first is None:
                first = element
            elif grandparent(element) is not grandparent(first):
                continue
            lines.append(line)
        return lines
