"""Parse dates as wires and feeds write them: variants of ISO 8601, and the format of e-mail.

Nothing is guessed: a time without a zone gives a day but no instant.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, timezone

from bot.ingest.metadata import Published, parse_iso_date

FIRST_YEAR = 1600
"""No newspaper is older, so a date of an earlier year is a placeholder."""

# Only abbreviations that mean one zone everywhere. RFC 2822 (4.3) treats the others as unknown.
_ZONES = {"UT": 0, "UTC": 0, "GMT": 0, "Z": 0, "EST": -5, "EDT": -4, "CST": -6, "CDT": -5}
_ZONES |= {"MST": -7, "MDT": -6, "PST": -8, "PDT": -7, "CET": 1, "CEST": 2}
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_ISO_DAY = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})")
_EMAIL_DATE = re.compile(
    r"(?:[^\W\d]+\.?,?\s+)?(\d{1,2})[\s-]+([A-Za-z]{3})[a-z]*\.?,?[\s-]+(\d{4}|\d{2})"
    r"(?:[,\s]+(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\.\d+)?\s*([+-]\d{2}:?\d{2}|[A-Za-z]{1,5})?)?"
)


def parse_date(text: str) -> Published | None:
    """Parse a date or date-time in its printed time zone; None if it is neither."""
    text = text.strip()
    try:
        published = parse_iso_date(_normalize_iso(text) or _convert_email_date(text))
    except (ValueError, OverflowError):
        return None
    is_placeholder = published.on.year < FIRST_YEAR or published.at == datetime.fromtimestamp(
        0, UTC
    )
    return None if is_placeholder else published


def parse_instant(text: str) -> datetime | None:
    """Parse a date-time and convert it to UTC; None without a time zone."""
    published = parse_date(text)
    return published.at if published else None


def _normalize_iso(text: str) -> str:
    """Rewrite an ISO 8601 date or date-time so that Python parses it; "" for anything else."""
    if not re.match(r"\d{4}-?\d{2}-?\d{2}(?!\d)", text):
        return ""
    if day := _ISO_DAY.fullmatch(text):
        return "-".join(day.groups())
    zoned = re.sub(r"\s*(?:UTC|GMT|UT)$", "Z", text)
    return re.sub(r"\s+(?=[+-]\d{2}:?\d{2}$)", "", zoned)


def _convert_email_date(text: str) -> str:
    """Convert a date of RFC 5322 (3.3 and 4.3, with common mistakes) to ISO 8601."""
    match = _EMAIL_DATE.fullmatch(text)
    if not match or (month := match[2].lower()) not in _MONTHS:
        raise ValueError(text)
    year = int(match[3])
    if len(match[3]) == 2:
        year += 2000 if year < 50 else 1900  # RFC 5322, 4.3
    day = date(year, _MONTHS.index(month) + 1, int(match[1]))
    if not match[4]:
        return day.isoformat()
    zone = _parse_zone(match[7] or "")
    moment = time(int(match[4]), int(match[5]), int(match[6] or 0), tzinfo=zone)
    return datetime.combine(day, moment).isoformat()


def _parse_zone(name: str) -> timezone | None:
    if name[:1] in ("+", "-"):
        offset = timedelta(hours=int(name[1:3]), minutes=int(name[-2:]))
        return timezone(-offset if name[0] == "-" else offset)
    hours_east = _ZONES.get(name.upper())
    return None if hours_east is None else timezone(timedelta(hours=hours_east))
