"""Dates as Unicode's CLDR has them, which Babel brings (unicode.org/reports/tr35/tr35-dates.html).

Languages go by their codes in BCP 47: de, fr-CA, zh-Hant-TW. Babel's calendar is the Gregorian and
its digits are European, also where people use others.
"""

from __future__ import annotations

import re
from copy import deepcopy
from datetime import date, datetime
from functools import cached_property, lru_cache
from typing import Any, cast

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton, format_time, get_datetime_format
from babel.localedata import LocaleDataDict, load

CODE = re.compile(
    r"(?!und)[a-z]{2,3}(?:[-_][a-z]{4})?(?:[-_](?:[a-z]{2}|\d{3}))?", re.ASCII | re.IGNORECASE
)
NAMELESS = re.compile(r"M11|\bFri\b")
"""What CLDR's root calls November and Friday, and with it those languages that have no names."""
A_DAY = date(2026, 11, 27)
"""A Friday in November."""
_RIGHT, _LEFT = "\u200f", "\u200e"  # marks of a direction; nothing else is seen of them
_NARROW = "\u202f"  # a space that few fonts of terminals have


class Language(Locale):
    """A language whose data is its own. Babel's languages share what they inherit, and where one of
    them resolves it others show its names as theirs (python-babel/babel#1234)."""

    @cached_property
    def _data(self) -> LocaleDataDict:
        data = deepcopy(load(str(self)))
        return LocaleDataDict(cast("dict[str | int | None, Any]", data))

    @property
    def code(self) -> str:
        """Its code in BCP 47."""
        return str(self).replace("_", "-")


def language(code: str) -> Language | None:
    """The language of a code, however that is written (de_AT, zh-TW); None where CLDR has none."""
    if not CODE.fullmatch(code):  # it becomes a file's name
        return None
    try:
        found = Language.parse(code.replace("-", "_"))
    except UnknownLocaleError:
        return None
    return found if isinstance(found, Language) else None


@lru_cache(maxsize=64)
def with_dates(code: str) -> Language | None:
    """The same, where CLDR has its names of months, short ones too, and of days."""
    if (found := language(code)) is None:
        return None
    shown = (_day(form, A_DAY, found) for form in ("full", "yMMMd"))  # Rombo has long names alone
    return None if any(map(NAMELESS.search, shown)) else found


def day(form: str, day: date, language: Language) -> str:
    """Print a date in one of CLDR's forms, "full" or "long", or with what a skeleton names, such
    as MMMd."""
    return _whole(_day(form, day, language), language)


def moment(form: str, moment: datetime, language: Language) -> str:
    """Print a date and the time of day, as the language puts them together."""
    both = str(get_datetime_format("full", locale=language)).replace("'", "")
    shown = both.replace("{1}", _day(form, moment, language))
    return _whole(shown.replace("{0}", _hour(moment, language)), language)


def hour(moment: datetime, language: Language) -> str:
    """Print the time of day as the language counts hours: 20:05, 8:05 PM."""
    return _whole(_hour(moment, language), language)


def in_numbers(day: date, language: Language) -> str:
    """Print the day and the month in numbers: 27.11."""
    return _day("Md", day, language).replace(_RIGHT, "")


def _day(form: str, day: date, language: Language) -> str:
    if form == "full" or form == "long":
        return format_date(day, form, language)
    return format_skeleton(form, day, locale=language)


def _hour(moment: datetime, language: Language) -> str:
    return format_time(moment, "short", locale=language)


def _whole(shown: str, language: Language) -> str:
    """What is shown, kept together where it runs from right to left: otherwise the numbers that
    stand before and behind it would be drawn into it."""
    shown = shown.replace(_NARROW, " ")
    return f"{_RIGHT}{shown}{_LEFT}" if language.text_direction == "rtl" else shown
