"""Where a page's lines are: in which elements, in which order, and how much prose they hold."""

from __future__ import annotations

from collections import defaultdict

from lxml.html import HtmlElement

from bot.ingest.formats.html.prose import Block, find_blocks

LONG_LINE = 160
"""Characters of a line that is a paragraph of an article rather than one of a box."""


class Lines:
    """The lines in an element: the indices of the first and the last of them, and their lengths."""

    def __init__(self) -> None:
        self.first = self.last = self.count = self.length = self.longest = self.prose = 0

    def add_line(self, index: int, block: Block) -> None:
        """Add a line of the page, which is below those added before."""
        self.first, self.last = self.first or index, index
        self.count += 1
        self.length += block.length
        self.longest = max(self.longest, block.length)
        self.prose += block.length if block.is_prose else 0

    def add_lines(self, inner: Lines) -> None:
        """Add the lines of an element inside."""
        self.first = min(self.first or inner.first, inner.first)
        self.last = max(self.last, inner.last)
        self.count += inner.count
        self.length += inner.length
        self.longest = max(self.longest, inner.longest)
        self.prose += inner.prose


class Layout:
    """The lines of a page, as they were when this was made."""

    def __init__(self, tree: HtmlElement) -> None:
        self.tree = tree
        self.blocks = list(find_blocks(tree))
        self.long_lines: list[int] = []
        self.lines: dict[HtmlElement, Lines] = defaultdict(Lines)
        for index, block in enumerate(self.blocks, start=1):
            if block.length >= LONG_LINE:
                self.long_lines.append(index)
            self.lines[block.element].add_line(index, block)
        for element in reversed(list(tree.iter())):  # what is inside before what is around it
            parent = element.getparent()
            if element in self.lines and parent is not None:
                self.lines[parent].add_lines(self.lines[element])

    @property
    def prose(self) -> int:
        """The length of all prose."""
        return self.lines[self.tree].prose

    def prose_in(self, element: HtmlElement) -> int:
        """Return the length of the prose in an element."""
        return self.lines[element].prose

    def is_in_story(self, first: HtmlElement, last: HtmlElement) -> bool:
        """Whether long lines are on both sides of elements, more than one of them below."""
        above, below = self.lines[first].first, self.lines[last].last
        return bool(self.long_lines) and (
            self.long_lines[0] < above and below < self.long_lines[-2:][0]
        )
