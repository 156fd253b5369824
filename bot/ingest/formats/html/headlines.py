"""Find the lines of a page that are printed like headlines."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from lxml.html import HtmlElement

from bot.ingest.formats.html.bylines import MAX_LINE_LENGTH, is_name_line, names_author
from bot.ingest.formats.html.prose import Block, is_named, line_of
from bot.ingest.formats.html.story_form import Group, group_paragraphs
from bot.ingest.formats.html.titles import (
    MIN_HEADLINE_WORDS,
    Printed,
    long_words,
    site_key,
)
from bot.ingest.head.days import parse_day_line

MAX_DISTANCE = 14
"""Blocks between a headline and its story."""
MIN_STORY_LENGTH = 500
"""Characters of prose that are more than a notice."""

_HEADING_WEIGHTS = {"h1": 1.0, "h2": 0.5, "h3": 0.4, "h4": 0.3}
_HEADLINE_NAME = re.compile(
    r"(?:^|[\s_-])(?:headline|hed|hl|heading|title|titles?|tit|titel|titre|titular|titulo|titolo"
    r"|ttl|h1)\d?(?:$|[\s_-])",
    re.IGNORECASE,
)
_FONT_SIZE = re.compile(r"\+[1-9]|[4-9]")
_STYLE_SIZE = re.compile(
    r"font(?:-size)?\s*:[^;]*?\b(\d{2,3}(?:\.\d+)?)\s*(?:px|pt)", re.IGNORECASE
)
MIN_PIXELS = 20
MAX_DAY_LENGTH = 60
MAX_BIG_LINE_LENGTH = 160
MAX_SECTION_WORDS = 3
_ASIDE_NAME = re.compile(
    r"(?:^|[\s_-])(?:kicker|overline|eyebrow|label|flag|pill|badge|topic|category|rubrik|dachzeile"
    r"|surtitre|antetitulo|sub-?(?:title|head(?:line)?|line)?|untertitel|sous-?titre|subtitulo|dek|deck"
    r"|standfirst|comments?)(?:$|[\s_-])",
    re.IGNORECASE,
)
_MAX_HEADLINE_WORDS = 25
_MIN_SHARED_WORDS = 0.6


def find_printed(
    blocks: Sequence[Block], titles: Collection[str], no_titles: Collection[str]
) -> Iterator[Printed]:
    """Yield the lines that are printed like headlines, and those that are one of the `titles`.

    The last of the largest of them above the story counts more, since the site's name and the
    section's, which look alike, are above it, and the standfirst below is smaller. `no_titles` are
    the keys of sites' names. Neither these nor sections count, which are links elsewhere.
    """
    start = find_story(blocks, titles)
    no_titles = {*no_titles, *_find_sections(blocks)}
    found: list[tuple[int, str, float]] = []
    for index, block in enumerate(blocks):
        element = block.element
        weight = _HEADING_WEIGHTS.get(element.tag, 0.0)
        if weight and block.length <= MAX_DAY_LENGTH and parse_day_line(line_of(element)):
            continue
        is_near = start - MAX_DISTANCE <= index <= start
        if not weight and is_near and block.length <= MAX_LINE_LENGTH:
            weight = _weigh_form(block, titles)
        is_linked = block.link_length == block.length and not _resembles(line_of(element), titles)
        if weight == 1.0 or (weight and is_near and not is_linked):
            found.append((index, headline_of(element), weight))
    above = [one for one in found if one[0] <= start and site_key(one[1]) not in no_titles]
    has_long = any(_is_long(line) and _resembles(line, titles) for _, line, _ in above)
    above = [one for one in above if len(one[1].split()) > 2 or (one[1] in titles and not has_long)]
    if not any(start - MAX_DISTANCE <= index for index, _, _ in above):
        above = list(_find_unmarked(blocks, start, no_titles))
        found += above
    menu = max((index for index, block in enumerate(blocks[:start]) if _is_menu(block)), default=-1)
    below_menu = [one for one in above if one[0] > menu or len(one[1].split()) > MAX_SECTION_WORDS]
    largest = max((weight for _, _, weight in below_menu), default=0.0)
    last = max((index for index, _, weight in below_menu if weight == largest), default=None)
    for index, line, weight in found:
        if site_key(line) not in no_titles:
            yield Printed(line, weight + 0.5 * _is_long(line) + 1.0 * (index == last))


def _is_long(line: str) -> bool:
    return len(line.split()) >= MIN_HEADLINE_WORDS


def _weigh_form(block: Block, titles: Collection[str]) -> float:
    """Weigh how much a line that is no heading looks like a headline."""
    element = block.element
    line = line_of(element)
    has_name = any(
        is_named(_HEADLINE_NAME, one) for one in (element, element.getparent()) if one is not None
    )
    if has_name or (_resembles(line, titles) and not _is_lead(block)):
        return 0.5
    is_byline = names_author(line) or is_name_line(line) or parse_day_line(line)
    if is_byline or len(line) > MAX_BIG_LINE_LENGTH:
        return 0.0
    return _weigh_size(element, len(line))


def _weigh_size(element: HtmlElement, length: int) -> float:
    """Weigh how large all of a line is printed: by a font, a style, or bold type."""
    weight = 0.0
    around = [one for one in element.iterancestors() if len(line_of(one)) <= length]
    inside = [one for one in element.iter() if len(line_of(one)) >= length]
    for one in (*around, *inside):
        size = _FONT_SIZE.fullmatch(one.get("size", "")) if one.tag in ("font", "div") else None
        pixels = _STYLE_SIZE.search(one.get("style", ""))
        if one.tag == "big" or size or (pixels and float(pixels[1]) >= MIN_PIXELS):
            return 0.8
        if one.tag in ("b", "strong"):
            weight = 0.45
    return weight


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


def headline_of(element: HtmlElement) -> str:
    """Return the text of a heading without a button, or a link that counts comments."""
    line = line_of(element)
    for part in element.iter("button", "a", "small", "span", "div", "em", "strong", "sup"):
        text = line_of(part)
        if not text or part is element or len(text) >= len(line):
            continue
        is_count = text[0].isdigit() or not any(map(str.isalpha, text))
        is_aside = (
            part.tag in ("button", "small", "sup")
            or (part.tag == "a" and is_count and len(text.split()) <= MAX_SECTION_WORDS)
            or is_named(_ASIDE_NAME, part)
        )
        rest = line.removesuffix(text).removeprefix(text).strip()
        if is_aside and len(rest.split()) > 1:
            line = rest
    return line


def _find_unmarked(
    blocks: Sequence[Block], start: int, no_titles: Collection[str]
) -> Iterator[tuple[int, str, float]]:
    """Yield the first line above the story that is as long as a headline, if no form marks one; or
    the last heading above it, however short, or linked."""
    for index in range(max(0, start - MAX_DISTANCE), start):
        line = line_of(blocks[index].element)
        is_headline = MIN_HEADLINE_WORDS <= len(line.split()) <= _MAX_HEADLINE_WORDS
        is_plain = not blocks[index].link_length and line[-1:] not in ".:;"
        if is_headline and is_plain and not names_author(line) and not is_name_line(line):
            yield index, line, 0.5
            return
    for index in range(start - 1, max(0, start - MAX_DISTANCE) - 1, -1):
        element = blocks[index].element
        line = headline_of(element)
        if element.tag in ("h1", "h2") and site_key(line) not in no_titles:
            yield index, line, _HEADING_WEIGHTS[element.tag]
            return


def _is_lead(block: Block) -> bool:
    """Whether a line is the first sentence of the story, which says what the headline says."""
    return block.is_prose and line_of(block.element)[-1:] in '.”"'


def _resembles(line: str, titles: Collection[str]) -> bool:
    """Whether a line is one of the titles, or has most of the long words of one."""
    words = long_words(line)
    return line in titles or any(
        len(words & other) >= max(3, _MIN_SHARED_WORDS * len(other))
        for other in map(long_words, titles)
    )


def find_story(blocks: Sequence[Block], titles: Collection[str] = ()) -> int:
    """Return the index of the story's first paragraph: of the longest group of paragraphs of one
    form that is no list. A headline above a group makes it more likely."""
    groups = [group for group in group_paragraphs(blocks, 0) if not group.is_list(blocks)]

    def weigh(group: Group) -> float:
        above = blocks[max(0, group.first - MAX_DISTANCE) : group.first]
        weights = (_weigh_title(block, titles) for block in above)
        return group.length * max(weights, default=1.0)

    best = max(groups or group_paragraphs(blocks, 0), key=weigh, default=None)
    return best.first if best else 0


def _weigh_title(block: Block, titles: Collection[str]) -> float:
    """Weigh how much a line says that a story is below it."""
    if block.length > MAX_BIG_LINE_LENGTH or block.is_prose:
        return 1.0
    line = line_of(block.element)
    if len(line.split()) >= MIN_HEADLINE_WORDS and _resembles(line, titles):
        return 3.0
    if names_author(line):
        return 2.0
    return 2.0 if block.element.tag == "h1" and len(line.split()) >= MIN_HEADLINE_WORDS else 1.0
