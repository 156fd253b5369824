"""Apply corrections to an article's title, outlet and date. No I/O.

As with claims, the extracted metadata is kept, and corrections apply to every later version.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from bot.model import Claim, Correction, Spans

FIELDS = ("title", "outlet", "published")
"""The fields that may be corrected; the day and instant of publication follow from `published`."""
MAX_LENGTHS: Mapping[str, int] = {"title": 300, "outlet": 100}
"""The maximum numbers of characters."""
FIRST_YEAR = 1600
"""The year of the first newspapers."""
ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)

PRINTED_DATE = (
    r"\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?,?\s+"
    r"(?:\d{{1,2}}(?:st|nd|rd|th)?,?\s+)?{year}\b|\b{year}-\d\d-\d\d|\d[./]\d{{1,2}}[./]{year}\b"
)
"""Matches a full date in a given year, but not a year alone ("built in 2026")."""

CORRECTED_COLUMNS = (
    *("title", "outlet", "claimed_outlet", "published", "published_on", "published_at"),
)
"""The columns that corrections change."""


def corrected_metadata(accepted: Sequence[Correction]) -> dict[str, Any]:
    """Return the corrected values by column; if a field was corrected twice, the correction that
    was accepted later wins."""
    fields: dict[str, Any] = {}
    for correction in sorted(accepted, key=lambda correction: correction.number or 0):
        if correction.is_of_article:
            fields |= correction.changes
    if fields.get("outlet"):
        fields["claimed_outlet"] = None  # a person has said which outlet it is
    if "published" in fields:
        day = fields["published"]
        fields |= {"published_on": date.fromisoformat(day) if day else None, "published_at": None}
    return fields


def without_inferred_date(claim: Claim, text: str, paragraphs: Spans) -> Claim:
    """Drop a claim's `said_on`, since it may follow from the article's wrong date, unless the
    paragraph prints a date of that year."""
    if claim.said_on is None:
        return claim
    spans = paragraphs[(claim.paragraph or 1) - 1 : claim.paragraph or 1]
    paragraph = "".join(text[start:end] for start, end in spans)
    if re.search(PRINTED_DATE.format(year=claim.said_on.year), paragraph):
        return claim
    return replace(claim, said_on=None, said_on_inferred=False)


def as_json(metadata: Mapping[str, Any]) -> dict[str, Any]:
    """Convert extracted metadata to JSON."""
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in metadata.items()
    }


def from_json(stored: Mapping[str, Any]) -> dict[str, Any]:
    """Convert JSON from `as_json` back to metadata."""
    metadata = dict(stored)
    if metadata.get("published_on"):
        metadata["published_on"] = date.fromisoformat(metadata["published_on"])
    if metadata.get("published_at"):
        metadata["published_at"] = datetime.fromisoformat(metadata["published_at"])
    return metadata


def is_day(text: str) -> bool:
    """Whether a text is an ISO date such as 2026-11-03, in or after FIRST_YEAR."""
    try:
        return bool(ISO_DAY.fullmatch(text)) and date.fromisoformat(text).year >= FIRST_YEAR
    except ValueError:
        return False
