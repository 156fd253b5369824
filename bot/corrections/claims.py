"""Apply people's corrections to extracted claims. Pure.

Extracted claims are never changed: a claim as it reads is always computed from the claim as
extracted and the accepted corrections. The words that a correction points to are located again in
each version of the article; while they are missing, the correction waits.
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
"""Fields whose values are words of the article."""

CHOICES: Mapping[str, tuple[str, ...]] = {
    "type": get_args(AttributionType),
    "stance": get_args(Stance),
    "source_kind": get_args(SourceKind),
    "kind": ("attribution", UNATTRIBUTED),
}
"""Fields with a fixed set of values."""

SEARCH_RADIUS = 1_000
"""Characters around a claim's start in which its words are searched in a new version."""

UNATTRIBUTED_DEFAULTS: Mapping[str, Any] = {
    **dict.fromkeys(("type", "speaker", "source", "cue", "stance", "inside", "near")),
    **{"source_kind": "none", "negative": False, "via": (), "unsure": False, "confidence": 1.0},
    **{
        "said_on": None,
        "said_on_inferred": False,
        "source_spans": (),
        "cue_spans": (),
        "outer_cue": None,
    },
}
"""Field values of a claim that becomes unattributed."""
ATTRIBUTED_DEFAULTS: Mapping[str, Any] = {"stance": "said", "near": None, "checkable": None}
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

    `originals` are the extracted claims that were changed or rejected; `rejected` maps the ids of
    the latter to the correction that rejects them. `waiting` are the ids of corrections whose
    words are not in the text.
    """

    claims: PlacedClaims
    originals: PlacedClaims
    rejected: Mapping[str, Correction]
    waiting: frozenset[str]


def apply_corrections(found: ExtractedClaims, accepted: Sequence[Correction]) -> CorrectedClaims:
    """Apply accepted corrections to an article's claims, in the order of acceptance.

    Other claims that refer to a corrected one (as nearby context, or in their chain of sources) are
    updated, and marked as corrected if they show its new name or words.
    """
    said: defaultdict[str, list[Correction]] = defaultdict(list)
    waiting: set[str] = set()
    there = {claim.id: claim for _, claim in found.claims}
    for one in accepted:
        if (claim := there.get(one.claim_id)) and _located(found.text, claim, one.changes) is None:
            waiting.add(one.id)
        elif claim:
            said[claim.id].append(one)
    became = {id_: corrected_claim(found, there[id_], standing) for id_, standing in said.items()}
    shown = [(at, now) for at, c in found.claims if (now := became.get(c.id, c))]
    claims = list(_with_updated_context(shown, there, became))
    if "published" in article_corrections.corrected_metadata(accepted):
        in_text = found.text, found.paragraphs
        claims = [
            (at, article_corrections.without_inferred_date(one, *in_text)) for at, one in claims
        ]
    reads = {claim.id: claim for _, claim in claims}
    return CorrectedClaims(
        claims=claims,
        originals=[(at, c) for at, c in found.claims if reads.get(c.id) != c],
        rejected={one.claim_id: one for one in _in_order(accepted) if _rejects(one, became)},
        waiting=frozenset(waiting),
    )


def _rejects(correction: Correction, became: Mapping[str, Claim | None]) -> bool:
    is_none = correction.claim_id in became and became[correction.claim_id] is None
    return is_none and bool(correction.changes.get("rejected"))


def _in_order(accepted: Sequence[Correction]) -> list[Correction]:
    return sorted(accepted, key=lambda one: one.number or 0)


def corrected_claim(
    found: ExtractedClaims, claim: Claim, accepted: Sequence[Correction]
) -> Claim | None:
    """Apply corrections whose words are present to a claim; None if it is rejected."""
    fields = merged_changes(found.text, claim, accepted)
    if fields.get("rejected"):
        return None
    kind = fields.get("kind", claim.kind)
    changes: dict[str, Any] = {"kind": kind, "corrected": True}
    if kind != claim.kind:
        changes |= UNATTRIBUTED_DEFAULTS if kind == UNATTRIBUTED else ATTRIBUTED_DEFAULTS
    if content := fields.get("content"):
        starts = [start for start, _ in found.paragraphs]
        changes |= {"spans": content.spans, "text": pieces(found.text, content.spans)}
        changes["paragraph"] = bisect_right(starts, content.spans[0][0])
    if kind == "attribution":
        changes |= _attribution_changes(fields)
    return replace(claim, **changes)


def _attribution_changes(fields: Mapping[str, Any]) -> dict[str, Any]:
    """The changes to an attribution's fields other than its content."""
    plain = ("speaker", "type", "stance", "source_kind", "negative")
    changes = {name: fields[name] for name in plain if name in fields}
    for name in ("source", "cue"):
        if name in fields:
            changes[name] = str(fields[name]) if fields[name] else None
            changes[f"{name}_spans"] = fields[name].spans if fields[name] else ()
    if "speaker" in fields or "source" in fields:
        changes |= {"unsure": False, "confidence": 1.0}
    return changes


def merged_changes(text: str, claim: Claim, accepted: Sequence[Correction]) -> dict[str, Any]:
    """Merge a claim's corrections: the latest value of each field, with its words located in the
    text. Corrections whose words are missing are ignored."""
    fields: dict[str, Any] = {}
    for one in _in_order(accepted):
        fields |= _located(text, claim, one.changes) or {}
    return fields


def _located(text: str, claim: Claim, changes: Mapping[str, Any]) -> dict[str, Any] | None:
    """Changes with their words located in the text; None if any are missing."""
    fields = dict(changes)
    for name in MARKED_FIELDS:
        if marked := changes.get(name):
            spans = locate(text, marked, claim.spans[0][0] if claim.spans else 0)
            if spans is None:
                return None
            fields[name] = MarkedWords(spans, marked.words)
    return fields


def locate(text: str, marked: MarkedWords, near: int) -> Spans | None:
    """Find words in a text: where they were, else, in order, nearest to a position. None if they
    are missing or too far away."""
    there = zip(marked.spans, marked.words, strict=False)
    if marked.spans and all(text[slice(*span)] == word for span, word in there):
        return marked.spans
    runs = list(word_runs(text, marked.words, (max(0, near - SEARCH_RADIUS), near + SEARCH_RADIUS)))
    return min(runs, key=lambda run: abs(run[0][0] - near), default=None)


def word_runs(text: str, words: Sequence[str], within: Span) -> Iterator[Spans]:
    """Yield each place where the words occur in order: the first within a range, each other at most
    SEARCH_RADIUS behind the one before."""
    # Whole words; but a word may be punctuation, directly behind another: "Obama: …".
    first, *others = (
        re.compile(rf"(?:\b|(?!\w)){re.escape(word)}(?:\b|(?<!\w))") for word in words
    )
    start, end = within
    for begins in first.finditer(text, start, end + len(words[0])):
        run = [begins.span()]
        for other in others:
            if not (behind := other.search(text, run[-1][1], run[-1][1] + SEARCH_RADIUS)):
                break
            run.append(behind.span())
        else:
            yield tuple(run)


# -- claims that refer to corrected ones


def _with_updated_context(
    shown: PlacedClaims, found: Mapping[str, Claim], became: Mapping[str, Claim | None]
) -> Iterator[tuple[int, Claim]]:
    by_words = {_nearby_key(found[id_]): id_ for id_ in became}
    for at, claim in shown:
        near = claim.near
        if near and (id_ := by_words.get((near.speaker, near.text))):
            now = _updated_nearby(near, became[id_])
            claim = replace(claim, near=now, corrected=claim.corrected or now not in (near, None))
        if claim.inside:
            claim = _with_updated_chain(claim, found, became)
        yield at, claim


def _nearby_key(claim: Claim) -> tuple[str | None, str]:
    return claim.speaker or claim.source, claim.text


def _updated_nearby(near: NearbyAttribution, claim: Claim | None) -> NearbyAttribution | None:
    speaker = claim and (claim.speaker or claim.source)
    return replace(near, speaker=speaker, text=claim.text) if claim and speaker else None


def _with_updated_chain(
    claim: Claim, found: Mapping[str, Claim], became: Mapping[str, Claim | None]
) -> Claim:
    """A claim inside others, with its chain of sources as corrected."""
    via: list[str | None] = [*claim.via]
    inside = claim.inside
    around, seen = found.get(inside or ""), set[str]()
    while around and around.id not in seen:
        seen.add(around.id)  # imported claims may form a cycle
        now = became.get(around.id, around)
        speaker = now.speaker if now and now.kind == "attribution" else None
        via = [speaker if name == around.speaker else name for name in via]
        if inside == around.id and not (now and now.kind == "attribution"):
            inside = around.inside
        around = found.get(around.inside or "")
    names = tuple(name for name in via if name)
    renamed = not set(names) <= set(claim.via)
    return replace(claim, via=names, inside=inside, corrected=claim.corrected or renamed)


# -- as JSON


def as_json(changes: Mapping[str, Any]) -> dict[str, Any]:
    """Changes as JSON to store."""
    return {
        name: value._asdict() if isinstance(value, MarkedWords) else value
        for name, value in changes.items()
    }


def from_json(kept: Mapping[str, Any]) -> dict[str, Any]:
    """Read changes that `as_json` wrote. Raises ValueError for anything else."""
    return {name: _value(name, value) for name, value in kept.items()}


def _value(name: str, value: Any) -> Any:
    if name in CHOICES:
        fits = value is None or value in CHOICES[name]
    elif name in article_corrections.FIELDS:
        fits = article_corrections.is_valid(name, value)
    elif name in ("rejected", "negative"):
        fits = isinstance(value, bool)
    elif name == "speaker":
        fits = value is None or isinstance(value, str)
    else:
        return _marked(name, value)
    if not fits:
        raise ValueError(f"{name} cannot be {value!r}")
    return value


def _marked(name: str, value: Any) -> MarkedWords | None:
    if name not in MARKED_FIELDS:
        raise ValueError(f"{name} is nothing to be corrected")
    if value is None:
        return None
    try:
        spans = tuple((int(start), int(end)) for start, end in value["spans"])
        words = tuple(value["words"])
    except (KeyError, TypeError, OverflowError) as error:
        raise ValueError(f"{name} has no words") from error
    ends = [end for span in spans for end in span]
    in_order = ends == sorted(ends) and all(0 <= start < end for start, end in spans)
    whole = words and all(isinstance(word, str) and word for word in words)
    if not (in_order and whole and len(spans) in (0, len(words))):
        raise ValueError(f"{name} has no words that can stand in a text")
    return MarkedWords(spans, words)
