"""Detect queries in a language other than English, by function words or by script.

The language of a few words cannot be detected by letters alone, since names look like any language.
So a query counts as German only if it has German function words and hardly any English word.
Function words that are also English, or parts of names (der, van, el), do not count by themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence, Set
from functools import cache

from bot.languages.wordlist import is_word
from bot.search.engine.words import words
from bot.text.languages import MIN_PROBABILITY, most_likely_language

_FUNCTION_WORDS = {
    "cs": ("kdy kde proc jak kdo co je jsou byl byla bylo se ze na pro podle nebo ale ktery bude "),
    "da": (
        "hvornar hvorfor hvad hvor hvem hvordan er og ikke det som fra har af til blev ville skal "
    ),
    "de": (
        "wann warum wieso wer wie wo was ist sind der das den dem und oder nicht kein keine mit "
        "von fur auf bei nach wird werden wurde wurden hat haben hatte ein eine einen einem "
        "wieder uber zum zur sagt sagte aus ob dass noch auch schon im zu sich vor gegen "
        "gesagt gibt gab seit wegen nur mehr sehr wirklich "
    ),
    "es": (
        "cuando donde quien quienes por que como cual es son fue los las una unos del al con "
        "para sobre segun dijo dice esta estan hay muy pero tambien se lo su sus desde hasta "
        "cuanto cuantos "
        "dicho hace han hubo porque este eso sin "
    ),
    "fi": (
        "milloin miksi kuka missa miten mika on ovat ei ja tai oli ettei etta kun sanoi mukaan "
    ),
    "fr": (
        "quand pourquoi qui ou que quoi comment est sont le les des du une et dans avec pour "
        "sur pas ne il elle ils elles ont dit selon aux au ce cette ces plus mais sera etait "
        "par combien "
        "deja encore apres avant leur leurs nous vous avait peut "
    ),
    "hu": ("mikor miert hol ki mit hogy nem egy az es van volt lesz szerint vagy mert meg "),
    "id": (
        "kapan mengapa siapa dimana bagaimana apa yang dan tidak di ke dari untuk dengan akan "
        "adalah "
    ),
    "it": (
        "quando perche dove chi che cosa come quanto quanti sono il gli della del dei delle nel "
        "nella con per non una detto secondo anche ha hanno stato sara si "
    ),
    "nl": (
        "wanneer waarom wie wat waar hoe is zijn het een en niet geen met voor naar wordt "
        "worden werd heeft hebben zegt zei aan ook over weer gaat nog uit bij dat deze de te om "
        "als kan "
    ),
    "no": (
        "hvorfor hva hvor hvem hvordan er og ikke det som fra har av til ble vil skal nar blir "
    ),
    "pl": (
        "kiedy dlaczego gdzie kto jak co jest sa byl byla nie sie na przez dla czy oraz ale ze "
        "wedlug zostanie bedzie ile ktory ktora "
    ),
    "pt": (
        "quando onde quem que como porque por sao foi os uma do da dos das no na nos nas com "
        "para nao mais segundo disse diz esta estao pelo pela quantos "
    ),
    "ro": ("cand unde cine ce cum este sunt si sau nu pe din cu pentru care dupa fost spus "),
    "sv": (
        "nar varfor vem vad var hur ar och inte det som fran har av till blev ska enligt nagon "
    ),
    "tr": (
        "ne zaman neden niye kim nerede nasil ve bir bu icin degil mi ile gore dedi olarak kac "
    ),
}
"""The function words of each language, folded, without accents."""
_NAME_PARTS = frozenset(
    words(
        "der den dem von zu van de la le les las los el al da di do dos das del della du des "
        "bin ibn ben ter ten af av og und et y e i o os san santa st saint kim fran sara mika "
        "uber este kuka elle como co ces su se sa ar har det dei hol il sus sau na nas nos ki "
        "az si zaman "
    )
)
_SCRIPTS = (
    ("uk", re.compile("[іїєґ]")),
    ("ru", re.compile("[ыэёъ]")),
    ("ja", re.compile("[\u3040-\u30ff]")),
    ("zh", re.compile("[\u4e00-\u9fff]")),
    ("ko", re.compile("[\uac00-\ud7af]")),
    ("ar", re.compile("[\u0620-\u064a]")),
    ("he", re.compile("[\u05d0-\u05ea]")),
    ("el", re.compile("[\u03b1-\u03c9]")),
    ("th", re.compile("[\u0e01-\u0e3a]")),
    ("hi", re.compile("[\u0905-\u0939]")),
    ("ru", re.compile("[а-я]")),
)
"""Letters that only one language has come before those that a whole script shares."""
_MAX_ENGLISH_WITH_SEVERAL, _MAX_ENGLISH_WITH_ONE = 0.5, 0.34
"""Maximum share of English words in a query with several foreign function words, and with one."""
_MIN_SHARED_LENGTH = 4
"""Minimum length of a lower-case word that may be the same in any language."""
_MIN_DISTINCTIVE_LENGTH = 5
"""Minimum length of a function word that identifies its language by itself."""
_MIN_WORDS_WITH_ONE = 3
"""Minimum number of words in a query that has only one foreign function word."""


def language_of(typed_words: Iterable[str]) -> str | None:
    """The language code of a query's words; None if it is English or uncertain."""
    text = " ".join(typed_words)
    if code := _language_of_script(text.casefold()):
        return code
    parts = [word for word in words(text) if word.isalpha()]
    matches = {
        code: distinctive_words.intersection(parts)
        for code, distinctive_words in _distinctive_function_words().items()
    }
    code = max(matches, key=lambda code: len(matches[code]))
    return code if _is_sure(code, matches[code], parts) else _guess_by_letters(text, parts)


def _guess_by_letters(text: str, parts: Sequence[str]) -> str | None:
    """The likeliest language by letters, if the text has a function word of that language and no
    English word."""
    codes = {code for code in _FUNCTION_WORDS if not _function_words(code).isdisjoint(parts)}
    function_words = frozenset[str]().union(*map(_function_words, codes))
    has_english = any(is_word(word) for word in parts if word not in function_words)
    if not codes or has_english or len(parts) < _MIN_WORDS_WITH_ONE:
        return None
    code, probability = most_likely_language(text.lower())
    return code if code in codes and probability >= MIN_PROBABILITY else None


def _is_sure(code: str, distinctive_words: Set[str], parts: Sequence[str]) -> bool:
    """Whether these distinctive function words of a language prove that a text is in it."""
    function_words = _function_words(code)
    english_count = sum(word not in function_words and is_word(word) for word in parts)
    if len(distinctive_words) > 1:
        return english_count <= len(parts) * _MAX_ENGLISH_WITH_SEVERAL
    has_evidence = len(function_words.intersection(parts)) > 1 or any(
        len(word) >= _MIN_DISTINCTIVE_LENGTH for word in distinctive_words
    )
    is_enough = len(distinctive_words) == 1 and has_evidence and len(parts) >= _MIN_WORDS_WITH_ONE
    return is_enough and english_count <= len(parts) * _MAX_ENGLISH_WITH_ONE


def without_function_words(typed_words: Iterable[str], code: str) -> tuple[str, ...]:
    """A query's words that may be the same in any language: names, figures and longer words."""
    return tuple(
        word
        for word in typed_words
        if not set(words(word)) <= _function_words(code)
        and (len(word) >= _MIN_SHARED_LENGTH or not word.islower())
    )


@cache
def _distinctive_function_words() -> dict[str, frozenset[str]]:
    """The function words of each language that are neither English nor parts of names."""
    return {
        code: frozenset(word for word in _function_words(code) if not is_word(word)) - _NAME_PARTS
        for code in _FUNCTION_WORDS
    }


@cache
def _function_words(code: str) -> frozenset[str]:
    return frozenset(words(_FUNCTION_WORDS.get(code, "")))


def _language_of_script(text: str) -> str | None:
    """The language of a text's script if most of the letters belong to one of `_SCRIPTS`."""
    if text.isascii():
        return None
    letters = [char for char in text if char.isalpha()]
    script_letters = [char for char in letters if any(script.match(char) for _, script in _SCRIPTS)]
    if not script_letters or len(script_letters) <= len(letters) / 2:
        return None
    return next(code for code, script in _SCRIPTS if script.search(text))
