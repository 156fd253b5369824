"""What is printed around an article's headline: its byline and dates."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from functools import cached_property

from lxml import etree
from lxml.html import HtmlElement

from bot.ingest.formats.html import dates
from bot.ingest.formats.html.bylines import MAX_LINE_LENGTH, is_name_line
from bot.ingest.formats.html.dates import StatedDate
from bot.ingest.formats.html.prose import Block, line_of
from bot.ingest.formats.html.titles import MIN_HEADLINE_WORDS, Printed, long_words

BLOCKS_BEFORE = 6
BLOCKS_AFTER = 14
MAX_PROSE_BLOCKS = 2
"""Blocks of prose, such as a standfirst, that may precede the byline."""
LAST_BLOCKS = 6
"""Blocks after the prose, where some papers print the author."""
MAX_LAST_LINE = 80
MIN_STORY_LENGTH = 500
"""Characters of prose that are more than a notice."""

_BYLINE_NAME = re.compile(
    r"(?:^|[\s_-])(?:[a-z]*byline|by-line|authors?(?:-?names?)?|autor|auteur|author-link|writer"
    r"|contributor)(?:$|[\s_-])",
    re.IGNORECASE,
)
_NO_BYLINE_NAME = re.compile(r"bio|avatar|comment|related|photo|image|count|social|more", re.I)
_DATE_NAME = re.compile(
    r"(?:^|[\s_-])(?:date|datum|posted|published|publish|pubdate|timestamp|time|meta|dateline)"
    r"(?:$|[\s_-])",
    re.IGNORECASE,
)
_UPDATE_NAME = re.compile(r"updat|modif", re.IGNORECASE)
_BY = re.compile(
    r"^\W*(?:von|par|por)[\s:]|\bby\b[\s:]"
    r"|^\W*(?:words|texte?|texto|story|report(?:er)?|authors?|autora?|auteur|writer)\s?:",
    re.IGNORECASE,
)
_STARTS_BY = re.compile(r"\W*(?:by|von|par|por)[\s:]", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[a-z]{3}[.!?”\"]$")
_HEADING_WEIGHTS = {"h1": 1.0, "h2": 0.5, "h3": 0.4, "h4": 0.3}
_HEADLINE_NAME = re.compile(
    r"(?:^|[\s_-])(?:headline|hed|hl|heading|title|titles?|tit|titel|titre|titular|titulo|titolo|ttl|h1)\d?"
    r"(?:$|[\s_-])",
    re.IGNORECASE,
)
_MAX_HEADLINE_WORDS = 25
_MIN_SHARED_WORDS = 0.6
_PRINTED = etree.XPath("body//text()[not(parent::script or parent::style)]")
_CAMEL_CASE = re.compile(r"(?<=[a-z])(?=[A-Z])")


def find_printed(blocks: Sequence[Block], titles: Collection[str]) -> Iterator[Printed]:
    """Yield the lines that are printed like headlines, and those that are one of the `titles`.

    The last of them above the story counts more, since the site's name and the section's, which
    look alike, are above it.
    """
    start = find_story(blocks)
    found: list[tuple[int, str, float]] = []
    for index, block in enumerate(blocks):
        element = block.element
        weight = _HEADING_WEIGHTS.get(element.tag, 0.0)
        is_near = start - BLOCKS_AFTER <= index <= start
        if not weight and index <= start and block.length <= MAX_LINE_LENGTH:
            is_named = is_near and any(
                _is_named(_HEADLINE_NAME, one) for one in (element, element.getparent())
            )
            is_titled = is_near and _resembles(line_of(element), titles)
            weight = 0.5 if is_named or is_titled else 0.0
        is_linked = block.link_length == block.length and not _resembles(line_of(element), titles)
        if weight == 1.0 or (weight and is_near and not is_linked):
            found.append((index, line_of(element), weight))
    above = [one for one in found if one[0] <= start and len(one[1].split()) > 2]
    if not any(start - BLOCKS_AFTER <= index for index, _, _ in above):
        above = list(_find_unmarked(blocks, start))
        found += above
    last = max((index for index, _, _ in above), default=None)
    # Below a headline, the standfirst may be a heading too.
    last_h1 = max((index for index, _, weight in above if weight == 1.0), default=None)
    for index, line, weight in found:
        is_long = len(line.split()) >= MIN_HEADLINE_WORDS
        yield Printed(line, weight + 0.5 * is_long + 1.0 * (index in (last, last_h1)))


def _find_unmarked(blocks: Sequence[Block], start: int) -> Iterator[tuple[int, str, float]]:
    """Yield the first line above the story that is as long as a headline, if no form marks one."""
    for index in range(max(0, start - BLOCKS_AFTER), start):
        line = line_of(blocks[index].element)
        is_headline = MIN_HEADLINE_WORDS <= len(line.split()) <= _MAX_HEADLINE_WORDS
        is_plain = not blocks[index].link_length and line[-1:] not in ".:;"
        if is_headline and is_plain and not _BY.search(line) and not is_name_line(line):
            yield index, line, 0.5
            return


def _resembles(line: str, titles: Collection[str]) -> bool:
    """Whether a line is one of the titles, or has most of the long words of one."""
    words = long_words(line)
    return line in titles or any(
        len(words & other) >= max(3, _MIN_SHARED_WORDS * len(other))
        for other in map(long_words, titles)
    )


def find_story(blocks: Sequence[Block]) -> int:
    """Return the index of the first block of the longest run of prose.

    Linked headings end a run, and menus end a short one, such as a notice above the page.
    """
    start = best_start = length = best_length = 0
    for index, block in enumerate(blocks):
        is_linked = 2 * block.link_length > block.length
        if is_linked and (block.element.tag in _HEADING_WEIGHTS or length < MIN_STORY_LENGTH):
            length = 0
        elif block.is_prose:
            start = start if length else index
            length += block.length
            if length > best_length:
                best_start, best_length = start, length
    return best_start


class HeadlineZone:
    """The blocks of text around the headline, or those that are named like bylines and dates."""

    def __init__(self, tree: HtmlElement, blocks: Sequence[Block], title: str | None) -> None:
        self._tree = tree
        self._blocks = blocks
        self._title = title

    @cached_property
    def text(self) -> str:
        """The text of all blocks, to see whether a name is printed anywhere."""
        return " ".join("".join(_PRINTED(self._tree)).split())

    def bylines(self) -> Iterator[list[str]]:
        """Yield lists of lines that may name the authors, the most reliable list first."""
        yield [line for line in self._lines if _BY.search(line) and not _SENTENCE_END.search(line)]
        yield self._lines_of(
            element
            for element in self._tree.iter()
            if element.get("rel") == "author"
            or element.get("itemprop") == "author"
            or element.get("typeof") == "schema:Person"
        )
        yield self._lines_of(
            element
            for element in self._tree.iter("a", "address", "span", "p", "div", "li", "td", "cite")
            if _is_named(_BYLINE_NAME, element) and not _is_named(_NO_BYLINE_NAME, element)
        )
        if not any(_BY.search(line) for line in self._lines):
            yield self._last_lines
        no_cells = [element for element in self._elements if element.tag not in ("td", "th", "dt")]
        yield [line for line in map(_line, no_cells) if is_name_line(line)][:1]

    def dates(self, *, day_first: bool | None) -> list[StatedDate]:
        """Return the dates near the headline, without those of updates.

        Without one, the only date on the page that a `<time>` or an element's class says to be one.
        """
        near = list(self._dates_near(day_first)) or list(self._labelled_dates(day_first))
        if near:
            return near
        named = [
            element
            for element in self._tree.iter("time", "p", "span", "div")
            if element.tag == "time" or _is_named(_DATE_NAME, element)
        ]
        found = [date for element in named for date in _dates_in(element, day_first)]
        return found[:1] if len({date.published.on for date in found}) == 1 else []

    def _dates_near(self, day_first: bool | None) -> Iterator[StatedDate]:
        # Above the headline, it may be the day on which the page was saved.
        for element in (*self._after, *self._before):
            if len(line := _line(element)) <= MAX_LINE_LENGTH:
                yield from _dates_in(element, day_first, line)

    def _labelled_dates(self, day_first: bool | None) -> Iterator[StatedDate]:
        """Yield dates anywhere on the page that a label says to be the publication's."""
        for block in self._blocks:
            if block.length <= MAX_LINE_LENGTH and dates.is_labelled(line := _line(block.element)):
                for date in _dates_in(block.element, day_first, line):
                    if date.is_publication:
                        yield date

    @cached_property
    def _lines(self) -> list[str]:
        lines = map(_line, self._elements)
        return [line for line in lines if 0 < len(line) <= MAX_LINE_LENGTH]

    @property
    def _last_lines(self) -> list[str]:
        """The short lines right after the last prose that start like a byline."""
        last = max((i for i, block in enumerate(self._blocks) if block.is_prose), default=0)
        blocks = self._blocks[last : last + LAST_BLOCKS]
        lines = [_line(block.element) for block in blocks if not _is_elsewhere(block.element)]
        return [line for line in lines if len(line) <= MAX_LAST_LINE and _STARTS_BY.match(line)]

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
        lines = [(index, block.element) for index, block in enumerate(self._blocks)]
        headings = [(index, element) for index, element in lines if element.tag == "h1"]
        length = len(self._title or "")
        titled = [
            index
            for index, element in (*headings, *lines)
            if self._blocks[index].length <= length and line_of(element) == self._title
        ]
        return next(iter((*titled, *(index for index, _ in headings))), None)

    def _lines_of(self, elements: Iterator[HtmlElement]) -> list[str]:
        """Return the short lines of elements that are not about other articles or comments.

        Only those with the same grandparent as the first are taken: they name its co-authors.
        """
        lines: list[str] = []
        first: HtmlElement | None = None
        for element in elements:
            line = _line(element)
            if not 0 < len(line) <= MAX_LINE_LENGTH or _is_elsewhere(element):
                continue
            if first is None:
                first = element
            elif _grandparent(element) is not _grandparent(first):
                continue
            lines.append(line)
        return lines


def _is_elsewhere(element: HtmlElement) -> bool:
    return any(
        ancestor.tag in ("nav", "aside")
        or (ancestor.tag == "footer" and next(ancestor.iterancestors("article"), None) is None)
        or _is_named(_NO_BYLINE_NAME, ancestor)
        for ancestor in element.iterancestors()
        if ancestor.tag not in ("body", "html")
    )


def _grandparent(element: HtmlElement) -> HtmlElement | None:
    parent = element.getparent()
    return parent.getparent() if parent is not None else None


def _dates_in(
    element: HtmlElement, day_first: bool | None, line: str | None = None
) -> Iterator[StatedDate]:
    """Yield the dates of publication in an element: in its `<time>`s, else in its text."""
    times = [element] if element.tag == "time" else list(element.iter("time"))
    is_time = False
    for time in times:
        parsed = dates.parse_stated(time.get("datetime") or "", day_first=day_first)
        if parsed and not _is_update(time):
            is_time = True
            yield StatedDate(parsed, is_printed=True)
    if is_time or _is_named(_UPDATE_NAME, element):
        return
    for published, kind in dates.find_printed_dates(line or _line(element), day_first=day_first):
        if kind != "update":
            yield StatedDate(published, kind == "publication", is_printed=True)


def _is_update(time: HtmlElement) -> bool:
    """Whether a `<time>`, or the words before it, says that it is an update's."""
    parent, previous = time.getparent(), time.getprevious()
    before = (previous.tail or _line(previous)) if previous is not None else parent.text or ""
    words = f"{before[-40:]} {_line(time)[:40]} {time.get('itemprop', '')} {time.get('class', '')}"
    return bool(_UPDATE_NAME.search(words) or dates.is_update(words)) or (
        len(list(parent.iter("time"))) == 1 and _is_named(_UPDATE_NAME, parent)
    )


def _is_named(names: re.Pattern[str], element: HtmlElement) -> bool:
    return bool(
        names.search(_CAMEL_CASE.sub("-", f"{element.get('class', '')} {element.get('id', '')}"))
    )


def _line(element: HtmlElement) -> str:
    """Return an element's text with spaces between its parts: a name is one, the day another."""
    return " ".join(" ".join(element.itertext()).split())
