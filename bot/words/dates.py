"""Dates and times in words."""

from __future__ import annotations

from datetime import date, datetime

from bot.words import say


def short_date(day: date) -> str:
    """Format a date as 3 Nov 2026."""
    return _format_date("dates.short_date", day)


def full_date(day: date) -> str:
    """Format a date as 3 November 2026."""
    return _format_date("dates.full_date", day)


def day_of_year(day: date) -> str:
    """Format a date as 3 November."""
    return _format_date("dates.day_of_year", day)


def short_day_of_year(day: date) -> str:
    """Format a date as 3 Nov."""
    return _format_date("dates.short_day_of_year", day)


def long_date(day: date) -> str:
    """Format a date as Tuesday 24 November."""
    return _format_date("dates.long_date", day)


def long_moment(moment: datetime) -> str:
    """Format a moment in its own time zone as Tuesday 24 November 08:30."""
    return _format_date("dates.long_moment", moment, clock(moment))


def short_moment(moment: datetime) -> str:
    """Format a moment in its own time zone as Tue 24 Nov 08:30."""
    return _format_date("dates.short_moment", moment, clock(moment))


def clock(moment: datetime) -> str:
    """Format the time of day of a moment in its own time zone, as 08:30."""
    return f"{moment:%H:%M}"


def period(first: date, last: date) -> str:
    """Format the days from `first` to `last` as 1–25 Nov 2026 or 30 Dec 2025 – 2 Jan 2026."""
    if first == last:
        return short_date(last)
    if (first.year, first.month) == (last.year, last.month):
        return say("dates.days_of_month", first=first.day, last=short_date(last))
    return say("dates.period", first=short_date(first), last=short_date(last))


def _format_date(key: str, day: date, time: str = "") -> str:
    # strftime would name months and days in the machine's locale.
    return say(
        key,
        day=day.day,
        month=say(f"dates.month_{day.month}"),
        short_month=say(f"dates.short_month_{day.month}"),
        weekday=say(f"dates.weekday_{day.isoweekday()}"),
        short_weekday=say(f"dates.short_weekday_{day.isoweekday()}"),
        year=str(day.year),
        time=time,
    )
