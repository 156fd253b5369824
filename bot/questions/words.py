"""Word lists for parsing questions."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from bot.languages.table import question_words
from bot.search.tokenized import base_stem


@cache
def word_list(name: str) -> frozenset[str]:
    """The words of a list."""
    return frozenset(question_words.load_question_words()[name])


@cache
def phrase_list(name: str) -> tuple[tuple[str, ...], ...]:
    """The phrases of a list, split into words, the longest first."""
    phrases = (tuple(phrase.split()) for phrase in question_words.load_question_words()[name])
    return tuple(sorted(phrases, key=len, reverse=True))


@cache
def word_map(name: str) -> Mapping[str, str]:
    """The mapping with this name in the language's question words."""
    mapping: Mapping[str, str] = question_words.load_question_words()[name]
    return mapping


def is_form_of(word: str, *names: str) -> bool:
    """Whether a word is a form of a word in any of these lists."""
    return any(base_stem(word) in _base_stems(name) for name in names)


@cache
def _base_stems(name: str) -> frozenset[str]:
    return frozenset(map(base_stem, word_list(name)))
