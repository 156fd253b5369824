"""Combine Tantivy queries."""

from __future__ import annotations

from collections.abc import Iterable

import tantivy
from tantivy import Occur

Clause = tuple[Occur, tantivy.Query]


def combine(clauses: list[Clause]) -> tantivy.Query:
    """Combine clauses into one query."""
    return tantivy.Query.boolean_query(clauses)


def any_of(queries: Iterable[tantivy.Query]) -> tantivy.Query:
    """Match any of these queries; the best score counts."""
    alternatives = list(queries)
    if len(alternatives) == 1:
        return alternatives[0]
    return tantivy.Query.disjunction_max_query(alternatives)


def unscored(query: tantivy.Query) -> tantivy.Query:
    """Match a query without effect on the score."""
    return tantivy.Query.const_score_query(query, 0.0)


def hit_count(result: tantivy.SearchResult) -> int:
    """The total number of hits of a search."""
    count: int = result.count  # type: ignore[attr-defined]  # missing in the stubs
    return count
