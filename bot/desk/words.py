"""Split quoted and printed text into words that are equal if an editor may print one for another.

Case, typographic marks, hyphens, spelling variants, and figures in digits or words are no
difference. In a draft, an ellipsis stands for words left out, and square brackets for words put in
the place of others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from bot.languages.table import printed_words
from bot.languages.wordlist import frequency_rank, spelling_pairs
from bot.search.engine.words import normalise
from bot.search.tokenized import TENS, UNITS

ELLIPSIS, BRACKETS = "…", "[]"
COMMON_RANK, COMMON_WEIGHT = 120, 0.4
"""The commonest words, and what one counts beside a content word."""

_DOTS = r"(?:…|\.(?:\s?\.){2,3})"
_WORD = (
    r"[^\W\d_](?:\.[^\W\d_])+\b\.?"  # U.S.
    r"|\d+(?:[.,:]\d+)*|[^\W\d_]+(?:['’ʼ][^\W\d_]+)*|[%&$£€¥]"
)
_DRAFT = re.compile(
    rf"(?P<gap>[\[(]\s*{_DOTS}\s*[\])]|{_DOTS})"
    r"|\[(?P<capital>[^\W\d_])\](?P<rest>(?:['’ʼ]?[^\W\d_]+)+)"
    r"|(?P<free>[^\W_]*\[[^\[\]]{0,300}\][^\W_]*)"
    rf"|(?P<word>{_WORD})"
)
_PRINTED = re.compile(rf"(?P<word>{_WORD})")
_APOSTROPHE = re.compile("['’ʼ]")
_TENS = {word: str(10 * number) for number, word in enumerate(TENS, 2)}
_NUMBERS = _TENS | {word: str(number) for number, word in enumerate(UNITS, 2)}


class Word(NamedTuple):
    """A word's folded form, or ELLIPSIS or BRACKETS, with its place in the text."""

    key: str
    start: int
    end: int

    @property
    def is_figure(self) -> bool:
        """Whether it is a figure or part of one."""
        return self.key[0].isdigit() or self.key in printed_words.SCALES


def draft_words(text: str, start: int = 0, end: int | None = None) -> list[Word]:
    """Split a quotation of a draft, in which brackets and ellipses have a meaning."""
    return _split(_DRAFT, text, start, len(text) if end is None else end)


def text_words(text: str, start: int = 0, end: int | None = None) -> list[Word]:
    """Split printed text, in which only the words count."""
    return _split(_PRINTED, text, start, len(text) if end is None else end)


def _split(pattern: re.Pattern[str], text: str, start: int, end: int) -> list[Word]:
    words: list[Word] = []
    for word in _tokens(pattern, text, start, end):
        last = words[-1] if words else None
        if last and (joined := _joined(last, word, text)):
            words[-1] = Word(joined, last.start, word.end)
        else:
            words.append(word)
    return words


def _tokens(pattern: re.Pattern[str], text: str, start: int, end: int) -> Iterator[Word]:
    for match in pattern.finditer(text, start, end):
        groups = match.groupdict()
        if groups.get("gap"):
            key = ELLIPSIS
        elif groups.get("free"):
            key = BRACKETS
        elif groups.get("capital"):
            key = _key(groups["capital"] + groups["rest"])
        else:
            key = _key(match[0])
        if key:
            yield Word(key, *match.span())


def _joined(last: Word, word: Word, text: str) -> str | None:
    """Return the one word that two make: "twenty-one", "per cent"; a unit after a number."""
    if last.key == "per" and word.key == "cent":
        return "percent"
    if last.key[0].isdigit() and word.key in printed_words.ORDINAL_ENDINGS:
        return last.key + word.key if text[last.end : word.start] == "" else None
    if (scale := printed_words.HUNDREDS.get(word.key)) and (
        last.key in ("a", "one") or last.key.isdigit()
    ):
        return str(scale * (int(last.key) if last.key.isdigit() else 1))
    is_hyphenated = text[last.end : word.start] in ("-", "‐", "‑")
    if last.key in _TENS.values() and is_hyphenated and word.key in ("one", *"23456789"):
        number = "1" if word.key == "one" else word.key
        return str(int(last.key) + int(number))
    return None


@lru_cache(maxsize=20_000)
def _key(token: str) -> str:
    """Return the form that all spellings of a word have in common; empty if it has no letters."""
    token = token.replace(".", "") if token[-1:].isalpha() or token[-1:] == "." else token
    word = "'".join(normalise(part) for part in _APOSTROPHE.split(token)).strip()
    word = word or token
    if word[0].isdigit() or token[0].isdigit():
        number = token.replace(",", "").rstrip(".:")
        return printed_words.ABBREVIATED.get(number, number)
    if word in _NUMBERS:
        return _NUMBERS[word]
    word = _respelled(printed_words.ABBREVIATED.get(word, word))
    for ending, form in printed_words.ENDINGS.items():
        stem = word.removesuffix(ending)
        for base in (stem, f"{stem}e"):
            if word.endswith(ending) and (variant := _variants().get(base)):
                return f"{variant}+{form}" if form else variant
    return word


def _respelled(word: str) -> str:
    for pattern, replacement in printed_words.SPELLINGS:
        word = pattern.sub(replacement, word)
    return word


@cache
def _variants() -> dict[str, str]:
    """Map spelling variants to one of them."""
    pairs = [[_respelled(word) for word in pair] for pair in spelling_pairs()]
    return {word: min(pair) for pair in pairs for word in pair if len({*pair}) > 1}


@lru_cache(maxsize=20_000)
def weight(key: str) -> float:
    """Return how much it says that two texts have a word in common."""
    rank = 1 if len(key) == 1 and key.isalpha() else frequency_rank(key)
    return COMMON_WEIGHT if rank is not None and rank <= COMMON_RANK else 1.0


def negation_count(words: Sequence[Word]) -> int:
    """Count the words that negate."""
    return sum(
        word.key in printed_words.NEGATIONS or bool(printed_words.CONTRACTED_NOT.search(word.key))
        for word in words
    )
