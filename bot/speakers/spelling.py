"""Fold and compare names, and assign them to blocks. No side effects.

Two spellings are the same name only if they differ as transcriptions from other alphabets do
(Dmitry and Dmitriy, Schröder and Schroeder; Medvedev and Medvedyev, because the word is long).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from rapidfuzz.distance import OSA

from bot.languages.table import LISTS, pronouns

MIN_LETTERS = 5
"""Shorter words must be equal: Jan and Ian, Scot and Scott are different names."""

MIN_LETTERS_FOR_EXTRA_VOWEL = 7
"""Words this long may differ by an extra i or e: Medvedyev."""

MAX_BLOCK_LENGTH = 200
"""In characters; folding can make a name up to eighteen times as long."""

# Letters that Unicode does not decompose.
_PLAIN_LETTERS = str.maketrans(
    {"ø": "o", "đ": "d", "ð": "d", "ı": "i", "ł": "l", "æ": "ae", "œ": "oe", "þ": "th", "ß": "ss"}
)
_WORD = re.compile(r"[^\W_]+")
_APOSTROPHE_OR_INITIAL_STOP = re.compile(r"['’ʼ]s?\b|(?<=\b[^\W\d_])\.(?=[^\W\d_]\b)")
_TRANSCRIPTIONS = (("ph", "f"), ("x", "ks"), ("tz", "ts"), ("y", "i"), ("j", "i"))
# Schroeder is Schröder, but Michael is not Michal.
_UMLAUT = re.compile(r"([aou])e(?!la?$)")
_INNER_KH = re.compile(r"(?<=.)kh")
_REPEATED = re.compile(r"(.)\1+")
_INNER_VOWEL_OR_H = re.compile(r"(?<=.)[aeiouh]")
_VOWELS = frozenset("aeiou")


@lru_cache(maxsize=100_000)
def fold_name(text: str) -> tuple[str, ...]:
    """Split a name into words without case, accents, possessives and a leading "the".

    "U.N." is the word "un".
    """
    plain = unicodedata.normalize("NFKD", text).casefold().translate(_PLAIN_LETTERS)
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    words = tuple(_WORD.findall(_APOSTROPHE_OR_INITIAL_STOP.sub("", plain)))
    return words[1:] if len(words) > 1 and words[0] == pronouns.DEFINITE_ARTICLE else words


def spelled_alike(word: str, other: str) -> bool:
    """Whether two folded words may be spellings of the same name."""
    if word == other:
        return True
    if min(len(word), len(other)) < MIN_LETTERS:
        return False
    sound, other_sound = _sound(word), _sound(other)
    return sound == other_sound or _differ_by_transcribed_vowel(sound, other_sound)


def _differ_by_transcribed_vowel(word: str, other: str) -> bool:
    """Whether two long words differ only by one vowel that transcriptions often leave out.

    It is an i next to a vowel (Medvedyev), or an e before r (Aleksandr), but not at the end of the
    word (Zelenska). Any other vowel often makes another name: Hansen and Hanson, Johansen
    and Johnsen, Kristian and Kristin, Sanders and Saunders.
    """
    shorter, longer = sorted((word, other), key=len)
    if len(shorter) < MIN_LETTERS_FOR_EXTRA_VOWEL or len(shorter) == len(longer):
        return False
    if shorter[-1] != longer[-1] or OSA.distance(shorter, longer, score_cutoff=1) != 1:
        return False
    pairs = enumerate(zip(longer, shorter, strict=False))
    index = next((index for index, (a, b) in pairs if a != b), -1)
    before, after = longer[index - 1 : index], longer[index + 1]
    if longer[index] == "e":
        return after == "r" and before not in _VOWELS
    return longer[index] == "i" and not _VOWELS.isdisjoint((before, after))


@lru_cache(maxsize=100_000)
def _sound(word: str) -> str:
    """Return a form of a folded word that most of its transcriptions share."""
    word = _UMLAUT.sub(r"\1", _INNER_KH.sub("h", word))
    for letters, plain in _TRANSCRIPTIONS:
        word = word.replace(letters, plain)
    return _REPEATED.sub(r"\1", word)


def person_block(family: str) -> str:
    """Return the block of a family name, which is based on its consonants."""
    consonants = _INNER_VOWEL_OR_H.sub("", _sound(family))
    consonants = _REPEATED.sub(r"\1", consonants)
    return f"person {consonants}"[:MAX_BLOCK_LENGTH]


def initials(printed: str) -> str:
    """Return the capitalised initials of an organisation's name, folded."""
    words = printed.split()
    words = words[1:] if words and words[0].lower() == pronouns.DEFINITE_ARTICLE else words
    return "".join(word[0] for word in words if word[0].isupper()).casefold()


def organisation_block(printed: str) -> str:
    """Return the block of an organisation's name and its acronym."""
    acronym = initials(printed)
    return acronym_block(acronym if len(acronym) > 1 else " ".join(fold_name(printed)))


def acronym_block(acronym: str) -> str:
    """Return the block of an acronym and the names that it may abbreviate."""
    return f"body {acronym}"[:MAX_BLOCK_LENGTH]  # blocks are stored, so the prefix stays


def candidate_blocks(words: Sequence[str]) -> set[str]:
    """Return the blocks that may contain a typed name, given as one or more folded words."""
    acronym = "".join(word[0] for word in words if word not in LISTS["lowercase_name_words"])
    return {
        *(person_block(words[0]), person_block(words[-1])),
        *(acronym_block(" ".join(words)), acronym_block(acronym)),
    }
