"""Match the claims of an article's new version with those of the version before. Pure.

A claim keeps its id as long as the same speaker says it in much the same words, so that buttons,
shares and people's corrections find it in the current version.
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
"""Percentage of characters that two contents must share, in order, to be one edited claim of the
same source. Judged on edits of figures, names and tense."""
MIN_LIKENESS_OTHER_SOURCE = 85.0
"""The same if the source differs, since the new version may correct who said it."""

MAX_DISTANCE = 60
"""How far apart in order two claims may be and still be compared: so an article with ten thousand
changed claims takes seconds, not hours."""


@dataclass(frozen=True, slots=True)
class ClaimMatch:
    """A claim before and after; `new` is None if it is gone, `old` is None if it is new."""

    kind: MatchKind
    old: Claim | None
    new: Claim | None

    @property
    def reads_differently(self) -> bool:
        """Whether its content or the sentences that print it have changed."""
        before, now = (one and one.printed for one in (self.old, self.new))
        return self.kind == "changed" or bool(before and now and before != now)


def content_hash(claim: Claim) -> str:
    """A hash of what a claim says and who said it, as its article gives them."""
    said = (claim.text, claim.source, claim.cue, claim.speaker, claim.type, claim.stance)
    more = (claim.negative, claim.via, claim.said_on)
    return hashlib.sha256(repr((said, more)).encode()).hexdigest()[:16]


def match_claims(old: Sequence[Claim], new: Sequence[Claim]) -> list[ClaimMatch]:
    """Match the claims of two versions one to one, the most similar first.

    Each claim is in the result once, in the order of the new article, with the gone ones last. The
    order of the arguments' items does not matter.
    """
    before, after = sorted(old, key=_sort_key), sorted(new, key=_sort_key)
    pairs = _identical_pairs(before, after)
    left = [n for n in range(len(before)) if n not in pairs]
    taken = set(pairs.values())
    free = [n for n in range(len(after)) if n not in taken]
    pairs |= _similar_pairs(before, after, left, free)
    came_from = {n: o for o, n in pairs.items()}
    matched = [
        _pair(before[came_from[n]] if n in came_from else None, claim)
        for n, claim in enumerate(after)
    ]
    return matched + [
        ClaimMatch("gone", one, None) for n, one in enumerate(before) if n not in pairs
    ]


def match_by_id(old: Sequence[Claim], new: Sequence[Claim]) -> list[ClaimMatch]:
    """Match the claims of two stored versions by id."""
    before, there = {claim.id: claim for claim in old}, {claim.id for claim in new}
    matched = [_pair(before.get(claim.id), claim) for claim in new]
    return matched + [ClaimMatch("gone", claim, None) for claim in old if claim.id not in there]


def with_stable_ids(
    matched: Sequence[ClaimMatch], gone_ids: Collection[str], earlier: Sequence[Claim] = ()
) -> list[Claim]:
    """The new claims in order, with the ids that they had before.

    A claim of an `earlier` version that returns word for word gets its old id. Other new claims get
    ids that no claim of the article has or had; `gone_ids` belong to claims that were dropped with
    earlier versions.
    """
    there = {one.old.id for one in matched if one.old}
    taken = there | set(gone_ids) | {claim.id for claim in earlier}
    latest = {claim.id: claim for claim in earlier if claim.id not in there}
    gone: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for claim in reversed(latest.values()):
        gone[_content_key(claim)].append(claim.id)
    ids: dict[str, str] = {}
    for one in matched:
        if one.new and one.old:
            ids[one.new.id] = one.old.id
        elif one.new:
            back = gone[_content_key(one.new)]
            ids[one.new.id] = back.pop() if back else _unused_id(one.new, taken)
    return [
        replace(one.new, id=ids[one.new.id], inside=one.new.inside and ids.get(one.new.inside))
        for one in matched
        if one.new
    ]


def _unused_id(claim: Claim, taken: set[str]) -> str:
    """The claim's id, or one derived from it that is unused; adds it to `taken`."""
    free, number = claim.id, 0
    while free in taken:
        number += 1
        free = hashlib.sha256(f"{claim.id} {number}".encode()).hexdigest()[:16]
    taken.add(free)
    return free


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
    """Pairs with equal content; repeated claims are paired in order."""
    waiting: dict[tuple[str, str], list[int]] = defaultdict(list)
    for n in reversed(range(len(after))):
        waiting[_content_key(after[n])].append(n)
    pairs = {}
    for o, claim in enumerate(before):
        if waiting[_content_key(claim)]:
            pairs[o] = waiting[_content_key(claim)].pop()
    return pairs


def _similar_pairs(
    before: Sequence[Claim], after: Sequence[Claim], left: Sequence[int], free: Sequence[int]
) -> dict[int, int]:
    scored = sorted(_scored(before, after, left, free))
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for _, _, o, n in scored:
        if o not in pairs and n not in taken:
            pairs[o] = n
            taken.add(n)
    return pairs


def _scored(
    before: Sequence[Claim], after: Sequence[Claim], left: Sequence[int], free: Sequence[int]
) -> Iterator[tuple[float, int, int, int]]:
    """Yield candidate pairs, each with its dissimilarity and its distance."""
    for at, o in enumerate(left):
        middle = at * len(free) // len(left)
        for n in free[max(0, middle - MAX_DISTANCE) : middle + MAX_DISTANCE]:
            old, new = before[o], after[n]
            if old.kind != new.kind:
                continue
            same_source = _have_one_source(old, new)
            cutoff = MIN_LIKENESS if same_source else MIN_LIKENESS_OTHER_SOURCE
            likeness = fuzz.ratio(old.text, new.text, score_cutoff=cutoff)
            if likeness:
                yield -likeness - (100 if same_source else 0), abs(o - n), o, n


def _have_one_source(old: Claim, new: Claim) -> bool:
    return _is_same(old.speaker, new.speaker) or _is_same(old.source, new.source)


def _is_same(one: str | None, other: str | None) -> bool:
    return (one or "").casefold() == (other or "").casefold()
