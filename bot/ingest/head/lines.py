"""Parse a line above a story: a label, a field, a byline, a day or a dateline."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from bot.ingest.head.bylines import (
    is_name,
    is_role,
    parse_byline,
    parse_byline_field,
    parse_names,
)
from bot.ingest.head.days import find_day, parse_day_line, strip_times
from bot.ingest.head.outlets import is_outlet
from bot.ingest.timestamps import parse_date
from bot.languages.table import labels, notices

MAX_HEAD_LINE_LENGTH = 200
"""A longer line is text."""

_FIELD = re.compile(r"(?P<key>[A-Za-z][A-Za-z /-]{1,24}?)\s*:\s*(?P<value>.*)")
_SEPARATOR = re.compile(r"\s+[|•·/]\s+|\s+[–—-]{1,2}\s+|\s*;\s+|\s*\t+\s*|\s{3,}")
_DATELINE = re.compile(r"(?P<place>\S.{0,79}?)\s*(?:--|[–—]|(?<=\s)-(?=\s|$))\s*(?P<story>.*)")
_DATELINE_WITH_STOP = re.compile(
    r"(?P<place>\S.{0,79}?\d(?:st|nd|rd|th|\s?[ap]\.?m)?)(?P<stop>[.:])\s+(?P<story>[“‘\"']?[A-Z].*)"
)
_AGENCY = re.compile(r"\s*[(\[/][^()\[\]/]{1,40}[)\]/]\s*$")


class HeadFields(NamedTuple):
    """What one or more lines state about the story below them; a label has no values."""

    title: str = ""
    byline: str = ""
    bare_name: str = ""
    """A name next to a day, without "by"; it is the byline if there is no other."""
    published_on: date | None = None
    updated_on: date | None = None


def parse_line(line: str) -> HeadFields | None:
    """Parse a line above a story; None if it may be a headline, or text."""
    if len(line) > MAX_HEAD_LINE_LENGTH:
        return None
    if day := parse_day_line(line):
        return (
            HeadFields(updated_on=day.value)
            if day.is_update
            else HeadFields(published_on=day.value)
        )
    separated_fields = _parse_separated(line)
    if separated_fields and sum(map(bool, separated_fields)) > 1:
        return separated_fields
    labelled_field = _parse_field(line)
    if labelled_field is not None:
        return labelled_field
    if byline := parse_byline(line):
        return HeadFields(byline=byline, published_on=_find_date(line))
    if is_label(line) or is_outlet(line) or _is_role_line(line):
        return HeadFields()
    return _parse_dateline(line) or separated_fields


def _find_date(line: str) -> date | None:
    day = find_day(line)
    return day.value if day else None


def _is_role_line(line: str) -> bool:
    return is_role(line) and all(word[0].isupper() for word in line.split())


def is_label(line: str) -> bool:
    """Whether a line is a section, a note to the desk, a rule, an address or a single word."""
    return len(line.split()) < 2 or bool(notices.NOTICE.fullmatch(line)) or is_section(line)


def is_section(line: str) -> bool:
    """Whether a line is the name of a newspaper's section, or of a kind of story."""
    words = [word.strip("[]():,") for word in line.casefold().split()]
    is_short = 1 <= len(words) <= 5
    return (
        is_short
        and labels.SECTION_WORDS.issuperset(words)
        and not labels.CONNECTING_WORDS.issuperset(words)
    )


def parse_run_in_dateline(line: str) -> HeadFields | None:
    """Parse the dateline before a story's first sentence; None if there is none."""
    match = _DATELINE.match(line)
    if match and re.search("[a-z]", match["story"]):
        place = _parse_place(match["place"])
        if place and (place.has_more or match["place"].isupper()):
            return place.fields
    return _parse_dateline_with_stop(line)


def _parse_dateline_with_stop(line: str) -> HeadFields | None:
    """Parse a dateline with a full stop or colon: "PORT SELLAN, 12 November 2026. The ferry …".

    Before a colon, the place must be in capitals, since headlines have colons too.
    """
    match = _DATELINE_WITH_STOP.match(line)
    if not match or not find_day(match["place"]):
        return None
    place = _parse_place(match["place"])
    is_capitalised = match["place"].partition(",")[0].isupper()
    return place.fields if place and (match["stop"] == "." or is_capitalised) else None


def _parse_dateline(line: str) -> HeadFields | None:
    """Parse a dateline on a line of its own: "PORT SELLAN, Nov. 12 (Meridian) —"."""
    match = _DATELINE.fullmatch(line)
    if match and match["story"]:
        return None
    place = _parse_place(match["place"] if match else line)
    return place.fields if place and (match or place.has_more) else None


class _Place(NamedTuple):
    """The start of a dateline; `has_more` means that it has a day or an agency with the place."""

    fields: HeadFields
    has_more: bool


def _parse_place(text: str) -> _Place | None:
    """Parse "PORT SELLAN, Nov. 12 (Meridian)"; None if it does not start with a place."""
    day = find_day(text)
    place = strip_times(day.rest) if day else notices.WEEKDAY.sub("", text)
    place = _AGENCY.sub("", place.rstrip(" ,")).strip(" ,")
    pieces = [piece.split() for piece in place.split(",")]
    is_place = (
        len(pieces) <= 2
        and all(1 <= len(piece) <= 3 for piece in pieces)
        and all(word[0].isupper() for piece in pieces for word in piece)
        and not is_label(f"{place} news")
    )
    if not is_place:
        return None
    name = "" if place.isupper() or not day else parse_names(place) or ""
    fields = HeadFields(bare_name=name, published_on=day.value if day else None)
    return _Place(fields, has_more=place != text.strip(" ,"))


def _parse_separated(line: str) -> HeadFields | None:
    """Parse separated parts, "By Priya Nair | 12 November 2026", or an outlet and a day."""
    signature = notices.DATE_AND_BYLINE.fullmatch(line)
    if signature and parse_day_line(signature["day"]) and (byline := parse_byline(signature["by"])):
        return HeadFields(byline=byline, published_on=_find_date(line))
    parts = [part for part in _SEPARATOR.split(line) if part]
    if len(parts) < 2:
        day = find_day(line)
        outlet = notices.WEEKDAY.sub("", day.rest).strip(" ,.:") if day else ""
        return HeadFields(published_on=day.value) if day and outlet and is_outlet(outlet) else None
    parse_part = _parse_next_to_day if any(map(_is_day, parts)) else parse_line
    results = [parse_part(part) for part in parts]
    fields = [result for result in results if result is not None]
    return merge(fields) if len(fields) == len(results) else None


def _is_day(part: str) -> bool:
    return find_day(part) is not None and parse_day_line(part) is not None


def _parse_next_to_day(part: str) -> HeadFields | None:
    """Parse a part of a line that has a day; a name in it is the writer's or a place."""
    if (fields := parse_line(part)) is not None:
        return fields
    if names := parse_names(part):
        return HeadFields(bare_name=names)
    words = part.split()
    is_place = len(words) <= 3 and all(word[0].isupper() for word in words)
    return HeadFields() if is_place or is_role(part) else None


def merge(results: Iterable[HeadFields]) -> HeadFields:
    """Merge the fields of several lines; the first value of each field counts."""
    merged: dict[str, Any] = {}
    for fields in results:
        for name, value in fields._asdict().items():
            merged[name] = merged.get(name) or value
    return HeadFields(**merged)


def _parse_field(line: str) -> HeadFields | None:
    """Parse a field of a form or an e-mail header: "Headline: …", "Date: …"."""
    match = _FIELD.fullmatch(line)
    if not match:
        return None
    key, value = re.sub(r"[\s/]+", "-", match["key"].lower()), match["value"].strip()
    if key in labels.TITLE_LABELS:
        has_words = any(map(str.isalnum, value))
        return HeadFields(title=notices.REPLY_PREFIX.sub("", value) if has_words else "")
    key = key.partition("-and-")[0]  # "Words and pictures"
    is_byline = key in labels.BYLINE_LABELS or is_role(match["key"])
    if is_byline and (byline := parse_byline_field(value)):
        return HeadFields(byline=byline, published_on=_find_date(value))
    if key in labels.DATE_LABELS:
        published = parse_date(value)
        return HeadFields(published_on=published.on if published else _find_date(value))
    is_columnist = is_section(key) and is_name(value)  # "COMMENT: PRIYA NAIR"
    return (
        HeadFields() if key in labels.OTHER_LABELS | labels.BYLINE_LABELS or is_columnist else None
    )
