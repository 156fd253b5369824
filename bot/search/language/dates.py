"""Parse the dates that follow the operators after:, before: and on:."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from bot.languages.table import calendar

Days = tuple[date, date]
"""A first and a last day, both included."""
MAX_WORDS = 4
"""Maximum number of words in a date: "14 dec 2022", "first half of 2022"."""

MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_DAYS_BACK = {"today": 0, "yesterday": 1, "day before yesterday": 2}
_SATURDAY = 5
_FIRST_MONTHS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
_PARTS_OF_YEAR = {
    "early": (1, 4), "mid": (4, 5), "late": (9, 4), "first half": (1, 6), "second half": (7, 6),
}  # fmt: skip
"""The first month of each part of a year, and how many it has."""
_YEARS_BACK = 9
"""So many years have a 29 February among them."""
_ONE_DAY = timedelta(days=1)


def parse_days(text: str, today: date) -> Days | None:
    """Parse a day, month or year as people type them: "2022-12-14", "14 dec", "Dec 14, 2022",
    "yesterday", "monday", "last week", "3 days ago".

    A date without a year is the latest one that is not in the future. Weeks begin on Monday.
    Returns None if the text is not a date.
    """
    try:
        return _parse(text, today)
    except (ValueError, OverflowError):
        return None


def is_impossible_date(text: str, today: date) -> bool:
    """Whether a text looks like a date that does not exist: 31 February, the year 0, 99,999 years
    ago."""
    try:
        _parse(text, today)
    except (ValueError, OverflowError):
        return True
    return False


def _parse(text: str, today: date) -> Days | None:
    """Raises ValueError or OverflowError if the calendar has no such day."""
    text = " ".join(text.lower().replace(",", " ").replace(".", " ").split())
    text = text.removeprefix("the ")
    if text in _DAYS_BACK:
        return _day(today - timedelta(days=_DAYS_BACK[text]))
    for pattern, read in _PATTERNS:
        if match := pattern.fullmatch(text):
            return read(today, *match.groups())
    return None


def _iso(today: date, year: str, month: str | None, day: str | None) -> Days:
    if day:
        return _day(date(int(year), int(month or 1), int(day)))
    return _months(int(year), int(month or 1), 1 if month else 12)


def _slashed(today: date, first: str, second: str, typed_year: str) -> Days | None:
    """A British or American date of which it is clear which number is the month: 13/10/26.

    A year of two digits is not in the future.
    """
    day, month, year = int(first), int(second), int(typed_year)
    if day <= 12 and month <= 12 and day != month:
        return None
    if month > 12:
        day, month = month, day
    if year < 100:
        year += today.year // 100 * 100
        year -= 100 * (year > today.year)
    return _day(date(year, month, day))


def _month_first(today: date, name: str, day: str, year: str | None) -> Days | None:
    return _day_first(today, day, name, year)


def _day_first(today: date, day: str | None, name: str, year: str | None) -> Days | None:
    months = [number for number, month in enumerate(MONTHS, 1) if month.startswith(name)]
    if name == "sept":
        months = [9]
    if len(months) != 1:
        return None
    if not day:
        return _recurring(today, None, months[0], 1, year)
    if year:
        return _day(date(int(year), months[0], int(day)))
    for back in range(_YEARS_BACK):
        try:
            found = date(today.year - back, months[0], int(day))
        except ValueError:  # 29 February
            continue
        if found <= today:
            return _day(found)
    raise ValueError(name, day)


def _weekday(today: date, is_last: str | None, name: str) -> Days:
    days_back = (today.weekday() - calendar.WEEKDAYS.index(name)) % 7
    return _day(today - timedelta(days=days_back or (7 if is_last else 0)))


def _ago(today: date, number: str, unit: str) -> Days:
    """The day this many units ago; if its month is too short to have it, the month's last day."""
    count = int(number) if number.isdigit() else 1
    units = {"day": {"days": count}, "week": {"weeks": count}, "month": {"months": count}}
    return _day(today - relativedelta(**units.get(unit, {"years": count})))


def _this_or_last(today: date, which: str, unit: str) -> Days:
    is_last = which == "last"
    if unit == "week":
        monday = today - timedelta(days=today.weekday() + 7 * is_last)
        return monday, monday + timedelta(days=6)
    if unit == "month":
        first = today.replace(day=1) - is_last * _ONE_DAY
        return _months(first.year, first.month, 1)
    return _months(today.year - is_last, 1, 12)


def _weekend(today: date, which: str | None) -> Days:
    saturday = today + timedelta(days=_SATURDAY - today.weekday())
    saturdays = (saturday - timedelta(days=7 * back) for back in range(3))
    return _one_of(today, which, [(first, first + _ONE_DAY) for first in saturdays])


def _month(today: date, which: str, name: str) -> Days:
    return _recurring(today, which, MONTHS.index(name) + 1, 1, None)


def _season(today: date, which: str | None, name: str, year: str | None) -> Days:
    return _recurring(today, which, _FIRST_MONTHS[name], 3, year)


def _quarter(today: date, number: str, year: str | None) -> Days:
    return _recurring(today, None, 3 * int(number) - 2, 3, year)


def _part_of_year(_: date, part: str, year: str) -> Days:
    return _months(int(year), *_PARTS_OF_YEAR[part])


def _recurring(
    today: date, which: str | None, first_month: int, count: int, year: str | None
) -> Days:
    """A season, a quarter or a month, of a year or as `_one_of` says."""
    if year:
        return _months(int(year), first_month, count)
    years = range(today.year, today.year - 3, -1)
    return _one_of(today, which, [_months(year, first_month, count) for year in years])


def _one_of(today: date, which: str | None, periods: Sequence[Days]) -> Days:
    """One of a period's recurrences, which are given latest first: the latest that has begun.

    "Last" leaves out the one that goes on; "this" is that one, or that of this week or year, which
    may be to come.
    """
    if which == "this":
        return next((days for days in periods if days[0] <= today <= days[1]), periods[0])
    return next(days for days in periods if (days[1] < today if which else days[0] <= today))


def _decade(today: date, century: str | None, digit: str) -> Days:
    first_year = 100 * int(century or today.year // 100) + 10 * int(digit)
    if not century and first_year > today.year:
        first_year -= 100
    return date(first_year, 1, 1), date(first_year + 9, 12, 31)


def _day(day: date) -> Days:
    return day, day


def _months(year: int, first_month: int, count: int) -> Days:
    first = date(year, first_month, 1)
    return first, first + relativedelta(months=count - 1, day=31)


_WHICH = r"(?:(last|this) )?"
_FORMS: dict[str, Callable[..., Days | None]] = {
    r"(\d{4})(?:[-/](\d{1,2})(?:[-/](\d{1,2}))?)?": _iso,
    r"(\d{1,2})[/-](\d{1,2})[/-](\d{4}|\d{2})": _slashed,
    rf"(last )?({'|'.join(calendar.WEEKDAYS)})": _weekday,
    r"(\d{1,5}|an?) (day|week|month|year)s? ago": _ago,
    r"(this|last) (week|month|year)": _this_or_last,
    rf"{_WHICH}weekend": _weekend,
    rf"(this|last) ({'|'.join(MONTHS)})": _month,
    rf"{_WHICH}({'|'.join(_FIRST_MONTHS)})(?:(?: of)? (\d{{4}}))?": _season,
    r"q([1-4])(?: (\d{4}))?": _quarter,
    rf"({'|'.join(_PARTS_OF_YEAR)})(?: of|-)?(?: |(?<=-))(\d{{4}})": _part_of_year,
    r"(\d{2})?([1-9])0s": _decade,
    r"(?:(\d{1,2})(?:st|nd|rd|th)? )?([a-z]{3,9})(?: (\d{4}))?": _day_first,
    r"([a-z]{3,9}) (\d{1,2})(?:st|nd|rd|th)?(?: (\d{4}))?": _month_first,
}
_PATTERNS = [(re.compile(pattern, re.ASCII), read) for pattern, read in _FORMS.items()]
