"""Opposing: which of many claims may contradict each other, found without comparing each with each.
Pure.

One of two that contradict each other (bot/search/disputes.py) negates, denies or has the opposite
of a word of the other. What it negates stands in the other too, and so does one word more, or
whoever says it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence, Set
from functools import lru_cache

from bot.search.clauses import LIGHT, Clause, bases_of, opposites_of, weight
from bot.search.sides import Side
from bot.search.wordings import telling_stem
from bot.text.negation import NEGATING, NEGATIONS

_SHARED = 2
"""Words that two claims share, or a speaker's name and one word."""
_WEIGHT = 1.5
"""The least weight of the words that two clauses share."""
_MOST_HOLDING = 60
"""Claims, as many as an answer has, of which more do not become neighbours by one word they all
hold; of a clause's rarest word, twice as many."""
_OFTEN, _OFTEN_OF = 8, 0.02
"""Of how many claims, and which part of them, a word tells nothing that more hold."""
_LEAST = 0.2
"""The least part of a clause's words that the other claim shares."""


def opposing(sides: Sequence[Side], cut: Sequence[Set[str]]) -> set[tuple[int, int]]:
    """The pairs of numbers of claims that may contradict each other, the smaller number first.
    `cut` has the folded words of each."""
    holding: defaultdict[str, list[int]] = defaultdict(list)
    for number, own in enumerate(cut):
        for word in own:
            holding[word].append(number)
    turning = {number for word in filter(_negates, holding) for number in holding[word]}
    turning.update(n for n, side in enumerate(sides) if side.claim.stance == "denied")
    opposites = [(word, other) for word in holding for other in _opposites(word)]
    by_stem: defaultdict[str, list[int]] = defaultdict(list)
    for word, numbers in holding.items():
        if one := telling_stem(word):
            by_stem[one] += numbers
    told = _Told(cut, sides)
    found = {
        (min(number, other), max(number, other))
        for number in turning
        for clause in sides[number].clauses
        for other in _holding_negated(clause, by_stem)
        if told.share_clause(clause, number, other)
    }
    found.update(
        (min(one, other), max(one, other))
        for word, opposite in opposites
        if opposite in by_stem
        for one in holding[word]
        for other in by_stem[opposite]
        if told.share_beside(one, other)
    )
    return {(one, other) for one, other in found if one != other}


def common_among(cut: Sequence[Set[str]]) -> frozenset[str]:
    """The stems of words that very many of some claims hold."""
    held = Counter(word for own in cut for word in own)
    most = max(_OFTEN, _OFTEN_OF * len(cut))
    return frozenset(telling_stem(word) for word, times in held.items() if times > most) - {""}


def _holding_negated(clause: Clause, by_stem: Mapping[str, Sequence[int]]) -> set[int]:
    """The claims that hold a word that a clause negates, or of which it denies something."""
    negated = clause.turned_first or (clause.stems if clause.is_denied else frozenset())
    # Too many hold "people know", and mostly something that tells more stands beside it.
    rare = negated - LIGHT
    held = sorted((by_stem.get(one, ()) for one in rare or negated), key=len)
    rarest = [numbers for numbers in held[:1] if len(numbers) <= 2 * _MOST_HOLDING]
    few = rarest + [numbers for numbers in held[1:] if len(numbers) <= _MOST_HOLDING]
    return {number for numbers in few for number in numbers}


class _Told:
    """What claims tell, cut into stems when it is first asked for."""

    def __init__(self, cut: Sequence[Set[str]], sides: Sequence[Side]) -> None:
        self._cut = cut
        self._sides = sides
        self._stems: dict[int, frozenset[str]] = {}

    def share(self, one: int, other: int) -> bool:
        """Whether two claims share enough words."""
        shared = len(self._of(one) & self._of(other))
        return shared >= _SHARED or (shared + 1 >= _SHARED and self._are_linked(one, other))

    def share_beside(self, one: int, other: int) -> bool:
        """Whether two claims share a word beside a pair of opposites."""
        return not self._of(one).isdisjoint(self._of(other)) or self._are_linked(one, other)

    def share_clause(self, clause: Clause, number: int, other: int) -> bool:
        """Whether a claim shares enough words with a clause of another one. Of a short one, which
        may be a circumstance, it is asked of all of the claim."""
        if len(clause.stems) <= _SHARED:
            return self.share(number, other)
        shared = weight(clause.stems & self._of(other))
        shared += shared < _WEIGHT and self._are_linked(number, other)
        return shared >= max(_WEIGHT, _LEAST * len(clause.stems))

    def _are_linked(self, one: int, other: int) -> bool:
        """Whether one speaks of whoever says the other."""
        here, there = self._sides[one], self._sides[other]
        return not (self._of(one).isdisjoint(there.who) and self._of(other).isdisjoint(here.who))

    def _of(self, number: int) -> frozenset[str]:
        if number not in self._stems:
            told = map(telling_stem, self._cut[number])
            self._stems[number] = frozenset(filter(None, told))
        return self._stems[number]


@lru_cache(maxsize=100_000)
def _negates(word: str) -> bool:
    # Of "isn't" the pattern for letters leaves a "t".
    return word in NEGATIONS or word == "t" or NEGATING.match(word) is not None


@lru_cache(maxsize=100_000)
def _opposites(word: str) -> tuple[str, ...]:
    return (*(base for _, base in bases_of(word)), *opposites_of(telling_stem(word)))
