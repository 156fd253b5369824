"""Parse a line above a story: a label, a field, a byline or a day."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from bot.ingest.head.names import is_outlet_or_role, parse_byline, parse_names
from bot.ingest.timestamps import parse_date
from bot.languages.table import LISTS, bylines, printed_dates

MAX_HEAD_LINE_LENGTH = 200
"""A longer line is text."""

_FIELD = re.compile(r"(?P<key>[A-Za-z][A-Za-z /-]{1,24}?)\s*:\s*(?P<value>.*)")
_DASH = re.compile(r"\s(?:[–—]|--?)\s")
_SEPARATOR = re.compile(r"\s[|•·/–—-]{1,2}(?=\s)|\s*;\s|\t|\s{3,}")


class HeadFields(NamedTuple):
    """What one or more lines state about the story below them; a label has no values."""

    title: str = ""
    byline: str = ""
    published_on: date | None = None


def merge(results: Iterable[HeadFields | None]) -> HeadFields:
    """Merge the fields of several lines; the first value of each field counts."""
    merged: dict[str, Any] = {}
    for fields in filter(None, results):
        merged = {key: merged.get(key) or value for key, value in fields._asdict().items()}
    return HeadFields(**merged)


def parse_line(line: str) -> HeadFields | None:
    """Parse a line above a story; None if it may be a headline, or text."""
    if len(line) > MAX_HEAD_LINE_LENGTH:
        return None
    if printed_dates.is_date_line(line):
        return HeadFields(published_on=find_day(line))
    if bylines.is_notice(line) or len(line.split()) < 2 or is_outlet_or_role(line):
        return HeadFields()
    fields = _parse_separated(line)
    if fields is None or sum(map(bool, fields)) < 2:
        fields = _parse_field(line) or fields
    if fields is None and (byline := parse_byline(line)):
        return HeadFields(byline=byline, published_on=find_day(line))
    return fields


def dateline_day(line: str) -> date | None:
    """Return the day before the first dash: "LOWER ARLE, 2 December 2026 – The council …"."""
    opening, *story = _DASH.split(line, maxsplit=1)
    fields = parse_line(opening) if story else None
    return fields.published_on if fields else None


def find_day(line: str) -> date | None:
    """Find the first day in a line, unless it is an update's, ambiguous, or without its year."""
    match = printed_dates.DATE.search(line)
    if not match or printed_dates.UPDATE_WORD.search(line[: match.start()]):
        return None
    published = parse_date(match[0].replace(" of ", " "))
    return published.on if published else None


def _parse_separated(line: str) -> HeadFields | None:
    """Parse separated parts, "By Priya Nair | Osk | 12 November 2026"."""
    day = printed_dates.DATE.search(line)
    parts = _SEPARATOR.split(printed_dates.DATE.sub("\t", line, count=1) if day else line)
    parts = [stripped for part in parts if (stripped := part.strip(" ,.:|•·/–—-"))]
    if parts == [line]:
        return None
    results = [HeadFields(published_on=find_day(line))]
    for part in parts:
        fields = parse_line(part)
        name = part.replace(",", "")
        if fields is None and day and parse_names(name) == name:
            fields = HeadFields()  # who wrote it, or where
        if fields is None:
            return None
        results.append(fields)
    return merge(results)


def _parse_field(line: str) -> HeadFields | None:
    """Parse a field of a form or an e-mail header: "Headline: …", "Date: …"."""
    match = _FIELD.fullmatch(line)
    if not match:
        return None
    key, value = re.sub(r"[\s/]+", "-", match["key"].lower()), match["value"].strip()
    if key in LISTS["title_labels"]:
        title = bylines.REPLY_PREFIX.sub("", value)
        return HeadFields(title=title if any(map(str.isalnum, title)) else "")
    if key in LISTS["byline_labels"] and (byline := parse_byline(value, is_field=True)):
        return HeadFields(byline=byline, published_on=find_day(value))
    if key in LISTS["date_labels"]:
        return HeadFields(published_on=find_day(value))
    return HeadFields() if key in LISTS["other_labels"] | LISTS["byline_labels"] else None
