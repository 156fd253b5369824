"""Compare names by their appearance: similar letters and invisible characters. No I/O."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from bot.text.invisible import INVISIBLE

ANY_LETTER = "\N{LISU LETTER A}"
"""A wildcard in a folded name: a letter that could be mistaken for any other."""

_BLANKS = re.compile("[\u115f\u1160\u2800\u3164\uffa0\\s]+")
_LOOSE_ACCENTS = re.compile("[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]+")

_APOSTROPHES = dict.fromkeys(map(ord, "’‘‛ʼʻʽʹˈˊˋ`´′՚ꞌ"), "'")
_LOOKALIKES = {
    ord(char): letter
    for letter, chars in {
        "a": "аАαΑ", "b": "вВβΒ", "c": "сС", "d": "ԁðÐ", "e": "еЕεΕ℮", "g": "ց", "h": "нНһҺΗհ",
        "i": "іІιΙ", "j": "јЈյ", "k": "кКκΚ", "l": "ӏӀԼ", "m": "мМΜ", "n": "пηΝոռ", "o": "оОοΟօՕ",
        "p": "рРρΡ", "q": "ԛԚզ", "r": "г", "s": "ѕЅՏ", "t": "тТτΤ", "u": "υսՍ", "v": "νѵѴ",
        "w": "ԝԜω", "x": "хХχΧ", "y": "уУүҮγΥ", "z": "Ζ",
        "ae": "æÆ", "oe": "œŒ", "ss": "ßẞ", "th": "þÞ", "|": "ǀǁ丨",
    }.items()
    for char in chars
}  # fmt: skip
"""The Latin letters that Cyrillic, Greek and Armenian letters can be mistaken for (most of
Unicode's confusables.txt, without digits and pairs such as rn for m), and the letters that make
up a Latin ligature."""
_LATIN = re.compile(r"LATIN .*LETTER (?:[A-Z]+ )*([A-Z])\b")
"""The plain letter in the Unicode name of a variant: LATIN SMALL LETTER R WITH STROKE."""
_SCRIPTS_OF_LOOKALIKES = frozenset((
    "BAMUM", "CANADIAN", "CARIAN", "CAUCASIAN", "CHEROKEE", "COPTIC", "DESERET", "ELBASAN",
    "GLAGOLITIC", "GOTHIC", "LISU", "LYCIAN", "LYDIAN", "MEDEFAIDRIN", "MIAO", "NKO", "OLD",
    "OSAGE", "PHOENICIAN", "RUNIC", "SHAVIAN", "TIFINAGH", "VAI", "WARANG",
))  # fmt: skip
"""Scripts, by the first word of their letters' names, in which many letters look Latin and few
newspapers are written."""
_SCRIPTS_WITHOUT_LOOKALIKES = frozenset(("CJK", "HIRAGANA", "KATAKANA", "HANGUL", "LATIN"))
"""Latin, and scripts without a letter that could be mistaken for a Latin one."""


def remove_invisible(name: str) -> str:
    """Return a name as people see it: with single spaces, without invisible characters and
    without combining accents that do not compose with their letter."""
    visible = INVISIBLE.sub("", _BLANKS.sub(" ", name))
    return " ".join(_LOOSE_ACCENTS.sub("", unicodedata.normalize("NFC", visible)).split())


def remove_symbols(name: str) -> str:
    """Remove symbols (such as ™ and emoji), superscripts and circled characters."""
    return "".join(" " if _is_symbol(char) else char for char in name)


def _is_symbol(char: str) -> bool:
    is_symbol = unicodedata.category(char) == "So"
    return is_symbol or unicodedata.decomposition(char).startswith(("<super>", "<circle>"))


def fold(name: str) -> str:
    """Fold a name to lower case and each letter to the plain one it resembles, without accents
    and invisible characters. In a word that mixes Latin and other scripts, the other letters
    become wildcards."""
    if name.isascii():
        return name.translate(_APOSTROPHES).casefold()
    plain = unicodedata.normalize("NFKD", name.translate(_APOSTROPHES))
    visible = "".join(char for char in plain if not _is_invisible(char))
    return re.sub(r"\w+|\W", lambda word: _fold_word(word[0]), visible).casefold()


def cut_folded(name: str, length: int) -> str:
    """Cut a name where its folded form has this length; what folding drops does not count."""
    kept = []
    for char in name:
        if size := _folded_length(char):
            kept.append(char)
            length -= size
            if length <= 0:
                break
    return "".join(kept)


@lru_cache(maxsize=10_000)
def _folded_length(char: str) -> int:
    plain = unicodedata.normalize("NFKD", char.translate(_APOSTROPHES))
    return sum(not _is_invisible(part) for part in plain)


@lru_cache(maxsize=1_000)  # the parts of a name have the same words
def _fold_word(word: str) -> str:
    if word.isascii():
        return word
    scripts = {_script(char) for char in word if char.isalpha()}
    is_mixed = "LATIN" in scripts and len(scripts) > 1
    return "".join(
        ANY_LETTER if is_mixed and _is_foreign(char) else _plain_letter(char) for char in word
    )


def _is_foreign(char: str) -> bool:
    return char.isalpha() and _script(char) not in _SCRIPTS_WITHOUT_LOOKALIKES


@lru_cache(maxsize=10_000)
def _script(char: str) -> str:
    return unicodedata.name(char, "").partition(" ")[0]


@lru_cache(maxsize=10_000)
def _is_invisible(char: str) -> bool:
    return not char.isascii() and unicodedata.category(char) in ("Mn", "Cf", "Lm")


@lru_cache(maxsize=10_000)
def _plain_letter(char: str) -> str:
    if char.isascii():
        return char
    if lookalike := _LOOKALIKES.get(ord(char)):
        return lookalike
    if latin := _LATIN.search(unicodedata.name(char, "")):
        return latin[1]
    if unicodedata.category(char) in ("Mc", "Me"):
        return "&"  # neither a letter nor a separator
    has_lookalikes = _script(char) == "LATIN" or _script(char) in _SCRIPTS_OF_LOOKALIKES
    return ANY_LETTER if has_lookalikes and char.isalpha() else char
