"""The lists of lexicon.yml, read once."""

from __future__ import annotations

from pathlib import Path

from bot import yaml_files

_LISTS: dict[str, str] = yaml_files.read(Path(__file__).with_name("lexicon.yml"))


def word_list(name: str) -> frozenset[str]:
    """The words of a list."""
    return frozenset(_LISTS[name].split())
