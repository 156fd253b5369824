"""Sameness: whether two claims report one statement. Pure, and it errs on the side of "no".

Every telling word of one content must stand in the other, nearly in the same order: so one may be a
part of the other, but a word that took another's place keeps them apart, be it a number, a name, an
opposite or a synonym. So does what turns a statement: a negation, a doubt, a condition, how much of
it. And whoever said the one must be able to be who said the other.
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
    only,
    persons,
    tokenize,
)

_IN_ORDER = 0.8
"""The least share of the shorter content's telling words that stand in the same order."""
_DENSE = 0.6
"""The least share that they are of all telling words between the first and the last of them."""
_VERBATIM = 0.85
"""The least share of all telling words that are shared where not both say who spoke."""
_AROUND = 3
"""Words on each side of a part that may turn what it says."""

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
    """A claim, with its content cut into words once for all comparisons."""

    claim: Claim
    wording: TokenizedText

    @classmethod
    def of(cls, claim: Claim) -> Report:
        """Cut a claim's content into words."""
        return cls(claim, tokenize(claim.text))


def same_statement(one: Report, other: Report) -> bool:
    """Whether two claims report one statement."""
    return (
        one.claim.kind == other.claim.kind
        and _manner(one.claim) == _manner(other.claim)
        and _may_be_one(one, other)
        # "It" is not what another article calls so.
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
    if LCSseq.similarity(part.content_stems, whole.content_stems) < _IN_ORDER * len(
        part.content_stems
    ):
        return False
    return _unturned(part, whole)


def _unturned(part: TokenizedText, whole: TokenizedText) -> bool:
    """Whether nothing in or around the part's words in the whole makes them say something else."""
    places = [place for place, stem in enumerate(whole.stem_of_each) if stem in part.stems]
    start, end = places[0], places[-1] + 1
    between = sum(map(bool, whole.stem_of_each[start:end]))
    if len(part.content_stems) < _DENSE * between:
        return False
    before = max(0, start - _AROUND)
    own, everywhere = part.modifiers(), whole.modifiers()
    within, leading, around = (
        whole.modifiers(*span) for span in ((start, end), (before, end), (before, end + _AROUND))
    )
    if numbers(own) != numbers(within):
        return False
    if only(own, CONDITIONS) != only(everywhere, CONDITIONS):
        return False
    if only(own, AMOUNTS) != only(leading, AMOUNTS):
        return False
    same_time = FUTURE.isdisjoint(own) == FUTURE.isdisjoint(leading)
    if not same_time and not part.stands_in(whole):
        return False
    if not _may_be_of_one(persons(own), persons(leading)):
        return False
    negated = len(only(own, negation.NEGATIONS)) == len(only(around, negation.NEGATIONS))
    return negated and DOUBTS.isdisjoint(own) == DOUBTS.isdisjoint(around)


def _may_be_of_one(one: set[str], other: set[str]) -> bool:
    """Whether pronouns may stand for the same: what "I" said is reported of "her", but "your" is
    not "my", and "she" are not "they"."""
    if not one or not other:
        return True
    if ("second" in one) != ("second" in other):
        return False
    if "first" in one | other:
        return True
    return not one.isdisjoint(other) or one | other <= {"it", "they"}


def _manner(claim: Claim) -> tuple[bool, str]:
    """What makes the same words another statement: they were not said, denied, asked, ordered."""
    return claim.negative, claim.stance if claim.stance in _OWN_STANCES else ""


def _may_be_one(one: Report, other: Report) -> bool:
    """Whether who said the one may be who said the other; an unnamed source may be anybody, but
    then the words must be the same."""
    names = _who(one.claim), _who(other.claim)
    if names[0] == names[1]:
        return True
    kinds = {one.claim.source_kind, other.claim.source_kind}
    if kinds == {"named"}:
        return bool(names[0] and names[1]) and same_name(names[0] or "", names[1] or "")
    if kinds == {"described"} and not any(
        printed_speakers.ANYBODY & set(words(name or "")) for name in names
    ):
        return False
    shared = one.wording.stems & other.wording.stems
    return len(shared) >= _VERBATIM * len(one.wording.stems | other.wording.stems)


def _who(claim: Claim) -> str | None:
    return claim.known_as or claim.speaker or claim.source


@lru_cache(maxsize=10_000)
def same_name(one: str, other: str) -> bool:
    """Whether two printed names can be one person's or body's: "Duarte" and "Ana Duarte", "WHO"
    and "World Health Organization", but not "China" and "China Daily". For which person an "Xi"
    stands, the archive knows (`known_as`)."""
    short, long = sorted((_name(one), _name(other)), key=len)
    folded, longer = ([normalise(word) for word in name] for name in (short, long))
    if sorted(folded) == sorted(longer):
        return True
    if len(short) == 1 and short[0].isupper() and len(short[0]) > 1:
        return short[0] == "".join(word[0] for word in long)
    at_the_end = folded == longer[-len(folded) :]
    return bool(short) and at_the_end and all(word[0].isupper() for word in long)


def _name(printed: str) -> list[str]:
    """A name's words as printed, without titles and what joins them; a title alone is the name."""
    cut = _PRINTED.findall(printed)
    kept = [word for word in cut if normalise(word) not in printed_speakers.JOINING]
    return [word for word in kept if normalise(word) not in _TITLES] or kept
