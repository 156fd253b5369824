"""The days that plain files print above a story, in the forms that English newsrooms use."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from bot.ingest.moments import FIRST_YEAR

LAST_YEAR = 2100

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<{0}>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_DAY = r"(?P<{0}>\d{{1,2}})(?:st|nd|rd|th)?"
_DAYS = re.compile(
    r"(?<![\w/.])(?:"
    r"(?P<iso>\d{4}(?P<mark>[-/.])\d{1,2}(?P=mark)\d{1,2})(?:T[\d:.]+(?:Z|[+-]\d{2}:?\d{2})?)?"
    rf"|{_DAY.format('d1')}(?:\.|\s+of)?[\s-]{_MONTH.format('m1')}(?:,?[\s-]\s*(?P<y1>\d{{4}}))?"
    rf"|{_MONTH.format('m2')}\s+{_DAY.format('d2')}(?:,?\s+(?P<y2>\d{{4}}))?"
    rf"|{_MONTH.format('m3')},?\s+\d{{4}}"
    r"|(?P<a>\d{1,2})(?P<sep>[./-])(?P<b>\d{1,2})(?P=sep)(?P<y3>\d{4}|\d{2})"
    r")(?![\w/])",
    re.IGNORECASE,
)
_ZONE = r"(?:gmt|utc|bst|cest|[cemp][ds]?t|local time|hrs?|hours)\b"
_TIME = re.compile(
    r",?\s*(?:\bat\s+)?(?:\b\d{1,2}(?:[:.h]\d{2}){1,2}(?:\s*[ap]\.?m\b\.?)?|\b\d{1,2}\s*[ap]\.?m\b\.?"
    rf"|\b\d{{4}}(?=\s*{_ZONE})|\b(?:noon|midnight)\b)(?:\s*{_ZONE})?",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(
    r",?\s*\b(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\b\.?", re.IGNORECASE
)
_UPDATED = re.compile(r"\b(?:updated|modified|edited|revised)\b", re.IGNORECASE)
# What may stand beside the day on its line; "GMT+1" and "3 min read" are there, too.
_BESIDE = re.compile(
    r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\b\.?"
    r"|(?:first|last|originally|date|dated|published|posted|updated|modified|edited|revised|issued"
    r"|filed|created|released|sent|on|at|the|of)\b"
    r"|\d{1,2}(?:[:.h]\d{2}){1,2}\b|\d{1,2}(?=\s*[ap]\.?m\b)|\d{4}(?=\s*(?:gmt|utc|hrs?|hours)\b)"
    r"|[ap]\.?m\b\.?|noon\b|midnight\b|"
    + _ZONE
    + r"|[+-]\d{1,2}(?::?\d{2})?\b|\d+[ -]min(?:ute)?s?(?: read)?\b|[\s,;:|•·/()\[\]–—-]+",
    re.IGNORECASE,
)


class Day(NamedTuple):
    """A day in a line: what is left of the line without it, and which day it is, if it says so."""

    rest: str
    on: date | None
    is_update: bool


def day_in(line: str) -> Day | None:
    """Find the first day in a line. One without a year, or that can be read in two ways, is a day
    and no date."""
    found = _DAYS.search(line)
    if not found:
        return None
    before = line[: found.start()]
    return Day(f"{before} {line[found.end() :]}", _date(found), bool(_UPDATED.search(before)))


def only_day(line: str) -> Day | None:
    """Read a line that holds nothing but a day, the time, or both."""
    day = day_in(line) or Day(line, None, is_update=False)
    rest = day.rest
    while rest and (word := _BESIDE.match(rest)):
        rest = rest[word.end() :]
    if not rest:
        return day
    another = day_in(rest) if day.rest != line else None  # "Published 11 May, updated 12 May"
    return day if another and only_day(rest) else None


def without_times(rest: str) -> str:
    """What is left of a line without its day, without the weekday and the time as well."""
    return _WEEKDAY.sub("", _TIME.sub("", rest))


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
        year, month = int(printed), _MONTHS.index(name[:3].lower()) + 1
        day = int(found["d1"] or found["d2"])
    try:
        return date(year, month, day) if FIRST_YEAR <= year <= LAST_YEAR else None
    except ValueError:
        return None
