"""Between documents and claims and the JSON in which earlier versions keep them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import MISSING, asdict, fields
from datetime import date, datetime
from typing import Any

from bot.articles.metadata import METADATA
from bot.model import Claim, Document, NearbyAttribution
from bot.store.articles.rows import spans_from_json

DOCUMENT_FIELDS = ("origin", *METADATA, "status", "embargo")
INSTANT_FIELDS = ("published_at", "modified_at", "embargo")

_DEFAULTS = {one.name: one.default for one in fields(Claim) if one.default is not MISSING}
# Its article's id is beside it already.
_CLAIM_FIELDS = tuple(one.name for one in fields(Claim) if one.name != "article_id")


def document_to_json(document: Document) -> dict[str, Any]:
    """All that is known of a document but its text; what is not known is left out."""
    known = {name: getattr(document, name) for name in DOCUMENT_FIELDS}
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in known.items()
        if value is not None and value is not False
    }


def document_from_json(kept: Mapping[str, Any], text: str) -> Document:
    """The document that `document_to_json` has kept, with its text."""
    known = dict(kept)
    for name in INSTANT_FIELDS:
        if name in known:
            known[name] = datetime.fromisoformat(known[name])
    if "published_on" in known:
        known["published_on"] = date.fromisoformat(known["published_on"])
    return Document(text=text, **known)


def claims_to_json(claims: Sequence[Claim]) -> list[dict[str, Any]]:
    """An article's claims in reading order; what is as it mostly is, is left out."""
    return [_claim_json(claim) for claim in claims]


def _claim_json(claim: Claim) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for name in _CLAIM_FIELDS:
        value = getattr(claim, name)
        if name not in _DEFAULTS or value != _DEFAULTS[name]:
            made[name] = value
    if claim.near:
        made["near"] = asdict(claim.near)
    if claim.said_on:
        made["said_on"] = claim.said_on.isoformat()
    return made


def claims_from_json(kept: Sequence[Mapping[str, Any]] | None, article_id: str) -> list[Claim]:
    """The claims that `claims_to_json` has kept."""
    return [_claim_of(one, article_id) for one in kept or ()]


def _claim_of(kept: Mapping[str, Any], article_id: str) -> Claim:
    values = {"article_id": article_id, **kept}
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
