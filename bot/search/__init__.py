"""Search: the query language, spelling correction, and the index of claims.

The index can be rebuilt from the store at any time.
"""

from __future__ import annotations

from bot.search.engine.embedded.percolator import Percolator
from bot.search.engine.index import ClaimIndex
from bot.search.engine.ranking import score_factors
from bot.search.engine.searchable import SearchIndex
from bot.search.language.parsing import narrow, parse
from bot.search.language.query import ROUGH_SHARE, Query
from bot.search.meaning import weights
from bot.search.meaning.vectors import Vectors
from bot.search.protocol import (
    IndexFault,
    IndexState,
    IndexVectors,
    Neighbour,
    SearchResult,
)

__all__ = [
    "ROUGH_SHARE",
    "ClaimIndex",
    "IndexFault",
    "IndexState",
    "IndexVectors",
    "Neighbour",
    "Percolator",
    "Query",
    "SearchIndex",
    "SearchResult",
    "Vectors",
    "narrow",
    "parse",
    "score_factors",
    "weights",
]
