"""Double quotation marks of one paragraph: “…”, „…“, «…», "…", ``…'' and ''…''.

A mark left open ends with its paragraph. Marks of another kind inside a quotation belong to it.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import lru_cache

from bot.model import Spans

MARK = re.compile("``|''|[“”„«»\"]")
CLOSED_BY = {"“": "”", "„": "“”", "«": "»", '"': '"', "``": "''", "''": "''"}


@lru_cache(maxsize=64)
def quotations(paragraph: str) -> Spans:
    """Find the outermost quotations, marks included; an open one runs to the paragraph's end."""
    found = []
    opened: re.Match[str] | None = None
    for mark in MARK.finditer(paragraph):
        if opened is None:
            # A closing mark by itself closes what an earlier paragraph opened, and opens nothing.
            opened = mark if mark[0] in CLOSED_BY else None
        elif mark[0] in CLOSED_BY[opened[0]]:
            found.append((opened.start(), mark.end()))
            opened = None
    if opened:
        found.append((opened.start(), len(paragraph)))
    return tuple(found)


def is_quoted(paragraph: str, at: int) -> bool:
    """Tell whether a place lies in a quotation, its marks included."""
    return bool(spans_overlapping(quotations(paragraph), at, at + 1))


def spans_overlapping(found: Spans, start: int, end: int) -> Spans:
    """Give the spans of `found`, sorted, that overlap the one from `start` to `end`."""
    first = bisect_right(found, start, key=lambda span: span[1])
    return found[first : bisect_left(found, end, key=lambda span: span[0])]


def quotation_mask(paragraph: str) -> bytearray:
    """Mark each character that lies in a quotation with 1, its marks included."""
    inside = bytearray(len(paragraph))
    for start, end in quotations(paragraph):
        inside[start:end] = b"\x01" * (end - start)
    return inside
