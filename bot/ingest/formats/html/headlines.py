"""Find the lines of a page that are printed like headlines, and the story below them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from lxml.html import HtmlElement

from bot.ingest.formats.html.bylines import is_name_line, names_author
from bot.ingest.formats.html.headline_forms import (
    MAX_BIG_LINE_LENGTH,
    MAX_SECTION_WORDS,
    headline_of,
    may_be_headline,
    resembles,
    weigh_line,
)
from bot.ingest.formats.html.prose import Block
from bot.ingest.formats.html.story.paragraph_groups import Group, group_paragraphs
from bot.ingest.formats.html.titles import MIN_HEADLINE_WORDS, Printed, site_key

MAX_DISTANCE = 14
"""Blocks between a headline and its story."""
MAX_PROSE_ABOVE = 2
"""Paragraphs between a headline and the story's first, such as a standfirst."""
_MAX_HEADLINE_WORDS = 25
_SEPARATE_ELEMENTS = ("nav", "aside", "footer", "dialog")
_PLAIN = 0.1
"""The weight of a line without the form of a headline."""
_CLOSE = 0.5
"""Added to lines in the smallest box that they share with the story."""
_UNLIKE = 1.0
"""Taken from lines in other words than the page's titles."""
_BELOW_BYLINE = 0.6
"""Taken from lines below a byline, such as a lead in bold type."""


class _Line(NamedTuple):
    position: int
    text: str
    weight: float


def find_printed(
    blocks: Sequence[Block], titles: Collection[str], no_titles: Collection[str]
) -> Iterator[Printed]:
    """Yield the lines that are printed like headlines, and those that are one of the `titles`.

    The first of the heaviest of them counts more: of large lines near the story, inside its box,
    above its byline. `no_titles` are the keys of sites' names. Neither these nor sections count,
    which are links elsewhere on the page.
    """
    start = find_story(blocks, titles)
    no_titles = {*no_titles, *_find_sections(blocks)}
    listed = _find_listed(blocks, start)
    lines = [
        line
        for line in _find_lines(blocks, start, titles)
        if line.position not in listed and site_key(line.text) not in no_titles
    ]
    has_long = any(_is_long(line.text) and resembles(line.text, titles) for line in lines)
    is_stated = any(map(_is_long, titles))
    menu = max((index for index, block in enumerate(blocks[:start]) if _is_menu(block)), default=-1)
    weights = {
        line: line.weight + 0.5 * _is_long(line.text) - _BELOW_BYLINE * _is_below(line, blocks)
        for line in _lift_close_lines(lines, blocks, start)
        if len(line.text.split()) > 2
        or (line.text in titles and not has_long)
        or (line.weight >= 0.5 and line.position > menu and not has_long and not is_stated)
    }
    for line in _find_unlike(weights, blocks, titles):
        weights[line] -= _UNLIKE
    largest = max(weights.values(), default=0.0)
    best = next((line.position for line in sorted(weights) if weights[line] == largest), None)
    kept = {line.position for line in weights}
    for line in lines:
        if line.position in kept:
            weight = line.weight + 0.5 * _is_long(line.text)
            yield Printed(line.text, weight + 1.0 * (line.position == best))


def _find_unlike(
    lines: Collection[_Line], blocks: Sequence[Block], titles: Collection[str]
) -> list[_Line]:
    """Return the lines that are unlike the page's titles, if another line is one of them; but not
    an h1 below it, which may be in other words than a path of sections with the page's title."""
    stated = [line.position for line in lines if line.text in titles and _is_long(line.text)]
    return [
        line
        for line in lines
        if stated
        and (blocks[line.position].element.tag != "h1" or line.position < stated[-1])
        and not resembles(line.text, titles)
    ]


def _find_lines(blocks: Sequence[Block], start: int, titles: Collection[str]) -> Iterator[_Line]:
    """Yield the lines above the story that may be its headline, and all h1."""
    around_story = set(blocks[start].element.iterancestors()) if blocks else set()
    for index, block in enumerate(blocks[: start + 1] if start else blocks):
        is_near = start - MAX_DISTANCE <= index <= start
        if not is_near and block.element.tag != "h1":
            continue
        if not around_story.issuperset(block.element.iterancestors(*_SEPARATE_ELEMENTS)):
            continue
        weight = weigh_line(block, titles)
        line = headline_of(block)
        is_linked = block.link_length == block.length and not resembles(line, titles)
        if is_linked:
            weight = min(weight, _PLAIN) if block.element.tag in ("h1", "h2") else 0.0
        elif not weight and index < start and _may_be_plain_headline(block, line):
            weight = _PLAIN
        if weight:
            yield _Line(index, line, weight)


def _may_be_plain_headline(block: Block, line: str) -> bool:
    is_headline = MIN_HEADLINE_WORDS <= len(line.split()) <= _MAX_HEADLINE_WORDS
    is_item = block.element.tag == "li" or block.element.getparent().tag == "li"
    is_plain = not block.link_length and line[-1:] not in ".:;" and not is_item
    return is_headline and is_plain and may_be_headline(line)


def _lift_close_lines(
    lines: Sequence[_Line], blocks: Sequence[Block], start: int
) -> Iterator[_Line]:
    """Yield the lines, with more weight for those in the smallest box shared with the story."""
    if not blocks:
        return
    around = {element: depth for depth, element in enumerate(blocks[start].element.iterancestors())}
    depths = {line: _depth(blocks[line.position].element, around) for line in lines}
    closest = min(depths.values(), default=0)
    for line in lines:
        is_close = depths[line] == closest or blocks[line.position].element.tag == "h1"
        yield line._replace(weight=line.weight + _CLOSE * is_close)


def _depth(element: HtmlElement, around: dict[HtmlElement, int]) -> int:
    return next((around[one] for one in element.iterancestors() if one in around), len(around))


def _is_below(line: _Line, blocks: Sequence[Block]) -> bool:
    """Whether a byline is right above a line."""
    above = blocks[max(0, line.position - 4) : line.position]
    return any(
        names_author(text) or is_name_line(text)
        for text in (block.line for block in above if block.length <= 80)
    )


def _is_long(line: str) -> bool:
    return len(line.split()) >= MIN_HEADLINE_WORDS


def _is_menu(block: Block) -> bool:
    return 2 * block.link_length > block.length and len(block.element.findall(".//a")) > 2


def _find_sections(blocks: Sequence[Block]) -> Iterator[str]:
    """Yield the keys of the short links of a page, such as a menu's, of which a heading may say
    where the reader is."""
    for block in blocks:
        for link in block.element.iter("a") if block.link_length else ():
            text = link.text_content().strip()
            if text and len(text.split()) <= MAX_SECTION_WORDS:
                yield site_key(text)


def find_story(blocks: Sequence[Block], titles: Collection[str] = ()) -> int:
    """Return the index of the story's first paragraph, or 0."""
    story = _find_group(blocks, titles)
    return story.first if story else 0


def find_story_end(blocks: Sequence[Block], titles: Collection[str] = ()) -> int:
    """Return the index of the story's last paragraph, or 0."""
    story = _find_group(blocks, titles)
    return story.last if story else 0


def _find_listed(blocks: Sequence[Block], start: int) -> set[int]:
    """Return the indices of the lines above the story that are in a list of titles and texts."""
    return {
        index
        for group in group_paragraphs(blocks[:start], 0)
        if group.is_list(blocks)
        for index in range(group.first - 1, group.last + 1)
    }


def _find_group(blocks: Sequence[Block], titles: Collection[str]) -> Group | None:
    """Return the longest group of paragraphs of one form that is no list. A headline above a group
    makes it more likely."""
    groups = group_paragraphs(blocks, 0)

    def weigh(group: Group) -> float:
        weight, prose = 1.0, 0
        for block in reversed(blocks[max(0, group.first - MAX_DISTANCE) : group.first]):
            prose += block.is_prose
            if prose > MAX_PROSE_ABOVE:
                break
            weight = max(weight, _weigh_title(block, titles))
        return group.length * weight

    stories = [group for group in groups if not group.is_list(blocks)]
    return max(stories or groups, key=weigh, default=None)


def _weigh_title(block: Block, titles: Collection[str]) -> float:
    """Weigh how much a line says that a story is below it."""
    if block.length > MAX_BIG_LINE_LENGTH or block.is_prose:
        return 1.0
    line = block.line
    if len(line.split()) >= MIN_HEADLINE_WORDS and resembles(line, titles):
        return 3.0
    if names_author(line):
        return 2.0
    return 2.0 if block.element.tag == "h1" and len(line.split()) >= MIN_HEADLINE_WORDS else 1.0
