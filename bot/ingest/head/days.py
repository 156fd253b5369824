"""The days that plain files print above a story, in the forms that English newsrooms use."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from bot.ingest.timestamps import FIRST_YEAR
from bot.languages.table import calendar, printed_dates

LAST_YEAR = 2100


class Day(NamedTuple):
    """A day in a line: what is left of the line without it, and which day it is, if it says so."""

    rest: str
    on: date | None
    is_update: bool


def day_in(line: str) -> Day | None:
    """Find the first day in a line. One without a year, or that can be read in two ways, is a day
    and no date."""
    found = printed_dates.DAYS.search(line)
    if not found:
        return None
    before = line[: found.start()]
    return Day(
        f"{before} {line[found.end() :]}", _date(found), bool(printed_dates.UPDATED.search(before))
    )


def only_day(line: str) -> Day | None:
    """Read a line that holds nothing but a day, the time, or both."""
    day = day_in(line) or Day(line, None, is_update=False)
    rest = day.rest
    while rest and (word := printed_dates.NEXT_TO_DATE.match(rest)):
        rest = rest[word.end() :]
    if not rest:
        return day
    another = day_in(rest) if day.rest != line else None  # "Published 11 May, updated 12 May"
    return day if another and only_day(rest) else None


def without_times(rest: str) -> str:
    """What is left of a line without its day, without the weekday and the time as well."""
    return printed_dates.WEEKDAY.sub("", printed_dates.TIME.sub("", rest))


def _date(found: re.Match[str]) -> date | None:
    if found["iso"]:
        year, month, day = map(int, found["iso"].split(found["mark"]))
    elif found["a"]:
        first, second, year = int(found["a"]), int(found["b"]), int(found["y3"])
        if found["sep"] == "." or first > 12 or first == second:
            day, month = first, second
        elif second > 12:
            month, day = first, second
        else:
            return None  # the third of April or the fourth of March
    else:
        printed = found["y1"] or found["y2"]
        if not printed:
            return None
        name = found["m1"] or found["m2"]
        year, month = int(printed), calendar.SHORT_MONTHS.index(name[:3].lower()) + 1
        day = int(found["d1"] or found["d2"])
    try:
        return date(year, month, day) if FIRST_YEAR <= year <= LAST_YEAR else None
    except ValueError:
        return None
