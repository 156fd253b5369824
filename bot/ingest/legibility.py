"""Doubt a text that may have been read wrongly, by how its words, lines and sentences look. Pure.

Most checks work in any language that is written with letters and full stops. Known words and
impossible pairs of words count only if the text is in a language that has a word list.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from itertools import pairwise

from bot.languages import wordlist
from bot.languages.table import is_supported, word_order
from bot.model import Doubt
from bot.text.languages import MIN_LETTERS, count_letters, detect_language

MAX_CHARACTERS = 60_000
"""A longer text is judged by its first characters."""
MIN_WORDS = 25
"""Of fewer words, only what hardly ever happens by chance counts."""
MIN_SHORT_WORDS = 6
"""Fewer words show nothing."""
MAX_BROKEN = 0.08
"""The largest share of words that do not look like words."""
MIN_VOWELS, MAX_VOWELS = 0.25, 0.6
"""The share of vowels among the letters of any language in Latin letters."""
MAX_SINGLE_LETTERS = 0.15
"""The largest share of words of one letter. Czech has seven in a hundred."""
MAX_SHORT_SINGLE_LETTERS = 0.4
MIN_SHORT_BROKEN = 2
MIN_SHORT_LETTERS = 40
MIN_SHORT_VOWELS, MAX_SHORT_VOWELS = 0.2, 0.65
MIN_SHORT_KNOWN = 0.75
"""The same for a text of fewer than MIN_WORDS, where chance does more."""
MIN_KNOWN = 0.88
"""The smallest share of the words in lower case that the word list has."""
MIN_KNOWN_FOR_ORDER = 0.7
"""The same, for a text whose words can be expected in the order of the list's language."""
MIN_WRONG_LETTERS, MAX_WRONG_LETTERS = 3, 0.005
"""How many words, and the largest share of words, that have letters or signs of another kind."""
MIN_HALF_KNOWN = 0.4
"""Of a passage in another language, a smaller share is in the word list."""
MAX_HALF_KNOWN = 0.5
"""The largest share of passages of which some words are known, but fewer than MIN_KNOWN."""
MAX_WRONG_PAIRS = 0.002
"""The largest share of pairs of words that do not follow each other. In words out of order, it is
0.058, and in articles 0.0001."""
MAX_REPEATED = 0.3
"""The largest share of the text that is lines of the text again."""
MAX_SENTENCE_WORDS = 70
"""The most words for each end of a sentence."""
MAX_LOWER_STARTS = 0.2
"""The largest share of sentences that start in lower case. With half of it, one pair of words that
do not follow each other is enough."""
MAX_LOWER_STARTS_ELSEWHERE = 0.4
"""The same in languages without a word list, whose abbreviations are not known."""
MIN_STARTS = 5
MIN_LINE_WORDS = 4

_WORD = re.compile(r"[^\W\d_]+(?:['’\-\u2010.&/][^\W\d_]+)*")
_TOKEN = re.compile(r"\S+")
_PUNCTUATION = "\"'“”‘’„«»‹›()[]{}<>.,;:!?…–—-*•·/|+=&%#§$€£@~^`°_\\"
_GARBLED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ue000-\uf8ff\ufffd]")
_INNER_SYMBOL = re.compile(r"[^\W\d_][^\w\s'’.\-‐–—/&@:,;()\[\]+*|]+[^\W\d_]")
_INNER_CAPITAL = re.compile(r"[a-zà-ÿ][A-ZÀ-Þ][A-Za-zà-ÿ]*[a-zà-ÿ][A-ZÀ-Þ]")
_GLUED_SIGN = re.compile(r"^[<=>^~|\\¬]+[^\W\d_]|[^\W\d_][.,!?]?[<=>^~|\\¬]+[.,]?$")
_VOWELS = frozenset("aeiouyæœøıəɛɔ")
_NO_FULL_STOPS = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")
"""Letters of languages that are written without full stops: Thai, Lao, Burmese, Khmer."""
_WITHOUT_SPACES = re.compile("[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")
_SENTENCE_END = re.compile(r"[.!?…。！？؟।։۔][\"'”’»“)\]]*(?=\s|$)|[。！？]")
_NEXT_LETTER = re.compile(r"[^\W\d_]{2}[.!?][\"'”’»)\]]*\s+([^\W\d_])")
_LOWER_START = re.compile(r"[^\W\d_]{4}[.!?][\"'”’»)\]]*\s+[a-zà-ÿ]")
_UPPER_MIDDLE = re.compile(r"\b[a-z]+ (?:The|An|In|On|At|He|She|It|They|We|But|And|This) [a-z]")
_LETTERS_OF_WORD = 4
_CHARACTERS_PER_WORD = 6


def find_doubt(text: str, stated_language: str | None = None) -> Doubt | None:
    """Return why a text may have been read wrongly, or None.

    `stated_language` is the code that its file gives, if any.
    """
    text = text[:MAX_CHARACTERS]
    tokens = _TOKEN.findall(text)
    if _has_most_letters(_WITHOUT_SPACES, text):
        return _find_doubt_without_spaces(text)
    if len(tokens) < MIN_WORDS:
        is_too_short = len(tokens) < MIN_SHORT_WORDS
        return None if is_too_short else _find_doubt_in_few_words(text, tokens)
    if _single_letter_share(tokens) > MAX_SINGLE_LETTERS:
        return "letters"
    if _is_broken(tokens):
        return "broken"
    if _repeated_share(text) > MAX_REPEATED:
        return "repeated"
    if _are_sentences_endless(text, tokens):
        return "unfinished"
    return _find_doubt_in_words(text, tokens, stated_language)


def _has_most_letters(script: re.Pattern[str], text: str) -> bool:
    """Whether a text is in a script, rather than that it has a name in it."""
    letters = sum(map(str.isalpha, text))
    return 2 * len(script.findall(text)) > letters


def _find_doubt_without_spaces(text: str) -> Doubt | None:
    """Doubt a text in a script that has no spaces between words."""
    if len(_GARBLED.findall(text)) > MAX_BROKEN * len(text) / _CHARACTERS_PER_WORD:
        return "broken"
    return "repeated" if _repeated_share(text) > MAX_REPEATED else None


def _find_doubt_in_few_words(text: str, tokens: Sequence[str]) -> Doubt | None:
    """Doubt a text of a sentence or two, in which one odd word may be a name."""
    if _single_letter_share(tokens) > MAX_SHORT_SINGLE_LETTERS:
        return "letters"
    if any(map(_GARBLED.search, tokens)) or sum(map(_is_broken_word, tokens)) >= MIN_SHORT_BROKEN:
        return "broken"
    vowels, letters = _count_vowels(tokens)
    min_vowels, max_vowels = MIN_SHORT_VOWELS * letters, MAX_SHORT_VOWELS * letters
    if letters >= MIN_SHORT_LETTERS and not min_vowels <= vowels <= max_vowels:
        return "broken"
    if _count_wrong_pairs(tokens) + _count_misplaced_ends(text) > 1:
        return "order"
    known = [_is_known(word) for word in _WORD.findall(text) if word.islower()]
    if len(known) < MIN_SHORT_WORDS or sum(known) >= MIN_SHORT_KNOWN * len(known):
        return None
    if language := detect_language(text):  # what a site states is often wrong for a few words
        return "unknown" if is_supported(language) else None
    return "unknown" if count_letters(text) >= MIN_LETTERS else None


def _count_misplaced_ends(text: str) -> int:
    """Count the signs that the first and last words of sentences are elsewhere."""
    text = text.strip()
    return text[:1].islower() + len(_LOWER_START.findall(text)) + len(_UPPER_MIDDLE.findall(text))


def _single_letter_share(tokens: Sequence[str]) -> float:
    letters = sum(len(token) == 1 and token.isalpha() for token in tokens)
    return letters / len(tokens)


def _is_broken(tokens: Sequence[str]) -> bool:
    """Whether too many words do not look like words, or too few letters are vowels."""
    broken = sum(map(_is_broken_word, tokens))
    if broken > MAX_BROKEN * len(tokens):
        return True
    vowels, letters = _count_vowels(tokens)
    if letters < MIN_WORDS * _LETTERS_OF_WORD:
        return False
    return not MIN_VOWELS <= vowels / letters <= MAX_VOWELS


def _count_vowels(tokens: Sequence[str]) -> tuple[int, int]:
    """Count the vowels and the letters among the Latin letters."""
    letters = [letter for letter in _base_letters("".join(tokens)) if letter.isascii()]
    return sum(letter in _VOWELS for letter in letters), len(letters)


def _is_broken_word(token: str) -> bool:
    if _GARBLED.search(token):
        return True
    word = token.strip(_PUNCTUATION)
    if len(word) < _LETTERS_OF_WORD or "://" in word or "@" in word or "www." in word:
        return False
    if _INNER_SYMBOL.search(word) or _INNER_CAPITAL.search(word):
        return True
    if not word.isalpha() or word.isupper():
        return False
    letters = _base_letters(word)
    return all(map(str.isascii, letters)) and _VOWELS.isdisjoint(letters)


def _base_letters(text: str) -> Iterable[str]:
    """Return the letters of a text in lower case, without accents."""
    decomposed = unicodedata.normalize("NFD", text.casefold())
    return [character for character in decomposed if character.isalpha()]


def _repeated_share(text: str) -> float:
    """Return the share of the text that is lines that it has already."""
    seen: set[str] = set()
    repeated = total = 0
    for line in text.splitlines():
        words = line.split()
        total += len(words)
        key = " ".join(words)
        if len(words) >= MIN_LINE_WORDS and key in seen:
            repeated += len(words)
        seen.add(key)
    return repeated / total if total else 0.0


def _are_sentences_endless(text: str, tokens: Sequence[str]) -> bool:
    if _has_most_letters(_NO_FULL_STOPS, text):
        return False
    return len(tokens) > MAX_SENTENCE_WORDS * max(len(_SENTENCE_END.findall(text)), 1)


def _find_doubt_in_words(
    text: str, tokens: Sequence[str], stated_language: str | None
) -> Doubt | None:
    """Doubt the words and their order, above all if there is a word list of their language."""
    lower_starts = _lower_start_share(text)
    known = [_is_known(word) for word in _WORD.findall(text) if word.islower()]
    if len(known) < MIN_WORDS:
        return None
    known_share = sum(known) / len(known)
    if known_share < MIN_KNOWN and _half_known_share(known) > MAX_HALF_KNOWN:
        language = detect_language(text, stated_language)
        if language and is_supported(language):
            return "unknown"
    if known_share < MIN_KNOWN_FOR_ORDER:
        return "order" if lower_starts > MAX_LOWER_STARTS_ELSEWHERE else None
    wrong_letters = _count_wrong_letters(tokens)
    if wrong_letters >= MIN_WRONG_LETTERS and wrong_letters > MAX_WRONG_LETTERS * len(tokens):
        return "broken"
    wrong_pairs = _count_wrong_pairs(tokens)
    max_wrong_pairs = 0 if lower_starts > MAX_LOWER_STARTS / 2 else 1
    has_wrong_pairs = wrong_pairs > max(max_wrong_pairs, MAX_WRONG_PAIRS * len(tokens))
    return "order" if has_wrong_pairs or lower_starts > MAX_LOWER_STARTS else None


def _lower_start_share(text: str) -> float:
    """Return the share of sentences, after the first, that start in lower case."""
    starts = _NEXT_LETTER.findall(text)
    return sum(map(str.islower, starts)) / len(starts) if len(starts) >= MIN_STARTS else 0.0


def _is_known(word: str) -> bool:
    return wordlist.is_listed(word.partition("’")[0].partition("'")[0]) or (
        not word.isalpha() and all(map(wordlist.is_listed, re.split(r"\W", word)))
    )


def _half_known_share(known: Sequence[bool]) -> float:
    """Return the share of passages in which some words are known, but too few.

    Of a passage in another language, such as half of a bilingual text, hardly any word is known.
    """
    passages = [known[start : start + MIN_WORDS] for start in range(0, len(known), MIN_WORDS)]
    is_half_known = [
        MIN_HALF_KNOWN * len(passage) < sum(passage) < MIN_KNOWN * len(passage)
        for passage in passages
    ]
    return sum(is_half_known) / len(passages)


def _count_wrong_letters(tokens: Sequence[str]) -> int:
    """Count the words with signs for quotation marks, and those among known words that have letters
    of another language. A font that does not say what its glyphs mean may spoil only rare ones."""
    return sum(bool(_GLUED_SIGN.search(token)) for token in tokens) + sum(
        not token.isascii()
        and _has_wrong_letter(token)
        and _is_known(before.strip(_PUNCTUATION))
        and _is_known(after.strip(_PUNCTUATION))
        for before, token, after in zip(tokens, tokens[1:], tokens[2:], strict=False)
    )


def _has_wrong_letter(token: str) -> bool:
    word = token.strip(_PUNCTUATION)
    if not (word.isalpha() and word.islower()) or word.isascii():
        return False
    return not wordlist.is_listed("".join(_base_letters(word)))


def _count_wrong_pairs(tokens: Sequence[str]) -> int:
    """Count the pairs of words that do not follow each other in a sentence."""
    followers = word_order.NEVER_FOLLOWED_BY
    return sum(
        second.rstrip(_PUNCTUATION) in followers[first.lower()]
        for first, second in pairwise(tokens)
        if first.lower() in followers
    )
