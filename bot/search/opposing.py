"""Opposing: which of many claims may contradict each other, found without comparing each with each.
Pure.

One of two that contradict each other (bot/search/disputes.py) negates, denies or has the opposite
of a word of the other. So only the clauses of such claims are looked for among the words of all.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from functools import lru_cache

from bot.search.clauses import LIGHT, Clause, bases_of, opposites_of, telling
from bot.search.sides import Side
from bot.text.negation import NEGATING, NEGATIONS

_MOST_HOLDING = 60
"""Claims, as many as an answer has, of which more do not become neighbours by one word they all
hold."""
_SHARED = 1.5
"""The least weight of the words that a clause shares with another claim, unless it has fewer."""
_OFTEN, _OFTEN_OF = 8, 0.02
"""Of how many claims, and which part of them, a word tells nothing that more hold."""


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
        if one := telling(word):
            by_stem[one] += numbers
    found = {
        (min(number, other), max(number, other))
        for number in turning
        for clause in sides[number].clauses
        if clause.is_so is False or clause.is_denied
        for other in _sharing(clause, by_stem, sides)
    }
    found.update(
        (min(one, other), max(one, other))
        for word, opposite in opposites
        if opposite in by_stem and len(holding[word]) <= _MOST_HOLDING >= len(by_stem[opposite])
        for one in holding[word]
        for other in by_stem[opposite]
        if _share(cut[one], cut[other], beside=word)
    )
    return {(one, other) for one, other in found if one != other}


def _sharing(
    clause: Clause, by_stem: Mapping[str, Sequence[int]], sides: Sequence[Side]
) -> Iterator[int]:
    """The claims that share enough words with a clause, or one with it that names who says it."""
    shared: defaultdict[int, float] = defaultdict(float)
    whole = 0.0
    for one in clause.stems:
        weight = 0.5 if one in LIGHT else 1.0
        whole += weight
        held = by_stem.get(one, ())
        if len(held) <= _MOST_HOLDING:
            for number in set(held):
                shared[number] += weight
    least = min(_SHARED, whole)
    for number, weight in shared.items():
        if weight >= least or (
            weight + 1 >= least and not clause.stems.isdisjoint(sides[number].who)
        ):
            yield number


def _share(one: Set[str], other: Set[str], beside: str) -> bool:
    """Whether two claims share a telling word, beside one of which there is an opposite."""
    return any(word != beside and telling(word) not in LIGHT | {""} for word in one & other)


def common_among(cut: Sequence[Set[str]]) -> frozenset[str]:
    """The stems of words that very many of some claims hold."""
    held = Counter(word for own in cut for word in own)
    most = max(_OFTEN, _OFTEN_OF * len(cut))
    return frozenset(telling(word) for word, times in held.items() if times > most) - {""}


@lru_cache(maxsize=100_000)
def _negates(word: str) -> bool:
    # Of "isn't" the pattern for letters leaves a "t".
    return word in NEGATIONS or word == "t" or NEGATING.match(word) is not None


@lru_cache(maxsize=100_000)
def _opposites(word: str) -> tuple[str, ...]:
    return (*(base for _, base in bases_of(word)), *opposites_of(telling(word)))
