"""Find the days that are printed above a story, in the formats of English newsrooms."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from bot.ingest.timestamps import parse_date
from bot.languages.table import printed_dates


class Day(NamedTuple):
    """A day in a line; None if it is incomplete."""

    value: date | None
    is_update: bool


def find_day(line: str) -> Day | None:
    """Find the first day in a line. Its date is None without a year, or if it is ambiguous."""
    match = printed_dates.DATE.search(line)
    if not match:
        return None
    is_update = bool(printed_dates.UPDATE_WORD.search(line[: match.start()]))
    published = parse_date(match[0].replace(" of ", " "))
    return Day(published.on if published else None, is_update)


def is_day_line(line: str) -> bool:
    """Whether a line is only days and times."""
    return not printed_dates.DATE_LINE_FILLER.sub("", printed_dates.DATE.sub(" ", line))
