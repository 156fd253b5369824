"""Loads question_words.yml, the words for parsing English questions."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from bot import yaml_files


@cache
def load_question_words() -> Mapping[str, Any]:
    """Load the word lists and mappings, by name."""
    loaded: Mapping[str, Any] = yaml_files.read(Path(__file__).with_name("question_words.yml"))
    return loaded
