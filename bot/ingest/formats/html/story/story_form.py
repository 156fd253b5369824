"""Find the boxes of a page that hold its story, and remove what is above and below it.

A story's paragraphs are in elements of one form: the same tags, classes and attributes up to the
top of the page. It is the first such group below the headline that is long enough. What surrounds
it has other forms, or is a list of names and texts, however long: comments, cards, other articles.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cached_property

from lxml.html import HtmlElement

from bot.ingest.formats.html import dates
from bot.ingest.formats.html.bylines import MAX_LINE_LENGTH, is_name_line, names_author
from bot.ingest.formats.html.prose import Block
from bot.ingest.formats.html.story.page_lines import Layout
from bot.ingest.formats.html.story.paragraph_groups import Forms, Group, box_of, group_paragraphs

MIN_STORY_LENGTH = 300
MIN_FIRST_SHARE = 0.5
"""Of the longest group's prose, in an earlier group that is the story."""
MIN_FORM_SHARE = 0.2
"""Of the page's prose in a group that is a part of the story, beside the first."""
MIN_SINGLE_SHARE = 0.4
"""The same, of a group of one paragraph."""
MAIN_SHARE = 0.6
"""Of a form's prose in the one element that is the story, if the form has no name."""
MAX_LIST_RATIO = 3
"""A list of texts that has this many times as much prose as what is above it is the story."""
MAX_DECK_LENGTH = 420
MAX_DECK_SHARE = 0.2
"""Of the page's prose above the byline; more is a part of the story."""
MAX_NOTES_SHARE = 0.4

_SLANTED = ("em", "i", "small")


class Story:
    """The boxes of a page that hold the story below a headline; `is_live` if it is a live blog."""

    def __init__(self, layout: Layout, headline: HtmlElement | None, *, is_live: bool) -> None:
        self.tree = layout.tree
        self._headline = headline
        self._is_live = is_live
        self._blocks = layout.blocks.copy()
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
            if block.is_prose and box_of(block.element) in boxes
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
            if block.length <= MAX_LINE_LENGTH and _is_byline_or_date(block.line):
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
        above = {block.element for block in self._blocks[: last + 1]}
        above.update(*(element.iterancestors() for element in list(above)))
        seen = set(map(forms.of, above))
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
