"""Phonetic keys: different transliterations of a foreign name get the same key.

Interchangeable consonants are merged, the others kept, and vowels dropped except at the start:
Zelenskyy and Selenskyj are both "slnsk", Gaddafi and Qadhafi "kdf".
"""

from __future__ import annotations

import re

_MERGED_CONSONANTS = {
    **dict.fromkeys(("tsch", "tch", "ch", "cz"), "C"),
    **dict.fromkeys(("sch", "sh", "zh", "ts", "tz", "z"), "s"),
    **dict.fromkeys(("kh", "gh"), "h"),
    **dict.fromkeys(("ck", "c", "q", "g"), "k"),
    "dh": "d",
    "th": "t",
    "ph": "f",
    "w": "v",
}
_CONSONANTS = re.compile("|".join(sorted(_MERGED_CONSONANTS, key=len, reverse=True)))
# \B: not a word's first letter.
_INNER_VOWELS = re.compile(r"\B[aeiouyj]+")
_DOUBLED_LETTER = re.compile(r"([^\W\d_])\1+")


def phonetic_keys(words: list[str]) -> list[str]:
    """The phonetic key of each word; words are folded, and have letters only."""
    if not words:
        return []
    text = "\n".join(words)
    text = _CONSONANTS.sub(lambda match: _MERGED_CONSONANTS[match[0]], text)
    return _INNER_VOWELS.sub("", _DOUBLED_LETTER.sub(r"\1", text)).split("\n")
