"""Find the quotations in a paragraph, in quotation marks of any kind.

These are “…”, „…“, «…», "…", ``…'' and ''…'', and the single marks ‘…’ and '…'. A quotation
without a closing mark ends with its paragraph. Other kinds of marks inside a quotation belong to
it. Apostrophes are no marks.
"""

from __future__ import annotations

import re
from functools import lru_cache

from bot.model import Span, Spans
from bot.text.spans import spans_overlapping

MARK = re.compile("``|''|[“”„«»\"]")
OPENING = re.compile(rf"{MARK.pattern}|(?<![^\s(\[—–-])(?:‘(?=\S)|'(?=[^\W\d_]))")
"""Marks outside quotations. A single one opens a quotation only at the start of a word."""
CLOSING_MARKS = {"“": "”", "„": "“”", "«": "»", '"': '"', "``": "''", "''": "''"}
_CLOSINGS = {
    opening: re.compile("''" if closing == "''" else f"[{closing}]")
    for opening, closing in CLOSING_MARKS.items()
}
_SINGLE_CLOSINGS = {
    opening: re.compile(rf"(?<=[^\s(\[—–-]){closing}(?!\w)(?P<possessive>(?<=s{closing})(?=\s\w))?")
    for opening, closing in (("‘", "’"), ("'", "'(?!')"))
}
CLIPPED_WORD = re.compile("['‘](?:n|em|til|tis|twas|cause|bout|round)\\b", re.IGNORECASE)
"""Words that lack their first letters: "rock ’n’ roll", with the wrong mark."""


@lru_cache(maxsize=64)
def quotations(paragraph: str) -> Spans:
    """Find the outermost quotations, marks included; an open one runs to the paragraph's end.

    One in single marks must be closed, unless it opens the paragraph.
    """
    spans: list[Span] = []
    position = 0
    while opening := OPENING.search(paragraph, position):
        position = opening.end()
        # A mark that can only close ends a quotation from an earlier paragraph.
        if opening[0] in CLOSING_MARKS:
            closing = _CLOSINGS[opening[0]].search(paragraph, position)
            position = closing.end() if closing else len(paragraph)
        elif opening[0] in _SINGLE_CLOSINGS:
            position = _end_of_single(paragraph, opening)
        if position > opening.end():
            spans.append((opening.start(), position))
    return tuple(spans)


def _end_of_single(paragraph: str, opening: re.Match[str]) -> int:
    """Return where a quotation in single marks ends; the end of `opening` if it is none.

    In "the workers’ union" the mark may be an apostrophe, so a later one is preferred, if no other
    quotation opens before it.
    """
    start = opening.end()
    if CLIPPED_WORD.match(paragraph, opening.start()):
        return start
    following = OPENING.search(paragraph, start)
    while following and following[0] not in _SINGLE_CLOSINGS:
        following = OPENING.search(paragraph, following.end())
    limit = following.start() if following else len(paragraph)
    end = start
    for closing in _SINGLE_CLOSINGS[opening[0]].finditer(paragraph, start, limit):
        end = closing.end()
        if closing["possessive"] is None:
            return end
    if end == start and opening.start() == 0 and opening[0] == "‘":
        return len(paragraph)
    return end


def is_quoted(paragraph: str, index: int) -> bool:
    """Whether a character is in a quotation, marks included."""
    return bool(spans_overlapping(quotations(paragraph), index, index + 1))


def quotation_mask(paragraph: str) -> bytearray:
    """Return a byte for each character: 1 inside quotations, marks included, and 0 elsewhere."""
    mask = bytearray(len(paragraph))
    for start, end in quotations(paragraph):
        mask[start:end] = b"\x01" * (end - start)
    return mask
