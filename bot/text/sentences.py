"""Sentences of one paragraph, by rules."""

from __future__ import annotations

import re
from functools import lru_cache

from bot.languages.table import abbreviations
from bot.model import Spans
from bot.text.quotes import quotation_mask

CLOSERS = "”’\"')]»"
# A run of stops and closing marks, which stay with their sentence; the next sentence begins with a
# capital, a digit or a mark. The quantifier is possessive, or a line of dots takes quadratic time.
END = re.compile(r"(?<![.?!…”’\"')\]»])[.?!…”’\"')\]»]++(?=\s+[^\W_a-z]|\s+[“‘\"'(\[«„$€£]|\s*$)")
SPACE = re.compile(r"\s*")
NUMBER = re.compile(r"\s*\d")
ABBREVIATION_LOOKBACK = 13  # characters before a full stop to search for an abbreviation


@lru_cache(maxsize=64)
def sentences(paragraph: str) -> Spans:
    """Divide a paragraph into sentences; a quotation is never divided."""
    inside = quotation_mask(paragraph)
    found = []
    start, rest = 0, len(paragraph.rstrip())
    for end in END.finditer(paragraph):
        after = end.end()
        within = after < len(paragraph) and inside[after - 1] and inside[after]
        if within or not _ends_sentence(paragraph, end, rest):
            continue
        found.append((start, after))
        spaces = SPACE.match(paragraph, after)
        start = spaces.end() if spaces else after
    if start < rest:
        found.append((start, rest))
    return tuple(found)


def _ends_sentence(paragraph: str, end: re.Match[str], rest: int) -> bool:
    stops = end[0].lstrip(CLOSERS)
    if stops != ".":
        return bool(stops)
    before = paragraph[max(0, end.end() - ABBREVIATION_LOOKBACK) : end.end()]
    if not abbreviations.ABBREVIATION.search(before) or end.end() >= rest:
        return True
    if abbreviations.NUMBER_ABBREVIATION.search(before):
        return not NUMBER.match(paragraph, end.end())
    return bool(
        abbreviations.SENTENCE_END_ABBREVIATION.search(before)
        and abbreviations.SENTENCE_OPENER.match(paragraph, end.end())
    )
