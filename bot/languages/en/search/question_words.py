"""The words of English questions: question_words.yml, read once."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml


@cache
def lists() -> Mapping[str, Any]:
    """The lists and tables, by name."""
    read: Mapping[str, Any] = yaml.safe_load(
        Path(__file__).with_name("question_words.yml").read_text(encoding="utf-8")
    )
    return read
