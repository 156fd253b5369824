"""Remove what does not have the form of the story: what is printed above its first paragraph and
below its last one, in other boxes.

Most of a story's paragraphs are in elements of one form: the same tags, classes and attributes up
to the top of the page. What surrounds them is in elements of other forms, whatever their names.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence

from lxml.html import HtmlElement

from bot.ingest.formats.html import dates
from bot.ingest.formats.html.bylines import MAX_LINE_LENGTH, is_name_line, names_author
from bot.ingest.formats.html.prose import Block, find_blocks, line_of

MIN_FORM_SHARE = 0.2
"""Of the page's prose in boxes of a form that is one of the story's."""
MIN_SINGLE_SHARE = 0.4
"""The same, of a form with one paragraph."""
MAIN_SHARE = 0.6
"""Of a form's prose in the one element that is the story, if the form has no name."""
MAX_DECK_LENGTH = 420
MAX_DECK_SHARE = 0.2
"""Of the page's prose above the byline; more is a part of the story."""
MIN_STORY_LENGTH = 300
MAX_TAIL_SHARE = 0.3
"""Of the page's prose below the story in boxes of other forms."""

MAX_NOTES_SHARE = 0.4

_SLANTED = ("em", "i", "small")
_FORM_ATTRIBUTES = ("class", "width", "bgcolor", "align", "size", "style")
_VARYING = re.compile(r"\d+|\b(?:first|last|odd|even|alt)\b")

Form = tuple[object, ...]


class _Forms:
    """The forms of elements: their tags and attributes, with those of all elements around them."""

    def __init__(self) -> None:
        self._forms: dict[HtmlElement, int] = {}
        self._numbers: dict[tuple[object, ...], int] = {}

    def of(self, element: HtmlElement | None) -> int:
        """Return a number that elements of the same form share."""
        if element is None:
            return 0
        if element not in self._forms:
            attributes = (
                _VARYING.sub("", value) for name in _FORM_ATTRIBUTES if (value := element.get(name))
            )
            key = (self.of(element.getparent()), element.tag, *attributes)
            self._forms[element] = self._numbers.setdefault(key, len(self._numbers) + 1)
        return self._forms[element]


def keep_story_form(tree: HtmlElement, headline: HtmlElement | None) -> list[HtmlElement]:
    """Drop the standfirst and what else is above the story, and what is below it.

    Returns the elements that hold the story, or the whole page if it has hardly any text.
    """
    blocks = list(find_blocks(tree))
    forms = _Forms()
    prose = sum(block.length for block in blocks if block.is_prose)
    containers = _find_containers(blocks, forms)
    in_story = [
        index
        for index, block in enumerate(blocks)
        if block.is_prose and block.element.getparent() in containers
    ]
    if prose < MIN_STORY_LENGTH or not in_story:
        return [tree]
    _drop_notes([blocks[index].element for index in in_story])
    _drop_above(blocks[: in_story[0]], headline, MAX_DECK_SHARE * prose)
    seen = {
        forms.of(element)
        for block in blocks[: in_story[-1] + 1]
        for element in (block.element, *block.element.iterancestors())
    }
    _drop_below(blocks[in_story[-1] + 1 :], containers, forms, seen, MAX_TAIL_SHARE * prose)
    return list(containers)


def _drop_notes(paragraphs: Sequence[HtmlElement]) -> None:
    """Drop the last paragraphs if they are in italics or small print: notes about the article and
    its author. A page whose paragraphs all are so has no notes."""
    are_notes = [_is_slanted(paragraph) for paragraph in paragraphs]
    if sum(are_notes) > MAX_NOTES_SHARE * len(paragraphs):
        return
    while are_notes.pop():
        _drop(paragraphs[len(are_notes)])


def _is_slanted(paragraph: HtmlElement) -> bool:
    length = len(paragraph.text_content().strip())
    return length <= MAX_DECK_LENGTH and any(
        len(part.text_content().strip()) >= length for part in paragraph.iter(*_SLANTED)
    )


def _find_containers(blocks: Sequence[Block], forms: _Forms) -> set[HtmlElement]:
    """Return the elements that hold the story's paragraphs.

    Of one form without a name, only the element with most of the prose is taken, if there is one.
    """
    by_element: Counter[HtmlElement] = Counter()
    by_form: Counter[int] = Counter()
    counts: Counter[int] = Counter()
    for block in blocks:
        if block.is_prose and (parent := block.element.getparent()) is not None:
            by_element[parent] += block.length
            by_form[forms.of(parent)] += block.length
            counts[forms.of(parent)] += 1
    prose = sum(by_form.values())
    min_length = MIN_FORM_SHARE * prose
    largest = {forms.of(element): length for element, length in reversed(by_element.most_common())}
    return {
        element
        for element, length in by_element.items()
        if by_form[form := forms.of(element)] >= min_length
        and (counts[form] > 1 or by_form[form] >= MIN_SINGLE_SHARE * prose)
        and (
            length >= min_length
            or element.get("class")
            or element.get("id")
            or largest[form] < MAIN_SHARE * by_form[form]
        )
    }


def _drop_above(blocks: Sequence[Block], headline: HtmlElement | None, max_prose: float) -> None:
    """Drop what is above the byline or the date, such as the standfirst, and those lines."""
    around = set() if headline is None else {headline, *headline.iterancestors()}
    end = 0
    for index, block in enumerate(blocks):
        if block.length <= MAX_LINE_LENGTH and _is_byline_or_date(line_of(block.element)):
            end = index + 1
    if sum(block.length for block in blocks[:end] if block.is_prose) > max_prose:
        return
    for block in blocks[:end]:
        element = block.element
        if element not in around and block.length <= MAX_DECK_LENGTH and not len(element) > 20:
            _drop(element)


def _is_byline_or_date(line: str) -> bool:
    return (
        names_author(line)
        or is_name_line(line)
        or next(dates.find_printed_dates(line, day_first=True), None) is not None
    )


def _drop_below(
    blocks: Sequence[Block],
    containers: Collection[HtmlElement],
    forms: _Forms,
    seen: Collection[int],
    max_prose: float,
) -> None:
    """Drop what is in other boxes than the paragraphs, or in a box of a form not seen above."""
    outside = []
    story = set(map(forms.of, containers))
    for block in blocks:
        is_inside = False
        is_new = False
        for ancestor in (block.element, *block.element.iterancestors()):
            is_named = ancestor.get("class") or ancestor.get("id")
            if ancestor in containers or (is_named and forms.of(ancestor) in story):
                is_inside = True
                break
            is_new = is_new or bool(is_named and forms.of(ancestor) not in seen)
        if not is_inside or is_new:
            outside.append(block)
    if sum(block.length for block in outside if block.is_prose) <= max_prose:
        for block in outside:
            _drop(block.element)


def _drop(element: HtmlElement) -> None:
    if element.getparent() is not None:
        element.drop_tree()
