"""Sentences of one paragraph, by rules."""

from __future__ import annotations

import re

from bot.extract.quotes import quoted
from bot.model import Span

# Closing marks stay with their sentence; the next begins with a capital, a digit or a mark.
END = re.compile(r"(?:[.?!…]+[”’\"')\]»]*)+(?=\s+[^\W_a-z]|\s+[“‘\"'(\[«„$€£]|\s*$)")
ABBREVIATION = re.compile(
    r"(?:\b(?:mr|mrs|ms|mx|dr|prof|rev|hon|gen|col|capt|lt|sgt|maj|cmdr|adm|sen|rep|gov|pres|st|mt|"
    r"ft|jr|sr|vs|etc|inc|ltd|corp|co|no|nos|vol|fig|approx|est|dept|univ|assn|jan|feb|mar|apr|jun|"
    r"jul|aug|sept?|oct|nov|dec|e\.g|i\.e|a\.k\.a)|\b[a-z]|\b(?:[a-z]\.)+[a-z])\.$",
    re.IGNORECASE,
)
# After these the next capital may well begin a sentence; only a known follower says it does not.
ENDS_TOO = re.compile(r"\b(?:[a-z]\.)+[a-z]\.$|\b(?:etc|inc|ltd|corp|co|jr|sr)\.$", re.IGNORECASE)
OPENER = re.compile(
    r"\s+(?:The|A|An|In|On|At|He|She|It|They|We|But|And|This|That|These|Those|After|Before|When|"
    r"While|According|However|Meanwhile|For|As|If|There)\b"
)


def sentences(paragraph: str) -> list[Span]:
    """Divide a paragraph into sentences; a quotation is never divided."""
    inside = quoted(paragraph)
    found: list[Span] = []
    start = 0
    for end in END.finditer(paragraph):
        after = end.end()
        within = after < len(paragraph) and inside[after - 1] and inside[after]
        if within or not _ends(paragraph, end):
            continue
        found.append((start, after))
        start = after + len(paragraph[after:]) - len(paragraph[after:].lstrip())
    rest = len(paragraph.rstrip())
    return [*found, (start, rest)] if start < rest else found


def _ends(paragraph: str, end: re.Match[str]) -> bool:
    if end[0] != ".":
        return True
    before = paragraph[max(0, end.start() - 12) : end.end()]
    if not ABBREVIATION.search(before) or end.end() >= len(paragraph.rstrip()):
        return True
    return bool(ENDS_TOO.search(before) and OPENER.match(paragraph, end.end()))
