"""Claims that were made elsewhere: JSON lines, one claim a line."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Any, NamedTuple

from bot.errors import IngestError
from bot.ingest.metadata import UNPRINTABLE, parse_iso_date, shown, web_address
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
    """One claim as its maker states it; `text` is kept to the character."""

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
    """Read line `number` of a file of claims.

    Raises IngestError that names the line, the key and what is valid there.
    """
    try:
        # Without a backslash what is clean as a line is clean value by value.
        is_clean = "\\" not in line and not UNPRINTABLE.search(line.rstrip("\r\n"))
        return _claim(json.loads(line), is_clean)
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


def _claim(stated: Any, is_clean: bool) -> ClaimLine:
    if not isinstance(stated, dict):
        raise ValueError("it is not a JSON object")  # noqa: TRY004 - read_claim words them alike
    for key, value in stated.items():
        if key not in KEYS:
            raise ValueError(f"the key {shown(key)} is not known")
        if isinstance(value, str):
            if not is_clean:
                _check(key, value)
        elif value is not None and not (key == "ref" and type(value) is int):
            raise ValueError(f"its {key} is {shown(value)}, which is not text")
    text = stated.get("text")
    if not text or not text.strip():
        raise ValueError("it has no text")
    if url := stated.get("url"):
        _check_url(url)
    published = stated.get("published")
    known = parse_iso_date(published) if published else None
    kind, type_ = _kind(stated)
    return ClaimLine(
        text=text,
        kind=kind,
        type=type_,
        ref=stated.get("ref"),
        speaker=stated.get("speaker") or None,
        source=stated.get("source") or None,
        cue=stated.get("cue") or None,
        outlet=stated.get("outlet") or None,
        published=known.printed if known else None,
        published_on=known.on if known else None,
        published_at=known.at if known else None,
        url=url or None,
        title=stated.get("title") or None,
    )


def _check(key: str, value: str) -> None:
    if value.isprintable():  # then it holds nothing that is refused below
        return
    if "\0" in value:
        raise ValueError(f"its {key} has a NUL character in it")
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise ValueError(f"its {key} has half a character in it (a lone surrogate)") from error
    # The text is the claim's own, and a reference its maker's: both come back as they are.
    if key not in ("text", "ref") and UNPRINTABLE.search(value):
        raise ValueError(f"its {key} is {shown(value)}, which has a control character in it")


def _check_url(value: str) -> None:
    try:
        web_address(value)
    except ValueError as error:
        raise ValueError(
            f"its url is {shown(value)}, which is not an http or https address"
        ) from error


def _kind(stated: dict[str, Any]) -> tuple[ClaimKind, AttributionType | None]:
    kind = stated.get("kind")
    if not kind:
        named = stated.get("speaker") or stated.get("source")
        return ("attribution" if named else UNATTRIBUTED), None
    if kind not in KINDS:
        raise ValueError(f"its kind is {shown(kind)}; valid are {', '.join(KINDS)}")
    return KINDS[kind]
