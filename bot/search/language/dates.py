"""Parse the dates that follow the operators after:, before: and on:."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

from bot.languages.table import calendar

Days = tuple[date, date]
"""A first and a last day, both included."""
MAX_WORDS = 4
"""Maximum number of words in a date: "14 dec 2022", "first half of 2022"."""

_ISO = re.compile(r"(\d{4})(?:[-/](\d{1,2})(?:[-/](\d{1,2}))?)?", re.ASCII)
_SLASHED = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4}|\d{2})", re.ASCII)
_DAY_FIRST = re.compile(r"(?:(\d{1,2})(?:st|nd|rd|th)? )?([a-z]{3,9})(?: (\d{4}))?", re.ASCII)
_MONTH_FIRST = re.compile(r"([a-z]{3,9}) (\d{1,2})(?:st|nd|rd|th)?(?: (\d{4}))?", re.ASCII)
_AGO = re.compile(r"(\d{1,5}|an?) (day|week|month|year)s? ago", re.ASCII)
_DAYS_BACK = {"today": 0, "yesterday": 1, "day before yesterday": 2}
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
MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)


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
    return (
        _numeric_date(text, today)
        or _date_with_month_name(text, today)
        or _relative_date(text, today)
        or _parse_period(text, today)
    )


def _numeric_date(text: str, today: date) -> Days | None:
    if match := _SLASHED.fullmatch(text):
        return _slashed_date(today, *map(int, match.groups()))
    match = _ISO.fullmatch(text)
    if not match:
        return None
    year, month, day = (int(part) if part else None for part in match.groups())
    return _calendar_days(year or 0, month, day)


def _slashed_date(today: date, first: int, second: int, year: int) -> Days | None:
    """A British or American date of which it is clear which number is the month: 13/10/26.

    A year of two digits is not in the future.
    """
    if first <= 12 and second <= 12 and first != second:
        return None
    month, day = (second, first) if first > 12 else (first, second)
    if year < 100:
        year += today.year // 100 * 100
        year -= 100 * (year > today.year)
    return _single_day(date(year, month, day))


def _date_with_month_name(text: str, today: date) -> Days | None:
    if match := _MONTH_FIRST.fullmatch(text):
        name, day, year = match.groups()
    elif match := _DAY_FIRST.fullmatch(text):
        day, name, year = match.groups()
    else:
        return None
    months = [number for number, month in enumerate(MONTHS, 1) if month.startswith(name)]
    if name == "sept":
        months = [9]
    if len(months) != 1:
        return None
    day = int(day) if day else None
    if year:
        return _calendar_days(int(year), months[0], day)
    return _latest_days(months[0], day, today)


def _latest_days(month: int, day: int | None, today: date) -> Days:
    """The days of the latest date with this month and day (if None, of the whole month) that has
    begun; for 29 February, earlier years are tried."""
    for year in range(today.year, today.year - 9, -1):
        if (month, day or 1) <= (today.month, today.day) or year < today.year:
            try:
                return _calendar_days(year, month, day)
            except ValueError:
                continue
    raise ValueError(month, day)


def _calendar_days(year: int, month: int | None, day: int | None) -> Days:
    if month is None:
        return date(year, 1, 1), date(year, 12, 31)
    if day is None:
        first = date(year, month, 1)
        return first, first.replace(day=monthrange(year, month)[1])
    return _single_day(date(year, month, day))


def _relative_date(text: str, today: date) -> Days | None:
    if text in _DAYS_BACK:
        return _single_day(today - timedelta(days=_DAYS_BACK[text]))
    qualifier, _, unit = text.rpartition(" ")
    if qualifier in ("", "last") and unit in calendar.WEEKDAYS:
        days_back = (today.weekday() - calendar.WEEKDAYS.index(unit)) % 7
        return _single_day(today - timedelta(days=days_back or (7 if qualifier == "last" else 0)))
    if match := _AGO.fullmatch(text):
        number = int(match[1]) if match[1].isdigit() else 1
        return _units_ago(number, match[2], today)
    if qualifier not in ("this", "last"):
        return None
    if unit in MONTHS:
        month, is_last = MONTHS.index(unit) + 1, qualifier == "last"
        year = today.year - (is_last and month >= today.month)
        return _calendar_days(year, month, None)
    return _this_or_last(int(qualifier == "last"), unit, today)


def _units_ago(number: int, unit: str, today: date) -> Days:
    """The day this many units ago; if its month is too short to have it, the month's last day."""
    if unit in ("day", "week"):
        return _single_day(today - timedelta(days=number * (7 if unit == "week" else 1)))
    months = today.year * 12 + today.month - 1 - number * (12 if unit == "year" else 1)
    year, month = months // 12, months % 12 + 1
    return _single_day(date(year, month, min(today.day, monthrange(year, month)[1])))


def _this_or_last(units_back: int, unit: str, today: date) -> Days | None:
    """This week, month or year (0 units back), or the one before it (1)."""
    if unit == "week":
        monday = today - timedelta(days=today.weekday() + 7 * units_back)
        return monday, monday + timedelta(days=6)
    if unit == "month":
        day = today.replace(day=1) - timedelta(days=units_back)
        return _calendar_days(day.year, day.month, None)
    return _calendar_days(today.year - units_back, None, None) if unit == "year" else None


def _single_day(day: date) -> Days:
    return day, day


def _parse_period(text: str, today: date) -> Days | None:
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
    last_year, last_month = year + (last - 1) // 12, (last - 1) % 12 + 1
    last_day = monthrange(last_year, last_month)[1]
    return date(year, first, 1), date(last_year, last_month, last_day)


def _decade(text: str, today: date) -> Days | None:
    if text in _NOUGHTIES:
        return date(2000, 1, 1), date(2009, 12, 31)
    if not (match := _DECADE.fullmatch(text)):
        return None
    century = int(match[1]) if match[1] else today.year // 100
    first_year = 100 * century + 10 * int(match[2])
    if not match[1] and first_year > today.year:
        first_year -= 100
    return date(first_year, 1, 1), date(first_year + 9, 12, 31)
