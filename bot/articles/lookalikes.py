"""Compare names by how they look: confusable letters and invisible characters. Pure."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

ANY_LETTER = "\N{LISU LETTER A}"
"""In a folded name, a wildcard: a letter that could be taken for any."""

_BLANKS = re.compile("[\u115f\u1160\u2800\u3164\uffa0\\s]+")
# Unicode's Default_Ignorable_Code_Point. A joiner shapes the letters of some scripts that it
# stands between, as in Persian and Hindi.
_INVISIBLE = re.compile(
    "(?!(?<=[\u0590-\u1aff])[\u200c\u200d][\u0590-\u1aff])"
    "[\u00ad\u034f\u061c\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\ufe00-\ufe0f\ufeff\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
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
"""Cyrillic, Greek and Armenian letters by the Latin ones that they can be taken for (most of those
that Unicode's confusables.txt has; digits and pairs of letters, as rn for m, are left out), and
Latin ones that are several."""
_LATIN = re.compile(r"LATIN .*LETTER (?:[A-Z]+ )*([A-Z])\b")
"""The plain letter in the Unicode name of another: LATIN SMALL LETTER R WITH STROKE."""
_SCRIPTS_OF_LOOKALIKES = frozenset((
    "BAMUM", "CANADIAN", "CARIAN", "CAUCASIAN", "CHEROKEE", "COPTIC", "DESERET", "ELBASAN",
    "GLAGOLITIC", "GOTHIC", "LISU", "LYCIAN", "LYDIAN", "MEDEFAIDRIN", "MIAO", "NKO", "OLD",
    "OSAGE", "PHOENICIAN", "RUNIC", "SHAVIAN", "TIFINAGH", "VAI", "WARANG",
))  # fmt: skip
"""Scripts, by the first words of their letters' names, that have many letters like Latin ones and
few newspapers."""
_SCRIPTS_WITHOUT = frozenset(("CJK", "HIRAGANA", "KATAKANA", "HANGUL", "LATIN"))
"""Scripts with no letter that could be taken for a Latin one, beside Latin itself."""


def without_invisible(name: str) -> str:
    """A name as people see it: single spaces, no invisible characters, and no combining accents
    that do not compose with their letter."""
    seen = _INVISIBLE.sub("", _BLANKS.sub(" ", name))
    return " ".join(_LOOSE_ACCENTS.sub("", unicodedata.normalize("NFC", seen)).split())


def without_symbols(name: str) -> str:
    """A name without symbols (such as ™ and emoji), superscripts and circled characters."""
    return "".join(" " if _is_symbol(char) else char for char in name)


def _is_symbol(char: str) -> bool:
    is_symbol = unicodedata.category(char) == "So"
    return is_symbol or unicodedata.decomposition(char).startswith(("<super>", "<circle>"))


def folded(name: str) -> str:
    """A name in lower case, each letter as the plain one it resembles, without accents and
    invisible characters. In a word that mixes Latin and other letters, the others become
    wildcards."""
    plain = unicodedata.normalize("NFKD", name.translate(_APOSTROPHES))
    seen = "".join(char for char in plain if not _is_invisible(char))
    return re.sub(r"\w+|\W", _folded_word, seen).casefold()


def _folded_word(word: re.Match[str]) -> str:
    if word[0].isascii():
        return word[0]
    scripts = {_script(char) for char in word[0] if char.isalpha()}
    is_mixed = "LATIN" in scripts and len(scripts) > 1
    return "".join(
        ANY_LETTER if is_mixed and _is_foreign(char) else _plain(char) for char in word[0]
    )


def _is_foreign(char: str) -> bool:
    return char.isalpha() and _script(char) not in _SCRIPTS_WITHOUT


@lru_cache(maxsize=10_000)
def _script(char: str) -> str:
    return unicodedata.name(char, "").partition(" ")[0]


@lru_cache(maxsize=10_000)
def _is_invisible(char: str) -> bool:
    return not char.isascii() and unicodedata.category(char) in ("Mn", "Cf", "Lm")


@lru_cache(maxsize=10_000)
def _plain(char: str) -> str:
    if char.isascii():
        return char
    if lookalike := _LOOKALIKES.get(ord(char)):
        return lookalike
    if latin := _LATIN.search(unicodedata.name(char, "")):
        return latin[1]
    if unicodedata.category(char) in ("Mc", "Me"):
        return "&"  # neither a letter nor a separator
    is_like_some = _script(char) == "LATIN" or _script(char) in _SCRIPTS_OF_LOOKALIKES
    return ANY_LETTER if is_like_some and char.isalpha() else char
