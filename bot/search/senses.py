"""Senses: match headlines as printed with headlines as people remember them.

A sense is a word's stem. All forms of an irregular verb have the same sense; so do a number, its
name and its ordinal. Two words that also form a compound ("coast guard") add the compound's sense.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from bot.languages.table import negation, related_words
from bot.languages.wordlist import is_listed
from bot.search.engine.words import words
from bot.search.tokenized import STOP_WORDS, base_stem, tokenize

_HEADLINE_STOP_WORDS = STOP_WORDS | frozenset(
    (
        *("after", "against", "ago", "all", "amid", "among", "because", "before", "between"),
        *("down", "during", "how", "new", "off", "since", "still", "through", "under", "until"),
        *("while", "why", "within"),
    )
)
_MISSING_APOSTROPHE = re.compile(
    r"\b(do|does|did|is|are|was|were|has|have|had|wo|ca|could|would|should)nt\b", re.IGNORECASE
)
_ORDINAL_WORDS = {
    word: str(number)
    for number, word in enumerate(
        ("second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"), 2
    )
}
_ORDINAL_NUMBER = re.compile(r"(\d+)(?:st|nd|rd|th)")


def parts(text: str) -> list[str]:
    """Split a text into folded words; numbers have one form, and "isn't" is two words."""
    split_words = (word for part in tokenize(text).parts for word in words(part))
    return [_ORDINAL_WORDS.get(word) or _ORDINAL_NUMBER.sub(r"\1", word) for word in split_words]


def typed_parts(typed: str) -> list[str]:
    """Split a typed text, in which apostrophes may be missing, as `parts` does."""
    return parts(_MISSING_APOSTROPHE.sub(r"\1n't", typed))


def is_stop_word(part: str) -> bool:
    """Whether a word is a stop word for headlines; negations are not."""
    return part in _HEADLINE_STOP_WORDS and part not in negation.NEGATION_WORDS


sense = base_stem
"""The sense of a folded word."""

NEGATION_SENSES = sorted(set(map(sense, negation.NEGATION_WORDS)))
"""The senses of words that negate."""


def compound_senses(text_parts: Sequence[str]) -> dict[str, list[str]]:
    """For each word of a text, the senses of the compounds it forms with its neighbours."""
    compounds: dict[str, list[str]] = {}
    for pair in pairwise(text_parts):
        compound = "".join(pair)
        if is_listed(compound):
            for part in pair:
                compounds.setdefault(part, []).append(sense(compound))
    return compounds


def senses(text: str) -> list[str]:
    """The senses of a text in order, followed by those of its compounds."""
    text_parts = parts(text)
    compounds = [compound for group in compound_senses(text_parts).values() for compound in group]
    return [*map(sense, text_parts), *dict.fromkeys(compounds)]


@cache
def synonym_senses() -> dict[str, list[str]]:
    """Map a sense to the senses of its synonyms."""
    synonyms_of: dict[str, list[str]] = {}
    for group in (*related_words.SYNONYM_GROUPS, *related_words.CONFUSED_GROUPS):
        group_senses = [sense(word) for word in group]
        for word_sense in group_senses:
            others = (other for other in group_senses if other != word_sense)
            synonyms_of.setdefault(word_sense, []).extend(others)
    return synonyms_of
