"""Most of the words: a query of which a claim need not hold every word. Pure.

In an answer the rarest words count most, and a word is found in its other forms, too: die, dead,
death. A watch asks for more than half of the words as they were typed.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.search.engine.words import words
from bot.search.language.query import Query
from bot.search.wordings import SAYING_LITTLE, negates


def counting(query: Query) -> tuple[str, ...]:
    """The words of a query that count: not those that say nothing by themselves, unless there are
    no others."""
    return tuple(filter(_tells, query.words)) or query.words


def _tells(word: str) -> bool:
    """Nobody and nothing tell of whom and what; "not" does not."""
    cut = words(word)
    return cut != ["not"] and (negates(word) or not SAYING_LITTLE.issuperset(cut))


def fewest(counted: Sequence[Any]) -> int:
    """How many of the words that count a claim must hold to be told of: more than half."""
    return len(counted) // 2 + 1 if counted else 0
