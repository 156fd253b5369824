"""Parse dates as wires, feeds and pages print them: ISO 8601, the format of e-mail, and others.

Nothing is guessed: a time without a zone gives a day but no instant, and 3/11/2026, which is a day
in November or in March, gives nothing. Nor does a year or a month without a day.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta, timezone

import dateutil.parser

from bot.ingest.metadata import Published

FIRST_YEAR = 1600
"""No newspaper is older, so a date of an earlier year is a placeholder."""
MAX_LENGTH = 200

# RFC 2822's (4.3), and Europe's that mean one zone everywhere. Any other is unknown.
_ZONES = {"UT": 0, "UTC": 0, "GMT": 0, "Z": 0, "EST": -5, "EDT": -4, "CST": -6, "CDT": -5}
_ZONES |= {"MST": -7, "MDT": -6, "PST": -8, "PDT": -7, "CET": 1, "CEST": 2, "EET": 2, "EEST": 3}

_YEAR = re.compile(r"(?:1[6-9]|2\d)\d\d(?!\d)|[a-z]{3}[ -]\d\d ", re.IGNORECASE)
"""A year, of which RFC 822 prints two digits. Without one, numbers could be in any order."""
_CLOCK = re.compile(r"\d\s?(?:[:.h]\s?\d\d|[ap]\.?m\b)|T\d{4}|\bnoon\b", re.IGNORECASE)
_FIRST_WORD = re.compile(r"^[^\W\d]+[.,]*\s*")
_DEFAULTS = datetime(2000, 1, 1), datetime(2001, 2, 2, 2, 2)
"""What is not printed is taken from these, so it is what differs between the two results."""


def parse_date(text: str) -> Published | None:
    """Parse a date or date-time in its printed time zone; None if it is neither."""
    text = " ".join(text[:MAX_LENGTH].split())
    found = next(_readings(text), None)
    if not found or found.year < FIRST_YEAR or found == datetime.fromtimestamp(0, UTC):
        return None
    if not isinstance(found, datetime):
        return Published(found, None, found.isoformat())
    try:
        at = found.astimezone(UTC) if found.tzinfo else None
    except OverflowError:
        return None
    return Published(found.date(), at, found.isoformat())


def parse_instant(text: str) -> datetime | None:
    """Parse a date-time and convert it to UTC; None without a time zone."""
    published = parse_date(text)
    return published.at if published else None


def _readings(text: str) -> Iterator[date]:
    """Yield the days, or the moments, that a text may mean, the most likely first."""
    if (text.isdecimal() and len(text) != len("20261103")) or re.fullmatch(r"\d{4}-?W\d\d", text):
        return
    for read in (date.fromisoformat, datetime.fromisoformat):
        with suppress(ValueError):
            yield read(text)
    if not _YEAR.search(text):
        return
    text = re.sub(r"(?:UTC|GMT)(?=[+-]\d)| Uhr\b", "", text)
    for candidate in dict.fromkeys((text, _FIRST_WORD.sub("", text))):
        with suppress(ValueError, ArithmeticError):  # numbers beyond any calendar
            yield _read(candidate)


def _read(text: str) -> date:
    """Read a date in English. Raises ValueError if it is none, or incomplete."""
    is_day_first = [True] if re.match(r"\d\d?\.", text) else [True, False]
    found: list[datetime] = [
        dateutil.parser.parse(text, default=default, dayfirst=order, tzinfos=_zone)
        for order in ([False] if re.match(r"\d{4}", text) else is_day_first)
        for default in _DEFAULTS
    ]
    invents_clock = found[0] == found[1] and not _CLOCK.search(text)  # it takes years for one
    if invents_clock or len({one.date() for one in found}) > 1:
        raise ValueError(f"{text!r} has several meanings")
    return found[0] if found[0] == found[1] else found[0].date()


def _zone(name: str | None, seconds: int | None) -> timezone | None:
    if name and name.upper() in _ZONES:
        return timezone(timedelta(hours=_ZONES[name.upper()]))
    return None if seconds is None else timezone(timedelta(seconds=seconds))
