"""The words of English questions: english.yml, read once."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from bot import yaml_files
from bot.search.engine.words import stem
from bot.text.verbs import PRESENT

_FILE = Path(__file__).with_name("english.yml")


@cache
def _read() -> Mapping[str, Any]:
    read: Mapping[str, Any] = yaml_files.read(_FILE)
    return read


@cache
def listed(name: str) -> frozenset[str]:
    """The words of a list, as they are written."""
    return frozenset(_read()[name])


@cache
def runs(name: str) -> tuple[tuple[str, ...], ...]:
    """The entries of a list, cut into words, the longest first."""
    return tuple(sorted((tuple(one.split()) for one in _read()[name]), key=len, reverse=True))


@cache
def mapping(name: str) -> Mapping[str, str]:
    """The pairs of a table."""
    pairs: Mapping[str, str] = _read()[name]
    return pairs


def is_one_of(word: str, *names: str) -> bool:
    """Whether a word is a form of one in any of these lists."""
    return any(base(word) in _bases(name) for name in names)


def base(word: str) -> str:
    """What the forms of a word have in common."""
    return stem(PRESENT.get(word, word))


@cache
def _bases(name: str) -> frozenset[str]:
    return frozenset(map(base, listed(name)))
