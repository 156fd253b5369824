"""The lists of lexicon.yml, read once."""

from __future__ import annotations

from pathlib import Path

import yaml

_LISTS: dict[str, str] = yaml.safe_load(
    Path(__file__).with_name("lexicon.yml").read_text(encoding="utf-8")
)


def listed(name: str) -> frozenset[str]:
    """The words of a list."""
    return frozenset(_LISTS[name].split())
