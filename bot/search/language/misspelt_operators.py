"""Operators that are misspelt, or known by another name: "stanc:denied", "from:putin". Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from rapidfuzz import fuzz
from rapidfuzz.process import extract

from bot.errors import QueryError
from bot.search.language.parsing import parse
from bot.search.language.parts import OPERATORS
from bot.search.language.query import Query

_OTHER_NAMES = {
    "author": ("by",),
    "date": ("on",),
    "from": ("by", "in"),
    "language": ("lang",),
    "outlet": ("in",),
    "person": ("by",),
    "publisher": ("in",),
    "said": ("by",),
    "since": ("after",),
    "site": ("in",),
    "until": ("before",),
    "who": ("by",),
}
"""What other programs call our operators."""
_MIN_SIMILARITY = 75
"""The smallest similarity, in per cent, of a misspelt operator: "stanc" and "stance" have 91."""
_MIN_LENGTH = 4
"""Shorter operators are too easily a word before a colon."""
_WITH_COLON = re.compile(r"([^\W\d_]+):(.+)")


def queries_with_operators(query: Query, today: date) -> Iterator[Query]:
    """Yield the query with each of its words that looks like an operator read as one."""
    for word in query.words:
        typed = _WITH_COLON.fullmatch(word)
        if not typed:
            continue
        others = replace(query, words=tuple(other for other in query.words if other != word))
        for operator in _operators_like(typed[1].lower()):
            try:
                yield parse(f'{others} {operator}:"{typed[2]}"', today)
            except QueryError:
                continue


def _operators_like(typed: str) -> list[str]:
    if typed in _OTHER_NAMES:
        return list(_OTHER_NAMES[typed])
    long_operators = [operator for operator in OPERATORS if len(operator) >= _MIN_LENGTH]
    similar = extract(typed, long_operators, scorer=fuzz.ratio, score_cutoff=_MIN_SIMILARITY)
    return [operator for operator, _, _ in similar]
