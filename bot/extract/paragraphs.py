"""Divide an article into paragraphs of text, headings, and page furniture."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from bot.languages.lookup import words_in
from bot.languages.table import LISTS, cue_verbs, furniture
from bot.model import Span, Spans
from bot.text.sentences import sentences
from bot.text.spans import trimmed
from bot.text.time_codes import skip_time_code

# A block ends at an empty line, or at any line break other than "\n" and "\r\n". _lines divides it.
BLOCK = re.compile(r"(?:[^\r\n\u2028\u2029\x0b\x0c]++(?:\r?\n(?![ \t]*\r?\n))?+)++")
LINE = re.compile(r"[^\r\n]+")
WRAP_WIDTHS = range(45, 101)  # in characters; widths at which a text editor wraps lines
MAX_PARAGRAPH_LENGTH = 20_000  # in characters; longer paragraphs are split
MAX_HEADING_LENGTH, MAX_HEADING_WORDS = 120, 16
MAX_FURNITURE_LENGTH = 400

SENTENCE_END = re.compile(r"[.?!…:;,—][”’\"')\]»]*\s*$")
HEADING_MARK = re.compile(r"#{1,6}\s")
BOLD_QUESTION = re.compile(r"(?:\*\*|__)[^*_\n]+\?(?:\*\*|__)")
BULLET = re.compile(r"[-–—•·>*]+\s*")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of an article, without white space around it."""

    start: int
    end: int
    kind: Literal["text", "heading", "furniture"]


def is_furniture(text: str) -> bool:
    """Tell whether a line or sentence belongs to the page around the article.

    News may start with the same words ("Follow us into the war …"), so either the whole text is
    listed, or it starts like page furniture and contains no verb of reporting.
    """
    if len(text) > MAX_FURNITURE_LENGTH:
        return False
    label = furniture.LABEL_END.split(text, maxsplit=1)[0]
    if " ".join(words_in(label)) in LISTS["furniture_lines"]:
        return True
    parts = words_in(text)
    is_like_furniture = " ".join(parts).startswith(furniture.STARTS) or furniture.CREDIT.search(
        text
    )
    return bool(is_like_furniture) and cue_verbs.REPORTING_VERBS.isdisjoint(parts)


def paragraphs_of(text: str) -> list[Paragraph]:
    """Divide an article into its paragraphs.

    Each line is a paragraph, unless a text editor wrapped the lines: then each block is one. The
    time at the start of a transcript's line is not part of the paragraph.
    """
    return [
        _make_paragraph(text, start, end)
        for block in BLOCK.finditer(text)
        for line in _lines(text, block.span())
        for start, end in _split_long(text, line)
    ]


def spans_of(paragraphs: Iterable[Paragraph]) -> Spans:
    """Return the spans of paragraphs."""
    return tuple((paragraph.start, paragraph.end) for paragraph in paragraphs)


def first_part(text: str, limit: int) -> str:
    """Return the beginning of a text, up to `limit` characters, cut between paragraphs or words."""
    if len(text) <= limit:
        return text
    earliest = max(0, limit - MAX_PARAGRAPH_LENGTH)
    cut = text.rfind("\n", earliest, limit) + 1 or text.rfind(" ", earliest, limit) + 1
    return text[: cut or limit]


def _make_paragraph(text: str, start: int, end: int) -> Paragraph:
    words_start = skip_time_code(text, start, end)
    if words_start == start:
        return Paragraph(start, end, _kind(text[start:end]))
    if words_start == end:
        return Paragraph(start, end, "furniture")
    return Paragraph(words_start, end, "text")  # a short line that is spoken is not a heading


def paragraph_at(paragraphs: Sequence[Paragraph], position: int) -> Paragraph:
    """Find the paragraph that contains a position."""
    return paragraphs[paragraph_index(paragraphs, position)]


def paragraph_index(paragraphs: Sequence[Paragraph], position: int) -> int:
    """Find the index of the paragraph that contains a position."""
    return bisect_right(paragraphs, position, key=lambda paragraph: paragraph.start) - 1


def _lines(text: str, block: Span) -> list[Span]:
    lines = [trimmed(text, *line.span()) for line in LINE.finditer(text, *block)]
    lines = [(start, end) for start, end in lines if end > start]
    return [(lines[0][0], lines[-1][1])] if _are_wrapped(text, lines) else lines


def _are_wrapped(text: str, lines: list[Span]) -> bool:
    """Tell whether a text editor wrapped the lines: no line has room for the next word.

    At least half of the lines must continue in lower case; otherwise the lines of a list would be
    joined.
    """
    width = max((end - start for start, end in lines), default=0)
    if len(lines) < 2 or width not in WRAP_WIDTHS:
        return False
    lowercase_count = sum(text[start].islower() for start, _ in lines[1:])
    return 2 * lowercase_count >= len(lines) - 1 and all(
        end - start + 1 + len(text[next_start : next_start + width + 1].split()[0]) > width
        for (start, end), (next_start, _) in pairwise(lines)
    )


def _split_long(text: str, line: Span) -> Iterator[Span]:
    """Split an implausibly long paragraph at white space."""
    start, end = line
    while end - start > MAX_PARAGRAPH_LENGTH:
        limit = start + MAX_PARAGRAPH_LENGTH
        space = max(text.rfind(" ", start, limit), text.rfind("\n", start, limit))
        split_at = space if space > start else limit
        part = trimmed(text, start, split_at)
        if part[0] < part[1]:
            yield part
        start = split_at
        while text[start].isspace():  # the line ends in another character
            start += 1
    if start < end:
        yield start, end


def _kind(paragraph: str) -> Literal["text", "heading", "furniture"]:
    if is_furniture(paragraph):
        return "furniture"
    if HEADING_MARK.match(paragraph):
        return "heading"
    is_short = len(paragraph) <= MAX_HEADING_LENGTH and len(paragraph.split()) <= MAX_HEADING_WORDS
    if is_short and BOLD_QUESTION.fullmatch(paragraph):
        return "heading"
    if not is_short or BULLET.match(paragraph) or len(sentences(paragraph)) > 1:
        return "text"
    is_text = (
        SENTENCE_END.search(paragraph)
        or paragraph.count("“") > paragraph.count("”")
        or furniture.REPORTED_SPEECH.search(paragraph)
    )
    return "text" if is_text else "heading"
