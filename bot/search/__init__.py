"""The query language, spelling, and the index of claims. Always rebuildable from the store."""

from __future__ import annotations

from bot.search import foreign
from bot.search.engine.index import ClaimIndex
from bot.search.engine.ranking import factors
from bot.search.language.parsing import narrowed, parse
from bot.search.language.query import LITTLE, Query
from bot.search.meaning import weights
from bot.search.meaning.vectors import Near, Vectors
from bot.search.protocol import Found, Percolator, SearchIndex, State

__all__ = [
    "LITTLE",
    "ClaimIndex",
    "Found",
    "Near",
    "Percolator",
    "Query",
    "SearchIndex",
    "State",
    "Vectors",
    "factors",
    "foreign",
    "narrowed",
    "parse",
    "weights",
]
