"""Forms: the words by which a claim may say what a word asks for, each with how much it counts.
Pure, English.

Other forms of the same word count in full ("lost" for "lose"), words of its family nearly so
("death" for "die"), and words of the same sense for less ("ill" for "sick").
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache

from bot.search.engine.words import stem
from bot.search.wordings import UNITS
from bot.text.families import FAMILIES, SENSES
from bot.text.synonyms import SYNONYMS
from bot.text.verbs import PRESENT
from bot.wordlist import is_listed

_FAMILY, _SENSE = 0.9, 0.6
_SHORTEST_PART = 4
"""Letters of the parts of a word that is also written as two: coastguard."""
_LARGE = re.compile(r"\d{4,9}")
_COUNTED = {str(number): word for number, word in enumerate(UNITS, 2)}
_COUNTED |= {word: digits for digits, word in _COUNTED.items()}


@lru_cache(maxsize=10_000)
def forms(word: str) -> Mapping[str, float]:
    """The stems, or runs of words with blanks between them, that a folded word is found by beside
    its own."""
    found: dict[str, float] = {}
    base = PRESENT.get(word, word)
    _add(found, (base, *_past().get(base, ())), 1.0)
    if spelled := _COUNTED.get(word):
        found[spelled] = 1.0
    if _LARGE.fullmatch(word):
        found[f"{int(word):,}".replace(",", " ")] = 1.0
    for sets, weight in ((_families(), _FAMILY), (_senses(), _SENSE)):
        for other in sets.get(stem(base), ()):
            _add(found, (other, *_past().get(other, ())), weight)
    for at in range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1):
        if is_listed(word[:at]) and is_listed(word[at:]):
            found[f"{word[:at]} {stem(word[at:])}"] = 1.0
            found.setdefault(stem(word[at:]), _SENSE)  # a racehorse is a horse
    found.pop(stem(word), None)
    return found


def _add(found: dict[str, float], others: Iterable[str], weight: float) -> None:
    for other in others:
        found.setdefault(stem(other), weight)


@cache
def _past() -> dict[str, tuple[str, ...]]:
    """The irregular forms of each verb."""
    out: defaultdict[str, list[str]] = defaultdict(list)
    for form, verb in PRESENT.items():
        out[verb].append(form)
    return {verb: tuple(several) for verb, several in out.items()}


@cache
def _families() -> dict[str, tuple[str, ...]]:
    return _by_stem(FAMILIES)


@cache
def _senses() -> dict[str, tuple[str, ...]]:
    return _by_stem((*SYNONYMS, *SENSES))


def _by_stem(sets: Iterable[tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    out: defaultdict[str, list[str]] = defaultdict(list)
    for one in sets:
        for word in one:
            out[stem(word)] += (other for other in one if other != word)
    return {word: tuple(others) for word, others in out.items()}
