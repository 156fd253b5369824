"""Split a claim's content into folded words, and find the modifiers that change its meaning.

Numbers have one form however they are printed ("12", "twelve"; "20 million", "20,000,000"; "3.1%",
"3.1 percent"). Content words are the words that are not stop words.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise

from bot.languages.table import negation, related_words
from bot.search.engine.words import letters, normalise, stem

_WORD_OR_NUMBER = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+")
_THOUSANDS_SEPARATOR = re.compile(r",(?=\d{3}(?!\d))")
_CONTRACTED_NOT = re.compile(r"n't\b")
_MINUS_SIGN = re.compile(r"[-−](?=\d)(?<![\w-].)")
_DIGIT = re.compile(r"\d")
# Currencies stay as words: $5 and €5 are different amounts.
_CURRENCY_NAMES = {"$": " dollar ", "€": " euro ", "£": " pound ", "¥": " yen "}

_PERSONS = {
    "first": "i me my mine myself we us our ours ourselves",
    "second": "you your yours yourself yourselves",
    "she": "she her hers herself",
    "he": "he him his himself",
    "it": "it its itself",
    "they": "they them their theirs themselves",
}

UNITS = (
    *("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
"""The words for 2 to 19; "one" is often no number."""
TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_NUMBERS = {word: float(number) for number, word in enumerate(UNITS, 2)}
_NUMBERS |= {word: 10.0 * number for number, word in enumerate(TENS, 2)}
_DIGIT_WORDS = {word: float(number) for number, word in enumerate(("one", *UNITS[:8]), 1)}
_SCALES = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}

_NUMBER_START = rf"(?=\d|(?:{'|'.join((*UNITS, *TENS))})\b)"
_UP_TO_NUMBER = re.compile(rf"\bup to {_NUMBER_START}")
_ONE_IN_NUMBER = re.compile(rf"\b(?:one|1) (?:in|out of) (?:every )?{_NUMBER_START}")

DOUBTS = frozenset(
    ("may", "might", "can", "could", "perhaps", "possible", "possibly", "probable", "probably")
)
CONDITIONS = frozenset(("if", "unless", "except", "provided", "only", "whether"))
AMOUNTS = frozenset(
    (
        *("all", "any", "both", "every", "few", "half", "many", "most", "several", "some"),
        *("almost", "below", "fewer", "less", "least", "minus", "nearly", "under"),
        *("atmost", "shareof"),  # up to five; one in five
    )
)
FUTURE = frozenset(("will", "wo", "would", "shall", "ll", "d", "going"))
PERSONS = {word: person for person, words in _PERSONS.items() for word in words.split()}
"""The grammatical person of each pronoun."""
_MODIFIERS = negation.NEGATION_WORDS | DOUBTS | CONDITIONS | AMOUNTS | FUTURE | PERSONS.keys()
STOP_WORDS = frozenset(
    normalise(
        "a about also am an and are as at be been being both but by ca did do does for from had "
        "has have he her hers herself him himself his i in into is it its itself just me more my "
        "myself of on one or our ours ourselves out over own percent per cent she so than that "
        "the their theirs them themselves then there these they this those to too up very was we "
        "were what when where which who whom whose will with wo would you your"
    ).split()
) | (negation.NEGATION_WORDS | DOUBTS | CONDITIONS)

NUMBER_WORDS = frozenset(
    (*_NUMBERS, *_SCALES, *" ".join(_CURRENCY_NAMES.values()).split(), "minus", "every")
)
"""Words that may also be printed as a figure or a sign."""

MIN_CONTENT_WORDS = 3
"""Minimum number of content words in claims that are compared."""


@dataclass(frozen=True)
class TokenizedText:
    """The folded words of a text in order; numbers are written "=12"."""

    parts: tuple[str, ...]

    @cached_property
    def stem_of_each(self) -> tuple[str, ...]:
        """The stem of each part; an empty string for a stop word."""
        return tuple(map(content_stem, self.parts))

    @cached_property
    def content_stems(self) -> list[str]:
        """The stems of the content words, in order."""
        return list(filter(None, self.stem_of_each))

    @cached_property
    def stems(self) -> frozenset[str]:
        """The distinct stems of the content words."""
        return frozenset(self.content_stems)

    def is_part_of(self, other: TokenizedText) -> bool:
        """Whether another text has these words in sequence."""
        size = len(self.parts)
        starts = range(len(other.parts) - size + 1)
        return any(other.parts[start : start + size] == self.parts for start in starts)

    @cached_property
    def _indexed_modifiers(self) -> list[tuple[int, str]]:
        return [
            (index, part)
            for index, part in enumerate(self.parts)
            if part in _MODIFIERS or part[0] == "="
        ]

    def modifiers(self, start: int = 0, end: int = sys.maxsize) -> list[str]:
        """The parts from `start` to `end` that can change the meaning: numbers, pronouns,
        negations, doubts, conditions, amounts and future forms."""
        return [part for index, part in self._indexed_modifiers if start <= index < end]


def numbers(parts: Iterable[str]) -> set[str]:
    """Select the distinct numbers among these parts."""
    return {part for part in parts if part[0] == "="}


def persons(parts: Iterable[str]) -> set[str]:
    """The grammatical persons ("first", "she" …) of the pronouns among these parts."""
    return {PERSONS[part] for part in parts if part in PERSONS}


def select_words(parts: Iterable[str], allowed: frozenset[str]) -> list[str]:
    """Select the parts that are in a set, in alphabetical order."""
    return sorted(filter(allowed.__contains__, parts))


def negates(text: str) -> bool:
    """Whether a text has a negation: not, isn't, never."""
    return not negation.NEGATION_WORDS.isdisjoint(tokenize(text).parts)


def tokenize(text: str) -> TokenizedText:
    """Split a text into folded words and numbers."""
    # Substring checks are much faster than running each regular expression.
    if "-" in text or "−" in text:
        text = _MINUS_SIGN.sub(" minus ", text)
    for sign, name in _CURRENCY_NAMES.items():
        if sign in text:
            text = text.replace(sign, name)
    folded_text = normalise(text)
    if "n't" in folded_text:
        folded_text = _CONTRACTED_NOT.sub(" not", folded_text)
    has_digits = _DIGIT.search(folded_text) is not None
    if has_digits:
        folded_text = _THOUSANDS_SEPARATOR.sub("", folded_text)
    if "one " in folded_text or "1 " in folded_text:
        folded_text = _ONE_IN_NUMBER.sub("shareof ", folded_text)
    if "up to " in folded_text:
        folded_text = _UP_TO_NUMBER.sub("atmost ", folded_text)
    parts = _WORD_OR_NUMBER.findall(folded_text) if has_digits else letters(folded_text)
    if has_digits or not _NUMBERS.keys().isdisjoint(parts):
        parts = list(_with_numbers(parts))
    return TokenizedText(tuple(parts))


@lru_cache(maxsize=100_000)
def base_stem(word: str) -> str:
    """The stem that all forms of a folded word share, including the forms of an irregular verb."""
    return stem(related_words.BASE_FORMS.get(word, word))


@lru_cache(maxsize=100_000)
def content_stem(part: str) -> str:
    """The stem of a folded word or a number; an empty string for a stop word.

    All forms of a verb have the same stem, since reports put quotations into the past tense.
    """
    if part in STOP_WORDS:
        return ""
    return part if part[0] == "=" else base_stem(part)


def _with_numbers(parts: list[str]) -> Iterator[str]:
    """Join parts that make one number, such as "thirty" and "four", or "20" and "million"."""
    number: float | None = None
    for previous, part in pairwise(("", *parts)):
        value = _value(part)
        if number is not None and part in _SCALES:
            number *= _SCALES[part]
        elif number is not None and previous in TENS and part in _DIGIT_WORDS:
            number += _DIGIT_WORDS[part]
        else:
            if number is not None:
                yield f"={number:g}"
            number = value
            if value is None:
                yield part
    if number is not None:
        yield f"={number:g}"


def _value(part: str) -> float | None:
    if part[0].isdecimal():
        try:
            return float(part.replace(",", "."))
        except ValueError:  # such as 4.11.2022
            return None
    return _NUMBERS.get(part)
