"""Apply corrections to extracted claims. No I/O.

Extracted claims are never changed: a claim's current state is always computed from the extracted
claim and the accepted corrections. The words of a correction are located again in each version of
the article; while they are missing, the correction is pending.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, get_args

from bot.corrections import articles as article_corrections
from bot.model import (
    UNATTRIBUTED,
    AttributionType,
    Claim,
    Correction,
    MarkedWords,
    NearbyAttribution,
    SourceKind,
    Span,
    Spans,
    Stance,
    pieces,
)

MARKED_FIELDS = ("source", "cue", "content")
"""The fields whose values are words of the article."""

CHOICES: Mapping[str, tuple[str, ...]] = {
    "type": get_args(AttributionType),
    "stance": get_args(Stance),
    "source_kind": get_args(SourceKind),
    "kind": ("attribution", UNATTRIBUTED),
}
"""The fields with a fixed set of values."""

SEARCH_RADIUS = 1_000
"""How many characters around a claim's start are searched for its words in a new version."""

UNATTRIBUTED_DEFAULTS: Mapping[str, Any] = {
    **dict.fromkeys(
        ("type", "speaker", "guess", "source", "cue", "act", "stance", "inside", "near")
    ),
    "speaker_confidence": None,
    **{"source_kind": "none", "negative": False, "via": (), "confidence": 1.0},
    **{
        "said_on": None,
        "said_on_inferred": False,
        "source_spans": (),
        "cue_spans": (),
        "outer_cue": None,
    },
}
"""Field values of a claim that becomes unattributed."""
ATTRIBUTED_DEFAULTS: Mapping[str, Any] = {
    **{"act": "speech", "stance": "said"},
    **{"near": None, "checkable": None},
}
"""Field values of an unattributed sentence that becomes an attribution, unless corrected too."""

PlacedClaims = Sequence[tuple[int, Claim]]
"""Claims, each with its position in the article."""


@dataclass(frozen=True, slots=True)
class ExtractedClaims:
    """An article's text and paragraphs, and its claims as extracted."""

    text: str
    paragraphs: Spans
    claims: PlacedClaims


@dataclass(frozen=True, slots=True)
class CorrectedClaims:
    """An article's claims with corrections applied.

    `originals` are the extracted claims that were changed or rejected; `rejected` are the
    corrections that reject claims, by claim id. `pending_ids` are those of corrections whose words
    are not in the text.
    """

    claims: PlacedClaims
    originals: PlacedClaims
    rejected: Mapping[str, Correction]
    pending_ids: frozenset[str]


def apply_corrections(
    extracted: ExtractedClaims, accepted: Sequence[Correction]
) -> CorrectedClaims:
    """Apply accepted corrections to an article's claims, in the order of acceptance.

    Other claims that refer to a corrected one (as nearby context, or in their chain of sources) are
    updated, and marked as corrected if they show its new name or words.
    """
    applicable: defaultdict[str, list[Correction]] = defaultdict(list)
    pending_ids: set[str] = set()
    claims_by_id = {claim.id: claim for _, claim in extracted.claims}
    for correction in accepted:
        if (claim := claims_by_id.get(correction.claim_id)) and _locate_changes(
            extracted.text, claim, correction.changes
        ) is None:
            pending_ids.add(correction.id)
        elif claim:
            applicable[claim.id].append(correction)
    corrected = {
        id_: correct_claim(extracted, claims_by_id[id_], corrections)
        for id_, corrections in applicable.items()
    }
    remaining = [
        (index, current)
        for index, claim in extracted.claims
        if (current := corrected.get(claim.id, claim))
    ]
    claims = list(_with_updated_context(remaining, claims_by_id, corrected))
    if "published" in article_corrections.corrected_metadata(accepted):
        text, paragraphs = extracted.text, extracted.paragraphs
        claims = [
            (index, article_corrections.without_inferred_date(claim, text, paragraphs))
            for index, claim in claims
        ]
    current_by_id = {claim.id: claim for _, claim in claims}
    return CorrectedClaims(
        claims=claims,
        originals=[
            (index, claim)
            for index, claim in extracted.claims
            if current_by_id.get(claim.id) != claim
        ],
        rejected={
            correction.claim_id: correction
            for correction in _by_acceptance(accepted)
            if _rejects(correction, corrected)
        },
        pending_ids=frozenset(pending_ids),
    )


def _rejects(correction: Correction, corrected: Mapping[str, Claim | None]) -> bool:
    is_rejected = correction.claim_id in corrected and corrected[correction.claim_id] is None
    return is_rejected and bool(correction.changes.get("rejected"))


def _by_acceptance(accepted: Sequence[Correction]) -> list[Correction]:
    return sorted(accepted, key=lambda correction: correction.number or 0)


def correct_claim(
    extracted: ExtractedClaims, claim: Claim, accepted: Sequence[Correction]
) -> Claim | None:
    """Apply those corrections whose words are in the text; None if the claim is rejected."""
    fields = merge_changes(extracted.text, claim, accepted)
    if fields.get("rejected"):
        return None
    kind = fields.get("kind", claim.kind)
    changes: dict[str, Any] = {"kind": kind, "corrected": True}
    if kind != claim.kind:
        changes |= UNATTRIBUTED_DEFAULTS if kind == UNATTRIBUTED else ATTRIBUTED_DEFAULTS
    if content := fields.get("content"):
        starts = [start for start, _ in extracted.paragraphs]
        changes |= {"spans": content.spans, "text": pieces(extracted.text, content.spans)}
        changes["paragraph"] = bisect_right(starts, content.spans[0][0])
    if kind == "attribution":
        changes |= _attribution_changes(fields)
    return replace(claim, **changes)


def _attribution_changes(fields: Mapping[str, Any]) -> dict[str, Any]:
    """The changes to an attribution's fields other than its content."""
    plain_fields = ("speaker", "type", "stance", "source_kind", "negative")
    changes = {name: fields[name] for name in plain_fields if name in fields}
    for name in ("source", "cue"):
        if name in fields:
            changes[name] = str(fields[name]) if fields[name] else None
            changes[f"{name}_spans"] = fields[name].spans if fields[name] else ()
    if "speaker" in fields or "source" in fields:
        changes |= {"guess": None, "confidence": 1.0, "speaker_confidence": 1.0}
    return changes


def merge_changes(text: str, claim: Claim, accepted: Sequence[Correction]) -> dict[str, Any]:
    """Merge a claim's corrections: the latest value of each field, with its words located in the
    text. Corrections whose words are missing are ignored."""
    fields: dict[str, Any] = {}
    for correction in _by_acceptance(accepted):
        fields |= _locate_changes(text, claim, correction.changes) or {}
    return fields


def _locate_changes(text: str, claim: Claim, changes: Mapping[str, Any]) -> dict[str, Any] | None:
    """Locate the words of some changes in the text; None if any words are missing."""
    fields = dict(changes)
    for name in MARKED_FIELDS:
        if marked := changes.get(name):
            spans = locate(text, marked, claim.spans[0][0] if claim.spans else 0)
            if spans is None:
                return None
            fields[name] = MarkedWords(spans, marked.words)
    return fields


def locate(text: str, marked: MarkedWords, position: int) -> Spans | None:
    """Find words in a text: at their old place, or else in order and as close as possible to
    `position`. None if they are missing or too far away."""
    old_words = zip(marked.spans, marked.words, strict=False)
    if marked.spans and all(text[slice(*span)] == word for span, word in old_words):
        return marked.spans
    search_range = max(0, position - SEARCH_RADIUS), position + SEARCH_RADIUS
    runs = word_runs(text, marked.words, search_range)
    return min(runs, key=lambda run: abs(run[0][0] - position), default=None)


def word_runs(text: str, words: Sequence[str], search_range: Span) -> Iterator[Spans]:
    """Yield each place where the words occur in order: the first starts in the range, each of the
    others at most SEARCH_RADIUS after the one before."""
    # Match whole words; punctuation may directly follow a word, as in "Obama: …".
    first, *patterns = (
        re.compile(rf"(?:\b|(?!\w)){re.escape(word)}(?:\b|(?<!\w))") for word in words
    )
    start, end = search_range
    for match in first.finditer(text, start, end + len(words[0])):
        run = [match.span()]
        for pattern in patterns:
            if not (next_match := pattern.search(text, run[-1][1], run[-1][1] + SEARCH_RADIUS)):
                break
            run.append(next_match.span())
        else:
            yield tuple(run)


# -- claims that refer to corrected ones


def _with_updated_context(
    claims: PlacedClaims, claims_by_id: Mapping[str, Claim], corrected: Mapping[str, Claim | None]
) -> Iterator[tuple[int, Claim]]:
    ids_by_key = {_nearby_key(claims_by_id[id_]): id_ for id_ in corrected}
    for index, claim in claims:
        near = claim.near
        if near and (id_ := ids_by_key.get((near.speaker, near.text))):
            updated = _updated_nearby(near, corrected[id_])
            claim = replace(
                claim, near=updated, corrected=claim.corrected or updated not in (near, None)
            )
        if claim.inside:
            claim = _with_updated_chain(claim, claims_by_id, corrected)
        yield index, claim


def _nearby_key(claim: Claim) -> tuple[str | None, str]:
    return claim.speaker or claim.source, claim.text


def _updated_nearby(near: NearbyAttribution, claim: Claim | None) -> NearbyAttribution | None:
    speaker = claim and (claim.speaker or claim.source)
    return replace(near, speaker=speaker, text=claim.text) if claim and speaker else None


def _with_updated_chain(
    claim: Claim, claims_by_id: Mapping[str, Claim], corrected: Mapping[str, Claim | None]
) -> Claim:
    """Correct the chain of sources of a claim that is inside others."""
    via: list[str | None] = [*claim.via]
    inside = claim.inside
    outer, visited = claims_by_id.get(inside or ""), set[str]()
    while outer and outer.id not in visited:
        visited.add(outer.id)  # imported claims may form a cycle
        corrected_outer = corrected.get(outer.id, outer)
        speaker = (
            corrected_outer.speaker
            if corrected_outer and corrected_outer.kind == "attribution"
            else None
        )
        via = [speaker if name == outer.speaker else name for name in via]
        if inside == outer.id and not (corrected_outer and corrected_outer.kind == "attribution"):
            inside = outer.inside
        outer = claims_by_id.get(outer.inside or "")
    names = tuple(name for name in via if name)
    is_renamed = not set(names) <= set(claim.via)
    return replace(claim, via=names, inside=inside, corrected=claim.corrected or is_renamed)


# -- as JSON


def as_json(changes: Mapping[str, Any]) -> dict[str, Any]:
    """Convert changes to JSON."""
    return {
        name: value._asdict() if isinstance(value, MarkedWords) else value
        for name, value in changes.items()
    }


def from_json(stored: Mapping[str, Any]) -> dict[str, Any]:
    """Convert JSON from `as_json` back to changes."""
    return {
        name: MarkedWords(tuple(map(tuple, value["spans"])), tuple(value["words"]))
        if isinstance(value, dict)
        else value
        for name, value in stored.items()
    }
