"""Sameness: whether two claims report one statement. Pure; if in doubt, it says no.

All content words of one must occur in the other, in nearly the same order. So one may be a part of
the other, but a different word (number, name, opposite, even a synonym) keeps them apart. So does
anything that changes the meaning: negation, doubt, condition, amount. The speakers must be
compatible as well.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import LCSseq

from bot.languages.table import negation, printed_speakers
from bot.model import Claim
from bot.search.engine.words import normalise, words
from bot.search.tokenized import (
    AMOUNTS,
    CONDITIONS,
    DOUBTS,
    FUTURE,
    MIN_CONTENT_WORDS,
    TokenizedText,
    numbers,
    persons,
    select_words,
    tokenize,
)

_MIN_IN_ORDER = 0.8
"""The least share of the shorter content's words that must be in the same order."""
_MIN_DENSITY = 0.6
"""The least share of matched words between the first and the last match in the longer content."""
_MIN_SHARED = 0.85
"""The least share of words in common if either speaker is not named."""
_CONTEXT_WORDS = 3
"""Words on each side of a match that may change its meaning."""

_TITLES = frozenset(
    normalise(
        "chancellor dr foreign general governor king lord mayor minister mr mrs ms president prime "
        "prof professor queen secretary sir"
    ).split()
)
_PRINTED = re.compile(r"[^\W_]+")
_OWN_STANCES = ("denied", "asked", "ordered")


@dataclass(frozen=True)
class Report:
    """A claim with the words of its content, computed once for all comparisons."""

    claim: Claim
    wording: TokenizedText

    @classmethod
    def of(cls, claim: Claim) -> Report:
        """Split a claim's content into words."""
        return cls(claim, tokenize(claim.text))


def same_statement(one: Report, other: Report) -> bool:
    """Whether two claims report one statement."""
    return (
        one.claim.kind == other.claim.kind
        and _polarity(one.claim) == _polarity(other.claim)
        and _may_be_same_speaker(one, other)
        # "It" in another article is something else.
        and (one.claim.article_id == other.claim.article_id or bool(one.wording.stems))
        and same_content(one.wording, other.wording)
    )


def same_content(one: TokenizedText, other: TokenizedText) -> bool:
    """Whether one content says what the other says, or a part of it."""
    if one.parts == other.parts:
        return bool(one.parts)
    in_size = len(one.content_stems) <= len(other.content_stems)
    part, whole = (one, other) if in_size else (other, one)
    if len(part.stems) < MIN_CONTENT_WORDS or not part.stems <= whole.stems:
        return False
    if LCSseq.similarity(part.content_stems, whole.content_stems) < _MIN_IN_ORDER * len(
        part.content_stems
    ):
        return False
    return _keeps_meaning(part, whole)


def _keeps_meaning(part: TokenizedText, whole: TokenizedText) -> bool:
    """Whether the part keeps its meaning where its words occur in the whole."""
    places = [place for place, stem in enumerate(whole.stem_of_each) if stem in part.stems]
    start, end = places[0], places[-1] + 1
    between = sum(map(bool, whole.stem_of_each[start:end]))
    if len(part.content_stems) < _MIN_DENSITY * between:
        return False
    before = max(0, start - _CONTEXT_WORDS)
    own, everywhere = part.modifiers(), whole.modifiers()
    within, leading, around = (
        whole.modifiers(*span)
        for span in ((start, end), (before, end), (before, end + _CONTEXT_WORDS))
    )
    if numbers(own) != numbers(within):
        return False
    if select_words(own, CONDITIONS) != select_words(everywhere, CONDITIONS):
        return False
    if select_words(own, AMOUNTS) != select_words(leading, AMOUNTS):
        return False
    same_time = FUTURE.isdisjoint(own) == FUTURE.isdisjoint(leading)
    if not same_time and not part.is_part_of(whole):
        return False
    if not _pronouns_agree(persons(own), persons(leading)):
        return False
    negated = len(select_words(own, negation.NEGATIONS)) == len(
        select_words(around, negation.NEGATIONS)
    )
    return negated and DOUBTS.isdisjoint(own) == DOUBTS.isdisjoint(around)


def _pronouns_agree(one: set[str], other: set[str]) -> bool:
    """Whether pronouns may mean the same person: "I" may be reported as "her", but "your" is not
    "my", and "she" is not "they"."""
    if not one or not other:
        return True
    if ("second" in one) != ("second" in other):
        return False
    if "first" in one | other:
        return True
    return not one.isdisjoint(other) or one | other <= {"it", "they"}


def _polarity(claim: Claim) -> tuple[bool, str]:
    """What makes the same words another statement: negated, denied, asked or ordered."""
    return claim.negative, claim.stance if claim.stance in _OWN_STANCES else ""


def _may_be_same_speaker(one: Report, other: Report) -> bool:
    """Whether both may have one speaker. An unnamed source may be anybody, so it needs nearly
    the same words."""
    names = _who(one.claim), _who(other.claim)
    if names[0] == names[1]:
        return True
    kinds = {one.claim.source_kind, other.claim.source_kind}
    if kinds == {"named"}:
        return bool(names[0] and names[1]) and same_name(names[0] or "", names[1] or "")
    if kinds == {"described"} and not any(
        printed_speakers.GENERIC & set(words(name or "")) for name in names
    ):
        return False
    shared = one.wording.stems & other.wording.stems
    return len(shared) >= _MIN_SHARED * len(one.wording.stems | other.wording.stems)


def _who(claim: Claim) -> str | None:
    return claim.known_as or claim.speaker or claim.source


@lru_cache(maxsize=10_000)
def same_name(one: str, other: str) -> bool:
    """Whether two printed names may mean one person or body: "Duarte" and "Ana Duarte", "WHO" and
    "World Health Organization", but not "China" and "China Daily". Which person "Xi" means is in
    `known_as`."""
    short, long = sorted((_name(one), _name(other)), key=len)
    folded, longer = ([normalise(word) for word in name] for name in (short, long))
    if sorted(folded) == sorted(longer):
        return True
    if len(short) == 1 and short[0].isupper() and len(short[0]) > 1:
        return short[0] == "".join(word[0] for word in long)
    at_the_end = folded == longer[-len(folded) :]
    return bool(short) and at_the_end and all(word[0].isupper() for word in long)


def _name(printed: str) -> list[str]:
    """A name's words as printed, without titles and connecting words, unless nothing is left."""
    cut = _PRINTED.findall(printed)
    kept = [word for word in cut if normalise(word) not in printed_speakers.JOINING]
    return [word for word in kept if normalise(word) not in _TITLES] or kept
