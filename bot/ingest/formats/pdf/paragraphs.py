"""Build paragraphs from a PDF's lines: split at gaps, indents and short lines, and join hyphens."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import chain, dropwhile, pairwise, takewhile
from statistics import median
from typing import NamedTuple

from bot.ingest.formats.pdf.lines import Line
from bot.languages.wordlist import is_listed

_MIN_HEADLINE_RATIO = 1.3
"""The font size of a headline, in multiples of the text's."""
_MAX_HEADLINE_WORDS = 25
"""Words of a headline that is hardly larger than the text."""
_MAX_SIZE_RATIO = 1.15
"""The maximum ratio of two font sizes that count as the same."""
_MIN_GAP_RATIO = 1.35
"""The line spacing above which a new paragraph starts, in multiples of the usual one."""
_MAX_LINE_SPACING = 1.5
"""The widest usual line spacing, in font sizes."""
_MIN_INDENT = 0.8
"""The smallest indent from the left edge of the column, in font sizes."""
_MAX_LAST_LINE = 0.8
"""A line that fills less than this share of its column may be the last of a paragraph."""

_SENTENCE_END = re.compile(r"[.!?:…][\"'”’»“)\]]*$")
_PARAGRAPH_END = re.compile(r"[\d.!?:…][\"'”’»“)\]]*$")
_BULLET = re.compile(r"[•‣▪●◦·–—*-]\s")
_HYPHENATED_END = re.compile(r"(\w+)[-\u2010\u00ad]$")
_WORD = re.compile(r"[^\W\d_]+(?:[-\u2010][^\W\d_]+)*")


def extract_headline_and_paragraphs(pages: Sequence[Sequence[Line]]) -> tuple[str, list[str]]:
    """Split the lines of all pages, in reading order, into the headline and the paragraphs.

    The headline is "" if there is none.
    """
    sizes: Counter[float] = Counter()
    for line in chain.from_iterable(pages):
        sizes[round(line.size, 1)] += len(line.text)
    text_size = sizes.most_common(1)[0][0]
    pages = [list(_join_drop_caps(page, text_size)) for page in pages]
    headline = _find_headline(pages, text_size)
    body = [[line for line in page if line not in headline] for page in pages]
    # Not those at a line's end, where they may be broken.
    texts = (re.sub(r"\S+$", "", line.text).casefold() for line in chain.from_iterable(body))
    words = frozenset(word for text in texts for word in _WORD.findall(text))
    paragraphs = [_join_lines(lines, words) for lines in _split_paragraphs(body)]
    return _join_lines(headline, words), paragraphs


def _join_drop_caps(page: Sequence[Line], text_size: float) -> Iterator[Line]:
    """Yield a page's lines, with each drop cap joined to the line that it belongs to."""
    drop_cap = ""
    for line in page:
        if len(line.text) <= 2 and line.text[-1].isupper() and line.size > 1.8 * text_size:
            drop_cap = line.text
        else:
            yield line._replace(text=drop_cap + line.text)
            drop_cap = ""


def _find_headline(pages: Sequence[Sequence[Line]], text_size: float) -> list[Line]:
    """Return the first consecutive lines of one size in a large font, or the first lines of all if
    they are a little larger than the text, and few words."""
    page = next(filter(None, pages), [])
    large = dropwhile(lambda line: line.size < _MIN_HEADLINE_RATIO * text_size, page)
    if first := next(large, None):
        is_as_large = partial(_is_same_size, first)
        return [first, *takewhile(is_as_large, large)]
    lines = list(takewhile(lambda line: line.size >= _MAX_SIZE_RATIO * text_size, page))
    words = " ".join(line.text for line in lines).split()
    is_headline = 1 < len(words) <= _MAX_HEADLINE_WORDS and not words[-1].endswith(".")
    return lines if is_headline else []


class _Block(NamedTuple):
    """A vertical run of lines on a page, with its usual left edge, right edge and line spacing."""

    page: int
    lines: Sequence[Line]
    left: float
    right: float
    line_spacing: float

    @classmethod
    def measure(cls, page: int, lines: Sequence[Line]) -> _Block:
        """Measure a block of at least one line."""
        spacings = [line_above.bottom - line.bottom for line_above, line in pairwise(lines)]
        # The median of a few spacings may be the gap between paragraphs.
        max_spacing = _MAX_LINE_SPACING * median(line.size for line in lines)
        return cls(
            page,
            lines,
            left=_usual_left(lines),
            right=max(line.right for line in lines),
            line_spacing=min(median(spacings), max_spacing) if spacings else 0,
        )

    def is_indented(self, index: int) -> bool:
        """Whether a line is indented and the line above is not."""
        line = self.lines[index]
        indent_above = self.lines[index - 1].left - self.left if index else 0.0
        return line.left - self.left > _MIN_INDENT * line.size > indent_above

    def starts_paragraph(self, index: int) -> bool:
        """Whether a line, other than the first, starts a paragraph."""
        line, line_above = self.lines[index], self.lines[index - 1]
        is_short = line_above.right - self.left < _MAX_LAST_LINE * (self.right - self.left)
        return (
            line_above.bottom - line.bottom > _MIN_GAP_RATIO * max(self.line_spacing, line.size)
            or not _is_same_size(line_above, line)
            or bool(_BULLET.match(line.text))
            or self.is_indented(index)
            or (is_short and bool(_PARAGRAPH_END.search(line_above.text)))
        )

    def continues(self, previous: _Block, has_indents: bool) -> bool:
        """Whether the last paragraph of the previous block continues in this one."""
        last, line = previous.lines[-1], self.lines[0]
        if not _is_same_size(last, line):
            return False
        # The next column starts higher up, so a block further down is another text.
        max_drop = _MIN_GAP_RATIO * _MAX_LINE_SPACING * last.size
        if self.page == previous.page and last.bottom - line.bottom > max_drop:
            return False
        if line.text[0].islower() or not _SENTENCE_END.search(last.text):
            return True
        # If paragraphs are indented, an unindented line after a full line continues one.
        is_full = last.right > previous.right - last.size
        return has_indents and is_full and not self.is_indented(0)


def _usual_left(lines: Sequence[Line]) -> float:
    """Return where most lines start. It is not rounded: half a point may decide about an indent."""
    most = Counter(round(line.left) for line in lines).most_common(1)[0][0]
    return median(line.left for line in lines if round(line.left) == most)


def _split_paragraphs(pages: Sequence[Sequence[Line]]) -> Iterator[list[Line]]:
    """Yield the lines of each paragraph, which may continue in the next column or page."""
    blocks = [
        _Block.measure(number, lines)
        for number, page in enumerate(pages)
        for lines in _split_blocks(page)
    ]
    indents = sum(block.is_indented(index) for block in blocks for index in range(len(block.lines)))
    paragraph: list[Line] = []
    previous: _Block | None = None
    for block in blocks:
        for index, line in enumerate(block.lines):
            if index:
                is_new = block.starts_paragraph(index)
            else:
                is_new = previous is not None and not block.continues(previous, indents > 1)
            if is_new:
                yield paragraph
                paragraph = []
            paragraph.append(line)
        previous = block
    if paragraph:
        yield paragraph


def _split_blocks(page: Sequence[Line]) -> Iterator[list[Line]]:
    """Split a page into blocks; a line that is not below the line before it starts a block."""
    block: list[Line] = []
    for line in page:
        line_above = block[-1] if block else line
        is_below = (
            line.top <= line_above.top
            and line.left < line_above.right
            and line.right > line_above.left
        )
        if block and not is_below:
            yield block
            block = []
        block.append(line)
    if block:
        yield block


def _is_same_size(line: Line, other: Line) -> bool:
    return 1 / _MAX_SIZE_RATIO < line.size / other.size < _MAX_SIZE_RATIO


def _join_lines(lines: Sequence[Line], words: frozenset[str]) -> str:
    """Join a paragraph's lines. A hyphen at a line's end stays if it is not a soft one, and if the
    word has it elsewhere, of `words`, or is only known with it, as "well-known"."""
    text = ""
    for line in lines:
        broken_word, rest = _HYPHENATED_END.search(text[-60:]), _WORD.match(line.text)
        if broken_word and line.text[0].isalnum():
            first, second = broken_word[1], rest[0] if rest else ""
            is_word = f"{first}{second}".casefold() in words or is_listed(first + second)
            is_compound = is_listed(first) and is_listed(second) and not is_word
            is_printed = f"{first}-{second}".casefold() in words
            is_kept = is_compound or is_printed or not line.text[0].islower()
            if text[-1] == "\u00ad" or not is_kept:
                text = text[:-1]
        elif text:
            text += " "
        text += line.text
    return text.replace("\u00ad", "")
