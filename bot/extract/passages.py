"""The parts of an article: paragraphs of text, headings, and page furniture."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from bot.extract.sentences import sentences
from bot.model import Span

# All that ends a line for a reader; "\n" alone inside a paragraph is dealt with below.
BLOCK = re.compile(r"(?:[^\r\n\u2028\u2029\x0b\x0c]+(?:\r?\n(?![ \t]*\r?\n))?)+")
LINE = re.compile(r"[^\r\n]+")
WRAPPED_AT = 100  # characters; a longer line was not broken by a text editor
LONGEST = 20_000  # characters that are read as one paragraph
HEADING_CHARACTERS, HEADING_WORDS = 120, 16

SENTENCE_CLOSED = re.compile(r"[.?!…:;,—][”’\"')\]»]*\s*$")
LIST_MARK = re.compile(r"\s*(?:[#*•·|>=]|[-–—]{1,3}\s|\d{1,2}[.)]\s)")

FURNITURE = re.compile(
    r"""^\W*(?:
      (?:sign|log)[ -]?(?:up|in)\b(?=\W*$|\s+(?:to|for|with|here|now|today|and)\b)
    | subscribe\b | register\s+(?:now|here|to\s+(?:read|continue))\b
    | (?:please\s+)?(?:enter|confirm)\s+your\s+(?:e-?mail|name|password)
    | by\s+(?:submitting|signing|subscribing|clicking|continuing|registering|using|entering)\b
      .*\b(?:I|you|we)\s+(?:agree|accept|consent|confirm|acknowledge)
    | I\s+(?:agree|accept|consent)\s+to\s+the\b
    | you\s+(?:can|may)\s+unsubscribe\b | unsubscribe\b
    | (?:this|our|the)\s+(?:web\s?)?(?:site|page)\s+uses?\s+cookies | we\s+use\s+cookies
    | (?:accept|manage|reject)\s+(?:all\s+)?cookies | cookie\s+(?:policy|settings|notice)
    | (?:privacy|terms)\s+(?:policy|notice|of\s+(?:use|service)|and\s+conditions)\W*$
    | share\s+(?:this|on|via|article)\b | follow\s+us\b | like\s+us\s+on\b | join\s+us\s+on\b
    | (?:read|see|learn|find\s+out)\s+(?:more|also|next)\b(?!\s+than)
    | (?:related|recommended|more)\s+(?:articles?|stories|coverage|reading|content|topics)(?=\W*$|:)
    | (?:read|watch|listen)\s*: | (?:click|tap)\s+here\b | (?:listen|watch)\s+(?:now|here)\b
    | (?:story|article)\s+continues\s+below | continue\s+reading\b | skip\s+to\b
    | advertis(?:e)?ment\b | sponsored\s+(?:content|post)\b
    | ©|\(c\)\s*\d{4} | copyright\s*(?:©|\(c\)|\d{4}) | all\s+rights\s+reserved
    | (?:photo|photograph|image|picture|video|illustration|graphic|caption|credit)s?
      (?:\s+(?:credit|courtesy|source|caption))?s?\s*(?::|\bby\b|\bvia\b|/|©)
    | (?:getty|ap|afp|epa|reuters|shutterstock|file)\s*(?:images?|photos?)?\s*(?:/|\W*$)
    | (?:support|donate\s+to)\s+(?:us|our\s+(?:journalism|work|newsroom|reporting))\b
    | thank(?:s|\s+you)\s+for\s+(?:reading|subscribing)
    | get\s+(?:the|our|your)\b.*\b(?:newsletter|inbox|app)\b | download\s+(?:the|our)\b.*\bapp\b
    | (?:leave|post)\s+a\s+comment\b | comments\s+are\s+closed | \d+\s+comments?\W*$
    | have\s+(?:a|any)\s+(?:tip|news\s+tip|question|story)\b.*\?
    | (?:this\s+(?:article|story)|a\s+version\s+of\s+this\s+article)\s+(?:was\s+)?
      (?:first\s+|originally\s+)?(?:appeared|published)
    )""",
    re.IGNORECASE | re.VERBOSE,
)
CREDIT = re.compile(
    r"\((?:photo|image|picture|credit)[^()]*\)\s*$|/(?:getty|afp|ap|reuters)\b.*$", re.I
)


@dataclass(frozen=True, slots=True)
class Passage:
    """One paragraph of an article, without white space around it."""

    start: int
    end: int
    kind: Literal["text", "heading", "furniture"]


def is_furniture(text: str) -> bool:
    """Tell whether a line or sentence belongs to the page around the article."""
    return bool(FURNITURE.match(text)) or bool(CREDIT.search(text) and len(text) < 300)


def passages(text: str) -> list[Passage]:
    """Divide an article into its paragraphs.

    Each line is a paragraph, unless a text editor has broken the lines: then a block is one.
    """
    return [
        Passage(start, end, _kind(text[start:end]))
        for block in BLOCK.finditer(text)
        for line in _lines(text, block.span())
        for start, end in _cut(text, line)
    ]


def trimmed(text: str, start: int, end: int) -> Span:
    """Take the white space off both ends of a span; what is left may be empty."""
    inner = text[start:end]
    return start + len(inner) - len(inner.lstrip()), max(
        start, end - len(inner) + len(inner.rstrip())
    )


def _lines(text: str, block: Span) -> list[Span]:
    lines = [trimmed(text, *line.span()) for line in LINE.finditer(text, *block)]
    lines = [(start, end) for start, end in lines if end > start]
    short = all(end - start <= WRAPPED_AT for start, end in lines)
    if short and any(text[start].islower() for start, _ in lines[1:]):
        return [(lines[0][0], lines[-1][1])]
    return lines


def _cut(text: str, line: Span) -> list[Span]:
    """Cut a paragraph that is longer than anyone writes, at white space."""
    start, end = line
    cut = []
    while end - start > LONGEST:
        space = max(
            text.rfind(" ", start, start + LONGEST), text.rfind("\n", start, start + LONGEST)
        )
        at = space if space > start else start + LONGEST
        cut.append(trimmed(text, start, at))
        start = trimmed(text, at, end)[0]
    return [span for span in (*cut, (start, end)) if span[1] > span[0]]


def _kind(paragraph: str) -> Literal["text", "heading", "furniture"]:
    if is_furniture(paragraph) and len(paragraph) < 400:
        return "furniture"
    short = len(paragraph) <= HEADING_CHARACTERS and len(paragraph.split()) <= HEADING_WORDS
    if not short or len(sentences(paragraph)) > 1 or paragraph.count("“") > paragraph.count("”"):
        return "text"
    marked = LIST_MARK.match(paragraph) or not SENTENCE_CLOSED.search(paragraph)
    return "heading" if marked else "text"
