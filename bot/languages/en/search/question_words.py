"""The words of English questions: question_words.yml, read once."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from bot import yaml_files


@cache
def load_question_words() -> Mapping[str, Any]:
    """The load_question_words and tables, by name."""
    read: Mapping[str, Any] = yaml_files.read(Path(__file__).with_name("question_words.yml"))
    return read
