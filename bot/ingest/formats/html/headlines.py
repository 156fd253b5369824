"""Find the lines of a page that are printed like headlines."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from bot.ingest.formats.html.bylines import MAX_LINE_LENGTH, is_name_line, names_author
from bot.ingest.formats.html.prose import Block, is_named, line_of
from bot.ingest.formats.html.titles import MIN_HEADLINE_WORDS, Printed, long_words

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
_MAX_HEADLINE_WORDS = 25
_MIN_SHARED_WORDS = 0.6


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
        is_near = start - MAX_DISTANCE <= index <= start
        if not weight and index <= start and block.length <= MAX_LINE_LENGTH:
            has_name = is_near and any(
                is_named(_HEADLINE_NAME, one)
                for one in (element, element.getparent())
                if one is not None
            )
            is_titled = is_near and _resembles(line_of(element), titles)
            is_titled = is_titled and not _is_lead(block)
            weight = 0.5 if has_name or is_titled else 0.0
        is_linked = block.link_length == block.length and not _resembles(line_of(element), titles)
        if weight == 1.0 or (weight and is_near and not is_linked):
            found.append((index, line_of(element), weight))
    above = [one for one in found if one[0] <= start and len(one[1].split()) > 2]
    if not any(start - MAX_DISTANCE <= index for index, _, _ in above):
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
    for index in range(max(0, start - MAX_DISTANCE), start):
        line = line_of(blocks[index].element)
        is_headline = MIN_HEADLINE_WORDS <= len(line.split()) <= _MAX_HEADLINE_WORDS
        is_plain = not blocks[index].link_length and line[-1:] not in ".:;"
        if is_headline and is_plain and not names_author(line) and not is_name_line(line):
            yield index, line, 0.5
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
