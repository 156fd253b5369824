"""Apply people's corrections to an article's title, outlet and date. Pure.

As with claims, the metadata as found is kept, and corrections apply to every later version.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from bot.model import Claim, Correction, Spans

FIELDS = ("title", "outlet", "published")
"""What may be corrected; the day and the instant of publication follow from `published`."""
MAX_LENGTHS: Mapping[str, int] = {"title": 300, "outlet": 100}
"""Characters."""
FIRST_YEAR = 1600
DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)

PRINTED_DATE = (
    r"\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?,?\s+"
    r"(?:\d{{1,2}}(?:st|nd|rd|th)?,?\s+)?{year}\b|\b{year}-\d\d-\d\d|\d[./]\d{{1,2}}[./]{year}\b"
)
"""Matches a full date in a given year; "built in 2026" is not one."""

CORRECTED_COLUMNS = ("title", "outlet", "published", "published_on", "published_at")
"""The columns that corrections change."""


def corrected_metadata(accepted: Sequence[Correction]) -> dict[str, Any]:
    """The corrected values by column; of two corrections of one field the later accepted counts."""
    fields: dict[str, Any] = {}
    for one in sorted(accepted, key=lambda one: one.number or 0):
        if one.is_of_article:
            fields |= one.changes
    if "published" in fields:
        day = fields["published"]
        fields |= {"published_on": date.fromisoformat(day) if day else None, "published_at": None}
    return fields


def without_inferred_date(claim: Claim, text: str, paragraphs: Spans) -> Claim:
    """Drop a claim's `said_on` if it was inferred from the article's date, which was wrong; it was
    not if the paragraph prints a date of that year."""
    if claim.said_on is None:
        return claim
    paragraph = paragraphs[(claim.paragraph or 1) - 1 : claim.paragraph or 1]
    printed = "".join(text[start:end] for start, end in paragraph)
    if re.search(PRINTED_DATE.format(year=claim.said_on.year), printed):
        return claim
    return replace(claim, said_on=None, said_on_inferred=False)


def as_json(found: Mapping[str, Any]) -> dict[str, Any]:
    """Metadata as found, as JSON to store."""
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in found.items()
    }


def from_json(kept: Mapping[str, Any]) -> dict[str, Any]:
    """Read metadata that `as_json` wrote."""
    found = dict(kept)
    if found.get("published_on"):
        found["published_on"] = date.fromisoformat(found["published_on"])
    if found.get("published_at"):
        found["published_at"] = datetime.fromisoformat(found["published_at"])
    return found


def is_valid(name: str, value: Any) -> bool:
    """Whether a value is allowed for a corrected field."""
    if value is None:
        return True
    if not isinstance(value, str):
        return False
    return name != "published" or is_day(value)


def is_day(text: str) -> bool:
    """Whether a text is an ISO date such as 2026-11-03, not before there were newspapers."""
    try:
        return bool(DAY.fullmatch(text)) and date.fromisoformat(text).year >= FIRST_YEAR
    except ValueError:
        return False
