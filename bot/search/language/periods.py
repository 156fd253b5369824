"""Parse periods that have a name: "last weekend", "summer 2022", "q3", "the 90s", "late 2023"."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

Days = tuple[date, date]
"""A first and a last day, both included."""

_SATURDAY = 5
_WEEKEND = re.compile(r"(?:(last|this) )?weekend")
_SEASON = re.compile(r"(?:(last|this) )?(spring|summer|autumn|fall|winter)(?:(?: of)? (\d{4}))?")
_FIRST_MONTHS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
_QUARTER = re.compile(r"q([1-4])(?: (\d{4}))?")
_PART_OF_YEAR = re.compile(r"(early|mid|late)[ -](\d{4})")
_MONTHS_OF_PARTS = {"early": (1, 4), "mid": (4, 8), "late": (9, 12)}
_HALF = re.compile(r"(first|second) half(?: of)? (\d{4})")
_DECADE = re.compile(r"(\d{2})?([1-9])0s")
_NOUGHTIES = ("noughties", "2000s")


def parse_period(text: str, today: date) -> Days | None:
    """Parse the name of a period, in lower case; None if the text is not one.

    A weekend, season or quarter without a year is the latest that has begun. "Last" leaves out the
    one that goes on; "this" is that one, or that of this week or year, which may be to come. Raises
    ValueError for a year that the calendar does not have.
    """
    if match := _WEEKEND.fullmatch(text):
        return _weekend(match[1], today)
    if match := _SEASON.fullmatch(text):
        which, season, year = match.groups()
        return _three_months(_FIRST_MONTHS[season], year, which, today)
    if match := _QUARTER.fullmatch(text):
        return _three_months(3 * int(match[1]) - 2, match[2], None, today)
    if match := _PART_OF_YEAR.fullmatch(text):
        return _months(int(match[2]), *_MONTHS_OF_PARTS[match[1]])
    if match := _HALF.fullmatch(text):
        return _months(int(match[2]), *((1, 6) if match[1] == "first" else (7, 12)))
    return _decade(text, today)


def _weekend(which: str | None, today: date) -> Days:
    saturday = today + timedelta(days=_SATURDAY - today.weekday())
    if which == "last" or (which is None and saturday > today):
        saturday -= timedelta(days=7)
    return saturday, saturday + timedelta(days=1)


def _three_months(first_month: int, year: str | None, which: str | None, today: date) -> Days:
    """Three months from a month on: of a year, or those that `which` names."""
    if year:
        return _months(int(year), first_month, first_month + 2)
    this, last = (
        _months(year, first_month, first_month + 2) for year in (today.year, today.year - 1)
    )
    if which == "this":
        return last if last[1] >= today else this
    if which == "last":
        before_last = _months(today.year - 2, first_month, first_month + 2)
        return next(days for days in (this, last, before_last) if days[1] < today)
    return this if this[0] <= today else last


def _months(year: int, first: int, last: int) -> Days:
    """The days of some months; those after 12 are in the next year."""
    last_year, last_month = year + (last - 1) // 12, (last - 1) % 12 + 1
    last_day = monthrange(last_year, last_month)[1]
    return date(year, first, 1), date(last_year, last_month, last_day)


def _decade(text: str, today: date) -> Days | None:
    """The days of "1990s", "90s" or "noughties"."""
    if text in _NOUGHTIES:
        return date(2000, 1, 1), date(2009, 12, 31)
    if not (match := _DECADE.fullmatch(text)):
        return None
    century = int(match[1]) if match[1] else today.year // 100
    first_year = 100 * century + 10 * int(match[2])
    if not match[1] and first_year > today.year:
        first_year -= 100
    return date(first_year, 1, 1), date(first_year + 9, 12, 31)
