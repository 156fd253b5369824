"""Fold, split and compare names, and assign them to blocks. Pure.

Two spellings are one name only if they differ as transcriptions from other alphabets do (Dmitry
and Dmitriy, Schröder and Schroeder; in a long word also Medvedev and Medvedyev).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from rapidfuzz.distance import OSA

from bot.languages.table import name_parts, pronouns

MIN_LETTERS = 5
"""In a shorter word one letter makes a different name: Jan and Ian, Scot and Scott."""

MIN_LETTERS_FOR_EXTRA_VOWEL = 7
"""In longer words an additional i or e may be another transcription: Medvedyev."""

MAX_BLOCK = 200
"""Characters: a name of that length may fold into eighteen times as many."""

# Letters that Unicode does not decompose.
_PLAIN = str.maketrans(
    {"ø": "o", "đ": "d", "ð": "d", "ı": "i", "ł": "l", "æ": "ae", "œ": "oe", "þ": "th", "ß": "ss"}
)
_WORD = re.compile(r"[^\W_]+")
_NO_PART = re.compile(r"['’ʼ]s?\b|(?<=\b[^\W\d_])\.(?=[^\W\d_]\b)")
_TRANSCRIBED = (("ph", "f"), ("x", "ks"), ("tz", "ts"), ("y", "i"), ("j", "i"))
# Schröder; but Michael is not Michal.
_UMLAUT = re.compile(r"([aou])e(?!la?$)")
_INNER_KH = re.compile(r"(?<=.)kh")
_TWICE, _ONCE = re.compile(r"(.)\1+"), r"\1"
_VOWELS_AND_H = re.compile(r"(?<=.)[aeiouh]")
_VOWELS = frozenset("aeiou")


@lru_cache(maxsize=100_000)
def fold_name(text: str) -> tuple[str, ...]:
    """Cut a text into words without case, accents, possessives and a leading "the"; "U.N." is
    the word "un"."""
    plain = unicodedata.normalize("NFKD", text).casefold().translate(_PLAIN)
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    words = tuple(_WORD.findall(_NO_PART.sub("", plain)))
    return words[1:] if len(words) > 1 and words[0] == pronouns.DEFINITE_ARTICLE else words


def spelled_alike(one: str, other: str) -> bool:
    """Tell whether two folded words are the same name in two spellings."""
    if one == other:
        return True
    if min(len(one), len(other)) < MIN_LETTERS:
        return False
    a, b = _sound(one), _sound(other)
    return a == b or _transcribed_alike(a, b)


def _transcribed_alike(a: str, b: str) -> bool:
    """Whether one long word has an i beside a vowel (Medvedyev) or an e before r (Aleksandr) more
    than the other, and not at its end (Zelenska).

    Any other vowel often makes another name: Hansen and Hanson, Johansen and Johnsen, Kristian and
    Kristin, Sanders and Saunders.
    """
    if min(len(a), len(b)) < MIN_LETTERS_FOR_EXTRA_VOWEL or len(a) == len(b) or a[-1] != b[-1]:
        return False
    if OSA.distance(a, b, score_cutoff=1) != 1:
        return False
    longer, shorter = (a, b) if len(a) > len(b) else (b, a)
    at = next((n for n, (x, y) in enumerate(zip(longer, shorter, strict=False)) if x != y), -1)
    before, after = longer[at - 1 : at], longer[at + 1]
    if longer[at] == "e":
        return after == "r" and before not in _VOWELS
    return longer[at] == "i" and not _VOWELS.isdisjoint((before, after))


@lru_cache(maxsize=100_000)
def _sound(word: str) -> str:
    """A form of a folded word that all its transcriptions share."""
    word = _INNER_KH.sub("h", word)
    word = _UMLAUT.sub(r"\1", word)
    for letters, plain in _TRANSCRIBED:
        word = word.replace(letters, plain)
    return _TWICE.sub(_ONCE, word)


def person_block(family: str) -> str:
    """The block of all spellings of a family name, by its consonants."""
    consonants = _VOWELS_AND_H.sub("", _sound(family))
    return f"person {_TWICE.sub(_ONCE, consonants)}"[:MAX_BLOCK]


def initials(printed: str) -> str:
    """The capitals with which the words of a body's name begin, folded."""
    words = printed.split()
    words = words[1:] if words and words[0].lower() == pronouns.DEFINITE_ARTICLE else words
    return "".join(word[0] for word in words if word[0].isupper()).casefold()


def body_block(printed: str) -> str:
    """The block of a body's name and its acronym."""
    capitals = initials(printed)
    return acronym_block(capitals if len(capitals) > 1 else " ".join(fold_name(printed)))


def acronym_block(letters: str) -> str:
    """The block of an acronym and the names that it may stand for."""
    return f"body {letters}"[:MAX_BLOCK]


def candidate_blocks(words: Sequence[str]) -> set[str]:
    """The blocks that may contain a typed name, given as one or more folded words."""
    capitals = "".join(word[0] for word in words if word not in name_parts.LOWERCASE_WORDS)
    return {
        *(person_block(words[0]), person_block(words[-1])),
        *(acronym_block(" ".join(words)), acronym_block(capitals)),
    }
