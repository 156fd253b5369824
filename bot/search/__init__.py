"""The query language, spelling, and the index of claims. Always rebuildable from the store."""

from __future__ import annotations

from bot.search import passages, weights
from bot.search.index import ClaimIndex
from bot.search.parsing import narrowed, parse
from bot.search.protocol import Found, Percolator, SearchIndex, State
from bot.search.query import Query
from bot.search.ranking import factors
from bot.search.vectors import Near, Vectors

__all__ = [
    "ClaimIndex",
    "Found",
    "Near",
    "Percolator",
    "Query",
    "SearchIndex",
    "State",
    "Vectors",
    "factors",
    "narrowed",
    "parse",
    "passages",
    "weights",
]
