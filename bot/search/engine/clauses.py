"""Combine Tantivy queries."""

from __future__ import annotations

from collections.abc import Iterable

import tantivy
from tantivy import Occur

Clause = tuple[Occur, tantivy.Query]


def all_of(clauses: list[Clause]) -> tantivy.Query:
    """Combine clauses into one query."""
    return tantivy.Query.boolean_query(clauses)


def any_of(queries: Iterable[tantivy.Query]) -> tantivy.Query:
    """Match any of these; the best score counts."""
    asked = list(queries)
    return asked[0] if len(asked) == 1 else tantivy.Query.disjunction_max_query(asked)
