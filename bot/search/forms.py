"""Expand a word into the forms by which a claim may express it, each with a weight.

Pure; for English.

Other forms of the same word have full weight ("lost" for "lose"), derived words almost full weight
("death" for "die"), and synonyms less ("ill" for "sick").
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from collections.abc import Set as AbstractSet
from functools import cache, lru_cache
from itertools import pairwise

from bot.languages import wordlist
from bot.languages.table import senses, synonyms, verbs
from bot.search.engine.words import stem, words
from bot.search.figures import printed_forms

Stems = tuple[str, ...]
"""A sequence of stems, or of words."""

_DERIVED_WEIGHT, _SYNONYM_WEIGHT = 0.9, 0.6
_MAX_DISTANCE = 7
"""Maximum number of words between a word and the figure or day that belongs to it."""
_MIN_PART_LENGTH = 4
"""Minimum length of each part of a compound that is also written as two words: coastguard."""


@lru_cache(maxsize=10_000)
def forms(word: str) -> Mapping[Stems, float]:
    """The stem sequences that express a folded word, including itself, each with its weight.

    A figure is given as `tokenize` writes it ("=12").
    """
    if word[0] == "=":
        return dict.fromkeys(printed_forms(float(word[1:])), 1.0)
    base = verbs.BASE_FORMS.get(word, word)
    weights: dict[Stems, float] = {(stem(word),): 1.0, (stem(base),): 1.0}
    weights |= {(form,): 1.0 for form in _irregular_forms().get(base, ())}
    # A name may have the stem of a word: Rowe is not a row.
    if wordlist.is_word(word):
        for related in _derived_words().get(stem(base), ()):
            weights.setdefault((related,), _DERIVED_WEIGHT)
        for related in _synonyms().get(stem(base), ()):
            weights.setdefault((related,), _SYNONYM_WEIGHT)
    for index in range(_MIN_PART_LENGTH, len(word) - _MIN_PART_LENGTH + 1):
        first, second = word[:index], word[index:]
        if wordlist.is_listed(first) and wordlist.is_listed(second):
            weights[stem(first), stem(second)] = 1.0
            weights.setdefault((stem(second),), _SYNONYM_WEIGHT)  # a racehorse is a horse
    opposites = {other for form in (word, base) for other in _opposites().get(stem(form), ())}
    return {
        stems: weight
        for stems, weight in weights.items()
        if weight == 1.0 or stems[0] not in opposites
    }


def stems_and_pairs(text: str) -> frozenset[Stems]:
    """The stems of a text, and each pair of neighbours."""
    stems = [stem(word) for word in words(text)]
    return frozenset((*((word_stem,) for word_stem in stems), *pairwise(stems)))


def is_beside(text: str, sought: AbstractSet[Stems], detect: Callable[[str], bool]) -> bool:
    """Whether the words around one of the `sought` forms in a text have what is to be detected;
    without any of these forms, whether the text has it."""
    parts = text.split()
    stems = [tuple(stem(word) for word in words(part)) for part in parts]
    indexes = [n for n, part in enumerate(stems) if any((word,) in sought for word in part)]
    if not indexes:
        return detect(text)
    return any(
        detect(" ".join(parts[max(0, index - _MAX_DISTANCE) : index + _MAX_DISTANCE + 1]))
        for index in indexes
    )


@cache
def _irregular_forms() -> Mapping[str, tuple[str, ...]]:
    """The stems of the irregular forms of each verb."""
    stems: defaultdict[str, set[str]] = defaultdict(set)
    for form, verb in verbs.BASE_FORMS.items():
        stems[verb] |= {stem(form), stem(verb)}
    return {verb: tuple(sorted(forms)) for verb, forms in stems.items()}


@cache
def _derived_words() -> Mapping[str, tuple[str, ...]]:
    return _paired_stems(wordlist.derived_pairs())


@cache
def _synonyms() -> Mapping[str, tuple[str, ...]]:
    pairs = [
        (word, other)
        for group in (*synonyms.SYNONYM_GROUPS, *senses.SENSE_GROUPS)
        for word in group
        for other in group
    ]
    return _paired_stems((*wordlist.synonym_pairs(), *pairs))


@cache
def _opposites() -> Mapping[str, tuple[str, ...]]:
    """The stems of each stem's opposites: "employee" for "employer"."""
    return _paired_stems(wordlist.opposite_pairs())


def _paired_stems(pairs: Iterable[tuple[str, ...]]) -> Mapping[str, tuple[str, ...]]:
    """The stems that each stem is paired with, and the stems of their irregular forms."""
    related: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for pair in pairs:
        for word, other in (pair, pair[::-1]):
            others = (stem(other), *_irregular_forms().get(other, ()))
            related[stem(word)] |= dict.fromkeys(others)
    return {word: tuple(others) for word, others in related.items()}
