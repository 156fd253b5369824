"""Questions for Tantivy that are made of others."""

from __future__ import annotations

from collections.abc import Iterable

import tantivy
from tantivy import Occur

Clause = tuple[Occur, tantivy.Query]


def all_of(clauses: list[Clause]) -> tantivy.Query:
    """Ask for what the clauses say."""
    return tantivy.Query.boolean_query(clauses)


def any_of(queries: Iterable[tantivy.Query]) -> tantivy.Query:
    """Ask for any of these; the best counts."""
    asked = list(queries)
    return asked[0] if len(asked) == 1 else tantivy.Query.disjunction_max_query(asked)
