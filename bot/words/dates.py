"""How dates and times of day are printed, in the four languages that a digest offers. Pure.

A `language` is a code in BCP 47. For one without dates they are printed in English: some digests
are still set to one that was offered once.
"""

from __future__ import annotations

import unicodedata
from datetime import date, datetime

from bot.words import LANGUAGE, say, template

LANGUAGES = (LANGUAGE, "de", "fr", "es")


def has_dates(language: str) -> bool:
    """Whether dates are printed in a language, or in the one that it is a variety of (fr-CA)."""
    return _base(language) in LANGUAGES


def printed_in(language: str) -> str:
    """The code of the language in which the dates of a language are printed."""
    return _base(language) if has_dates(language) else LANGUAGE


def language_called(typed: str) -> str | None:
    """The code of a language that is typed by its code, or by its name in English or in itself;
    None for other words."""
    for code in LANGUAGES:
        names = (say(f"languages.{code}"), template("dates.own_name", language=code))
        if _base(typed.strip()) == code or _folded(typed) in map(_folded, names):
            return code
    return None


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
    return _printed("dates.day_on_a_scale", day, language)


def long_date(day: date, language: str = LANGUAGE) -> str:
    """Print a date as Tuesday 24 November, in another language with its year."""
    return _printed("dates.long_date", day, language)


def long_moment(moment: datetime, language: str = LANGUAGE) -> str:
    """Print a moment, in the zone it is in, as Tuesday 24 November 08:30."""
    return _printed("dates.long_moment", moment, language, clock(moment, language))


def short_moment(moment: datetime, language: str = LANGUAGE) -> str:
    """Print a moment, in the zone it is in, as Tue 24 Nov 08:30."""
    return _printed("dates.short_moment", moment, language, clock(moment, language))


def clock(moment: datetime, language: str = LANGUAGE) -> str:
    """Print the time of day, in the zone it is in, as 08:30 or as the language writes it."""
    form = template("dates.clock", language=printed_in(language))
    return form.format(hour=moment.hour, minute=moment.minute)


def period(first: date, last: date) -> str:
    """Print the days from `first` to `last` as 1–25 Nov 2026 or 30 Dec 2025 – 2 Jan 2026."""
    if first == last:
        return short_date(last)
    if (first.year, first.month) == (last.year, last.month):
        return say("dates.days_of_month", first=first.day, last=short_date(last))
    return say("dates.period", first=short_date(first), last=short_date(last))


def _printed(key: str, day: date, language: str, time: str = "") -> str:
    language = printed_in(language)
    # No strftime: its names of months and days are those of the machine's locale.
    names = {
        "month": f"dates.month_{day.month}",
        "short_month": f"dates.short_month_{day.month}",
        "weekday": f"dates.weekday_{day.isoweekday()}",
        "short_weekday": f"dates.short_weekday_{day.isoweekday()}",
    }
    shown = {name: template(one, language=language) for name, one in names.items()}
    numbers = {"day": day.day, "month_number": day.month, "year": day.year}
    return template(key, language=language).format(**shown, **numbers, time=time)


def _base(code: str) -> str:
    return code.replace("_", "-").partition("-")[0].lower()


def _folded(name: str) -> str:
    """A name without case and accents."""
    letters = unicodedata.normalize("NFKD", name.strip().casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))
