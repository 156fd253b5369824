"""Choose an article's day of publication: the one on which the page's statements agree."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from bot.ingest.metadata import Published
from bot.ingest.timestamps import MAX_LENGTH, parse_date

_DAY = re.compile(
    r"(?<![\w/.-])(?:\d{4}-\d\d-\d\d(?:T[\d:.]+(?:Z|[+-]\d\d:?\d\d)?)?"
    r"|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}\.\s?\d{1,2}\.\s?(?:\d{4}|\d\d)"
    r"|\d{1,2}[/-]\d{1,2}[/-](?:\d{4}|\d\d)"
    r"|\d{1,2}(?:st|nd|rd|th|er|\.|º)?(?:\s+of|\s+del?)?(?:[\s/-]+|\s+d[’'])[^\W\d_]{3,}\.?,?"
    r"(?:\s+del?(?:\s+año)?)?(?:[\s/-]+\d{4}|\s+[’']\d\d|-\d\d)"
    r"|[^\W\d_]{3,}\.?\s+\d{1,2}(?:st|nd|rd|th)?,?\s+(?:\d{4}|[’']\d\d)"
    r"|\d{4}\s?[年년]\s?\d{1,2}\s?[月월]\s?\d{1,2}\s?[日일])(?![\w/])"
)
_TIME = re.compile(
    r"[\s,|·•–—-]*(?:(?:at|um|à|a las|kl\.?)\s+)?"
    r"(?P<time>\d{1,2}:\d\d(?::\d\d)?(?:\s*[ap]\.?m\b\.?)?(?:\s*\(?(?:[A-Z]{2,4}"
    r"|[+-]\d\d:?\d\d)\b)?)",
)
_TIME_BEFORE = re.compile(
    r"(?P<time>\d{1,2}:\d\d(?:\s*[ap]\.?m\b\.?)?(?:\s*[A-Z]{2,4}\b)?)[\s,"
    r"|·•–—-]*(?:on\s+)?(?:\w+day,?\s+)?$"
)
_UPDATE = re.compile(
    r"\b(?:updat|modifi|edited|revised|reviewed|changed|aktualisiert|geändert|überarbeitet"
    r"|stand\b|mis à jour|actualizad|aggiornat|atualizad|bijgewerkt|corrected|amended)",
    re.IGNORECASE,
)
_PUBLICATION = re.compile(
    r"\b(?:publish|posted|first|originally|veröffentlicht|erschienen|publié|publicad|pubblicat"
    r"|filed|created|datum|date)",
    re.IGNORECASE,
)
_ASIDE = re.compile(r"\s*[(\[]([^()\[\]\d]{1,30})[)\]]")
"""Words in brackets after a date."""
_ORDINAL = re.compile(r"(?<=\d)(?:st|nd|rd|th|er|º)\b|\bof\s+(?=[A-Z])|\baño\s+")
_NUMERIC = re.compile(r"(\d{1,2})([/.-])\s?(\d{1,2})\2\s?(\d{4}|\d\d)")
_SHORT_YEAR = re.compile(r"(?:(?<=[^\W\d_]-)|[’'])(\d\d)$")
_MAX_SHORT_YEAR_LINE = 60
"""Characters beside a date whose year has two digits; more may be a sentence about a score."""
_UNIX_TIME = re.compile(r"(1\d{9})(?:\d{3})?")
"""Seconds, or milliseconds."""
MAX_LABEL_LENGTH = 40
MAX_DAY_LINE = 60
_MAX_LETTERS_BESIDE = 12
"""Of a weekday or the like in a line that is only a date."""


class StatedDate(NamedTuple):
    """A date that a page states, and whether it says that it is the publication's."""

    published: Published
    is_publication: bool = True
    is_printed: bool = False


def choose_date(
    dates: Sequence[StatedDate], address_date: Published | None, modified: Published | None
) -> Published | None:
    """Return the date of publication from a page's dates, the most reliable first.

    The day that most dates support counts; a day that is also that of the last change counts less.
    `address_date`, in the page's address, only supports others.
    """
    if not dates:
        return None
    supporting = [date.published for date in dates]
    supporting += [address_date] if address_date else []

    def support(date: StatedDate) -> tuple[float, bool, bool]:
        days = [abs(date.published.on - other.on) for other in supporting]
        agreement = sum(1.0 if day == timedelta(0) else 0.4 * (day == timedelta(1)) for day in days)
        is_change = modified is not None and date.published.on == modified.on
        return agreement - 0.5 * (not date.is_publication), not is_change, date.is_publication

    best = max(dates, key=support).published
    same_day = [date.published for date in dates if date.published.on == best.on]
    best = next((published for published in same_day if published.at), best)
    return _in_local_time(best, [date.published for date in dates if date.is_printed])


def _in_local_time(published: Published, printed: Iterable[Published]) -> Published:
    """Return a date with the day that is printed, if systems state it in UTC, a day off."""
    if published.at is None or not published.printed.endswith("+00:00"):
        return published
    for other in printed:
        if abs(other.on - published.on) == timedelta(1):
            return other if other.at else other._replace(at=published.at)
    return published


def find_printed_dates(line: str, *, day_first: bool | None) -> Iterator[tuple[Published, str]]:
    """Yield the dates in a line, each with "update", "publication" or "" as the words before it
    say. `day_first` says what 3/11/2026 is: 3 November, March 11, or nothing if None."""
    end = 0
    for match in _DAY.finditer(line[: 2 * MAX_LENGTH]):
        label = line[end : match.start()]
        end = match.end()
        if published := _parse(line, match, day_first):
            if aside := _ASIDE.match(line, end):
                label, end = f"{label} {aside[1]}", aside.end()
            kind = "update" if _UPDATE.search(label) else ""
            yield published, kind or ("publication" if _PUBLICATION.search(label) else "")


def parse_stated(text: str, *, day_first: bool | None = None) -> Published | None:
    """Parse a date in a metadata field, with or without words around it."""
    return parse_date(text) or next(
        (published for published, _ in find_printed_dates(text, day_first=day_first)), None
    )


def parse_alone(line: str, *, day_first: bool | None) -> Published | None:
    """Parse the date of a line that has hardly anything else: "(end) 11/18/98 22:41 CST"."""
    match = _DAY.search(line)
    if not match or len(line) > MAX_DAY_LINE:
        return None
    words = (line[: match.start()], _TIME.sub("", line[match.end() :], count=1))
    has_more = sum(map(str.isalpha, "".join(words))) > _MAX_LETTERS_BESIDE
    return None if has_more or _UPDATE.search(words[0]) else _parse(line, match, day_first)


def parse_attribute(value: str, *, day_first: bool | None) -> Published | None:
    """Parse an element's attribute: a date, or the seconds since 1970."""
    if unix_time := _UNIX_TIME.fullmatch(value.strip()):
        return parse_date(datetime.fromtimestamp(int(unix_time[1]), UTC).isoformat())
    return parse_stated(value, day_first=day_first)


def date_in_address(url: str | None) -> Published | None:
    """Return the day in an address such as https://post.example/2026/11/03/gate-shut."""
    match = re.search(r"/(20\d\d|19\d\d)[/-]?(\d\d)[/-]?(\d\d)(?=[/-])", url or "")
    return parse_date("-".join(match.groups())) if match else None


def is_labelled(line: str) -> bool:
    """Whether a line starts with a word that says that it has the date of publication."""
    return bool(_PUBLICATION.match(line.lstrip(" |·•:–—-(")))


def is_label(line: str) -> bool:
    """Whether a line only says which date is beside it, such as "Last updated:"."""
    has_word = bool(_PUBLICATION.search(line) or _UPDATE.search(line))
    return len(line) <= MAX_LABEL_LENGTH and has_word and not any(map(str.isdigit, line))


def is_update(words: str) -> bool:
    """Whether the words beside a date say that it is the last change's."""
    return bool(_UPDATE.search(words)) and not _PUBLICATION.search(words)


def first_dates(texts: Iterable[str | None], *, is_publication: bool = True) -> list[StatedDate]:
    """Return the dates of texts that are metadata, without those that cannot be read."""
    parsed = (parse_stated(text) for text in texts if text)
    return [StatedDate(published, is_publication) for published in parsed if published]


def _parse(line: str, match: re.Match[str], day_first: bool | None) -> Published | None:
    """Parse a day with the time beside it, or else without."""
    day = _ORDINAL.sub("", match[0])
    if numeric := _NUMERIC.fullmatch(day):
        first, second, year = int(numeric[1]), int(numeric[3]), numeric[4]
        if len(year) == 2:
            if len(line) - len(day) > _MAX_SHORT_YEAR_LINE:
                return None
            year = _in_full(year)
        is_day_first = True if numeric[2] == "." else day_first
        if max(first, second) <= 12 and is_day_first is not None:
            day_number, month = (first, second) if is_day_first else (second, first)
            day = f"{year}-{month:02}-{day_number:02}"
        else:
            day = numeric[2].join((numeric[1], numeric[3], year))
    else:
        day = _SHORT_YEAR.sub(lambda short: _in_full(short[1]), day)
    time = _TIME.match(line, match.end()) or _TIME_BEFORE.search(line[: match.start()])
    return (parse_date(f"{day} {time['time']}") if time else None) or parse_date(day)


def _in_full(year: str) -> str:
    """Return a year of two digits in full, as RFC 5322 (4.3) reads it."""
    return f"{20 if int(year) < 50 else 19}{year}"
