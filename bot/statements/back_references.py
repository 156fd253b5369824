"""Denials that refer back to what they deny ("denied it", "rejected the allegation"). No I/O."""

from __future__ import annotations

from collections.abc import Iterable

from bot.languages.table import clause_words, negation
from bot.model import Claim, Spans
from bot.search.engine.words import normalise
from bot.text.sentences import sentences

MAX_POINTER_LENGTH = 80


def refers_back(claim: Claim) -> bool:
    """Whether a claim is a denial whose object is printed in an earlier sentence."""
    if claim.kind != "attribution" or claim.negative or len(claim.text) > MAX_POINTER_LENGTH:
        return False
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


def find_denied(
    denial: Claim, text: str, paragraphs: Spans, claims: Iterable[Claim]
) -> Claim | None:
    """Return the one of its article's `claims` that a denial refers back to, or None.

    It is the last claim that ends before the denial, in its sentence or the one before; among
    several with the same end, the longest. Whose "Okoro's account" is, is not looked up.
    """
    if clause_words.POSSESSIVE.search(denial.text):
        return None
    start = denial.spans[0][0]
    sentence_starts = [
        begin + place
        for begin, end in paragraphs
        for place, _ in sentences(text[begin:end])
        if begin + place <= start
    ]
    earlier = [
        (claim.spans[-1][1], -claim.spans[0][0], claim.id, claim)
        for claim in claims
        if claim.article_id == denial.article_id
        and claim.spans
        and claim.spans[-1][1] <= start
        and sentence_starts
        and sentence_starts[-2:][0] <= claim.spans[0][0]
    ]
    return max(earlier)[-1] if earlier else None
