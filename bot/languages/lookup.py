"""The word lists of the languages, and the words of a text that are looked up in them."""

from __future__ import annotations

import re
from pathlib import Path

from bot import yaml_files

_WORD = re.compile(r"\w+")
_MAX_WORD = 40


def load_word_lists(file: Path, separator: str | None = None) -> dict[str, frozenset[str]]:
    """Load a YAML file that maps names to words separated by white space, or to phrases."""
    return {name: frozenset(text.split(separator)) for name, text in yaml_files.read(file).items()}


_FOLDER = Path(__file__).with_name("en")
_WORDS = "lexicon/lexicon", "lexicon/name_parts", "extraction/occupations", "extraction/acts"
_PHRASES = "heads/heads", "extraction/furniture", "lexicon/places"
LISTS = dict[str, frozenset[str]]()
"""The words, or the phrases, of each list, by its name."""
for _file in _WORDS:
    LISTS |= load_word_lists(_FOLDER / f"{_file}.yml")
for _file in _PHRASES:
    LISTS |= load_word_lists(_FOLDER / f"{_file}.yml", ", ")


def word_groups(text: str) -> tuple[tuple[str, ...], ...]:
    """Split a text into groups of words, separated by "|" or line breaks."""
    groups = text.replace("\n", "|").split("|")
    return tuple(tuple(group.split()) for group in groups if group.strip())


def words_in(text: str) -> list[str]:
    """List the words of a text in lower case; "isn't" is two words, as are those with a hyphen."""
    return _WORD.findall(text.lower())


def first_word(text: str) -> str:
    """Return the word with which a text starts, in lower case; "" if it starts otherwise."""
    match = _WORD.match(text)
    return match[0].lower() if match else ""


def last_word(text: str) -> str:
    """Return the word with which a text ends, in lower case; "" if it ends otherwise."""
    found = words_in(text[-_MAX_WORD:])
    return found[-1] if found and text[-1].isalnum() else ""
