"""Load word lists, including lexicon.yml, and parse groups of words."""

from __future__ import annotations

from pathlib import Path

from bot import yaml_files


def load_word_lists(file: Path, separator: str | None = None) -> dict[str, frozenset[str]]:
    """Load a YAML file that maps names to words separated by white space, or to phrases."""
    return {name: frozenset(text.split(separator)) for name, text in yaml_files.read(file).items()}


_FOLDER = Path(__file__).parents[1]
_WORDS = "lexicon/lexicon", "lexicon/name_parts", "extraction/occupations", "extraction/acts"
_PHRASES = "heads/heads", "extraction/furniture", "lexicon/places"
LISTS = dict[str, frozenset[str]]()
"""The words, or the phrases, of each list, by its name."""
for _file in _WORDS:
    LISTS |= load_word_lists(_FOLDER / f"{_file}.yml")
for _file in _PHRASES:
    LISTS |= load_word_lists(_FOLDER / f"{_file}.yml", ", ")


def word_set(text: str) -> frozenset[str]:
    """Return the words of a text."""
    return frozenset(text.split())


def word_groups(text: str) -> tuple[tuple[str, ...], ...]:
    """Split a text into groups of words, separated by "|" or line breaks."""
    groups = text.replace("\n", "|").split("|")
    return tuple(tuple(group.split()) for group in groups if group.strip())
