"""Parse claims to import: JSON lines, one claim per line."""

from __future__ import annotations

from typing import Any, NamedTuple

from bot.errors import IngestError
from bot.ingest.formats.json import parse_line
from bot.ingest.metadata import PUBLISHED, STORY, TEXT, URL, Published, Rule, check_stated
from bot.ingest.refusal import Refusal
from bot.model import UNATTRIBUTED, AttributionType, ClaimKind

KINDS: dict[str, tuple[ClaimKind, AttributionType | None]] = {
    "attribution": ("attribution", None),
    "statement": (UNATTRIBUTED, None),
    "direct": ("attribution", "direct"),
    "indirect": ("attribution", "indirect"),
    "mixed": ("attribution", "mixed"),
}


class ClaimLine(NamedTuple):
    """A claim as its line states it; `text` and `ref` are kept verbatim."""

    text: str
    kind: tuple[ClaimKind, AttributionType | None]
    ref: str | int | None
    speaker: str | None = None
    source: str | None = None
    cue: str | None = None
    outlet: str | None = None
    published: Published | None = None
    url: str | None = None
    title: str | None = None


def read_claim(line: str, number: int) -> ClaimLine:
    """Parse line `number` of a file of claims.

    Raises IngestError with the line, the key and what is valid there.
    """
    try:
        fields = parse_line(line.encode("utf-8", "surrogatepass"))
        stated = check_stated(fields, RULES)
    except Refusal as refusal:
        raise IngestError(
            "cannot import the claim",
            subject=f"line {number}",
            cause=refusal.cause,
            remedy=f'A line looks like {{"text": "…"}}, and may have {", ".join(RULES)}.',
        ) from refusal
    has_source = "speaker" in stated or "source" in stated
    kind = KINDS["attribution" if has_source else "statement"]
    return ClaimLine(**{"kind": kind, **stated, "ref": fields.get("ref")})


def _check_ref(value: Any) -> str | int:
    return value if type(value) is int else STORY.check(value)


RULES = {
    "text": STORY,
    "ref": Rule(_check_ref, "text or a whole number"),
    "speaker": TEXT,
    "source": TEXT,
    "cue": TEXT,
    "outlet": TEXT,
    "published": PUBLISHED,
    "url": URL,
    "title": TEXT,
    "kind": Rule(lambda value: KINDS[str(value)], f"one of {', '.join(KINDS)}"),
}
