"""Word lists: known words, frequency ranks, spelling variants, antonyms and related stems.

The English lists in en/wordlist/ are made from SCOWL and WordNet by training/wordlist.py; see the
LICENSE there. They contain no names or other capitalised words.
"""

from __future__ import annotations

import gzip
import re
from functools import cache, lru_cache
from pathlib import Path

from bot.languages.table import negation

WORDLIST_FOLDER = Path(__file__).with_name("en") / "wordlist"
WORDS, SPELLINGS, OPPOSITES = "words.txt.gz", "spellings.txt", "opposites.txt"
COMMON, FORMS, SYNONYMS = "common.txt.gz", "forms.txt.gz", "synonyms.txt.gz"
_MIN_BASE_LENGTH = 4
_SAME_START = re.compile(r"(?m)^(?=([\s\S]{3})).*\n(?:\1.*\n)*")
"""The lines of a sorted list that have the first three characters in common."""


@lru_cache(maxsize=20_000)
def is_listed(word: str) -> bool:
    """Whether a word, in lower case and without accents, is listed."""
    return f"\n{word}\n" in _by_start(WORDS).get(f"{word}\n"[:3], "")


def is_word(word: str) -> bool:
    """Whether a word is listed or negates a listed one; not all negated words are listed."""
    return is_listed(word) or negated_base(word) is not None


def negated_base(word: str) -> str | None:
    """Return the listed word that an unlisted one negates, or None: "dock" for "dockless"."""
    if is_listed(word):
        return None
    prefixes = filter(word.startswith, negation.PRODUCTIVE_PREFIXES)
    bases = [word.removeprefix(prefix) for prefix in prefixes]
    if word.endswith(negation.NEGATIVE_SUFFIX):
        bases.append(word.removesuffix(negation.NEGATIVE_SUFFIX))
    long_bases = (base for base in bases if len(base) >= _MIN_BASE_LENGTH)
    return next(filter(is_listed, long_bases), None)


@cache
def _by_start(name: str) -> dict[str, str]:
    """The lines of a list by their start: a set of all words would take 9 MB more."""
    return {found[1]: f"\n{found[0]}" for found in _SAME_START.finditer(_unpacked(name))}


def frequency_rank(word: str) -> int | None:
    """Return the frequency rank of a word, 1 for the most common; None if it is not ranked."""
    return _ranks().get(word)


@cache
def _ranks() -> dict[str, int]:
    return {word: rank for rank, word in enumerate(_unpacked(COMMON).split(), 1)}


def related_stems(name: str, stem: str) -> list[str]:
    """Return the stems that are related to one in a list: FORMS has common words of which one
    derives from the other (death, die), SYNONYMS those that are synonyms in their first sense."""
    lines = _by_start(name).get(f"{stem} "[:3], "")
    return lines.partition(f"\n{stem} ")[2].partition("\n")[0].split()


@cache
def spelling_pairs() -> tuple[tuple[str, ...], ...]:
    """Return pairs of spelling variants of one word."""
    return _pairs(SPELLINGS)


@cache
def opposite_pairs() -> tuple[tuple[str, ...], ...]:
    """Return pairs of antonyms."""
    return _pairs(OPPOSITES)


def _pairs(name: str) -> tuple[tuple[str, ...], ...]:
    lines = (WORDLIST_FOLDER / name).read_text(encoding="utf-8").splitlines()
    return tuple(tuple(line.split()) for line in lines)


def _unpacked(name: str) -> str:
    return gzip.decompress((WORDLIST_FOLDER / name).read_bytes()).decode()
