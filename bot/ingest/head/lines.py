"""Parse a line above a story: a label, a field, a byline, a day or a dateline."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from bot.ingest.head.bylines import is_name, is_role, parse_byline, parse_names
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
    r"(?P<place>\S.{0,79}?\d(?:st|nd|rd|th|\s?[ap]\.?m)?)(?P<stop>[.:])\s+[“‘\"']?[A-Z].*"
)
_AGENCY = re.compile(r"\s*[(\[/][^()\[\]/]{1,40}[)\]/]\s*$")


class HeadFields(NamedTuple):
    """What one or more lines state about the story below them; a label has no values.

    `bare_name` is a name next to a day, without "by": the byline if there is no other.
    """

    title: str = ""
    byline: str = ""
    bare_name: str = ""
    published_on: date | None = None
    updated_on: date | None = None


def merge(results: Iterable[HeadFields]) -> HeadFields:
    """Merge the fields of several lines; the first value of each field counts."""
    merged: dict[str, Any] = {}
    for fields in results:
        merged = {key: merged.get(key) or value for key, value in fields._asdict().items()}
    return HeadFields(**merged)


def parse_line(line: str) -> HeadFields | None:
    """Parse a line above a story; None if it may be a headline, or text."""
    if len(line) > MAX_HEAD_LINE_LENGTH:
        return None
    if day := parse_day_line(line):
        return HeadFields(**{"updated_on" if day.is_update else "published_on": day.value})
    separated = _parse_separated(line)
    if separated and sum(map(bool, separated)) > 1:
        return separated
    if (field := _parse_field(line)) is not None:
        return field
    if byline := parse_byline(line):
        return HeadFields(byline=byline, published_on=_find_date(line))
    is_role_line = is_role(line) and all(word[0].isupper() for word in line.split())
    is_label = len(line.split()) < 2 or notices.NOTICE.fullmatch(line) or is_section(line)
    if is_label or is_outlet(line) or is_role_line:
        return HeadFields()
    match = _DATELINE.fullmatch(line)
    if not match or not match["story"]:
        fields, has_more = _parse_place(match["place"] if match else line)
        if fields and (match or has_more):
            return fields
    return separated


def is_section(line: str) -> bool:
    """Whether a line is the name of a newspaper's section, or of a kind of story."""
    words = {word.strip("[]():,") for word in line.casefold().split()}
    is_short = 1 <= len(words) <= 5
    return is_short and words <= labels.SECTION_WORDS and not words <= labels.CONNECTING_WORDS


def parse_run_in_dateline(line: str) -> HeadFields | None:
    """Parse the dateline before a story's first sentence; None if there is none.

    Before a colon, the place must be in capitals, since headlines have colons too.
    """
    match = _DATELINE.match(line)
    if match and re.search("[a-z]", match["story"]):
        fields, has_more = _parse_place(match["place"])
        if fields and (has_more or match["place"].isupper()):
            return fields
    match = _DATELINE_WITH_STOP.match(line)
    if not match or not find_day(match["place"]):
        return None
    is_capitalised = match["place"].partition(",")[0].isupper()
    return _parse_place(match["place"])[0] if match["stop"] == "." or is_capitalised else None


def _find_date(line: str) -> date | None:
    day = find_day(line)
    return day.value if day else None


def _parse_place(text: str) -> tuple[HeadFields | None, bool]:
    """Parse "PORT SELLAN, Nov. 12 (Meridian)": None if it does not start with a place, and whether
    it has a day or an agency with the place."""
    day = find_day(text)
    place = strip_times(day.rest) if day else notices.WEEKDAY.sub("", text)
    place = _AGENCY.sub("", place.rstrip(" ,")).strip(" ,")
    pieces = [piece.split() for piece in place.split(",")]
    if (
        len(pieces) > 2
        or not all(1 <= len(piece) <= 3 for piece in pieces)
        or not all(word[0].isupper() for piece in pieces for word in piece)
        or is_section(f"{place} news")
    ):
        return None, False
    name = "" if place.isupper() or not day else parse_names(place) or ""
    fields = HeadFields(bare_name=name, published_on=day.value if day else None)
    return fields, place != text.strip(" ,")


def _parse_separated(line: str) -> HeadFields | None:
    """Parse separated parts, "By Priya Nair | 12 November 2026", or an outlet and a day.

    A name next to a day is the writer's or a place.
    """
    signature = notices.DATE_AND_BYLINE.fullmatch(line)
    if signature and parse_day_line(signature["day"]) and (byline := parse_byline(signature["by"])):
        return HeadFields(byline=byline, published_on=_find_date(line))
    parts = [part for part in _SEPARATOR.split(line) if part]
    if len(parts) < 2:
        day = find_day(line)
        outlet = notices.WEEKDAY.sub("", day.rest).strip(" ,.:") if day else ""
        return HeadFields(published_on=day.value) if day and is_outlet(outlet) else None
    has_day = any(find_day(part) and parse_day_line(part) for part in parts)
    results: list[HeadFields] = []
    for part in parts:
        fields = parse_line(part)
        if fields is None and has_day:
            words, names = part.split(), parse_names(part)
            is_place = len(words) <= 3 and all(word[0].isupper() for word in words)
            fields = (
                HeadFields(bare_name=names or "") if names or is_place or is_role(part) else None
            )
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
        has_words = any(map(str.isalnum, value))
        return HeadFields(title=notices.REPLY_PREFIX.sub("", value) if has_words else "")
    key = key.partition("-and-")[0]  # "Words and pictures"
    is_byline = key in labels.BYLINE_LABELS or is_role(match["key"])
    if is_byline and (byline := parse_byline(value, is_field=True)):
        return HeadFields(byline=byline, published_on=_find_date(value))
    if key in labels.DATE_LABELS:
        published = parse_date(value)
        return HeadFields(published_on=published.on if published else _find_date(value))
    is_columnist = is_section(key) and is_name(value)  # "COMMENT: PRIYA NAIR"
    is_known = key in labels.OTHER_LABELS | labels.BYLINE_LABELS
    return HeadFields() if is_known or is_columnist else None
