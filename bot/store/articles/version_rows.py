"""Convert documents and claims to and from the JSON in the `versions` table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import MISSING, asdict, fields
from datetime import date, datetime
from typing import Any

from bot.articles.metadata import METADATA
from bot.model import Claim, Document, NearbyAttribution
from bot.store.articles.rows import spans_from_json

DOCUMENT_FIELDS = ("origin", *METADATA, "status", "embargo", "review", "brought_by", "doubt")
LIST_FIELDS = ("review", "brought_by")
INSTANT_FIELDS = ("published_at", "modified_at", "embargo")

_DEFAULTS = {field.name: field.default for field in fields(Claim) if field.default is not MISSING}
# The article's id is in a column of its own.
_CLAIM_FIELDS = tuple(field.name for field in fields(Claim) if field.name != "article_id")


def document_to_json(document: Document) -> dict[str, Any]:
    """The metadata of a document, without values that are None, False or empty."""
    values = {name: getattr(document, name) for name in DOCUMENT_FIELDS}
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in values.items()
        if value is not None and value is not False and value != ()
    }


def document_from_json(stored: Mapping[str, Any], text: str) -> Document:
    """Read what `document_to_json` wrote, and add the text."""
    values = dict(stored)
    for name in INSTANT_FIELDS:
        if name in values:
            values[name] = datetime.fromisoformat(values[name])
    if "published_on" in values:
        values["published_on"] = date.fromisoformat(values["published_on"])
    for name in LIST_FIELDS:
        if name in values:
            values[name] = tuple(values[name])
    return Document(text=text, **values)


def claims_to_json(claims: Sequence[Claim]) -> list[dict[str, Any]]:
    """An article's claims in reading order; default values are left out."""
    return [_claim_to_json(claim) for claim in claims]


def _claim_to_json(claim: Claim) -> dict[str, Any]:
    values = {name: getattr(claim, name) for name in _CLAIM_FIELDS}
    stored = {
        name: value
        for name, value in values.items()
        if name not in _DEFAULTS or value != _DEFAULTS[name]
    }
    if claim.near:
        stored["near"] = asdict(claim.near)
    if claim.said_on:
        stored["said_on"] = claim.said_on.isoformat()
    return stored


def claims_from_json(stored: Sequence[Mapping[str, Any]] | None, article_id: str) -> list[Claim]:
    """Read what `claims_to_json` wrote."""
    return [_claim_from_json(claim, article_id) for claim in stored or ()]


def _claim_from_json(stored: Mapping[str, Any], article_id: str) -> Claim:
    values = {"article_id": article_id, **stored}
    if "near" in values:
        values["near"] = NearbyAttribution(**values["near"])
    if "said_on" in values:
        values["said_on"] = date.fromisoformat(values["said_on"])
    for name in ("spans", "source_spans", "cue_spans"):
        if name in values:
            values[name] = spans_from_json(values[name])
    if "via" in values:
        values["via"] = tuple(values["via"])
    return Claim(**values)
