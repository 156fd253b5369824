"""Word lists: known words, frequency ranks, spelling variants, antonyms and synonyms.

The English lists in en/wordlist/ are made from SCOWL and WordNet by training/wordlist.py; see the
LICENSE there. They have no names, nor any other capitalised words.
"""

from __future__ import annotations

import gzip
from functools import cache
from pathlib import Path

from bot.languages.table import negation

WORDLIST_FOLDER = Path(__file__).with_name("en") / "wordlist"
WORDS, SPELLINGS, OPPOSITES = "words.txt.gz", "spellings.txt", "opposites.txt"
COMMON, FORMS, SYNONYMS = "common.txt.gz", "forms.txt.gz", "synonyms.txt.gz"
_MIN_BASE = 4


def is_listed(word: str) -> bool:
    """Whether a word, in lower case and without accents, is in the list."""
    return word in _words()


def is_word(word: str) -> bool:
    """Whether a word is listed or negates a listed one; no list has all negated words."""
    return is_listed(word) or negated_base(word) is not None


def negated_base(word: str) -> str | None:
    """The listed word that an unlisted one negates by prefix or suffix: dockless, unaffordable."""
    if is_listed(word):
        return None
    bases = [word.removeprefix(one) for one in negation.PRODUCTIVE_PREFIXES if word.startswith(one)]
    if word.endswith(negation.NEGATIVE_SUFFIX):
        bases.append(word.removesuffix(negation.NEGATIVE_SUFFIX))
    return next((one for one in bases if len(one) >= _MIN_BASE and is_listed(one)), None)


@cache
def _words() -> frozenset[str]:
    return frozenset(_unpacked(WORDS).split())


def frequency_rank(word: str) -> int | None:
    """The frequency rank of a word, 1 for the most common; None if it is not ranked."""
    return _ranks().get(word)


@cache
def _ranks() -> dict[str, int]:
    return {word: place for place, word in enumerate(_unpacked(COMMON).split(), 1)}


@cache
def derived_pairs() -> tuple[tuple[str, ...], ...]:
    """Pairs of common words where one derives from the other: death, die."""
    return _split_lines(_unpacked(FORMS))


@cache
def synonym_pairs() -> tuple[tuple[str, ...], ...]:
    """Pairs of common words that are synonyms in their first sense."""
    return _split_lines(_unpacked(SYNONYMS))


@cache
def spelling_pairs() -> tuple[tuple[str, ...], ...]:
    """Pairs of spelling variants of one word."""
    return _pairs(SPELLINGS)


@cache
def opposite_pairs() -> tuple[tuple[str, ...], ...]:
    """Pairs of antonyms."""
    return _pairs(OPPOSITES)


def _pairs(name: str) -> tuple[tuple[str, ...], ...]:
    return _split_lines((WORDLIST_FOLDER / name).read_text(encoding="utf-8"))


def _unpacked(name: str) -> str:
    return gzip.decompress((WORDLIST_FOLDER / name).read_bytes()).decode()


def _split_lines(text: str) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(line.split()) for line in text.splitlines())
