"""The words of questions, and which lists of the language they are on."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from bot.languages.table import question_words, verbs
from bot.search.engine.words import stem


@cache
def word_list(name: str) -> frozenset[str]:
    """The words of a list, as they are written."""
    return frozenset(question_words.load_question_words()[name])


@cache
def phrase_list(name: str) -> tuple[tuple[str, ...], ...]:
    """The entries of a list, cut into words, the longest first."""
    return tuple(
        sorted(
            (tuple(one.split()) for one in question_words.load_question_words()[name]),
            key=len,
            reverse=True,
        )
    )


@cache
def word_map(name: str) -> Mapping[str, str]:
    """The pairs of a table."""
    pairs: Mapping[str, str] = question_words.load_question_words()[name]
    return pairs


def is_form_of(word: str, *names: str) -> bool:
    """Whether a word is a form of one in any of these lists."""
    return any(base(word) in _bases(name) for name in names)


def base(word: str) -> str:
    """What the forms of a word have in common."""
    return stem(verbs.BASE_FORMS.get(word, word))


@cache
def _bases(name: str) -> frozenset[str]:
    return frozenset(map(base, word_list(name)))
