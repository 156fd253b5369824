"""Opposing: which of many contents may contradict each other, found without comparing each with
each. Pure.

One of two that contradict each other (bot/search/disputes.py) negates, denies or has the opposite
of a word of the other; and they share two words, or one speaks of whoever says the other.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import product

from bot.search.clauses import bases_of, opposites_of
from bot.search.wordings import telling_stem
from bot.search.words import letters, normal
from bot.text.negation import NEGATING, NEGATIONS

_SHARED = 2
"""Words that two contents share, or a speaker's name and one word."""


def opposing(
    texts: Sequence[str], speakers: Sequence[str], denied: Collection[int]
) -> set[tuple[int, int]]:
    """The pairs of numbers of contents that may contradict each other, the smaller number first.

    `speakers` are those who say them, in their order; `denied` are the numbers of those that their
    cues deny.
    """
    cut = [{*letters(normal(text))} for text in texts]
    holding: defaultdict[str, list[int]] = defaultdict(list)
    for number, own in enumerate(cut):
        for word in own:
            holding[word].append(number)
    by_stem: defaultdict[str, list[int]] = defaultdict(list)
    for word, numbers in holding.items():
        if one := telling_stem(word):
            by_stem[one] += numbers
    turning = {number for word in holding if _negates(word) for number in holding[word]}
    turning.update(denied)
    found = set(_turned(holding, by_stem))
    if turning:
        for number, speaker in enumerate(speakers):
            for one in _stems_of(speaker):
                by_stem[one].append(number)
        for number in turning:
            stems = {one for word in cut[number] if (one := telling_stem(word))}
            stems.update(_stems_of(speakers[number]))
            shared = Counter[int]()
            for one in stems:
                shared.update({*by_stem[one]})
            near = (other for other, count in shared.items() if count >= _SHARED)
            found.update((min(number, other), max(number, other)) for other in near)
    return {(one, other) for one, other in found if one != other}


def _turned(
    holding: Mapping[str, Sequence[int]], by_stem: Mapping[str, Sequence[int]]
) -> Iterator[tuple[int, int]]:
    """Pairs of which one holds the opposite of a word of the other."""
    for word, numbers in holding.items():
        for opposite in _opposites(word):
            if opposite in by_stem:
                for one, other in product(numbers, by_stem[opposite]):
                    yield (one, other) if one < other else (other, one)


@lru_cache(maxsize=100_000)
def _negates(word: str) -> bool:
    # Of "isn't" the pattern for letters leaves a "t".
    return word in NEGATIONS or word == "t" or NEGATING.match(word) is not None


@lru_cache(maxsize=100_000)
def _opposites(word: str) -> tuple[str, ...]:
    return (*(base for _, base in bases_of(word)), *opposites_of(telling_stem(word)))


@lru_cache(maxsize=10_000)
def _stems_of(speaker: str) -> frozenset[str]:
    return frozenset(filter(None, map(telling_stem, letters(normal(speaker)))))
