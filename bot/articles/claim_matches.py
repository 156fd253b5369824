"""Match the claims of an article's new version with those of the previous version. No I/O.

A claim keeps its id as long as the same speaker says it in much the same words, so that buttons,
shares and corrections find it in the current version.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from rapidfuzz import fuzz

from bot.model import Claim

MatchKind = Literal["unchanged", "changed", "gone", "new"]

MIN_LIKENESS = 60.0
"""Two claims of the same source are one edited claim if their contents share at least this
percentage of characters, in order. Chosen by looking at edits of figures, names and tense."""
MIN_LIKENESS_OTHER_SOURCE = 85.0
"""The same minimum for claims of different sources, since a new version may correct the source."""

MAX_DISTANCE = 60
"""Only claims at most this many positions apart are compared. With this limit, an article with ten
thousand changed claims takes seconds rather than hours."""


@dataclass(frozen=True, slots=True)
class ClaimMatch:
    """A claim before and after an edit; `new` is None if it is gone, `old` is None if it is new."""

    kind: MatchKind
    old: Claim | None
    new: Claim | None

    @property
    def reads_differently(self) -> bool:
        """Whether its content or the sentences that print it have changed."""
        previous, current = (claim and claim.printed for claim in (self.old, self.new))
        return self.kind == "changed" or bool(previous and current and previous != current)


def content_hash(claim: Claim) -> str:
    """A hash of what a claim says and who said it, as its article gives them."""
    identity = (claim.text, claim.source, claim.cue, claim.speaker, claim.type, claim.stance)
    details = (claim.negative, claim.via, claim.said_on, claim.guess)
    return hashlib.sha256(repr((identity, details)).encode()).hexdigest()[:16]


def match_claims(old: Sequence[Claim], new: Sequence[Claim]) -> list[ClaimMatch]:
    """Match the claims of two versions one to one, the most similar first.

    Each claim is in the result once, in the order of the new article, with the gone ones last. The
    order of the arguments' items does not matter.
    """
    sorted_old, sorted_new = sorted(old, key=_sort_key), sorted(new, key=_sort_key)
    pairs = _identical_pairs(sorted_old, sorted_new)
    unmatched_old = [index for index in range(len(sorted_old)) if index not in pairs]
    matched_new = set(pairs.values())
    unmatched_new = [index for index in range(len(sorted_new)) if index not in matched_new]
    pairs |= _similar_pairs(sorted_old, sorted_new, unmatched_old, unmatched_new)
    old_by_new = {new_index: old_index for old_index, new_index in pairs.items()}
    matched = [
        _pair(sorted_old[old_by_new[new_index]] if new_index in old_by_new else None, claim)
        for new_index, claim in enumerate(sorted_new)
    ]
    return matched + [
        ClaimMatch("gone", claim, None)
        for old_index, claim in enumerate(sorted_old)
        if old_index not in pairs
    ]


def match_by_id(old: Sequence[Claim], new: Sequence[Claim]) -> list[ClaimMatch]:
    """Match the claims of two stored versions by id."""
    before, new_ids = {claim.id: claim for claim in old}, {claim.id for claim in new}
    matched = [_pair(before.get(claim.id), claim) for claim in new]
    return matched + [ClaimMatch("gone", claim, None) for claim in old if claim.id not in new_ids]


def with_stable_ids(
    matched: Sequence[ClaimMatch], gone_ids: Collection[str], earlier: Sequence[Claim] = ()
) -> list[Claim]:
    """Return the new claims in order, with their previous ids.

    A claim of an `earlier` version that returns word for word gets its old id. Other new claims get
    ids that no claim of the article has or had; `gone_ids` are the ids of claims that were dropped
    with earlier versions.
    """
    current_ids = {match.old.id for match in matched if match.old}
    used_ids = current_ids | set(gone_ids) | {claim.id for claim in earlier}
    dropped_claims = {claim.id: claim for claim in earlier if claim.id not in current_ids}
    dropped_ids: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for claim in reversed(dropped_claims.values()):
        dropped_ids[_content_key(claim)].append(claim.id)
    ids: dict[str, str] = {}
    for match in matched:
        if match.new and match.old:
            ids[match.new.id] = match.old.id
        elif match.new:
            old_ids = dropped_ids[_content_key(match.new)]
            ids[match.new.id] = old_ids.pop() if old_ids else _unused_id(match.new, used_ids)
    return [
        replace(
            match.new, id=ids[match.new.id], inside=match.new.inside and ids.get(match.new.inside)
        )
        for match in matched
        if match.new
    ]


def _unused_id(claim: Claim, used_ids: set[str]) -> str:
    """Return the claim's id, or an unused id derived from it, and add it to `used_ids`."""
    candidate, number = claim.id, 0
    while candidate in used_ids:
        number += 1
        candidate = hashlib.sha256(f"{claim.id} {number}".encode()).hexdigest()[:16]
    used_ids.add(candidate)
    return candidate


def _sort_key(claim: Claim) -> tuple[Any, ...]:
    return claim.spans, claim.kind, claim.text, claim.id


def _pair(old: Claim | None, new: Claim) -> ClaimMatch:
    if old is None:
        return ClaimMatch("new", None, new)
    return ClaimMatch(
        "unchanged" if _content_key(old) == _content_key(new) else "changed", old, new
    )


def _content_key(claim: Claim) -> tuple[str, str]:
    return claim.kind, content_hash(claim)


def _identical_pairs(before: Sequence[Claim], after: Sequence[Claim]) -> dict[int, int]:
    """Pair claims with equal content; repeated claims are paired in order."""
    new_indexes: dict[tuple[str, str], list[int]] = defaultdict(list)
    for new_index in reversed(range(len(after))):
        new_indexes[_content_key(after[new_index])].append(new_index)
    pairs = {}
    for old_index, claim in enumerate(before):
        if new_indexes[_content_key(claim)]:
            pairs[old_index] = new_indexes[_content_key(claim)].pop()
    return pairs


def _similar_pairs(
    before: Sequence[Claim],
    after: Sequence[Claim],
    unmatched_old: Sequence[int],
    unmatched_new: Sequence[int],
) -> dict[int, int]:
    scored = sorted(_scored_pairs(before, after, unmatched_old, unmatched_new))
    pairs: dict[int, int] = {}
    matched_new: set[int] = set()
    for _, _, old_index, new_index in scored:
        if old_index not in pairs and new_index not in matched_new:
            pairs[old_index] = new_index
            matched_new.add(new_index)
    return pairs


def _scored_pairs(
    before: Sequence[Claim],
    after: Sequence[Claim],
    unmatched_old: Sequence[int],
    unmatched_new: Sequence[int],
) -> Iterator[tuple[float, int, int, int]]:
    """Yield candidate pairs, each with its dissimilarity and its distance."""
    for index, old_index in enumerate(unmatched_old):
        middle = index * len(unmatched_new) // len(unmatched_old)
        for new_index in unmatched_new[max(0, middle - MAX_DISTANCE) : middle + MAX_DISTANCE]:
            old, new = before[old_index], after[new_index]
            if old.kind != new.kind:
                continue
            same_source = _have_same_source(old, new)
            cutoff = MIN_LIKENESS if same_source else MIN_LIKENESS_OTHER_SOURCE
            likeness = fuzz.ratio(old.text, new.text, score_cutoff=cutoff)
            if likeness:
                yield (
                    -likeness - (100 if same_source else 0),
                    abs(old_index - new_index),
                    old_index,
                    new_index,
                )


def _have_same_source(old: Claim, new: Claim) -> bool:
    return _is_same(old.speaker, new.speaker) or _is_same(old.source, new.source)


def _is_same(name: str | None, other: str | None) -> bool:
    return (name or "").casefold() == (other or "").casefold()
