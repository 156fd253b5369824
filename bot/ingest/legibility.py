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
from bot.text.languages import MIN_LETTERS, count_letters, detect_language

MAX_CHARACTERS = 60_000
"""A longer text is judged by its first characters."""
MIN_WORDS, MIN_SHORT_WORDS = 25, 6
"""Of fewer words, only what hardly ever happens by chance counts; still fewer show nothing."""
MAX_BROKEN, MIN_VOWELS, MAX_VOWELS = 0.08, 0.22, 0.62
"""The largest share of words that are none, and of vowels among Latin letters in any language."""
MAX_SINGLE_LETTERS, MAX_SHORT_SINGLE_LETTERS = 0.15, 0.4
"""The largest share of words of one letter. Czech has seven in a hundred."""
MIN_KNOWN, MIN_SHORT_KNOWN, MIN_KNOWN_FOR_ORDER = 0.88, 0.75, 0.7
"""The smallest share of the words in lower case that the word list has."""
MIN_HALF_KNOWN, MAX_HALF_KNOWN = 0.4, 0.5
"""Of a passage in another language, a smaller share is in the word list; and the largest share of
passages of which some words are known, but fewer than MIN_KNOWN."""
MAX_WRONG_PAIRS = 0.002
"""The largest share of pairs of words that do not follow each other. In words out of order, it is
0.058, and in articles 0.0001."""
MAX_REPEATED, MIN_LINE_WORDS, MAX_SENTENCE_WORDS = 0.3, 4, 70
"""The largest share of the text that is repeated lines; the most words for a sentence's end."""
MAX_LOWER_STARTS, MAX_LOWER_STARTS_ELSEWHERE, MIN_STARTS = 0.2, 0.4, 5
"""The largest share of sentences that start in lower case, in languages with and without a word
list. With half of it, one pair of words that do not follow each other is enough."""

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
_MIXED_WORD = re.compile("[a-z][\u4e00-\u9fff]+(?=[a-z])")
"""Ligatures whose two bytes were swapped, as some PDFs state them."""
_SENTENCE_END = re.compile(r"[.!?…。！？؟।։۔][\"'”’»“)\]]*(?=\s|$)|[。！？]")
_NEXT_LETTER = re.compile(r"[^\W\d_]{2}[.!?][\"'”’»)\]]*\s+([^\W\d_])")
_MISPLACED_END = re.compile(
    r"^\s*[a-zà-ÿ]|[^\W\d_]{4}[.!?][\"'”’»)\]]*\s+[a-zà-ÿ]"
    r"|\b[a-z]+ (?:The|An|In|On|At|He|She|It|They|We|But|And|This) [a-z]"
)
"""A sign that the first or last word of a sentence is elsewhere."""


def find_doubt(text: str, stated_language: str | None = None) -> Doubt | None:
    """Return why a text, whose file may state its language, may have been read wrongly."""
    text = text[:MAX_CHARACTERS]
    tokens = text.split()
    if 2 * len(_WITHOUT_SPACES.findall(text)) > sum(map(str.isalpha, text)):
        if len(_GARBLED.findall(text)) > MAX_BROKEN * len(text) / 6:
            return "broken"
        return "repeated" if _repeated_share(text) > MAX_REPEATED else None
    if len(_MIXED_WORD.findall(text)) > 1:
        return "broken"
    if len(tokens) < MIN_SHORT_WORDS:
        return None
    is_short = len(tokens) < MIN_WORDS
    singles = sum(len(token) == 1 and token.isalpha() for token in tokens) / len(tokens)
    if singles > (MAX_SHORT_SINGLE_LETTERS if is_short else MAX_SINGLE_LETTERS):
        return "letters"
    if _is_broken(tokens, is_short=is_short):
        return "broken"
    known = [_is_known(word) for word in _WORD.findall(text) if word.islower()]
    if is_short:
        return _find_doubt_in_few_words(text, tokens, known)
    if _repeated_share(text) > MAX_REPEATED:
        return "repeated"
    if len(tokens) > MAX_SENTENCE_WORDS * max(len(_SENTENCE_END.findall(text)), 1):
        return "unfinished"
    return _find_doubt_in_words(text, tokens, known, stated_language)


def _is_broken(tokens: Sequence[str], *, is_short: bool) -> bool:
    """Whether too many words do not look like words, or too few letters are vowels."""
    max_broken = 1 if is_short else MAX_BROKEN * len(tokens)
    is_garbled = is_short and any(map(_GARBLED.search, tokens))
    if is_garbled or sum(map(_is_broken_word, tokens)) > max_broken:
        return True
    letters = [letter for letter in _base_letters("".join(tokens)) if letter.isascii()]
    if len(letters) < (40 if is_short else 100):
        return False
    vowels = sum(map(_VOWELS.__contains__, letters)) / len(letters)
    return not MIN_VOWELS <= vowels <= MAX_VOWELS


def _is_broken_word(token: str) -> bool:
    if _GARBLED.search(token):
        return True
    word = token.strip(_PUNCTUATION)
    if len(word) < 4 or "://" in word or "@" in word or "www." in word:
        return False
    letters = "".join(_base_letters(word)) if word.isalpha() and not word.isupper() else "a"
    is_without_vowels = letters.isascii() and _VOWELS.isdisjoint(letters)
    return is_without_vowels or bool(_INNER_SIGN.search(word))


def _base_letters(text: str) -> list[str]:
    """Return the letters of a text in lower case, without accents."""
    return list(filter(str.isalpha, unicodedata.normalize("NFD", text.casefold())))


def _repeated_share(text: str) -> float:
    """Return the share of the text that is lines that it has already."""
    seen: set[tuple[str, ...]] = set()
    repeated = total = 0
    for words in map(tuple, map(str.split, text.splitlines())):
        total += len(words)
        repeated += len(words) if len(words) >= MIN_LINE_WORDS and words in seen else 0
        seen.add(words)
    return repeated / total if total else 0.0


def _find_doubt_in_few_words(text: str, tokens: Sequence[str], known: list[bool]) -> Doubt | None:
    """Doubt a text of a sentence or two, in which one odd word may be a name."""
    if _count_wrong_pairs(tokens) + len(_MISPLACED_END.findall(text)) > 1:
        return "order"
    if len(known) < MIN_SHORT_WORDS or sum(known) >= MIN_SHORT_KNOWN * len(known):
        return None
    language = detect_language(text)  # what a site states is often wrong for a few words
    is_supposed = is_supported(language) if language else count_letters(text) >= MIN_LETTERS
    return "unknown" if is_supposed else None


def _find_doubt_in_words(
    text: str, tokens: Sequence[str], known: Sequence[bool], stated_language: str | None
) -> Doubt | None:
    """Doubt the words and their order, above all if there is a word list of their language."""
    if len(known) < MIN_WORDS:
        return None
    starts = _NEXT_LETTER.findall(text)
    lower_starts = sum(map(str.islower, starts)) / len(starts) if len(starts) >= MIN_STARTS else 0
    share = sum(known) / len(known)
    if share < MIN_KNOWN:
        # Of a passage in another language, as in a bilingual text, hardly any word is known.
        passages = (known[start : start + MIN_WORDS] for start in range(0, len(known), MIN_WORDS))
        shares = [sum(passage) / len(passage) for passage in passages]
        half_known = sum(MIN_HALF_KNOWN < one < MIN_KNOWN for one in shares)
        language = detect_language(text, stated_language)
        if half_known > MAX_HALF_KNOWN * len(shares) and language and is_supported(language):
            return "unknown"
    if share < MIN_KNOWN_FOR_ORDER:
        return "order" if lower_starts > MAX_LOWER_STARTS_ELSEWHERE else None
    least = 0 if lower_starts > MAX_LOWER_STARTS / 2 else 1
    has_wrong_pairs = _count_wrong_pairs(tokens) > max(least, MAX_WRONG_PAIRS * len(tokens))
    return "order" if has_wrong_pairs or lower_starts > MAX_LOWER_STARTS else None


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
