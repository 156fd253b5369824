"""Dates as wires and feeds state them: ISO 8601 in its kinds, and that of e-mail.

Nothing is guessed: what states no zone has a day and no instant, and what can't be read is None.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, timezone

from bot.ingest.metadata import Published, parse_iso_date

FIRST_YEAR = 1600
"""Before there were newspapers: a date of an earlier year is a placeholder."""

# Only those that mean one zone everywhere. RFC 2822 (4.3) takes the others for unknown.
_ZONES = {"UT": 0, "UTC": 0, "GMT": 0, "Z": 0, "EST": -5, "EDT": -4, "CST": -6, "CDT": -5}
_ZONES |= {"MST": -7, "MDT": -6, "PST": -8, "PDT": -7, "CET": 1, "CEST": 2}
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_DAY = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})")
_MAIL = re.compile(
    r"(?:[^\W\d]+\.?,?\s+)?(\d{1,2})[\s-]+([A-Za-z]{3})[a-z]*\.?,?[\s-]+(\d{4}|\d{2})"
    r"(?:[,\s]+(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\.\d+)?\s*([+-]\d{2}:?\d{2}|[A-Za-z]{1,5})?)?"
)


def stated(text: str) -> Published | None:
    """Read a date or date-time, and keep the zone in which it is printed; None if it is neither."""
    text = text.strip()
    try:
        published = parse_iso_date(_iso(text) or _mail(text))
    except (ValueError, OverflowError):
        return None
    is_empty = published.on.year < FIRST_YEAR or published.at == datetime.fromtimestamp(0, UTC)
    return None if is_empty else published


def instant(text: str) -> datetime | None:
    """Read a date-time with its zone, in UTC; None for what states no instant."""
    published = stated(text)
    return published.at if published else None


def _iso(text: str) -> str:
    """An ISO 8601 date or date-time as Python reads it; "" for anything else."""
    if not re.match(r"\d{4}-?\d{2}-?\d{2}(?!\d)", text):
        return ""
    if day := _DAY.fullmatch(text):
        return "-".join(day.groups())
    zoned = re.sub(r"\s*(?:UTC|GMT|UT)$", "Z", text)
    return re.sub(r"\s+(?=[+-]\d{2}:?\d{2}$)", "", zoned)


def _mail(text: str) -> str:
    """The date-time of an e-mail (RFC 5322, 3.3 and 4.3, and common slips) as ISO 8601."""
    found = _MAIL.fullmatch(text)
    if not found or (month := found[2].lower()) not in _MONTHS:
        raise ValueError(text)
    year = int(found[3])
    if len(found[3]) == 2:
        year += 2000 if year < 50 else 1900  # RFC 5322, 4.3
    day = date(year, _MONTHS.index(month) + 1, int(found[1]))
    if not found[4]:
        return day.isoformat()
    at = time(int(found[4]), int(found[5]), int(found[6] or 0), tzinfo=_zone(found[7] or ""))
    return datetime.combine(day, at).isoformat()


def _zone(name: str) -> timezone | None:
    if name[:1] in ("+", "-"):
        hours, minutes = int(name[1:3]), int(name[-2:])
        size = timedelta(hours=hours, minutes=minutes)
        return timezone(-size if name[0] == "-" else size)
    hours_east = _ZONES.get(name.upper())
    return None if hours_east is None else timezone(timedelta(hours=hours_east))
