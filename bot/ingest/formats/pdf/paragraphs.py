"""Build paragraphs from a PDF's lines: split at gaps, indents and short lines, and join hyphens."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import chain, pairwise, takewhile
from statistics import median, mode

from bot.ingest.formats.pdf.lines import Line
from bot.ingest.head.names import is_outlet_or_role
from bot.languages.wordlist import is_listed

# Ratios, indents and spacings are in font sizes, or in multiples of the text's.
_MIN_HEADLINE_RATIO = 1.3
_MAX_HEADLINE_WORDS = 25
_MAX_SIZE_RATIO = 1.15
_MIN_GAP_RATIO = 1.35
"""The line spacing above which a new paragraph starts, in multiples of the usual one."""
_MAX_LINE_SPACING = 1.5
_MIN_INDENT = 0.8
_MAX_LAST_LINE = 0.8
"""A line that fills less than this share of its column may be the last of a paragraph."""

_SENTENCE_END = re.compile(r"[.!?:…][\"'”’»“)\]]*$")
_PARAGRAPH_END = re.compile(r"(?:[.!?:…]|\b(?:19|20)\d\d)[\"'”’»“)\]]*$")
_QUOTATION = re.compile(r"[\"“„«»‘].*[\"”“«»’]")
_BULLET = re.compile(r"[•‣▪●◦·–—*-]\s")
_HYPHENATED_END = re.compile(r"(\w+)[-\u2010\u00ad]$")
_WORD = re.compile(r"[^\W\d_]+(?:[-\u2010][^\W\d_]+)*")


def extract_headline_and_paragraphs(pages: Sequence[Sequence[Line]]) -> tuple[str, list[str]]:
    """Split the lines of all pages, in reading order, into the headline, or "", and paragraphs."""
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
    """Return the first lines of one size in a large font that are neither a newspaper's name nor a
    quotation from the text above, or the first of all if a little larger, and few words."""
    page = next(filter(None, pages), [])
    at = 0
    while at < len(page):
        run = list(takewhile(partial(_is_same_size, page[at]), page[at:]))
        text = " ".join(line.text for line in run)
        is_headline = run[0].size >= _MIN_HEADLINE_RATIO * text_size
        if is_headline and not (is_outlet_or_role(text) or (at and _QUOTATION.fullmatch(text))):
            return run
        at += len(run)
    lines = list(takewhile(lambda line: line.size >= _MAX_SIZE_RATIO * text_size, page))
    text = " ".join(line.text for line in lines)
    is_short = 1 < len(text.split()) <= _MAX_HEADLINE_WORDS and not is_outlet_or_role(text)
    return lines if is_short and not text.endswith(".") else []


def _split_paragraphs(pages: Sequence[Sequence[Line]]) -> Iterator[list[Line]]:
    """Yield the lines of each paragraph, which may continue in the next column or page."""
    paragraph: list[Line] = []
    for page in pages:
        for number, block in enumerate(_split_blocks(page)):
            usual = mode(round(line.left) for line in block)
            left = median(line.left for line in block if round(line.left) == usual)
            width = max(line.right for line in block) - left
            spacings = [above.bottom - line.bottom for above, line in pairwise(block)]
            # The median of a few spacings may be the gap between paragraphs.
            max_spacing = _MAX_LINE_SPACING * median(line.size for line in block)
            spacing = min(median(spacings), max_spacing) if spacings else 0
            for index, line in enumerate(block):
                above = paragraph[-1] if paragraph else line
                distance = above.bottom - line.bottom
                if index:
                    is_short = above.right - left < _MAX_LAST_LINE * width
                    is_new = (
                        distance > _MIN_GAP_RATIO * max(spacing, line.size)
                        or bool(_BULLET.match(line.text))
                        or line.left - left > _MIN_INDENT * line.size > above.left - left
                        or (is_short and bool(_PARAGRAPH_END.search(above.text)))
                    )
                else:
                    # The next column starts higher up: a block further down is another text.
                    is_below = number and distance > _MIN_GAP_RATIO * _MAX_LINE_SPACING * above.size
                    is_end = _SENTENCE_END.search(above.text) and not line.text[0].islower()
                    is_new = bool(is_below or is_end)
                if paragraph and (is_new or not _is_same_size(above, line)):
                    yield paragraph
                    paragraph = []
                paragraph.append(line)
    if paragraph:
        yield paragraph


def _split_blocks(page: Sequence[Line]) -> list[list[Line]]:
    """Split a page into blocks; a line that is not below the line before it starts a block."""
    blocks: list[list[Line]] = []
    for line in page:
        above = blocks[-1][-1] if blocks else line
        is_below = line.top <= above.top and line.left < above.right and line.right > above.left
        if blocks and is_below:
            blocks[-1].append(line)
        else:
            blocks.append([line])
    return blocks


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
