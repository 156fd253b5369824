"""Parse dates as wires, feeds and pages print them: ISO 8601, the format of e-mail, and others.

Nothing is guessed: a time without a zone gives a day but no instant, and 3/11/2026, which is a day
in November or in March, gives nothing. Nor does a year or a month without a day.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, timezone

from bot.ingest.metadata import Published, parse_iso_date
from bot.ingest.month_names import month_number

FIRST_YEAR = 1600
"""No newspaper is older, so a date of an earlier year is a placeholder."""
MAX_LENGTH = 200
"""Characters of the longest text that may be a date."""

# Only abbreviations that mean one zone everywhere. RFC 2822 (4.3) treats the others as unknown.
_ZONES = {"UT": 0, "UTC": 0, "GMT": 0, "Z": 0, "EST": -5, "EDT": -4, "CST": -6, "CDT": -5}
_ZONES |= {"MST": -7, "MDT": -6, "PST": -8, "PDT": -7, "AKST": -9, "AKDT": -8, "HST": -10}
_ZONES |= {"WET": 0, "WEST": 1, "CET": 1, "CEST": 2, "MEZ": 1, "MESZ": 2, "EET": 2, "EEST": 3}
_ZONES |= {"MSK": 3, "SAST": 2, "PKT": 5, "HKT": 8, "SGT": 8, "AWST": 8, "JST": 9, "KST": 9}
_ZONES |= {"AEST": 10, "AEDT": 11, "NZST": 12, "NZDT": 13}

_DAY = r"(?P<day>\d{1,2})"
_MONTH = r"(?P<month>\d{1,2})"
_MONTH_NAME = r"(?P<name>[^\W\d_]{3,})"
_YEAR = r"(?P<year>\d{4})"
_DATES = [
    re.compile(pattern)
    for pattern in (
        rf"{_YEAR}-?(?P<month>\d\d)-?(?P<day>\d\d)",
        rf"{_YEAR}([-/.])\s?{_MONTH}\2\s?{_DAY}\.?",
        rf"{_YEAR}\s?[年년]\s*{_MONTH}\s?[月월]\s*{_DAY}\s?[日일]",
        rf"{_YEAR}-?W(?P<week>\d\d)-?(?P<weekday>[1-7])",
        rf"{_YEAR}-?(?P<day_of_year>\d{{3}})",
        rf"{_DAY}(?:st|nd|rd|th)?[\s./-]+(?:del?\s+|d[’'])?{_MONTH_NAME}\.?,?[\s/-]+(?:del?\s+)?(?P<year>\d{{4}}|\d\d)",
        rf"{_MONTH_NAME}\.?\s+{_DAY}(?:st|nd|rd|th)?,?\s+{_YEAR}",
        rf"{_YEAR}[.-]?\s*{_MONTH_NAME}\.?[\s-]*{_DAY}\.?",
        rf"{_DAY}\.\s?{_MONTH}\.\s?{_YEAR}",
        rf"(?P<first>\d{{1,2}})([/-])(?P<second>\d{{1,2}})\2{_YEAR}",
    )
]
_WEEKDAY = re.compile(r"[^\W\d]+\.?,?\s*(?=\d)|[^\W\d]+\.?,?\s+")
# ISO's 20261103T083000 and T08, for which the colons are missing
_COMPACT_TIME = re.compile(r"(?<=\d)T(\d\d)(?:(\d\d)(\d\d)?|(?![.,]))(?![\d:])")
_TIME = re.compile(
    r"(?:^|(?<=\d)T|[\s,]+(?:at\s|-\s)?)(?P<half_before>오전|오후|午前|午後|上午|下午)?\s*"
    r"(?P<hour>\d{1,2}):(?P<minute>\d\d?)(?::(?P<second>\d\d?)(?:[.,](?P<fraction>\d{1,12}))?)?"
    r"\s*(?P<half>[ap]\.?m\b\.?)?"
    r"\s*:?(?P<zone>(?:UTC|GMT)?[+−-]\d{1,2}(?::?\d\d)?(?!\d)|[a-z]+/[a-z_/]+|[a-z]{1,5}\b)?"
    r"(?:\s*(?:\([^()]*\)|\[[^\[\]]*\]|(?<=\d)\s[a-z]{3,5}\b))?",
    re.IGNORECASE,
)
_OFFSET = re.compile(r"(?:UTC|GMT)?([+-])(\d{1,2}):?(\d\d)?")
_AFTERNOON = ("p", "오후", "午後", "下午")


def parse_date(text: str) -> Published | None:
    """Parse a date or date-time in its printed time zone; None if it is neither."""
    text = " ".join(text[:MAX_LENGTH].split())
    try:
        published = parse_iso_date(_to_iso(text))
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


def _to_iso(text: str) -> str:
    """Rewrite a date or date-time in ISO 8601. Raises ValueError if it is neither."""
    text = _COMPACT_TIME.sub(_add_colons, text)
    match = _TIME.search(text)
    if not match:
        return _parse_day(text).isoformat()
    day = _parse_day(f"{text[: match.start()]} {text[match.end() :]}")
    hour = _hour(match)
    if hour == 24 and match["minute"] == "00":  # midnight at the end of the day
        day, hour = day + timedelta(days=1), 0
    second = min(int(match["second"] or 0), 59)  # leap seconds
    microsecond = int((match["fraction"] or "0")[:6].ljust(6, "0"))
    zone = _parse_zone(match["zone"] or "")
    moment = time(hour, int(match["minute"]), second, microsecond, tzinfo=zone)
    return datetime.combine(day, moment).isoformat()


def _add_colons(match: re.Match[str]) -> str:
    return f"T{match[1]}:{match[2] or '00'}:{match[3] or '00'}"


def _parse_day(text: str) -> date:
    text = text.strip(" ,")
    without_weekday = _WEEKDAY.sub("", text, count=1)
    for candidate in dict.fromkeys((text, without_weekday)):
        for pattern in _DATES:
            if match := pattern.fullmatch(candidate):
                return _make_day({key: part for key, part in match.groupdict().items() if part})
    raise ValueError(text)


def _make_day(parts: dict[str, str]) -> date:
    """Return the day of a match of `_DATES`. Raises ValueError if there is no such day."""
    year = int(parts["year"])
    if len(parts["year"]) == 2:
        year += 2000 if year < 50 else 1900  # RFC 5322, 4.3
    if "week" in parts:
        return date.fromisocalendar(year, int(parts["week"]), int(parts["weekday"]))
    if "day_of_year" in parts:
        day = date(year, 1, 1) + timedelta(days=int(parts["day_of_year"]) - 1)
        if day.year != year:
            raise ValueError(parts["day_of_year"])
        return day
    if "first" in parts:
        return _make_american_or_european_day(year, int(parts["first"]), int(parts["second"]))
    month = month_number(parts["name"]) if "name" in parts else int(parts["month"])
    return date(year, month or 0, int(parts["day"]))


def _make_american_or_european_day(year: int, first: int, second: int) -> date:
    """Return the day of 11/23/2026 or 23/11/2026. Raises ValueError if both orders are possible."""
    if first <= 12 and second <= 12 and first != second:
        raise ValueError(f"{first}/{second} has two meanings")
    day, month = max(first, second), min(first, second)
    return date(year, month, day)


def _hour(match: re.Match[str]) -> int:
    """Return the hour of a match of `_TIME`, 0 to 24."""
    hour, half = int(match["hour"]), (match["half_before"] or match["half"] or "").lower()
    if not half or hour > 12:
        return hour
    return hour % 12 + (12 if half.startswith(_AFTERNOON) else 0)


def _parse_zone(name: str) -> timezone | None:
    if offset := _OFFSET.fullmatch(name.upper().replace("−", "-")):
        size = timedelta(hours=int(offset[2]), minutes=int(offset[3] or 0))
        return timezone(-size if offset[1] == "-" else size)
    hours_east = _ZONES.get(name.upper())
    return None if hours_east is None else timezone(timedelta(hours=hours_east))
