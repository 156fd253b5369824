"""Read plain words for an unnamed source, such as "an anonymous crew member", as `named:no`."""

from __future__ import annotations

from collections.abc import Sequence

from bot.languages.table import occupations, people
from bot.search.engine.words import normalise
from bot.search.tokenized import STOP_WORDS, negates

_ADJECTIVES = ("unnamed", "anonymous", "unidentified")
_MAX_NOUN_WORDS = 3
"""Maximum number of words from the adjective to the noun: "anonymous cabin crew member"."""
_SOURCE = ("source", "sources")


def without_unnamed(words: Sequence[str]) -> tuple[str, ...] | None:
    """The other words to search for; None if the words do not ask for an unnamed source.

    The adjective must stand before a person, and not in a name: "the Anonymous Donors Fund".
    """
    for index, word in enumerate(words):
        noun_phrase = words[index + 1 : index + 1 + _MAX_NOUN_WORDS]
        if word.lower() not in _ADJECTIVES or any(map(str.istitle, noun_phrase)):
            continue
        if any(map(_is_person, map(normalise, noun_phrase))):
            others = (*words[:index], *words[index + 1 :])
            return tuple(other for other in others if _is_searched(other))
    return None


def _is_person(word: str) -> bool:
    singulars = (word, word.removesuffix("s"), word.removesuffix("es"))
    nouns = (occupations.PERSON_NOUNS, people.UNNAMED_HEADS, people.HUMAN_NOUNS)
    return any(singular in listed for singular in singulars for listed in nouns)


def _is_searched(word: str) -> bool:
    folded = normalise(word)
    return folded not in _SOURCE and (folded not in STOP_WORDS or negates(folded))
