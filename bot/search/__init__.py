"""The query language, spelling, and the index of claims. Always rebuildable from the store."""

from __future__ import annotations

from bot.search.generation import State
from bot.search.index import ClaimIndex
from bot.search.query import Query, parse
from bot.search.reading import Found

__all__ = ["ClaimIndex", "Found", "Query", "State", "parse"]
