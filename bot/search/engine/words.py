"""Split text into folded words, in the same way for the index, queries and highlighting.

Folding removes case, accents and compatibility forms (NFKD without marks). "U.S." is the word "us";
a possessive "'s" is dropped. Stems are Snowball English.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache

import tantivy

from bot.model import Span

# Letters that Unicode does not decompose, as people type them without the right keyboard.
_REPLACEMENTS = {
    "ø": "o",
    "đ": "d",
    "ð": "d",
    "ħ": "h",
    "ı": "i",
    "ł": "l",
    "æ": "ae",
    "œ": "oe",
    "þ": "th",
    "’": "'",
    "ʼ": "'",
}


class _Folding(dict[int, str]):
    """The folded form of each code point, computed at its first use."""

    def __missing__(self, code: int) -> str:
        folded = "".join(map(self._fold_char, unicodedata.normalize("NFKD", chr(code).casefold())))
        self[code] = folded
        return folded

    @staticmethod
    def _fold_char(char: str) -> str:
        if char in _REPLACEMENTS:
            return _REPLACEMENTS[char]
        # Accents and format characters (soft hyphens) are dropped. Every other character that is
        # not a letter or digit becomes a space, so that the index splits words as this module
        # does; the index would also fail on a lone surrogate.
        if unicodedata.category(char) in ("Mn", "Cf"):
            return ""
        return char.casefold() if char.isascii() or char.isalnum() else " "


_FOLDING = _Folding()
# A possessive "'s", and a dot between two single letters.
_DROPPED_CHARACTERS = re.compile(r"'s(?![^\W_])|\.(?<=(?<![^\W_])[^\W\d_]\.)(?=[^\W\d_](?![^\W_]))")
_WORD = re.compile(r"[^\W_]+")
_LETTERS = re.compile(r"[^\W\d_]+")
# For ASCII text, translating and splitting are much faster than a regular expression.
_NON_LETTERS_TO_SPACES = "".join(char if char.islower() else " " for char in map(chr, range(128)))

_PLAIN_ANALYZER = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple()).build()
_STEM_ANALYZER = (
    tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
    .filter(tantivy.Filter.stemmer("english"))
    .build()
)
ANALYZERS = {"plain": _PLAIN_ANALYZER, "stems": _STEM_ANALYZER}
"""The analyzers by which the index splits text from `normalise`."""


# Most texts are ASCII except for these, and lower() is ten times as fast as translate().
_TYPOGRAPHIC_MARKS = tuple((char, _FOLDING[ord(char)]) for char in "’“”‘—–")


def _fold(text: str) -> str:
    if not text.isascii():
        for char, folded in _TYPOGRAPHIC_MARKS:
            text = text.replace(char, folded)
    return text.lower() if text.isascii() else text.translate(_FOLDING)


def normalise(text: str) -> str:
    """Fold a text and drop characters that belong to no word; the index stores the result."""
    return _DROPPED_CHARACTERS.sub("", _fold(text))


def words(text: str) -> list[str]:
    """Split a text into folded words."""
    return split_words(normalise(text))


def split_words(text: str) -> list[str]:
    """Split a text from `normalise` into its words."""
    return _WORD.findall(text)


def letters(text: str) -> list[str]:
    """Split a text from `normalise` into sequences of letters, without digits."""
    return (
        text.translate(_NON_LETTERS_TO_SPACES).split() if text.isascii() else _LETTERS.findall(text)
    )


def word_spans(text: str) -> Iterator[tuple[str, Span]]:
    """Yield each folded word of a text with its span of code points in the original text."""
    if text.isascii() and not _DROPPED_CHARACTERS.search(lower_text := text.lower()):
        yield from ((match[0], match.span()) for match in _WORD.finditer(lower_text))
        return
    parts = [_FOLDING[ord(char)] for char in text]
    origins = [position for position, part in enumerate(parts) for _ in part]
    folded = "".join(parts)
    positions: Sequence[int] = range(len(folded))
    if dropped_positions := {
        n for match in _DROPPED_CHARACTERS.finditer(folded) for n in range(*match.span())
    }:
        positions = [position for position in positions if position not in dropped_positions]
        folded = "".join(folded[position] for position in positions)
    for match in _WORD.finditer(folded):
        first, last = positions[match.start()], positions[match.end() - 1]
        yield match[0], (origins[first], origins[last] + 1)


def name_words(name: str) -> tuple[str, ...]:
    """Split a name into folded words, without a leading "the"."""
    parts = tuple(words(name))
    return parts[1:] if len(parts) > 1 and parts[0] == "the" else parts


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """Stem a folded word as the index does; lone surrogates, which it rejects, are not stemmed."""
    try:
        stems: list[str] = _STEM_ANALYZER.analyze(word)
    except UnicodeEncodeError:
        return word
    return stems[0] if stems else word
