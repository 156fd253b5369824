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

    def add(self, index: int, block: Block) -> None:
        """Add a line of the page."""
        self.first, self.last = self.first or index, index
        self.count += 1
        self.length += block.length
        self.longest = max(self.longest, block.length)
        self.prose += block.length if block.is_prose else 0


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
            self.lines[block.element].add(index, block)
            for element in block.element.iterancestors():
                self.lines[element].add(index, block)

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
