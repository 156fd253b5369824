"""Loads the word lists in lexicon.yml, and parses groups of words."""

from __future__ import annotations

from pathlib import Path

from bot import yaml_files

_LISTS: dict[str, str] = yaml_files.read(Path(__file__).with_name("lexicon.yml"))


def word_list(name: str) -> frozenset[str]:
    """Return the words of a list in lexicon.yml."""
    return frozenset(_LISTS[name].split())


def word_groups(text: str) -> tuple[tuple[str, ...], ...]:
    """Split a text into groups of words, separated by "|" or line breaks."""
    groups = text.replace("\n", "|").split("|")
    return tuple(tuple(group.split()) for group in groups if group.strip())
