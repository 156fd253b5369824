"""Read the dates that are printed in an element of a page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from lxml import etree
from lxml.html import HtmlElement

from bot.ingest.formats.html import dates
from bot.ingest.formats.html.bylines import is_person
from bot.ingest.formats.html.dates import StatedDate
from bot.ingest.formats.html.prose import is_named
from bot.ingest.metadata import Published

_DATE_NAME = re.compile(
    r"(?:^|[\s_-])(?:date|datum|posted|published|publish|pubdate|timestamp|time|meta|dateline)"
    r"(?:$|[\s_-])",
    re.IGNORECASE,
)
_DATE_ATTRIBUTES = (
    "datetime",
    "data-datetime",
    "data-date",
    "data-time",
    "data-timestamp",
    "data-published",
    "data-publish-date",
    "data-pubdate",
    "title",
)
_STATES_DATE = " or ".join(f"@{name}" for name in _DATE_ATTRIBUTES[:-1])
_TIMES = etree.XPath(
    f"descendant-or-self::*[self::time or {_STATES_DATE}"
    " or (@title and (self::abbr or self::span))][not(self::del or self::ins)]"
)
_UPDATE_NAME = re.compile(r"updat|modif", re.IGNORECASE)


def dates_in(
    element: HtmlElement, day_first: bool | None, line: str | None = None, label: str = ""
) -> Iterator[StatedDate]:
    """Yield the dates of publication in an element: in its `<time>`s and the attributes that
    scripts print, else in its text. `label` is what a line before it says that it is."""
    is_time = False
    for time in _TIMES(element):
        parsed = _parse_attributes(time, day_first)
        if parsed and not _is_update(time, label):
            is_time = True
            yield StatedDate(parsed, is_printed=True)
    if is_time or is_named(_UPDATE_NAME, element):
        return
    line = f"{label} {line or line_in_parts(element)}"
    for published, kind in dates.find_printed_dates(line, day_first=day_first):
        if kind != "update":
            yield StatedDate(published, kind == "publication", is_printed=True)


def is_date_without_time(element: HtmlElement) -> bool:
    """Whether an element is named like a date, and no `<time>` or the like is in it."""
    return is_named(_DATE_NAME, element) and all(one is element for one in _TIMES(element))


def _parse_attributes(time: HtmlElement, day_first: bool | None) -> Published | None:
    for name in _DATE_ATTRIBUTES:
        value = time.get(name)
        if value and (parsed := dates.parse_attribute(value, day_first=day_first)):
            return parsed
    return None


def _is_update(time: HtmlElement, label: str) -> bool:
    """Whether a `<time>`, or the words before it, says that it is an update's."""
    parent, previous = time.getparent(), time.getprevious()
    before = (
        (previous.tail or line_in_parts(previous)) if previous is not None else parent.text or ""
    )
    names = f"{time.get('itemprop', '')} {time.get('class', '')}"
    words = f"{label} {before[-40:]} {line_in_parts(time)[:40]} {names}"
    return bool(_UPDATE_NAME.search(words) or dates.is_update(words)) or (
        is_named(_UPDATE_NAME, parent) and len(list(islice(parent.iter("time"), 2))) == 1
    )


def line_in_parts(element: HtmlElement) -> str:
    """Return an element's text with spaces between its parts: a name is one, the day another; with
    bars between them, if a part alone is a name."""
    parts = [part for part in (" ".join(text.split()) for text in element.itertext()) if part]
    has_name = len(parts) > 1 and any(is_person(part, may_be_single=False) for part in parts)
    return (" | " if has_name else " ").join(parts)
