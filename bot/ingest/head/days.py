"""Find the days that are printed above a story, in the formats of English newsrooms."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from bot.ingest.timestamps import FIRST_YEAR
from bot.languages.table import calendar, printed_dates

LAST_YEAR = 2100


class Day(NamedTuple):
    """A day in a line: the rest of the line, and the date; None if it is incomplete."""

    rest: str
    value: date | None
    is_update: bool


def find_day(line: str) -> Day | None:
    """Find the first day in a line. Its date is None without a year, or if it is ambiguous."""
    match = printed_dates.DATE.search(line)
    if not match:
        return None
    text_before = line[: match.start()]
    is_update = bool(printed_dates.UPDATE_WORD.search(text_before))
    return Day(f"{text_before} {line[match.end() :]}", _make_date(match), is_update)


def parse_day_line(line: str) -> Day | None:
    """Parse a line that is only a day, a time, or both; None for any other line."""
    day = find_day(line) or Day(line, None, is_update=False)
    rest = day.rest
    while rest and (word := printed_dates.DATE_LINE_FILLER.match(rest)):
        rest = rest[word.end() :]
    if not rest:
        return day
    has_another_day = day.rest != line and find_day(rest)  # "Published 11 May, updated 12 May"
    return day if has_another_day and parse_day_line(rest) else None


def _make_date(match: re.Match[str]) -> date | None:
    if match["iso"]:
        year, month, day = map(int, match["iso"].split(match["mark"]))
    elif match["first"]:
        first, second, year = int(match["first"]), int(match["second"]), int(match["y3"])
        if match["sep"] == "." or first > 12 or first == second:
            day, month = first, second
        elif second > 12:
            month, day = first, second
        else:
            return None  # 3/4 is the third of April or the fourth of March
    else:
        printed_year = match["y1"] or match["y2"]
        if not printed_year:
            return None
        name = match["m1"] or match["m2"]
        year, month = int(printed_year), calendar.MONTH_ABBREVIATIONS.index(name[:3].lower()) + 1
        day = int(match["d1"] or match["d2"])
    try:
        return date(year, month, day) if FIRST_YEAR <= year <= LAST_YEAR else None
    except ValueError:
        return None
