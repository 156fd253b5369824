"""The forms in which a number is printed. Pure."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from bot.search.engine.words import stem
from bot.search.tokenized import TENS, UNITS

_SPELLED = {word: n for n, word in enumerate(("one", *UNITS), 1)}
_SPELLED |= {word: 10 * n for n, word in enumerate(TENS, 2)}
_NAMES = {n: word for word, n in _SPELLED.items()}
_TIMES = {2: "twice", 12: "dozen"}
_SCALES = {"thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
_SHORT = {"k": "thousand", "grand": "thousand", "m": "million", "mil": "million", "bn": "billion"}
_SHORTENED = re.compile(
    rf"(?<![\w.,])(\d+(?:[.,]\d+)*|{'|'.join(_SPELLED)})(?:(?<=\d)\s?(k|m|mil|bn)| (grand))\b",
    re.IGNORECASE,
)
_SPELLED_OUT = re.compile(rf"\b({'|'.join(_TIMES.values())})\b", re.IGNORECASE)


def expand_figures(text: str) -> str:
    """Write figures as news prints them: 90k as 90 thousand, twice as 2."""
    numbers = {word: n for n, word in _TIMES.items()}
    text = _SPELLED_OUT.sub(lambda found: str(numbers[found[0].lower()]), text)
    return _SHORTENED.sub(lambda it: f"{it[1]} {_SHORT[(it[2] or it[3]).lower()]}", text)


def printed_forms(number: float) -> tuple[tuple[str, ...], ...]:
    """The sequences of stems that may print a number, in digits and words; none if infinite."""
    if not math.isfinite(number):
        return ()
    return tuple(dict.fromkeys(tuple(map(stem, run)) for run in _runs(number)))


def _runs(number: float) -> Iterator[tuple[str, ...]]:
    whole = int(number)
    if whole != number:
        yield tuple(f"{number:.10g}".split("."))
    else:
        yield (str(whole),)
        yield tuple(f"{whole:,}".split(","))
        yield from _in_words(whole)
    for name, scale in _SCALES.items():
        share = number / scale
        if share >= 1 and round(share, 2) == share:
            *before, last = f"{share:.10g}".split(".")
            yield (*before, last, name)
            yield from ((*before, f"{last}{one}") for one, of in _SHORT.items() if of == name)
            yield from ((*run, name) for run in _in_words(share))


def _in_words(number: float) -> Iterator[tuple[str, ...]]:
    if number in _NAMES:
        yield (_NAMES[int(number)],)
    elif 20 < number < 100 and number == int(number):
        tens, units = divmod(int(number), 10)
        yield (_NAMES[10 * tens], _NAMES[units])
    if number in _TIMES:
        yield (_TIMES[int(number)],)
