"""Denials that refer back to what they deny ("denied it", "rejected the allegation"). No I/O."""

from __future__ import annotations

from collections.abc import Iterable

from bot.languages.table import LISTS, clause_words, negation
from bot.model import Claim, Spans
from bot.search.engine.words import normalise, stem, words

MAX_POINTER_LENGTH = 80


def refers_back(claim: Claim) -> bool:
    """Whether a claim is a denial whose object is printed in an earlier sentence."""
    if claim.kind != "attribution" or claim.negative or len(claim.text) > MAX_POINTER_LENGTH:
        return False
    if claim.stance == "denied" and clause_words.OWNED_POINTER.fullmatch(claim.text):
        return True
    folded = " ".join(normalise(claim.text).split()).strip(" .,;:!\"'")
    denied = folded
    if (
        claim.cue
        and negation.LABELLING_VERB.search(claim.cue)
        and (verdict := negation.TRAILING_FALSEHOOD.search(folded))
    ):
        denied = folded[: verdict.start()]
    elif claim.stance != "denied":
        denied = negation.DENIAL.sub(" ", folded)
        if denied == folded:
            return False
    return clause_words.POINTER.fullmatch(" ".join(denied.split())) is not None


def find_referent(denial: Claim, around: Spans, claims: Iterable[Claim]) -> Claim | None:
    """Return the one of `claims` that a denial refers back to, or None.

    It is the last claim that ends before the denial, within the sentences `around` it; among
    several with the same end, the longest. If the denial says whose claim it denies ("the
    ministry's account"), the claims of others are left out.
    """
    owned = clause_words.OWNED_POINTER.fullmatch(denial.text)
    if owned is None and clause_words.POSSESSIVE.search(denial.text):
        return None
    owner = (owned["owner"] or owned["maker"]) if owned else None
    denial_start = denial.spans[0][0] if denial.spans else 0
    earlier = [
        claim
        for claim in claims
        if claim.article_id == denial.article_id
        and claim.spans
        and claim.spans[-1][1] <= denial_start
        and any(start <= claim.spans[0][0] < end for start, end in around)
        and (owner is None or _is_said_by(claim, owner))
    ]
    if not earlier:
        return None
    end = max(claim.spans[-1][1] for claim in earlier)
    return min(
        (claim for claim in earlier if claim.spans[-1][1] == end),
        key=lambda claim: claim.spans[0][0],
    )


def _is_said_by(claim: Claim, owner: str) -> bool:
    """Whether the speaker of a claim is whom a denial calls its owner: "Okoro" or "the auditor"
    for "Auditor Samuel Okoro", but not "the ministry" for "the ministry's critics"."""
    names = [name for name in (claim.known_as, claim.speaker, claim.source) if name]
    owner_stems = _name_stems(owner)
    if claim.source_kind != "named":
        return any(
            _name_stems(clause_words.PREPOSITION.split(name)[0])[-1:] == owner_stems[-1:]
            and set(owner_stems) <= set(_name_stems(name))
            for name in names
        )
    return bool(owner_stems) and any(
        set(owner_stems) <= set(_name_stems(name))
        for name in names
        if not clause_words.POSSESSIVE.search(name)
    )


def _name_stems(name: str) -> list[str]:
    printed = words(clause_words.APPOSITION_START.split(name)[0])
    return [stem(word) for word in printed if word not in LISTS["name_function_words"]]
