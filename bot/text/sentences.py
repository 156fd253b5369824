"""Split a paragraph into sentences by rules."""

from __future__ import annotations

import re
from functools import lru_cache

from bot.languages.table import abbreviations
from bot.model import Spans
from bot.text.quotes import quotation_mask

CLOSING_MARKS = "”’\"')]»"
# A run of stops and closing marks, which belong to their sentence. The next sentence starts with a
# capital, a digit or a mark. The quantifier is possessive, or a line of dots takes quadratic time.
END = re.compile(r"(?<![.?!…”’\"')\]»])[.?!…”’\"')\]»]++(?=\s+[^\W_a-z]|\s+[“‘\"'(\[«„$€£]|\s*$)")
SPACE = re.compile(r"\s*")
NUMBER = re.compile(r"\s*\d")
ABBREVIATION_LOOKBACK = 13  # characters before a full stop to search for an abbreviation


@lru_cache(maxsize=64)
def sentences(paragraph: str) -> Spans:
    """Return the spans of a paragraph's sentences; a quotation is never split."""
    quoted = quotation_mask(paragraph)
    spans = []
    start, text_end = 0, len(paragraph.rstrip())
    for stop in END.finditer(paragraph):
        end = stop.end()
        is_inside_quotation = end < len(paragraph) and quoted[end - 1] and quoted[end]
        if is_inside_quotation or not _ends_sentence(paragraph, stop, text_end):
            continue
        spans.append((start, end))
        spaces = SPACE.match(paragraph, end)
        start = spaces.end() if spaces else end
    if start < text_end:
        spans.append((start, text_end))
    return tuple(spans)


def _ends_sentence(paragraph: str, stop: re.Match[str], text_end: int) -> bool:
    # Closing marks before the stop are dropped, but not those after it: only a full stop at the
    # very end can belong to an abbreviation.
    stops, end = stop[0].lstrip(CLOSING_MARKS), stop.end()
    if stops != ".":
        return bool(stops)
    text_before = paragraph[max(0, end - ABBREVIATION_LOOKBACK) : end]
    if not abbreviations.ABBREVIATION.search(text_before) or end >= text_end:
        return True
    if abbreviations.NUMBER_ABBREVIATION.search(text_before):
        return not NUMBER.match(paragraph, end)
    may_end = abbreviations.SENTENCE_END_ABBREVIATION.search(text_before)
    return bool(may_end and abbreviations.SENTENCE_OPENER.match(paragraph, end))
