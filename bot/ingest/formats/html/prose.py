"""Find a page's prose: blocks of running text, and the smallest element around most of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree
from lxml.html import HtmlElement

MIN_PROSE_LENGTH = 80
"""Characters of a block; shorter ones are as often labels, captions and buttons as sentences."""

_INLINE_TAGS = (
    "a abbr acronym b bdi bdo big br cite code data del dfn em font i ins kbd label mark nobr q"
    " s samp small span strike strong sub sup time tt u var wbr"
)
_INLINE_ELEMENTS = frozenset(_INLINE_TAGS.split())
_UNREAD_ELEMENTS = frozenset(("script", "style", "noscript", "template", "svg", "head", "select"))
_MAX_LINKED_SHARE = 0.5
_CONTAINER_SHARE = 0.7
"""The share of an element's prose that is in one of its children if that child is the container."""


class Block(NamedTuple):
    """An element with text of its own: the length of that text, and of the links in it."""

    element: HtmlElement
    length: int
    link_length: int

    @property
    def is_prose(self) -> bool:
        """Whether it is running text rather than a label or links."""
        return self.length >= MIN_PROSE_LENGTH and (
            self.link_length <= _MAX_LINKED_SHARE * self.length
        )


def find_blocks(tree: HtmlElement) -> Iterator[Block]:
    """Yield the elements that have text, innermost first; inline elements belong to their block."""
    stack: list[list[int]] = [[0, 0]]
    link_depth = unread_depth = 0
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        is_start, tag = event == "start", element.tag
        if tag in _UNREAD_ELEMENTS:
            unread_depth += 1 if is_start else -1
        if tag == "a":
            link_depth += 1 if is_start else -1
        if tag not in _INLINE_ELEMENTS:
            if is_start:
                stack.append([0, 0])
            else:
                length, link_length = stack.pop()
                if length:
                    yield Block(element, length, link_length)
        text = element.text if is_start else element.tail
        if text and not unread_depth and (length := len(text.strip())):
            stack[-1][0] += length
            stack[-1][1] += length if link_depth else 0


def measure_prose(tree: HtmlElement) -> Counter[HtmlElement]:
    """Return the length of the prose in each element that has some."""
    lengths: Counter[HtmlElement] = Counter()
    for block in find_blocks(tree):
        if block.is_prose:
            lengths[block.element] += block.length
            for ancestor in block.element.iterancestors():
                lengths[ancestor] += block.length
    return lengths


def find_container(tree: HtmlElement, lengths: Counter[HtmlElement]) -> HtmlElement:
    """Return the smallest element that has most of the prose: the article's, on most pages."""
    container = tree
    while True:
        child = max(container, key=lengths.__getitem__, default=None)
        if child is None or lengths[child] < max(1, _CONTAINER_SHARE * lengths[container]):
            return container
        container = child


def line_of(element: HtmlElement) -> str:
    """Return an element's text on one line."""
    return " ".join("".join(element.itertext()).split())
