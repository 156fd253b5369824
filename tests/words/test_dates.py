"""How dates and times of day are printed."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import words
from bot.words import dates


def test_dates_are_printed_short_long_and_in_full() -> None:
    day = date(2026, 11, 3)
    assert dates.short_date(day) == "3 Nov 2026"
    assert dates.full_date(day) == "3 November 2026"
    assert dates.day_of_year(day) == "3 November"
    assert dates.long_date(day) == "Tuesday 3 November"


def test_moments_are_printed_in_the_zone_they_are_in() -> None:
    moment = datetime(2026, 11, 24, 2, 5, tzinfo=UTC).astimezone(ZoneInfo("America/New_York"))
    assert dates.long_moment(moment) == "Monday 23 November 21:05"
    assert dates.short_moment(moment) == "Mon 23 Nov 21:05"


@pytest.mark.parametrize(
    ("first", "last", "printed"),
    [
        (date(2026, 11, 3), date(2026, 11, 3), "3 Nov 2026"),
        (date(2026, 11, 1), date(2026, 11, 25), "1–25 Nov 2026"),
        (date(2025, 11, 1), date(2026, 11, 25), "1 Nov 2025 – 25 Nov 2026"),
        (date(2026, 10, 31), date(2026, 11, 1), "31 Oct 2026 – 1 Nov 2026"),
    ],
)
def test_a_period_omits_repeated_month_and_year(first: date, last: date, printed: str) -> None:
    assert dates.period(first, last) == printed


@given(st.dates())
def test_no_two_days_are_printed_alike(day: date) -> None:
    # Read back without a locale's names: their order, and that short names begin the long ones.
    months = [dates.full_date(date(2000, n, 1)).split()[1] for n in range(1, 13)]
    number, month, year = dates.full_date(day).split()
    assert date(int(year), months.index(month) + 1, int(number)) == day
    number, short, year = dates.short_date(day).split()
    assert month.startswith(short)
    assert date(int(year), [name[:3] for name in months].index(short) + 1, int(number)) == day
    weekdays = [dates.long_date(date(2001, 1, n)).split()[0] for n in range(1, 8)]  # 1 is a Monday
    assert weekdays.index(dates.long_date(day).split()[0]) == day.weekday()


def test_no_date_is_printed_in_the_words_of_this_machine() -> None:
    for path in Path(words.__file__).parents[1].rglob("*.py"):
        assert not re.search(r"%[aAbBpcxX]\b", path.read_text("utf-8")), path
