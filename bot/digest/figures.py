"""Tell whether a claim contains numbers to check: amounts, counts and fractions, but not
dates, times and ages. No I/O."""

from __future__ import annotations

import re
from string import ascii_lowercase

from bot.languages.table import figures

_DIGIT = re.compile(r"\d")
# Bytes are fastest to translate and split, and number words have no accents.
_LETTERS_ONLY = bytes(code if chr(code) in ascii_lowercase else ord(" ") for code in range(256))


def has_figures(text: str) -> bool:
    """Tell whether content contains an amount, a count or a fraction."""
    has_digits = _DIGIT.search(text) is not None
    # Check the cheap conditions first: most contents have no numbers.
    if not has_digits and not _has_number(text):
        return False
    text = figures.HOUR_OR_AGE.sub(" ", text)
    return _has_number(text) or (
        has_digits and bool(figures.FIGURE.search(figures.NON_FIGURE.sub(" ", text)))
    )


def _has_number(text: str) -> bool:
    """Whether a number or a fraction is spelled out."""
    words = text.lower().encode("ascii", "replace").translate(_LETTERS_ONLY).split()
    if not figures.NUMBER_WORDS.isdisjoint(words):
        return True
    # The pattern is slow, and most contents contain no fraction.
    return (
        not figures.FRACTION_WORDS.isdisjoint(words) and figures.FRACTION.search(text) is not None
    )
