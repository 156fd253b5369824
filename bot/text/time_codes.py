"""Times at the start of a transcript's paragraphs: "[00:14:05] FALK: It leaks."."""

from __future__ import annotations

import re

_CLOCK = r"(?:\d{1,2}:)?\d{1,2}:\d{2}(?:[.,]\d{1,3})?"
_LONG_CLOCK = r"\d{1,2}:\d{2}:\d{2}(?:[.,]\d{1,3})?"
TIME_CODE = re.compile(
    rf"[ \t]*(?:[\[(](?P<marked>{_CLOCK})[\])]|(?P<bare>{_LONG_CLOCK}))(?:[ \t]*[-–—|:](?=\s))?"
    r"(?:[ \t]+|$)",
    re.MULTILINE,
)
"""A time in brackets, or a bare one with hours; "14:05" alone may be the time of day."""


def skip_time_code(text: str, start: int, end: int) -> int:
    """Return where the words of a line start: behind its time, or at `start` if it has none."""
    match = TIME_CODE.match(text, start, end)
    return match.end() if match else start


def is_timed(text: str, start: int) -> bool:
    """Whether there is a time between the start of the line and `start`."""
    return TIME_CODE.fullmatch(text, text.rfind("\n", 0, start) + 1, start) is not None


def time_code_of(text: str, position: int) -> str | None:
    """Return the time of the line that holds a position, as printed: "00:14:05"; None without."""
    match = TIME_CODE.match(text, text.rfind("\n", 0, position) + 1, position)
    return (match["marked"] or match["bare"]) if match else None
