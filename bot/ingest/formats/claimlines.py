"""Parse claims to import: JSON lines, one claim per line."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Any, NamedTuple

from bot.errors import IngestError
from bot.ingest.metadata import UNPRINTABLE, check_storable, check_url, parse_iso_date, quote
from bot.model import UNATTRIBUTED, AttributionType, ClaimKind

KEYS = ("text", "ref", "speaker", "source", "cue", "outlet", "published", "url", "title", "kind")
KINDS: dict[str, tuple[ClaimKind, AttributionType | None]] = {
    "attribution": ("attribution", None),
    "statement": (UNATTRIBUTED, None),
    "direct": ("attribution", "direct"),
    "indirect": ("attribution", "indirect"),
    "mixed": ("attribution", "mixed"),
}


class ClaimLine(NamedTuple):
    """A claim as its line states it; `text` is kept verbatim."""

    text: str
    kind: ClaimKind
    type: AttributionType | None
    ref: str | int | None
    speaker: str | None
    source: str | None
    cue: str | None
    outlet: str | None
    published: str | None
    published_on: date | None
    published_at: datetime | None
    url: str | None
    title: str | None


def read_claim(line: str, number: int) -> ClaimLine:
    """Parse line `number` of a file of claims.

    Raises IngestError with the line, the key and what is valid there.
    """
    try:
        # If a line without backslashes is clean, each of its values is.
        is_clean = "\\" not in line and not UNPRINTABLE.search(line.rstrip("\r\n"))
        return _parse_claim(json.loads(line), is_clean)
    except (ValueError, RecursionError) as error:
        cause = str(error)
        if isinstance(error, json.JSONDecodeError):
            cause = f"it is not JSON: {error.msg} at column {error.colno}"
        elif isinstance(error, RecursionError):
            cause = "it is nested too deeply"
        raise IngestError(
            "cannot import the claim",
            subject=f"line {number}",
            cause=cause,
            remedy=f'A line looks like {{"text": "…"}}, and may have {", ".join(KEYS[1:])}.',
        ) from error


def _parse_claim(fields: Any, is_clean: bool) -> ClaimLine:
    if not isinstance(fields, dict):
        raise ValueError("it is not a JSON object")  # noqa: TRY004 - read_claim catches ValueError
    for key, value in fields.items():
        if key not in KEYS:
            raise ValueError(f"the key {quote(key)} is not known")
        if isinstance(value, str):
            if not is_clean:
                _check_characters(key, value)
        elif value is not None and not (key == "ref" and type(value) is int):
            raise ValueError(f"its {key} is {quote(value)}, which is not text")
    text = fields.get("text")
    if not text or not text.strip():
        raise ValueError("it has no text")
    if url := fields.get("url"):
        _check_url(url)
    published = parse_iso_date(fields["published"]) if fields.get("published") else None
    kind, attribution_type = _parse_kind(fields)
    return ClaimLine(
        text=text,
        kind=kind,
        type=attribution_type,
        ref=fields.get("ref"),
        speaker=fields.get("speaker") or None,
        source=fields.get("source") or None,
        cue=fields.get("cue") or None,
        outlet=fields.get("outlet") or None,
        published=published.printed if published else None,
        published_on=published.on if published else None,
        published_at=published.at if published else None,
        url=url or None,
        title=fields.get("title") or None,
    )


def _check_characters(key: str, value: str) -> None:
    if value.isprintable():  # so it passes all the checks below
        return
    check_storable(key, value)
    # A claim's text and reference are returned verbatim, so they may have any character.
    if key not in ("text", "ref") and UNPRINTABLE.search(value):
        raise ValueError(f"its {key} is {quote(value)}, which has a control character in it")


def _check_url(value: str) -> None:
    try:
        check_url(value)
    except ValueError as error:
        raise ValueError(
            f"its url is {quote(value)}, which is not an http or https address"
        ) from error


def _parse_kind(fields: dict[str, Any]) -> tuple[ClaimKind, AttributionType | None]:
    kind = fields.get("kind")
    if not kind:
        has_source = fields.get("speaker") or fields.get("source")
        return ("attribution" if has_source else UNATTRIBUTED), None
    if kind not in KINDS:
        raise ValueError(f"its kind is {quote(kind)}; valid ones are {', '.join(KINDS)}")
    return KINDS[kind]
