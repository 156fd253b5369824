"""The forms in which a number is printed. Pure."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from bot.search.engine.words import stem
from bot.search.tokenized import TENS, UNITS

_NUMBERS = {word: number for number, word in enumerate(("one", *UNITS), 1)}
_NUMBERS |= {word: 10 * number for number, word in enumerate(TENS, 2)}
_NUMBER_WORDS = {number: word for word, number in _NUMBERS.items()}
_SPECIAL_WORDS = {2: "twice", 12: "dozen"}
_SCALES = {"thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
_SCALE_ABBREVIATIONS = {
    "k": "thousand", "grand": "thousand", "m": "million", "mil": "million", "bn": "billion",
}  # fmt: skip
_ABBREVIATED_FIGURE = re.compile(
    rf"(?<![\w.,])(\d+(?:[.,]\d+)*|{'|'.join(_NUMBERS)})(?:(?<=\d)\s?(k|m|mil|bn)| (grand))\b",
    re.IGNORECASE,
)
_SPECIAL_WORD = re.compile(rf"\b({'|'.join(_SPECIAL_WORDS.values())})\b", re.IGNORECASE)


def expand_figures(text: str) -> str:
    """Normalise figures: "90k" to "90 thousand", "twice" to "2"."""
    numbers = {word: str(number) for number, word in _SPECIAL_WORDS.items()}
    text = _SPECIAL_WORD.sub(lambda match: numbers[match[0].lower()], text)
    return _ABBREVIATED_FIGURE.sub(
        lambda match: f"{match[1]} {_SCALE_ABBREVIATIONS[(match[2] or match[3]).lower()]}", text
    )


def printed_forms(number: float) -> tuple[tuple[str, ...], ...]:
    """The stem sequences in which a number may be printed, in digits and words; empty if it is not
    finite."""
    if not math.isfinite(number):
        return ()
    return tuple(dict.fromkeys(tuple(map(stem, words)) for words in _word_sequences(number)))


def _word_sequences(number: float) -> Iterator[tuple[str, ...]]:
    integer = int(number)
    if integer != number:
        yield tuple(f"{number:.10g}".split("."))
    else:
        yield (str(integer),)
        yield tuple(f"{integer:,}".split(","))
        yield from _in_words(integer)
    for name, scale in _SCALES.items():
        scaled_number = number / scale
        if scaled_number >= 1 and round(scaled_number, 2) == scaled_number:
            *start, end = f"{scaled_number:.10g}".split(".")
            yield (*start, end, name)
            for abbreviation, scale_name in _SCALE_ABBREVIATIONS.items():
                if scale_name == name:
                    yield (*start, f"{end}{abbreviation}")
            yield from ((*words, name) for words in _in_words(scaled_number))


def _in_words(number: float) -> Iterator[tuple[str, ...]]:
    if number in _NUMBER_WORDS:
        yield (_NUMBER_WORDS[int(number)],)
    elif 20 < number < 100 and number == int(number):
        tens, units = divmod(int(number), 10)
        yield (_NUMBER_WORDS[10 * tens], _NUMBER_WORDS[units])
    if number in _SPECIAL_WORDS:
        yield (_SPECIAL_WORDS[int(number)],)
