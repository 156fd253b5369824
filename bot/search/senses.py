"""Senses: match headlines as printed with headlines as people remember them.

A sense is a word's stem. All forms of an irregular verb share one, as do a number, its name and its
ordinal; two words that also form a compound ("coast guard") add the compound's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import pairwise

from bot.languages.table import headlines, negation, synonyms, verbs
from bot.languages.wordlist import is_listed
from bot.search.engine.words import stem, words
from bot.search.tokenized import STOP_WORDS, tokenize

_LITTLE = STOP_WORDS | frozenset(
    (
        *("after", "against", "ago", "all", "amid", "among", "because", "before", "between"),
        *("down", "during", "how", "new", "off", "since", "still", "through", "under", "until"),
        *("while", "why", "within"),
    )
)
_UNMARKED = re.compile(
    r"\b(do|does|did|is|are|was|were|has|have|had|wo|ca|could|would|should)nt\b", re.IGNORECASE
)
"""Negations typed without an apostrophe."""
_ORDINALS = {
    word: str(number)
    for number, word in enumerate(
        ("second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"), 2
    )
}
_NUMBERED = re.compile(r"(\d+)(?:st|nd|rd|th)")


def parts(text: str) -> list[str]:
    """Split a text into folded words; numbers have one form, and "isn't" is two words."""
    cut = (word for part in tokenize(text).parts for word in words(part))
    return [_ORDINALS.get(part) or _NUMBERED.sub(r"\1", part) for part in cut]


def typed_parts(typed: str) -> list[str]:
    """The same for typed text, in which apostrophes may be missing."""
    return parts(_UNMARKED.sub(r"\1n't", typed))


def is_stop_word(part: str) -> bool:
    """Whether a word is a stop word for headlines; negations are not."""
    return part in _LITTLE and part not in negation.NEGATION_WORDS


@lru_cache(maxsize=100_000)
def sense(part: str) -> str:
    """The sense of a folded word."""
    return stem(verbs.BASE_FORMS.get(part, part))


NEGATING = sorted({sense(one) for one in negation.NEGATION_WORDS})
"""The senses of words that negate."""


def compound_senses(cut: Sequence[str]) -> dict[str, list[str]]:
    """For each word, the senses of the compounds it forms with its neighbours."""
    out: dict[str, list[str]] = {}
    for pair in pairwise(cut):
        if is_listed(one := "".join(pair)):
            for part in pair:
                out.setdefault(part, []).append(sense(one))
    return out


def senses(text: str) -> list[str]:
    """The senses of a text in order, followed by those of its compounds."""
    cut = parts(text)
    made = dict.fromkeys(one for several in compound_senses(cut).values() for one in several)
    return [*map(sense, cut), *made]


@cache
def synonym_senses() -> dict[str, list[str]]:
    """Maps a sense to the senses of its synonyms."""
    out: dict[str, list[str]] = {}
    for group in (*synonyms.SYNONYM_GROUPS, *headlines.SYNONYM_GROUPS):
        several = [sense(word) for word in group]
        for one in several:
            out.setdefault(one, []).extend(other for other in several if other != one)
    return out
