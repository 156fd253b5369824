"""Load word lists, including lexicon.yml, and parse groups of words."""

from __future__ import annotations

from pathlib import Path

from bot import yaml_files


def load_word_lists(file: Path) -> dict[str, frozenset[str]]:
    """Load a YAML file that maps names to words separated by white space."""
    return {name: frozenset(text.split()) for name, text in yaml_files.read(file).items()}


def load_phrases(file: Path) -> dict[str, frozenset[str]]:
    """Load a YAML file that maps names to phrases separated by commas."""
    return {name: frozenset(text.split(", ")) for name, text in yaml_files.read(file).items()}


_FILES = (
    *("lexicon/lexicon.yml", "lexicon/name_parts.yml"),
    *("extraction/occupations.yml", "extraction/pronoun_forms.yml"),
)
_LISTS = dict[str, frozenset[str]]()
for _file in _FILES:
    _LISTS |= load_word_lists(Path(__file__).parents[1] / _file)


def word_list(name: str) -> frozenset[str]:
    """Return the words of a list by its name, which is used once in these files."""
    return _LISTS[name]


def word_set(text: str) -> frozenset[str]:
    """Return the words of a text."""
    return frozenset(text.split())


def word_groups(text: str) -> tuple[tuple[str, ...], ...]:
    """Split a text into groups of words, separated by "|" or line breaks."""
    groups = text.replace("\n", "|").split("|")
    return tuple(tuple(group.split()) for group in groups if group.strip())
