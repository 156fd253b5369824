"""Parse periods that have a name: "last weekend", "summer 2022", "q3", "the 90s", "late 2023"."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

Days = tuple[date, date]
"""A first and a last day, both included."""

_SATURDAY = 5
_WEEKEND = re.compile(r"(?:(last|this) )?weekend")
_SEASON = re.compile(r"(?:(last|this) )?(spring|summer|autumn|fall|winter)(?: of)?(?: (\d{4}))?")
_FIRST_MONTHS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
_QUARTER = re.compile(r"q([1-4])(?: (\d{4}))?")
_PART_OF_YEAR = re.compile(r"(early|mid|late) (\d{4})")
_MONTHS_OF_PARTS = {"early": (1, 4), "mid": (4, 8), "late": (9, 12)}
_HALF = re.compile(r"(first|second) half(?: of)? (\d{4})")
_DECADE = re.compile(r"(?:the )?(\d{2})?(\d)0s")
_NOUGHTIES = "noughties"


def parse_period(text: str, today: date) -> Days | None:
    """Parse the name of a period, in lower case; None if the text is not one.

    A weekend, season or quarter without a year is the latest that has begun; "last" leaves out the
    one that goes on. Raises ValueError for a year that the calendar does not have.
    """
    if match := _WEEKEND.fullmatch(text):
        return _weekend(match[1] == "last", today)
    if match := _SEASON.fullmatch(text):
        which, season, year = match.groups()
        return _latest(_FIRST_MONTHS[season], year, today, is_over=which == "last")
    if match := _QUARTER.fullmatch(text):
        return _latest(3 * int(match[1]) - 2, match[2], today)
    if match := _PART_OF_YEAR.fullmatch(text):
        return _months(int(match[2]), *_MONTHS_OF_PARTS[match[1]])
    if match := _HALF.fullmatch(text):
        return _months(int(match[2]), *((1, 6) if match[1] == "first" else (7, 12)))
    return _decade(text, today)


def _weekend(is_over: bool, today: date) -> Days:
    saturday = today - timedelta(days=(today.weekday() - _SATURDAY) % 7)
    if is_over and today - saturday <= timedelta(days=1):
        saturday -= timedelta(days=7)
    return saturday, saturday + timedelta(days=1)


def _latest(first_month: int, year: str | None, today: date, *, is_over: bool = False) -> Days:
    """The latest three months from a month on that have begun, or those of a year."""
    if year:
        return _months(int(year), first_month, first_month + 2)
    years = (today.year, today.year - 1, today.year - 2)
    periods = (_months(year, first_month, first_month + 2) for year in years)
    return next(days for days in periods if (days[1] < today if is_over else days[0] <= today))


def _months(year: int, first: int, last: int) -> Days:
    """The days of some months; those after 12 are in the next year."""
    last_year, last_month = year + (last - 1) // 12, (last - 1) % 12 + 1
    last_day = monthrange(last_year, last_month)[1]
    return date(year, first, 1), date(last_year, last_month, last_day)


def _decade(text: str, today: date) -> Days | None:
    """The days of "the 1990s", "the 90s" or "the noughties"."""
    if text.removeprefix("the ") == _NOUGHTIES:
        text = "2000s"
    if not (match := _DECADE.fullmatch(text)):
        return None
    century = int(match[1]) if match[1] else today.year // 100
    first_year = 100 * century + 10 * int(match[2])
    if not match[1] and first_year > today.year:
        first_year -= 100
    return date(first_year, 1, 1), date(first_year + 9, 12, 31)
