"""Find a page's prose: blocks of running text, and the smallest element around most of them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field

from lxml import etree
from lxml.html import HtmlElement

MIN_PROSE_LENGTH = 80
"""Characters of a block; shorter ones are as often labels, captions and buttons as sentences."""

_INLINE_TAGS = (
    "a abbr acronym b bdi bdo big br cite code data del dfn em font i ins kbd label mark nobr q"
    " s samp small span strike strong sub sup time tt u var wbr"
)
INLINE_ELEMENTS = frozenset(_INLINE_TAGS.split())
_LINE_BREAKS = ("br", "lb")
MIN_LEAD_LENGTH = 160
"""Characters of a line above the first paragraph that is a paragraph itself."""
MAX_GAP = 40
"""Lines between two paragraphs; more are a box of its own."""
_SPACED_ELEMENTS = ("br", "span", "small", "time")
_CAMEL_CASE = re.compile(r"(?<=[a-z])(?=[A-Z])")
_SPACES = re.compile(r"[ \t\r\n\f]+")
_UNREAD_ELEMENTS = frozenset(("script", "style", "noscript", "template", "svg", "head", "select"))
_MAX_LINKED_SHARE = 0.5
_CONTAINER_SHARE = 0.7
"""The share of an element's prose that is in one of its children if that child is the container."""


@dataclass(eq=False, slots=True)
class Block:
    """An element with text of its own: the length of that text, and of the links in it."""

    element: HtmlElement
    length: int
    link_length: int
    _line: str | None = field(default=None, init=False)

    @property
    def line(self) -> str:
        """The element's text on one line, as it was when it was first asked for."""
        if self._line is None:
            self._line = line_of(self.element)
        return self._line

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
        tag = element.tag
        is_inline = tag in INLINE_ELEMENTS
        if event == "start":
            if not is_inline:
                stack.append([0, 0])
                unread_depth += tag in _UNREAD_ELEMENTS
            elif tag == "a":
                link_depth += 1
            text = element.text
        else:
            if not is_inline:
                unread_depth -= tag in _UNREAD_ELEMENTS
                length, link_length = stack.pop()
                if length:
                    yield Block(element, length, link_length)
            elif tag == "a":
                link_depth -= 1
            text = element.tail
        if text and not unread_depth and (length := len(text.strip())):
            stack[-1][0] += length
            if link_depth:
                stack[-1][1] += length


def collect_paragraphs(
    tree: etree._Element, is_block: Callable[[etree._Element], bool]
) -> list[str]:
    """Collect a tree's paragraphs in reading order, each on one line; two line breaks end one."""
    pieces: list[str] = []
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        mark = "\n\n" if is_block(element) else ""
        if event == "start":
            pieces += (mark or ("\n" if element.tag in _LINE_BREAKS else ""), element.text or "")
        else:
            pieces += (mark, element.tail or "")
        pieces[-1] = _SPACES.sub(" ", pieces[-1]) if pieces[-1] else ""
    return split_paragraphs("".join(pieces))


def split_paragraphs(text: str) -> list[str]:
    """Split a text at its empty lines."""
    paragraphs = (" ".join(part.split()) for part in re.split(r"\n[ \t\r]*\n", text))
    return [paragraph for paragraph in paragraphs if paragraph]


def fill_gaps(paragraphs: list[str], lines: list[str], items: Collection[str]) -> list[str]:
    """Insert the prose and the `items` of lists that are missing between two paragraphs, and a
    long line right before the first.

    `lines` are all of the page's, in order.
    """
    positions = {line: index for index, line in enumerate(lines)}
    first = positions.get(paragraphs[0], 0) if paragraphs else 0
    filled = [line for line in lines[max(0, first - 1) : first] if len(line) >= MIN_LEAD_LENGTH]
    last = None
    for paragraph in paragraphs:
        position = positions.get(paragraph)
        if position is not None and last is not None and 0 < position - last <= MAX_GAP:
            between = lines[last + 1 : position]
            filled += [line for line in between if len(line) >= MIN_PROSE_LENGTH or line in items]
        filled.append(paragraph)
        last = position
    return filled


def collect_lines(tree: HtmlElement, title: str | None) -> list[str]:
    """Collect the lines below a title that are not links, up to the last prose.

    Links are removed from the tree.
    """
    body = tree.find("body") if tree.find("body") is not None else tree
    for block in list(find_blocks(body)):
        if block.link_length > _MAX_LINKED_SHARE * block.length and not block.element.findall(
            ".//p"
        ):
            block.element.drop_tree()
    lines = collect_paragraphs(body, lambda element: element.tag not in INLINE_ELEMENTS)
    start = lines.index(title) + 1 if title in lines else 0
    ends = [index for index, line in enumerate(lines) if len(line) >= MIN_PROSE_LENGTH]
    return lines[start : ends[-1] + 1] if ends else []


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
    """Return an element's text on one line, with spaces for line breaks and between blocks."""
    if len(element) == 0:
        return " ".join((element.text or "").split())
    pieces: list[str] = []
    for event, part in etree.iterwalk(element, events=("start", "end")):
        is_start = event == "start"
        if part.tag not in INLINE_ELEMENTS or part.tag in _SPACED_ELEMENTS:
            pieces.append(" ")
        if text := part.text if is_start else part is not element and part.tail:
            pieces.append(text)
    return " ".join("".join(pieces).split())


def is_named(names: re.Pattern[str], element: HtmlElement) -> bool:
    """Whether a class or the id of an element is one of the names."""
    if not element.attrib:
        return False
    words = f"{element.get('class', '')} {element.get('id', '')}"
    return words != " " and bool(names.search(_CAMEL_CASE.sub("-", words)))


def own_line_of(element: HtmlElement) -> str:
    """Return the text of an element up to its first inner block, on one line."""
    pieces = [element.text or ""]
    for child in element:
        if child.tag not in INLINE_ELEMENTS:
            break
        pieces += (line_of(child), child.tail or "")
    return " ".join("".join(pieces).split())
