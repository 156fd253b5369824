"""Expand a word into the forms by which a claim may express it, each with a weight. Pure, English.

Other forms of the same word count in full ("lost" for "lose"), words made from it or it from
them nearly so ("death" for "die"), and words of the same sense for less ("ill" for "sick").
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache

from bot.languages import wordlist
from bot.languages.table import senses, synonyms, verbs
from bot.search.engine.words import stem
from bot.search.figures import printed_forms

Stems = tuple[str, ...]
"""A sequence of stems."""

_DERIVED, _OF_ONE_SENSE = 0.9, 0.6
_SHORTEST_PART = 4
"""Letters of each part of a compound that is also written as two words: coastguard."""


@lru_cache(maxsize=10_000)
def forms(part: str) -> Mapping[Stems, float]:
    """The sequences of stems that match a folded word, or a figure as `tokenize` has it ("=12"),
    each with its weight; its own is among them."""
    if part[0] == "=":
        return dict.fromkeys(printed_forms(float(part[1:])), 1.0)
    base = verbs.PRESENT.get(part, part)
    found: dict[Stems, float] = {(stem(part),): 1.0, (stem(base),): 1.0}
    found |= {(one,): 1.0 for one in _irregular().get(base, ())}
    # A name may have the stem of a word: Rowe is no quarrel.
    if wordlist.is_word(part):
        for pairs, share in ((_derived(), _DERIVED), (_synonyms(), _OF_ONE_SENSE)):
            for one in pairs.get(stem(base), ()):
                found.setdefault((one,), share)
    for at in range(_SHORTEST_PART, len(part) - _SHORTEST_PART + 1):
        if wordlist.is_listed(part[:at]) and wordlist.is_listed(part[at:]):
            found[stem(part[:at]), stem(part[at:])] = 1.0
            found.setdefault((stem(part[at:]),), _OF_ONE_SENSE)  # a racehorse is a horse
    against = {one for word in (part, base) for one in _opposites().get(stem(word), ())}
    return {run: share for run, share in found.items() if share == 1.0 or run[0] not in against}


@cache
def _irregular() -> Mapping[str, tuple[str, ...]]:
    """The stems of the irregular forms of each verb."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for form, verb in verbs.PRESENT.items():
        found[verb] |= {stem(form), stem(verb)}
    return {verb: tuple(sorted(stems)) for verb, stems in found.items()}


@cache
def _derived() -> Mapping[str, tuple[str, ...]]:
    return _related(wordlist.derived())


@cache
def _synonyms() -> Mapping[str, tuple[str, ...]]:
    pairs = [
        (one, other)
        for group in (*synonyms.SYNONYMS, *senses.SENSES)
        for one in group
        for other in group
    ]
    return _related((*wordlist.synonyms(), *pairs))


@cache
def _opposites() -> Mapping[str, tuple[str, ...]]:
    """The stems of what says the opposite of each stem: of an employer, an employee."""
    return _related(wordlist.opposites())


def _related(pairs: Iterable[tuple[str, ...]]) -> Mapping[str, tuple[str, ...]]:
    """The stems that each stem is paired with, and the irregular forms of these."""
    found: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for pair in pairs:
        for one, other in (pair, pair[::-1]):
            others = (stem(other), *_irregular().get(other, ()))
            found[stem(one)] |= dict.fromkeys(others)
    return {one: tuple(others) for one, others in found.items()}
