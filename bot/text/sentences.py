"""Sentences of one paragraph, by rules."""

from __future__ import annotations

import re
from functools import lru_cache

from bot.model import Spans
from bot.text.quotes import quoted

CLOSERS = "”’\"')]»"
# A whole run of stops and closing marks, which stay with their sentence; the next sentence begins
# with a capital, a digit or a mark. The run is taken at once, or a line of dots costs its square.
END = re.compile(r"(?<![.?!…”’\"')\]»])[.?!…”’\"')\]»]++(?=\s+[^\W_a-z]|\s+[“‘\"'(\[«„$€£]|\s*$)")
SPACE = re.compile(r"\s*")
NUMBER = re.compile(r"\s*\d")
ABBREVIATION_REACH = 13  # characters in which an abbreviation and its full stop are looked for
ABBREVIATION = re.compile(
    r"(?:\b(?:mr|mrs|ms|mx|dr|prof|rev|hon|gen|col|capt|lt|sgt|maj|cmdr|adm|sen|rep|gov|pres|st|mt|"
    r"ft|jr|sr|vs|etc|inc|ltd|corp|co|no|nos|vol|fig|approx|est|dept|univ|assn|jan|feb|mar|apr|jun|"
    r"jul|aug|sept?|oct|nov|dec|e\.g|i\.e|a\.k\.a)|\b[a-z]|\b(?:[a-z]\.)+[a-z])\.$",
    re.IGNORECASE,
)
# After these the next capital may well begin a sentence; only a known follower says it does not.
ENDS_TOO = re.compile(r"\b(?:[a-z]\.)+[a-z]\.$|\b(?:etc|inc|ltd|corp|co|jr|sr)\.$", re.IGNORECASE)
NUMBERED = re.compile(r"\b(?:nos?|vol|fig)\.$", re.IGNORECASE)
"""What is an abbreviation before a number alone: "No. 10", but "she said no"."""
OPENER = re.compile(
    r"\s+(?:The|A|An|In|On|At|He|She|It|They|We|But|And|This|That|These|Those|After|Before|When|"
    r"While|According|However|Meanwhile|For|As|If|There)\b"
)


@lru_cache(maxsize=64)
def sentences(paragraph: str) -> Spans:
    """Divide a paragraph into sentences; a quotation is never divided."""
    inside = quoted(paragraph)
    found = []
    start, rest = 0, len(paragraph.rstrip())
    for end in END.finditer(paragraph):
        after = end.end()
        within = after < len(paragraph) and inside[after - 1] and inside[after]
        if within or not _ends(paragraph, end, rest):
            continue
        found.append((start, after))
        spaces = SPACE.match(paragraph, after)
        start = spaces.end() if spaces else after
    if start < rest:
        found.append((start, rest))
    return tuple(found)


def _ends(paragraph: str, end: re.Match[str], rest: int) -> bool:
    stops = end[0].lstrip(CLOSERS)
    if stops != ".":
        return bool(stops)
    before = paragraph[max(0, end.end() - ABBREVIATION_REACH) : end.end()]
    if not ABBREVIATION.search(before) or end.end() >= rest:
        return True
    if NUMBERED.search(before):
        return not NUMBER.match(paragraph, end.end())
    return bool(ENDS_TOO.search(before) and OPENER.match(paragraph, end.end()))
