"""Group a page's paragraphs by the forms of the boxes that they are in.

A story's paragraphs are in elements of one form: the same tags, classes and attributes up to the
top of the page. A group may also be a list of names or titles with texts: comments, cards.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from lxml.html import HtmlElement

from bot.ingest.formats.html.prose import Block

MIN_LISTED = 3
MIN_LABELS = 0.7
"""Short lines for each paragraph of a list of names or titles with texts."""
MAX_LABEL_LENGTH = 60

_LISTS = ("ul", "ol", "blockquote")
_PARTS = ("li", *_LISTS)
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
_SPOKEN_AT_START = re.compile(
    r"\b(?:ago|wrote|schrieb|commented|just now|posted by|likes|a écrit|escribió)\b"
    r"|^[^\W\d_][\w .'’-]{1,30} \([^)]{2,25}\)\s*:",
    re.IGNORECASE,
)
_MAX_SPEAKER_LENGTH = 60


def _is_spoken(block: Block) -> bool:
    """Whether a line names who comments, or starts so."""
    line = block.line
    pattern = _SPOKEN if len(line) <= _MAX_SPEAKER_LENGTH else _SPOKEN_AT_START
    return bool(pattern.search(line[:_MAX_SPEAKER_LENGTH]))


class Forms:
    """The forms of elements: their tags and attributes, with those of all elements around them."""

    def __init__(self) -> None:
        self._forms: dict[HtmlElement, int] = {}
        self._numbers: dict[tuple[object, ...], int] = {}

    def of(self, element: HtmlElement | None) -> int:
        """Return a number that elements of the same form share."""
        if element is None:
            return 0
        missing = [element]
        for ancestor in element.iterancestors():
            if ancestor in self._forms:
                break
            missing.append(ancestor)
        for one in reversed(missing):
            attributes = (
                _VARYING.sub("", value) for name in _FORM_ATTRIBUTES if (value := one.get(name))
            )
            key = (self._forms.get(one.getparent(), 0), one.tag, *attributes)
            self._forms[one] = self._numbers.setdefault(key, len(self._numbers) + 1)
        return self._forms[element]


class Group:
    """The paragraphs in boxes of one form, with the lines between the first and the last."""

    def __init__(self) -> None:
        self.boxes: dict[HtmlElement, int] = {}
        self.first = self.last = self.length = self.count = 0

    def add(self, index: int, box: HtmlElement, length: int) -> None:
        """Add a paragraph, the block at an index, in its box."""
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
        if labels >= MIN_LABELS * self.count:
            return True
        return sum(map(_is_spoken, between)) >= MIN_LABELS * self.count


def group_paragraphs(
    blocks: Sequence[Block], start: int, forms: Forms | None = None
) -> list[Group]:
    """Group a page's paragraphs, from the block at `start` on, by the forms of their boxes."""
    forms = forms or Forms()
    groups: dict[int, Group] = {}
    for index, block in enumerate(blocks[start:], start=start):
        if block.is_prose and (box := box_of(block.element)) is not None:
            groups.setdefault(forms.of(box), Group()).add(index, box, block.length)
    return list(groups.values())


def box_of(paragraph: HtmlElement) -> HtmlElement | None:
    """Return the element that a paragraph is in, around the list or quotation of which it is all of
    an item."""
    box = paragraph.getparent()
    while box is not None and box.tag in _PARTS and (len(box) == 1 or box.tag in _LISTS):
        box = box.getparent()
    if box is not None and paragraph.tag == "li":
        box = box.getparent() if box.tag in _LISTS else box
    return box
