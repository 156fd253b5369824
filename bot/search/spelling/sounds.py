"""How a word sounds, roughly: the same for the ways in which one foreign name is transliterated.

The consonants are kept, those that transliterations exchange are made one, and vowels are left out
but for a first one: Zelenskyy and Selenskyj are both "slnsk", Gaddafi and Qadhafi "kdf".
"""

from __future__ import annotations

import re

_AS_ONE = {
    **dict.fromkeys(("tsch", "tch", "ch", "cz"), "C"),
    **dict.fromkeys(("sch", "sh", "zh", "ts", "tz", "z"), "s"),
    **dict.fromkeys(("kh", "gh"), "h"),
    **dict.fromkeys(("ck", "c", "q", "g"), "k"),
    "dh": "d",
    "th": "t",
    "ph": "f",
    "w": "v",
}
_EXCHANGED = re.compile("|".join(sorted(_AS_ONE, key=len, reverse=True)))
# \B: not a word's first letter.
_SILENT = re.compile(r"\B[aeiouyj]+")
_DOUBLED = re.compile(r"([^\W\d_])\1+")


def sounds(words: list[str]) -> list[str]:
    """Give the sound of each folded word; a word holds letters only."""
    if not words:
        return []
    text = "\n".join(words)
    text = _EXCHANGED.sub(lambda found: _AS_ONE[found[0]], text)
    return _SILENT.sub("", _DOUBLED.sub(r"\1", text)).split("\n")
