"""Find the boxes of a page that hold its story, and remove what is above and below it.

A story's paragraphs are in elements of one form: the same tags, classes and attributes up to the
top of the page. It is the first such group below the headline that is long enough. What surrounds
it has other forms, or is a list of names and texts, however long: comments, cards, other articles.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import cached_property

from lxml.html import HtmlElement

from bot.ingest.formats.html import dates
from bot.ingest.formats.html.bylines import MAX_LINE_LENGTH, is_name_line, names_author
from bot.ingest.formats.html.prose import Block, find_blocks, line_of

MIN_STORY_LENGTH = 300
MIN_FIRST_SHARE = 0.5
"""Of the longest group's prose, in an earlier group that is the story."""
MIN_FORM_SHARE = 0.2
"""Of the page's prose in a group that is a part of the story, beside the first."""
MIN_SINGLE_SHARE = 0.4
"""The same, of a group of one paragraph."""
MAIN_SHARE = 0.6
"""Of a form's prose in the one element that is the story, if the form has no name."""
MIN_LISTED = 3
MIN_LABELS = 0.7
"""Short lines for each paragraph of a list of names or titles with texts."""
MAX_LABEL_LENGTH = 60
MAX_LIST_RATIO = 3
"""A list of texts that has this many times as much prose as what is above it is the story."""
MAX_DECK_LENGTH = 420
MAX_DECK_SHARE = 0.2
"""Of the page's prose above the byline; more is a part of the story."""
MAX_NOTES_SHARE = 0.4

_LISTS = ("ul", "ol", "blockquote")
_PARTS = ("li", *_LISTS)
_SLANTED = ("em", "i", "small")
_FORM_ATTRIBUTES = ("class", "width", "bgcolor", "align", "size", "style")
_VARYING = re.compile(r"\d+|\b(?:first|last|odd|even|alt)\b")
_SPOKEN = re.compile(
    r"\b(?:\d+|an?|few|einem?|einer|une?|un[ao]?)\s*(?:s|m|h|d|w|mins?|minutes?|hours?|hrs?|days?"
    r"|weeks?|months?|years?|stunden?|tage?n?|wochen?|heures?|jours?|horas?|días?)\b(?: ago)?"
    r"|\byesterday\b|\bjust now\b|\bgestern\b|\bhier à\b|\bayer\b|\d{1,2}[:.]\d\d|\bwrote\b"
    r"|\blikes?\b"
    r"|\breply\b|\bschrieb\b|\bantworten\b|\brépondre\b|\bresponder\b|\bposted by\b"
    r"|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\b(?:jan|feb|mar|apr|jun|jul|aug|sep|oct"
    r"|nov|dec)"
    r"\w*\.? \d|\b\d{1,2} (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)",
    re.IGNORECASE,
)
"""Times and words beside the name of somebody who comments."""
_MAX_SPEAKER_LENGTH = 60


class Forms:
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


class Group:
    """The paragraphs in boxes of one form, with the lines between the first and the last."""

    def __init__(self) -> None:
        self.boxes: dict[HtmlElement, int] = {}
        self.first = self.last = self.length = self.count = 0

    def add(self, index: int, box: HtmlElement, length: int) -> None:
        self.first = self.first if self.count else index
        self.last = index
        self.count += 1
        self.length += length
        self.boxes[box] = self.boxes.get(box, 0) + length

    def is_list(self, blocks: Sequence[Block]) -> bool:
        """Whether it consists of names or titles, each with a text."""
        if self.count < MIN_LISTED:
            return False
        between = blocks[max(0, self.first - 1) : self.last + 1]
        labels = sum(not block.is_prose and block.length <= MAX_LABEL_LENGTH for block in between)
        spoken = sum(
            bool(_SPOKEN.search(line_of(block.element)[:_MAX_SPEAKER_LENGTH])) for block in between
        )
        return labels >= MIN_LABELS * self.count or spoken >= MIN_LABELS * self.count


def group_paragraphs(
    blocks: Sequence[Block], start: int, forms: Forms | None = None
) -> list[Group]:
    """Group a page's paragraphs, from the block at `start` on, by the forms of their boxes."""
    forms = forms or Forms()
    groups: dict[int, Group] = {}
    for index, block in enumerate(blocks[start:], start=start):
        if block.is_prose and (box := _box_of(block.element)) is not None:
            groups.setdefault(forms.of(box), Group()).add(index, box, block.length)
    return list(groups.values())


class Story:
    """The boxes of a page that hold the story below a headline; `is_live` if it is a live blog."""

    def __init__(self, tree: HtmlElement, headline: HtmlElement | None, *, is_live: bool) -> None:
        self.tree = tree
        self._headline = headline
        self._is_live = is_live
        self._blocks = list(find_blocks(tree))
        self._forms = Forms()

    def isolate(self) -> list[HtmlElement]:
        """Drop the standfirst and what else is above the story, and what is below it.

        Returns the elements that hold the story, or the whole page if it has hardly any text.
        """
        self._drop_next_article()
        prose = sum(block.length for block in self._blocks if block.is_prose)
        boxes = self._boxes
        in_story = [
            index
            for index, block in enumerate(self._blocks)
            if block.is_prose and _box_of(block.element) in boxes
        ]
        if prose < MIN_STORY_LENGTH or not in_story:
            return [self.tree]
        first, last = in_story[0], in_story[-1]
        story = sum(self._blocks[index].length for index in in_story)
        self._drop_below(last, boxes)
        self._drop_notes([self._blocks[index].element for index in in_story])
        self._drop_above(self._blocks[:first], MAX_DECK_SHARE * story)
        return list(boxes)

    def _drop_next_article(self) -> None:
        """Drop what is below another headline of the same form, as on pages that scroll on."""
        headline = self._headline
        if headline is None or headline.tag != "h1":
            return
        length = 0
        is_below = False
        for index, block in enumerate(self._blocks):
            if block.element is headline:
                is_below = True
            elif is_below and block.element.tag == "h1" and length >= MIN_STORY_LENGTH:
                for later in self._blocks[index:]:
                    _drop(later.element)
                del self._blocks[index:]
                return
            length += block.length if is_below and block.is_prose else 0

    @cached_property
    def _start(self) -> int:
        """The index of the first block below the headline, or 0."""
        for index, block in enumerate(self._blocks):
            if block.element is self._headline:
                return index + 1
        return 0

    @cached_property
    def _groups(self) -> list[Group]:
        return group_paragraphs(self._blocks, self._start, self._forms)

    @cached_property
    def _boxes(self) -> set[HtmlElement]:
        """The elements that hold the story's paragraphs."""
        groups = self._groups
        lists = [group for group in groups if group.is_list(self._blocks)]
        others = [group for group in groups if group not in lists]
        longest = max((group.length for group in others), default=0)
        listed = max(lists, key=lambda group: group.length, default=None)
        main = next(
            (
                group
                for group in others
                if group.length >= max(MIN_STORY_LENGTH, MIN_FIRST_SHARE * longest)
            ),
            max(groups, key=lambda group: group.length, default=None),
        )
        if main is None:
            return set()
        if listed is not None and (
            self._is_live or listed.length > MAX_LIST_RATIO * sum(one.length for one in others)
        ):
            return self._boxes_of(listed) | self._boxes_of(main)
        boxes = self._boxes_of(main)
        prose = sum(group.length for group in groups)
        for group in others:
            min_share = MIN_FORM_SHARE if group.count > 1 else MIN_SINGLE_SHARE
            if group.length >= min_share * prose and self._is_part(group, main):
                boxes |= self._boxes_of(group)
        return boxes

    def _is_part(self, group: Group, main: Group) -> bool:
        """Whether a group is beside, inside or around the main one."""
        box, main_box = next(iter(group.boxes)), next(iter(main.boxes))
        is_around = box in main_box.iterancestors() and (
            group.first < main.last and group.length >= main.length
        )
        is_inside = main_box in box.iterancestors()
        is_beside = box.getparent() is main_box.getparent() and box.tag != "td"
        return is_around or is_inside or is_beside

    def _boxes_of(self, group: Group) -> set[HtmlElement]:
        """Return a group's boxes; if the form has no name, only the one with most of its prose, if
        there is one."""
        main, length = max(group.boxes.items(), key=lambda item: item[1])
        if _is_named(main) or length < MAIN_SHARE * group.length:
            return set(group.boxes)
        return {main}

    def _drop_notes(self, paragraphs: Sequence[HtmlElement]) -> None:
        """Drop the last paragraphs if they are in italics or small print: notes about the article
        and its author. A page whose paragraphs all are so has no notes."""
        are_notes = [_is_slanted(paragraph) for paragraph in paragraphs]
        if sum(are_notes) > MAX_NOTES_SHARE * len(paragraphs):
            return
        while are_notes.pop():
            _drop(paragraphs[len(are_notes)])

    def _drop_above(self, blocks: Sequence[Block], max_prose: float) -> None:
        """Drop what is above the byline or the date, such as the standfirst, and those lines."""
        headline = self._headline
        around = set() if headline is None else {headline, *headline.iterancestors()}
        end = 0
        for index, block in enumerate(blocks):
            if block.length <= MAX_LINE_LENGTH and _is_byline_or_date(line_of(block.element)):
                end = index + 1
        below = blocks[self._start : end]
        if sum(block.length for block in below if block.is_prose) > max_prose:
            return
        for block in blocks[:end]:
            if block.element not in around and block.length <= MAX_DECK_LENGTH:
                _drop(block.element)

    def _drop_below(self, last: int, boxes: Collection[HtmlElement]) -> None:
        """Drop what is in other boxes than the paragraphs, or in an inner box of a form that the
        story did not have, if it has a name or prose."""
        forms = self._forms
        story = set(map(forms.of, boxes))
        seen = {
            forms.of(element)
            for block in self._blocks[: last + 1]
            for element in (block.element, *block.element.iterancestors())
        }
        inner: dict[Block, HtmlElement] = {}
        new: set[int] = set()
        for block in self._blocks[last + 1 :]:
            path = []
            for ancestor in (block.element, *block.element.iterancestors()):
                is_named = _is_named(ancestor)
                if ancestor in boxes or (is_named and forms.of(ancestor) in story):
                    break
                path.append(ancestor)
            else:
                _drop(block.element)
                continue
            inner[block] = path[-1] if path else block.element
            unseen = [one for one in path if forms.of(one) not in seen]
            if any(_is_named(one) or (block.is_prose and one.tag not in _PLAIN) for one in unseen):
                new.add(forms.of(inner[block]))
        for block, element in inner.items():
            if forms.of(element) in new:
                _drop(block.element)


def _is_named(element: HtmlElement) -> bool:
    return bool(element.get("class") or element.get("id"))


_PLAIN = ("p", "ul", "ol", "li", "blockquote", "h2", "h3", "h4", "b", "pre", "figure")
"""Elements that a story may end with, though it has had none of them."""


def _box_of(paragraph: HtmlElement) -> HtmlElement | None:
    """Return the element that a paragraph is in, around the list or quotation of which it is all of
    an item."""
    box = paragraph.getparent()
    while box is not None and box.tag in _PARTS and (len(box) == 1 or box.tag in _LISTS):
        box = box.getparent()
    if box is not None and paragraph.tag == "li":
        box = box.getparent() if box.tag in _LISTS else box
    return box


def _is_byline_or_date(line: str) -> bool:
    return (
        names_author(line)
        or is_name_line(line)
        or next(dates.find_printed_dates(line, day_first=True), None) is not None
    )


def _is_slanted(paragraph: HtmlElement) -> bool:
    length = len(paragraph.text_content().strip())
    return length <= MAX_DECK_LENGTH and any(
        len(part.text_content().strip()) >= length for part in paragraph.iter(*_SLANTED)
    )


def _drop(element: HtmlElement) -> None:
    if element.getparent() is not None:
        element.drop_tree()
