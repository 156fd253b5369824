"""Expand a word into the forms by which a claim may express it, each with a weight.

Pure; for English.

Other forms of the same word have full weight ("lost" for "lose"), derived words almost full weight
("death" for "die"), and synonyms less ("ill" for "sick").
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from functools import cache, lru_cache
from itertools import pairwise

from bot.languages import wordlist
from bot.languages.table import related_words
from bot.search.engine.words import stem, words
from bot.search.figures import printed_forms
from bot.search.meaning.opposites import opposite_stems

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
    base = related_words.BASE_FORMS.get(word, word)
    weights: dict[Stems, float] = {(stem(word),): 1.0, (stem(base),): 1.0}
    weights |= {(form,): 1.0 for form in irregular_forms().get(base, ())}
    # A name may have the stem of a word: Rowe is not a row.
    if wordlist.is_word(word):
        for related in wordlist.related_stems(wordlist.FORMS, stem(base)):
            weights.setdefault((related,), _DERIVED_WEIGHT)
        synonym_stems = wordlist.related_stems(wordlist.SYNONYMS, stem(base))
        for related in (*synonym_stems, *_synonyms().get(stem(base), ())):
            weights.setdefault((related,), _SYNONYM_WEIGHT)
    for index in range(_MIN_PART_LENGTH, len(word) - _MIN_PART_LENGTH + 1):
        first, second = word[:index], word[index:]
        if wordlist.is_listed(first) and wordlist.is_listed(second):
            weights[stem(first), stem(second)] = 1.0
            weights.setdefault((stem(second),), _SYNONYM_WEIGHT)  # a racehorse is a horse
    opposites = {other for form in (word, base) for other in opposite_stems().get(stem(form), ())}
    return {
        stems: weight
        for stems, weight in weights.items()
        if weight == 1.0 or opposites.isdisjoint((stems[0], related_words.BASE_FORMS.get(stems[0])))
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
def irregular_forms() -> Mapping[str, tuple[str, ...]]:
    """The stems of the irregular forms of each verb."""
    stems: defaultdict[str, set[str]] = defaultdict(set)
    for form, verb in related_words.BASE_FORMS.items():
        stems[verb] |= {stem(form), stem(verb)}
    return {verb: tuple(sorted(forms)) for verb, forms in stems.items()}


@cache
def _synonyms() -> Mapping[str, list[str]]:
    """The stems of all words, in all their forms, that are in a group with those of each stem."""
    synonym_stems: defaultdict[str, list[str]] = defaultdict(list)
    for group in (*related_words.SYNONYM_GROUPS, *related_words.SENSE_GROUPS):
        stems = [form for word in group for form in (stem(word), *irregular_forms().get(word, ()))]
        for word in group:
            synonym_stems[stem(word)] += stems
    return synonym_stems
