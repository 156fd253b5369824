"""Parse a line above a story: a label, a field, a byline or a day."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from bot.ingest.head.days import find_day, is_day_line
from bot.ingest.head.names import is_outlet_or_role, parse_byline, parse_names
from bot.languages.table import labels, notices, printed_dates

MAX_HEAD_LINE_LENGTH = 200
"""A longer line is text."""

_FIELD = re.compile(r"(?P<key>[A-Za-z][A-Za-z /-]{1,24}?)\s*:\s*(?P<value>.*)")
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
    if is_day_line(line):
        return _day_fields(line)
    if notices.NOTICE.fullmatch(line) or len(line.split()) < 2 or is_outlet_or_role(line):
        return HeadFields()
    fields = _parse_separated(line)
    if fields is None or sum(map(bool, fields)) < 2:
        fields = _parse_field(line) or fields
    if fields is None and (byline := parse_byline(line)):
        return _day_fields(line)._replace(byline=byline)
    return fields


def _day_fields(line: str) -> HeadFields:
    day = find_day(line)
    return HeadFields(published_on=day.value if day and not day.is_update else None)


def _parse_separated(line: str) -> HeadFields | None:
    """Parse separated parts, "By Priya Nair | Osk | 12 November 2026"."""
    day = find_day(line)
    parts = _SEPARATOR.split(printed_dates.DATE.sub("\t", line, count=1) if day else line)
    parts = [stripped for part in parts if (stripped := part.strip(" ,.:|•·/–—-"))]
    if parts == [line]:
        return None
    results = [_day_fields(line)]
    for part in parts:
        fields = parse_line(part)
        if fields is None and day and parse_names(part) == part:
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
    if key in labels.TITLE_LABELS:
        title = notices.REPLY_PREFIX.sub("", value)
        return HeadFields(title=title if any(map(str.isalnum, title)) else "")
    if key in labels.BYLINE_LABELS and (byline := parse_byline(value, is_field=True)):
        return _day_fields(value)._replace(byline=byline)
    if key in labels.DATE_LABELS:
        return _day_fields(value)
    return HeadFields() if key in labels.OTHER_LABELS | labels.BYLINE_LABELS else None
