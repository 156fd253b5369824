"""The forms of a day that after: and before: read."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

Days = tuple[date, date]
"""A first and a last day, both included."""

_ISO = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?", re.ASCII)
_SPELLED = re.compile(r"(?:(\d{1,2}) )?([a-z]{3,9})\.? (\d{4})", re.ASCII)
_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)


def days(text: str, today: date) -> Days | None:
    """Read a day, month, year, "yesterday", "last week" and their like.

    Weeks begin on Monday. Returns None for whatever is no date.
    """
    text = " ".join(text.lower().split())
    named = _named(text, today)
    if named:
        return named
    try:
        if found := _ISO.fullmatch(text):
            year, month, day = (int(part) if part else None for part in found.groups())
            return _calendar(year or 0, month, day)
        if found := _SPELLED.fullmatch(text):
            months = [n for n, name in enumerate(_MONTHS, 1) if name.startswith(found[2])]
            if len(months) == 1:
                return _calendar(int(found[3]), months[0], int(found[1]) if found[1] else None)
    except ValueError:  # 31 February, or the year 0
        return None
    return None


def _calendar(year: int, month: int | None, day: int | None) -> Days:
    if month is None:
        return date(year, 1, 1), date(year, 12, 31)
    if day is None:
        first = date(year, month, 1)
        return first, first.replace(day=monthrange(year, month)[1])
    return date(year, month, day), date(year, month, day)


def _named(text: str, today: date) -> Days | None:
    if text in ("today", "yesterday"):
        day = today - timedelta(days=text == "yesterday")
        return day, day
    which, _, unit = text.partition(" ")
    if which not in ("this", "last"):
        return None
    back = which == "last"
    if unit == "week":
        monday = today - timedelta(days=today.weekday() + 7 * back)
        return monday, monday + timedelta(days=6)
    if unit == "month":
        anchor = today.replace(day=1) - timedelta(days=back)
        return _calendar(anchor.year, anchor.month, None)
    if unit == "year":
        return _calendar(today.year - back, None, None)
    return None
