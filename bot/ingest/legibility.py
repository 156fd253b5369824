"""Doubt a text that may have been read wrongly, by how its words, lines and sentences look. Pure.

Most checks work in any language that is written with letters and full stops. Known words and
impossible pairs of words count only if the text is in a language that has a word list.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from itertools import pairwise

from bot.languages import wordlist
from bot.languages.table import is_supported, word_order
from bot.model import Doubt
from bot.text.languages import detect_language

MAX_CHARACTERS = 60_000
MIN_WORDS = 25
MAX_BROKEN, MIN_VOWELS, MAX_VOWELS = 0.08, 0.22, 0.62
"""The largest share of words that are none, and of vowels among Latin letters in any language."""
MAX_GARBLED = 0.013
MAX_SINGLE_LETTERS = 0.15
"""The largest share of words of one letter. Czech has seven in a hundred."""
MIN_KNOWN = 0.88
MAX_WRONG_PAIRS = 0.002
"""The largest share of pairs of words that do not follow each other. In words out of order, it is
0.058, and in articles 0.0001."""
MAX_SENTENCE_WORDS = 70
MAX_LOWER_STARTS, MIN_STARTS = 0.2, 5
"""The largest share of sentences that start in lower case. With half of it, one pair of words that
do not follow each other is enough."""

_WORD = re.compile(r"[^\W\d_]+(?:['’\-\u2010.&/][^\W\d_]+)*")
_PUNCTUATION = "\"'“”‘’„«»‹›()[]{}<>.,;:!?…–—-*•·/|+=&%#§$€£@~^`°_\\"
_GARBLED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ue000-\uf8ff\ufffd]")
_INNER_SIGN = re.compile(
    r"[^\W\d_][^\w\s'’.\-‐–—/&@:,;()\[\]+*|]+[^\W\d_]"
    r"|[a-zà-ÿ][A-ZÀ-Þ][A-Za-zà-ÿ]*[a-zà-ÿ][A-ZÀ-Þ]"
)
_VOWELS = frozenset("aeiouyæœøıəɛɔ")
_WITHOUT_SPACES = re.compile("[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")
"""Letters of languages that are written without spaces, some of them without full stops."""
_SENTENCE_END = re.compile(r"[.!?…。！？؟।։۔][\"'”’»“)\]]*(?=\s|$)|[。！？]")
_NEXT_LETTER = re.compile(r"[^\W\d_]{2}[.!?][\"'”’»)\]]*\s+([^\W\d_])")


def find_doubt(text: str, stated_language: str | None = None) -> Doubt | None:
    """Return why a text, whose file may state its language, may have been read wrongly."""
    text = text[:MAX_CHARACTERS]
    tokens = text.split()
    if len(_GARBLED.findall(text)) > MAX_GARBLED * len(text):
        return "broken"
    is_without_spaces = 2 * len(_WITHOUT_SPACES.findall(text)) > sum(map(str.isalpha, text))
    if len(tokens) < MIN_WORDS or is_without_spaces:
        return None
    if sum(len(one) == 1 and one.isalpha() for one in tokens) > MAX_SINGLE_LETTERS * len(tokens):
        return "letters"
    base_letters = unicodedata.normalize("NFD", text.casefold())  # without accents
    letters = [letter for letter in base_letters if letter.isalpha() and letter.isascii()]
    vowels = sum(map(_VOWELS.__contains__, letters)) / max(len(letters), 1)
    are_vowels_odd = len(letters) >= 100 and not MIN_VOWELS <= vowels <= MAX_VOWELS
    if are_vowels_odd or sum(map(_is_broken_word, tokens)) > MAX_BROKEN * len(tokens):
        return "broken"
    if len(tokens) > MAX_SENTENCE_WORDS * max(len(_SENTENCE_END.findall(text)), 1):
        return "unfinished"
    known = [_is_known(word) for word in _WORD.findall(text) if word.islower()]
    if len(known) < MIN_WORDS:
        return None
    if sum(known) < MIN_KNOWN * len(known):
        language = detect_language(text, stated_language)
        if language and is_supported(language):
            return "unknown"
    starts = _NEXT_LETTER.findall(text)
    lower_starts = sum(map(str.islower, starts)) / len(starts) if len(starts) >= MIN_STARTS else 0
    least = 0 if lower_starts > MAX_LOWER_STARTS / 2 else 1
    has_wrong_pairs = _count_wrong_pairs(tokens) > max(least, MAX_WRONG_PAIRS * len(tokens))
    return "order" if has_wrong_pairs or lower_starts > MAX_LOWER_STARTS else None


def _is_broken_word(token: str) -> bool:
    word = token.strip(_PUNCTUATION)
    is_address = "://" in word or "@" in word or "www." in word
    return len(word) > 3 and not is_address and bool(_INNER_SIGN.search(word))


def _is_known(word: str) -> bool:
    stem = re.split("[’']", word)[0]
    return wordlist.is_listed(stem) or all(map(wordlist.is_listed, re.split(r"\W", word)))


def _count_wrong_pairs(tokens: Sequence[str]) -> int:
    """Count the pairs of words that do not follow each other in a sentence."""
    followers = word_order.NEVER_FOLLOWED_BY
    return sum(
        second.rstrip(_PUNCTUATION) in followers.get(first.lower(), ())
        for first, second in pairwise(tokens)
    )
