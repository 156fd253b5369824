"""Dates and times in the four languages that a digest offers.

A `language` is a BCP 47 code. English is the fallback for languages without dates: some digests are
still set to a language that is no longer offered.
"""

from __future__ import annotations

import unicodedata
from datetime import date, datetime

from bot.words import LANGUAGE, say, template

LANGUAGES = (LANGUAGE, "de", "fr", "es")


def has_dates(language: str) -> bool:
    """Whether dates are available in a language, or in the language it is a variety of (fr-CA)."""
    return _base_code(language) in LANGUAGES


def date_language(language: str) -> str:
    """Return the code of the language in which dates are printed for a language."""
    return _base_code(language) if has_dates(language) else LANGUAGE


def find_language(typed: str) -> str | None:
    """Return the code of a language given by its code, or by its name in English or in the
    language itself; None for other words."""
    for code in LANGUAGES:
        names = (say(f"languages.{code}"), template("dates.own_name", language=code))
        if _base_code(typed.strip()) == code or _fold(typed) in map(_fold, names):
            return code
    return None


def short_date(day: date, language: str = LANGUAGE) -> str:
    """Format a date as 3 Nov 2026."""
    return _format_date("dates.short_date", day, language)


def full_date(day: date, language: str = LANGUAGE) -> str:
    """Format a date as 3 November 2026."""
    return _format_date("dates.full_date", day, language)


def day_of_year(day: date, language: str = LANGUAGE) -> str:
    """Format a date as 3 November."""
    return _format_date("dates.day_of_year", day, language)


def short_day_of_year(day: date, language: str = LANGUAGE) -> str:
    """Format a date as 3 Nov."""
    return _format_date("dates.short_day_of_year", day, language)


def chart_date(day: date, language: str = LANGUAGE) -> str:
    """Format a date as 3 Nov; in other languages as numbers, 03/11."""
    return _format_date("dates.day_on_a_scale", day, language)


def long_date(day: date, language: str = LANGUAGE) -> str:
    """Format a date as Tuesday 24 November; in other languages with the year."""
    return _format_date("dates.long_date", day, language)


def long_moment(moment: datetime, language: str = LANGUAGE) -> str:
    """Format a moment in its own time zone as Tuesday 24 November 08:30."""
    return _format_date("dates.long_moment", moment, language, clock(moment, language))


def short_moment(moment: datetime, language: str = LANGUAGE) -> str:
    """Format a moment in its own time zone as Tue 24 Nov 08:30."""
    return _format_date("dates.short_moment", moment, language, clock(moment, language))


def clock(moment: datetime, language: str = LANGUAGE) -> str:
    """Format the time of day of a moment in its own time zone, as 08:30 or as the language
    writes it."""
    pattern = template("dates.clock", language=date_language(language))
    return pattern.format(hour=moment.hour, minute=moment.minute)


def period(first: date, last: date) -> str:
    """Format the days from `first` to `last` as 1–25 Nov 2026 or 30 Dec 2025 – 2 Jan 2026."""
    if first == last:
        return short_date(last)
    if (first.year, first.month) == (last.year, last.month):
        return say("dates.days_of_month", first=first.day, last=short_date(last))
    return say("dates.period", first=short_date(first), last=short_date(last))


def _format_date(key: str, day: date, language: str, time: str = "") -> str:
    language = date_language(language)
    # strftime would name months and days in the machine's locale.
    name_keys = {
        "month": f"dates.month_{day.month}",
        "short_month": f"dates.short_month_{day.month}",
        "weekday": f"dates.weekday_{day.isoweekday()}",
        "short_weekday": f"dates.short_weekday_{day.isoweekday()}",
    }
    names = {name: template(name_key, language=language) for name, name_key in name_keys.items()}
    numbers = {"day": day.day, "month_number": day.month, "year": day.year}
    return template(key, language=language).format(**names, **numbers, time=time)


def _base_code(code: str) -> str:
    return code.replace("_", "-").partition("-")[0].lower()


def _fold(name: str) -> str:
    """Remove case and accents from a name."""
    letters = unicodedata.normalize("NFKD", name.strip().casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))
