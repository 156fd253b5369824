"""Denials that refer back to what they deny ("denied it", "rejected the allegation"). Pure."""

from __future__ import annotations

from collections.abc import Iterable

from bot.languages.table import negation, pointers
from bot.model import Claim, Spans
from bot.search.engine.words import normalise


def refers_back(claim: Claim) -> bool:
    """Whether a claim is a denial whose object is only named before it."""
    if claim.kind != "attribution" or claim.negative or len(claim.text) > 80:
        return False
    folded = " ".join(normalise(claim.text).split()).strip(" .,;:!\"'")
    said = folded
    if (
        claim.cue
        and negation.LABELLING_VERB.search(claim.cue)
        and (end := negation.TRAILING_FALSEHOOD.search(folded))
    ):
        said = folded[: end.start()]
    elif claim.stance != "denied":
        said = negation.DENIAL.sub(" ", folded)
        if said == folded:
            return False
    return pointers.POINTER.fullmatch(" ".join(said.split())) is not None


def find_referent(denial: Claim, around: Spans, claims: Iterable[Claim]) -> Claim | None:
    """Find which of `claims` a denial refers back to, or None.

    That is the last to end before it within the sentences `around` it; among several with the same
    end, the longest.
    """
    start = denial.spans[0][0] if denial.spans else 0
    before = [
        claim
        for claim in claims
        if claim.article_id == denial.article_id
        and claim.spans
        and claim.spans[-1][1] <= start
        and any(first <= claim.spans[0][0] < last for first, last in around)
    ]
    if not before:
        return None
    last = max(claim.spans[-1][1] for claim in before)
    return min(
        (claim for claim in before if claim.spans[-1][1] == last),
        key=lambda claim: claim.spans[0][0],
    )
