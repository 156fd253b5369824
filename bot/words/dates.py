"""How dates and times of day are printed: in the words of the catalogue, or in another language as
cldr.py has it. Pure.

A `language` is a code; one of which there are no dates is printed in the catalogue's.
"""

from __future__ import annotations

from datetime import date, datetime

from bot.words import LANGUAGE, cldr, say

FORMS = {
    "dates.short_date": "yMMMd",
    "dates.full_date": "long",
    "dates.day_of_year": "MMMMd",
    "dates.short_day_of_year": "MMMd",
    "dates.long_date": "full",
    "dates.long_moment": "full",
    "dates.short_moment": "MMMEd",
}
"""CLDR's form, or what is in it, that stands for each of the catalogue's."""


def short_date(day: date, language: str = LANGUAGE) -> str:
    """Print a date as 3 Nov 2026."""
    return _printed("dates.short_date", day, language)


def full_date(day: date, language: str = LANGUAGE) -> str:
    """Print a date as 3 November 2026."""
    return _printed("dates.full_date", day, language)


def day_of_year(day: date, language: str = LANGUAGE) -> str:
    """Print a date as 3 November."""
    return _printed("dates.day_of_year", day, language)


def short_day_of_year(day: date, language: str = LANGUAGE) -> str:
    """Print a date as 3 Nov."""
    return _printed("dates.short_day_of_year", day, language)


def day_on_a_scale(day: date, language: str = LANGUAGE) -> str:
    """Print a date as 3 Nov, in another language in numbers: 03/11."""
    known = _other(language)
    return cldr.in_numbers(day, known) if known else short_day_of_year(day)


def long_date(day: date, language: str = LANGUAGE) -> str:
    """Print a date as Tuesday 24 November, in another language with its year."""
    return _printed("dates.long_date", day, language)


def long_moment(moment: datetime, language: str = LANGUAGE) -> str:
    """Print a moment, in the zone it is in, as Tuesday 24 November 08:30."""
    return _printed("dates.long_moment", moment, language, moment)


def short_moment(moment: datetime, language: str = LANGUAGE) -> str:
    """Print a moment, in the zone it is in, as Tue 24 Nov 08:30."""
    return _printed("dates.short_moment", moment, language, moment)


def clock(moment: datetime, language: str = LANGUAGE) -> str:
    """Print the time of day, in the zone it is in, as 08:30 or as the language counts hours."""
    known = _other(language)
    return cldr.hour(moment, known) if known else f"{moment:%H:%M}"


def period(first: date, last: date) -> str:
    """Print the days from `first` to `last` as 1–25 Nov 2026 or 30 Dec 2025 – 2 Jan 2026."""
    if first == last:
        return short_date(last)
    if (first.year, first.month) == (last.year, last.month):
        return say("dates.days_of_month", first=first.day, last=short_date(last))
    return say("dates.period", first=short_date(first), last=short_date(last))


def _other(language: str) -> cldr.Language | None:
    return cldr.with_dates(language) if language != LANGUAGE else None


def _printed(key: str, day: date, language: str, time: datetime | None = None) -> str:
    if known := _other(language):
        return cldr.moment(FORMS[key], time, known) if time else cldr.day(FORMS[key], day, known)
    # No strftime: its names of months and days are those of the machine's locale.
    parts = {
        "day": str(day.day),
        "month": say(f"dates.month_{day.month}"),
        "short_month": say(f"dates.short_month_{day.month}"),
        "weekday": say(f"dates.weekday_{day.isoweekday()}"),
        "short_weekday": say(f"dates.short_weekday_{day.isoweekday()}"),
        "year": str(day.year),
        "time": clock(time) if time else "",
    }
    return say(key, **parts)
