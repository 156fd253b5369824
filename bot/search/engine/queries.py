"""Index queries as values, which each kind of index translates for its engine."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import Any, NamedTuple, TypeAlias


class Occur(StrEnum):
    """Whether a clause is required, adds to the score, or excludes."""

    MUST = "must"
    SHOULD = "should"
    MUST_NOT = "must_not"


# A query has dozens of clauses, and it takes 0.1 microseconds to get a member from its enum.
MUST, SHOULD, MUST_NOT = Occur.MUST, Occur.SHOULD, Occur.MUST_NOT


class Term(NamedTuple):
    """Match one term in a field."""

    field: str
    term: str


class Phrase(NamedTuple):
    """Match consecutive terms in a field."""

    field: str
    terms: tuple[str, ...]


class DayRange(NamedTuple):
    """Match days by their ordinals, both ends included; None is open."""

    first: int | None
    last: int | None


class Ids(NamedTuple):
    """Match the documents with these ids."""

    ids: Sequence[str]


class Statements(NamedTuple):
    """Match the claims that report any of these statements."""

    numbers: Sequence[int]


class Everything(NamedTuple):
    """Match every document."""


class Nothing(NamedTuple):
    """Match no document."""


class Boost(NamedTuple):
    """Multiply the score of a query."""

    query: IndexQuery
    factor: float


class Constant(NamedTuple):
    """Match a query with a fixed score."""

    query: IndexQuery
    score: float


class Best(NamedTuple):
    """Match any of some queries; the best score counts, and a share of the others."""

    queries: Sequence[IndexQuery]
    share_of_others: float = 0.0


class Combination(NamedTuple):
    """Match as the clauses say, adding up their scores.

    At least one clause that is not an exclusion must match, and `min_should` of those that only
    add to the score. Without any such clause, nothing matches.
    """

    clauses: Sequence[Clause]
    min_should: int = 0


class Shared:
    """A query that one index is asked several times; it may keep its translation here."""

    __slots__ = ("query", "translation")

    def __init__(self, query: IndexQuery) -> None:
        self.query = query
        self.translation: Any = None


IndexQuery: TypeAlias = (
    Term
    | Phrase
    | DayRange
    | Ids
    | Statements
    | Everything
    | Nothing
    | Boost
    | Constant
    | Best
    | Combination
    | Shared
)
Clause: TypeAlias = tuple[Occur, IndexQuery]


def any_of(queries: Iterable[IndexQuery]) -> IndexQuery:
    """Match any of these queries; the best score counts."""
    alternatives = list(queries)
    return alternatives[0] if len(alternatives) == 1 else Best(alternatives)


def unscored(query: IndexQuery) -> IndexQuery:
    """Match a query without effect on the score."""
    return Constant(query, 0.0)
