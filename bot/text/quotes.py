"""Find the quotations in a paragraph, in double quotation marks of any kind.

These are “…”, „…“, «…», "…", ``…'' and ''…''. A quotation without a
closing mark ends with its paragraph. Other kinds of marks inside a quotation belong to it.
"""

from __future__ import annotations

import re
from functools import lru_cache

from bot.model import Spans
from bot.text.spans import spans_overlapping

MARK = re.compile("``|''|[“”„«»\"]")
CLOSING_MARKS = {"“": "”", "„": "“”", "«": "»", '"': '"', "``": "''", "''": "''"}


@lru_cache(maxsize=64)
def quotations(paragraph: str) -> Spans:
    """Find the outermost quotations, marks included; an open one runs to the paragraph's end."""
    spans = []
    opening: re.Match[str] | None = None
    for mark in MARK.finditer(paragraph):
        if opening is None:
            # A mark that can only close ends a quotation from an earlier paragraph.
            opening = mark if mark[0] in CLOSING_MARKS else None
        elif mark[0] in CLOSING_MARKS[opening[0]]:
            spans.append((opening.start(), mark.end()))
            opening = None
    if opening:
        spans.append((opening.start(), len(paragraph)))
    return tuple(spans)


def is_quoted(paragraph: str, index: int) -> bool:
    """Whether a character is in a quotation, marks included."""
    return bool(spans_overlapping(quotations(paragraph), index, index + 1))


def quotation_mask(paragraph: str) -> bytearray:
    """Return a byte for each character: 1 inside quotations, marks included, and 0 elsewhere."""
    mask = bytearray(len(paragraph))
    for start, end in quotations(paragraph):
        mask[start:end] = b"\x01" * (end - start)
    return mask
