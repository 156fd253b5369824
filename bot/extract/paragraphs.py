"""The parts of an article: paragraphs of text, headings, and page furniture."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from bot.extract.words import words
from bot.languages.table import cue_verbs, furniture
from bot.model import Span
from bot.text.sentences import sentences

# Everything that readers see as a line break; _lines handles a single "\n" inside a paragraph.
BLOCK = re.compile(r"(?:[^\r\n\u2028\u2029\x0b\x0c]++(?:\r?\n(?![ \t]*\r?\n))?+)++")
LINE = re.compile(r"[^\r\n]+")
WRAPPED = range(45, 101)  # characters; the width to which a text editor breaks lines
MAX_PARAGRAPH = 20_000  # characters that are read as one paragraph
HEADING_CHARACTERS, HEADING_WORDS = 120, 16
FURNITURE_CHARACTERS = 400

SENTENCE_CLOSED = re.compile(r"[.?!…:;,—][”’\"')\]»]*\s*$")
HEADING_MARK = re.compile(r"#{1,6}\s")
BULLET = re.compile(r"[-–—•·>*]+\s*")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of an article, without white space around it."""

    start: int
    end: int
    kind: Literal["text", "heading", "furniture"]


def is_furniture(text: str) -> bool:
    """Tell whether a line or sentence belongs to the page around the article.

    News may begin with the same words ("Follow us into the war …"), so either the whole text must
    match, or it opens like furniture and has no verb of reporting.
    """
    if len(text) > FURNITURE_CHARACTERS:
        return False
    if furniture.FURNITURE.fullmatch(text):
        return True
    opening = furniture.FURNITURE_START.match(text)
    if not opening and not furniture.PHOTO_CREDIT.search(text):
        return False
    return cue_verbs.REPORTING_VERBS.isdisjoint(words(text[opening.end() if opening else 0 :]))


def paragraphs_of(text: str) -> list[Paragraph]:
    """Divide an article into its paragraphs.

    Each line is a paragraph, unless a text editor wrapped the lines: then a block is one.
    """
    return [
        Paragraph(start, end, _kind(text[start:end]))
        for block in BLOCK.finditer(text)
        for line in _lines(text, block.span())
        for start, end in _cut(text, line)
    ]


def paragraph_at(found: Sequence[Paragraph], place: int) -> Paragraph:
    """Find the paragraph of an article in which a place lies."""
    return found[bisect_right(found, place, key=lambda paragraph: paragraph.start) - 1]


def trimmed(text: str, start: int, end: int) -> Span:
    """Strip white space from both ends of a span; the result may be empty."""
    inner = text[start:end]
    return start + len(inner) - len(inner.lstrip()), max(
        start, end - len(inner) + len(inner.rstrip())
    )


def _lines(text: str, block: Span) -> list[Span]:
    lines = [trimmed(text, *line.span()) for line in LINE.finditer(text, *block)]
    lines = [(start, end) for start, end in lines if end > start]
    return [(lines[0][0], lines[-1][1])] if _are_wrapped(text, lines) else lines


def _are_wrapped(text: str, lines: list[Span]) -> bool:
    """Tell whether a text editor wrapped the lines: no next word would have fitted the width.

    At least half of them must go on in lower case, or lines of a list would run together.
    """
    width = max((end - start for start, end in lines), default=0)
    if len(lines) < 2 or width not in WRAPPED:
        return False
    lower = sum(text[start].islower() for start, _ in lines[1:])
    full = (
        end - start + 1 + len(text[after : after + width + 1].split()[0]) > width
        for (start, end), (after, _) in pairwise(lines)
    )
    return 2 * lower >= len(lines) - 1 and all(full)


def _cut(text: str, line: Span) -> list[Span]:
    """Cut an implausibly long paragraph at white space."""
    start, end = line
    cut = []
    while end - start > MAX_PARAGRAPH:
        space = max(
            text.rfind(" ", start, start + MAX_PARAGRAPH),
            text.rfind("\n", start, start + MAX_PARAGRAPH),
        )
        at = space if space > start else start + MAX_PARAGRAPH
        cut.append(trimmed(text, start, at))
        start = trimmed(text, at, end)[0]
    return [span for span in (*cut, (start, end)) if span[1] > span[0]]


def _kind(paragraph: str) -> Literal["text", "heading", "furniture"]:
    if is_furniture(paragraph):
        return "furniture"
    if HEADING_MARK.match(paragraph):
        return "heading"
    short = len(paragraph) <= HEADING_CHARACTERS and len(paragraph.split()) <= HEADING_WORDS
    if not short or BULLET.match(paragraph) or len(sentences(paragraph)) > 1:
        return "text"
    closed = SENTENCE_CLOSED.search(paragraph) or paragraph.count("“") > paragraph.count("”")
    return "text" if closed or furniture.REPORTED_SPEECH.search(paragraph) else "heading"
