"""Words: how text is cut and folded, the same in the index, in queries and in highlighting.

Folding ignores case, accents and compatibility forms (NFKD without marks); "U.S." is the word
"us" and a possessive "'s" is no part of a word. Stems are Snowball English.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache

import tantivy

from bot.model import Span

# Letters that Unicode does not decompose, as people type them without the right keyboard.
_PLAIN = {
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
    """What each code point becomes, found out when it is first met."""

    def __missing__(self, code: int) -> str:
        folded = "".join(map(self._plain, unicodedata.normalize("NFKD", chr(code).casefold())))
        self[code] = folded
        return folded

    @staticmethod
    def _plain(char: str) -> str:
        if char in _PLAIN:
            return _PLAIN[char]
        # Marks (accents) and format characters (soft hyphens) stand inside words and are no part
        # of them; whatever else is no letter or digit must part words for the index as it does
        # here. Lone surrogates could not even be handed to the index.
        if unicodedata.category(char) in ("Mn", "Cf"):
            return ""
        return char.casefold() if char.isascii() or char.isalnum() else " "


_FOLDING = _Folding()
# A possessive's "'s", and a dot between two single letters.
_NO_PART = re.compile(r"'s(?![^\W_])|\.(?<=(?<![^\W_])[^\W\d_]\.)(?=[^\W\d_](?![^\W_]))")
_WORD = re.compile(r"[^\W_]+")
_LETTERS = re.compile(r"[^\W\d_]+")
# For an ASCII text; to translate and to split it is much faster than to look for a pattern.
_ONLY_LETTERS = "".join(char if char.islower() else " " for char in map(chr, range(128)))

_PLAIN_ANALYZER = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple()).build()
_STEM_ANALYZER = (
    tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
    .filter(tantivy.Filter.stemmer("english"))
    .build()
)
ANALYZERS = {"plain": _PLAIN_ANALYZER, "stems": _STEM_ANALYZER}
"""What the index is told to cut normal() text with."""


# Most texts are ASCII but for these, and lower() is ten times as fast as translate().
_PRINTERS = tuple((char, _FOLDING[ord(char)]) for char in "’“”‘—–")


def _fold(text: str) -> str:
    if not text.isascii():
        for char, plain in _PRINTERS:
            text = text.replace(char, plain)
    return text.lower() if text.isascii() else text.translate(_FOLDING)


def normalise(text: str) -> str:
    """Fold a text and take out what is no part of its words; the index is given this."""
    return _NO_PART.sub("", _fold(text))


def words(text: str) -> list[str]:
    """Cut a text into folded words."""
    return split_words(normalise(text))


def split_words(text: str) -> list[str]:
    """Cut a normal() text into its words."""
    return _WORD.findall(text)


def letters(text: str) -> list[str]:
    """Cut a normal() text into its runs of letters, without digits."""
    return text.translate(_ONLY_LETTERS).split() if text.isascii() else _LETTERS.findall(text)


def word_spans(text: str) -> Iterator[tuple[str, Span]]:
    """Yield each folded word of a text with its span of code points in the text as it stands."""
    if text.isascii() and not _NO_PART.search(lower := text.lower()):
        yield from ((found[0], found.span()) for found in _WORD.finditer(lower))
        return
    parts = [_FOLDING[ord(char)] for char in text]
    origins = [position for position, part in enumerate(parts) for _ in part]
    whole = "".join(parts)
    kept: Sequence[int] = range(len(whole))
    if dropped := {at for found in _NO_PART.finditer(whole) for at in range(*found.span())}:
        kept = [at for at in kept if at not in dropped]
        whole = "".join(whole[at] for at in kept)
    for found in _WORD.finditer(whole):
        first, last = kept[found.start()], kept[found.end() - 1]
        yield found[0], (origins[first], origins[last] + 1)


def name_words(name: str) -> tuple[str, ...]:
    """Cut a name into folded words, without a leading "the"."""
    cut = tuple(words(name))
    return cut[1:] if len(cut) > 1 and cut[0] == "the" else cut


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """Stem one folded word as the index does; a lone surrogate, which it cannot hold, is none."""
    try:
        stemmed: list[str] = _STEM_ANALYZER.analyze(word)
    except UnicodeEncodeError:
        return word
    return stemmed[0] if stemmed else word
