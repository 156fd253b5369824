"""Double quotation marks of one paragraph: “…”, „…“, «…», "…", ``…'' and ''…''.

A mark left open ends with its paragraph. Marks of another kind inside a quotation belong to it.
"""

from __future__ import annotations

import re

from bot.model import Span

MARK = re.compile("``|''|[“”„«»\"]")
CLOSED_BY = {"“": "”", "„": "“”", "«": "»", '"': '"', "``": "''", "''": "''"}


def quotations(paragraph: str) -> list[Span]:
    """Find the outermost quotations, marks included; an open one runs to the paragraph's end."""
    found: list[Span] = []
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
    return found


def quoted(paragraph: str) -> bytearray:
    """Mark each character that lies in a quotation with 1, its marks included."""
    inside = bytearray(len(paragraph))
    for start, end in quotations(paragraph):
        inside[start:end] = b"\x01" * (end - start)
    return inside
