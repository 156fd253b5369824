"""Sameness: whether two claims report one statement; in case of doubt, they do not. No I/O.

All content words of one must occur in the other, in nearly the same order. So one may be a part of
the other, but any different word (a number, a name, an opposite, even a synonym) keeps them apart.
So does anything that changes the meaning: negation, doubt, a condition or an amount. The speakers
must be compatible, too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import LCSseq

from bot.languages.table import LISTS, negation
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
from bot.statements.back_references import refers_back

_MIN_IN_ORDER = 0.8
"""The minimum share of the shorter content's words that must be in the same order."""
_MIN_DENSITY = 0.6
"""The minimum share of matched words between the first and the last match in the longer content."""
_MIN_SHARED = 0.85
"""The minimum share of words in common if either speaker is not named."""
_CONTEXT_WORDS = 3
"""The number of words on each side of a match that may change its meaning."""

_TITLES = frozenset(
    normalise(
        "chancellor dr foreign general governor king lord mayor minister mr mrs ms president prime "
        "prof professor queen secretary sir"
    ).split()
)
_WORD = re.compile(r"[^\W_]+")
_SEPARATE_STANCES = ("denied", "asked", "ordered")


@dataclass(frozen=True)
class Report:
    """A claim with the words of its content, computed once for all comparisons."""

    claim: Claim
    wording: TokenizedText

    @classmethod
    def from_claim(cls, claim: Claim) -> Report:
        """Split a claim's content into words."""
        return cls(claim, tokenize(claim.text))


def same_statement(report: Report, other: Report) -> bool:
    """Whether two claims report one statement."""
    return (
        report.claim.kind == other.claim.kind
        and _polarity(report.claim) == _polarity(other.claim)
        and _may_be_same_speaker(report, other)
        # "It" and "the allegation" mean something else in another article.
        and (
            report.claim.article_id == other.claim.article_id
            or (bool(report.wording.stems) and not refers_back(report.claim))
        )
        and same_content(report.wording, other.wording)
    )


def same_content(text: TokenizedText, other: TokenizedText) -> bool:
    """Whether one content says what the other says, or a part of it."""
    if text.parts == other.parts:
        return bool(text.parts)
    is_ordered = len(text.content_stems) <= len(other.content_stems)
    part, whole = (text, other) if is_ordered else (other, text)
    if len(part.stems) < MIN_CONTENT_WORDS or not part.stems <= whole.stems:
        return False
    if LCSseq.similarity(part.content_stems, whole.content_stems) < _MIN_IN_ORDER * len(
        part.content_stems
    ):
        return False
    return _keeps_meaning(part, whole)


def _keeps_meaning(part: TokenizedText, whole: TokenizedText) -> bool:
    """Whether the part keeps its meaning where its words occur in the whole."""
    positions = [position for position, stem in enumerate(whole.stem_of_each) if stem in part.stems]
    start, end = positions[0], positions[-1] + 1
    between = sum(map(bool, whole.stem_of_each[start:end]))
    if len(part.content_stems) < _MIN_DENSITY * between:
        return False
    before = max(0, start - _CONTEXT_WORDS)
    part_modifiers, whole_modifiers = part.modifiers(), whole.modifiers()
    within, leading, around = (
        whole.modifiers(*span)
        for span in ((start, end), (before, end), (before, end + _CONTEXT_WORDS))
    )
    if numbers(part_modifiers) != numbers(within):
        return False
    if select_words(part_modifiers, CONDITIONS) != select_words(whole_modifiers, CONDITIONS):
        return False
    if select_words(part_modifiers, AMOUNTS) != select_words(leading, AMOUNTS):
        return False
    is_same_time = FUTURE.isdisjoint(part_modifiers) == FUTURE.isdisjoint(leading)
    if not is_same_time and not part.is_part_of(whole):
        return False
    if not _pronouns_agree(persons(part_modifiers), persons(leading)):
        return False
    is_same_negation = len(select_words(part_modifiers, negation.NEGATION_WORDS)) == len(
        select_words(around, negation.NEGATION_WORDS)
    )
    return is_same_negation and DOUBTS.isdisjoint(part_modifiers) == DOUBTS.isdisjoint(around)


def _pronouns_agree(persons_of_one: set[str], persons_of_other: set[str]) -> bool:
    """Whether pronouns may mean the same person: "I" may be reported as "her", but "your" does
    not match "my", nor "she" "they"."""
    if not persons_of_one or not persons_of_other:
        return True
    if ("second" in persons_of_one) != ("second" in persons_of_other):
        return False
    if "first" in persons_of_one | persons_of_other:
        return True
    return not persons_of_one.isdisjoint(persons_of_other) or persons_of_one | persons_of_other <= {
        "it",
        "they",
    }


def _polarity(claim: Claim) -> tuple[bool, bool, str]:
    """What distinguishes statements with the same words: whether they are negated, denied, asked
    or ordered, and whether somebody said them at all. A thought bears nobody's words out."""
    stance = claim.stance if claim.stance in _SEPARATE_STANCES else ""
    return claim.negative, claim.act == "thought", stance


def _may_be_same_speaker(report: Report, other: Report) -> bool:
    """Whether both may have one speaker. An unnamed source may be anyone, so it requires nearly
    the same words."""
    name, other_name = report.claim.speaker_name, other.claim.speaker_name
    if name == other_name:
        return True
    kinds = {report.claim.source_kind, other.claim.source_kind}
    if kinds == {"named"}:
        return same_named_speaker(report.claim, other.claim)
    if kinds == {"described"} and LISTS["generic_nouns"].isdisjoint(words(f"{name} {other_name}")):
        return False
    shared = report.wording.stems & other.wording.stems
    return len(shared) >= _MIN_SHARED * len(report.wording.stems | other.wording.stems)


def same_named_speaker(claim: Claim, other: Claim) -> bool:
    """Whether the printed names of two speakers mean one, or people have ruled that they do
    (`known_as`)."""
    if claim.known_as and other.known_as:
        return claim.known_as == other.known_as
    names, other_names = (
        {name for name in (one.speaker_name, one.speaker or one.source) if name}
        for one in (claim, other)
    )
    return any(same_name(name, other_name) for name in names for other_name in other_names)


@lru_cache(maxsize=10_000)
def same_name(name: str, other: str) -> bool:
    """Whether two printed names may mean one person or body: "Duarte" and "Ana Duarte", "WHO"
    and "World Health Organization", but not "China" and "China Daily". Which person "Xi" is,
    `known_as` says."""
    short_name, long_name = sorted((_name_words(name), _name_words(other)), key=len)
    short_words, long_words = (
        [normalise(word) for word in name] for name in (short_name, long_name)
    )
    if sorted(short_words) == sorted(long_words):
        return True
    if len(short_name) == 1 and short_name[0].isupper() and len(short_name[0]) > 1:
        return short_name[0] == "".join(word[0] for word in long_name)
    is_ending = short_words == long_words[-len(short_words) :]
    return bool(short_name) and is_ending and all(word[0].isupper() for word in long_name)


def _name_words(printed: str) -> list[str]:
    """Return the words of a printed name without titles and connecting words, unless nothing is
    left."""
    words = _WORD.findall(printed)
    name_words = [word for word in words if normalise(word) not in LISTS["name_function_words"]]
    return [word for word in name_words if normalise(word) not in _TITLES] or name_words
