"""The values that an index of claims returns, and its vectors."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple, Protocol

from bot.model import ClaimEntry
from bot.search.language.query import Query

if TYPE_CHECKING:
    from bot.search.meaning.codes import UnitVectors

ScoredId = tuple[str, float]
"""A claim's id and its score."""


@dataclass(frozen=True, slots=True)
class IndexState:
    """The state of an index: the id of the store it was built from, and the last change (`seq`) of
    that store it has applied."""

    store: str
    seq: int


class IndexFault(NamedTuple):
    """What is wrong with the machines of an index; `is_severe` if searches or changes fail because
    of it. The text completes "the index …", and names no hosts."""

    text: str
    is_severe: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchResult:
    """What a query found: the total number of claims, and the requested (claim id, score) pairs.

    `query` is the query after correction, `corrections` the (typed, corrected) pairs of mistyped
    words, and `other_readings` other corrected queries that some of the claims answer.

    `suggestions` are simpler queries that would find something. `did_you_mean` are queries in which
    a correctly spelled word is replaced. Both are empty if the query found claims as typed.
    """

    total: int
    ids: tuple[ScoredId, ...]
    query: Query
    corrections: tuple[tuple[str, str], ...] = ()
    other_readings: tuple[Query, ...] = ()
    suggestions: tuple[str, ...] = ()
    did_you_mean: tuple[str, ...] = ()
    weights: Mapping[str, float] = field(default_factory=dict)
    """The weight of each corrected word of a rough query (`Query.min_share`)."""
    statements: int = 0
    """How many statements the claims report, if the best claim of each was asked for."""
    min_share: float = 0.0
    """For a rough query, the share of the total weight that a claim must have."""

    @property
    def readings(self) -> tuple[Query, ...]:
        """All readings of the query; each claim found answers at least one."""
        return (self.query, *self.other_readings)

    @property
    def highlight_query(self) -> Query:
        """The query with the words and names of all readings, for highlighting."""
        return replace(
            self.query,
            words=tuple(dict.fromkeys(word for query in self.readings for word in query.words)),
            mentions=tuple(
                dict.fromkeys(name for query in self.readings for name in query.mentions)
            ),
        )


class ArticleMatches(NamedTuple):
    """The ids of the articles that a query is about, best first, and whether there are more."""

    ids: tuple[str, ...] = ()
    has_more: bool = False


class Neighbour(NamedTuple):
    """A claim, and the cosine of the angle between its vector and the query's."""

    claim_id: str
    cosine: float


class IndexVectors(Protocol):
    """The vectors of claims that an index holds itself, made by our model.

    Thread-safe; all methods raise SearchIndexError if the index cannot be read or written.
    """

    @property
    def are_on(self) -> bool:
        """Whether claims can have vectors."""

    def disabled_reason(self) -> str:
        """Say why claims cannot have vectors, and what to do; empty if they can."""

    def count(self) -> int:
        """The number of claims with a vector."""

    def find_nearest(self, vectors: UnitVectors, query: Query, limit: int) -> list[list[Neighbour]]:
        """Find, for each vector, the `limit` nearest of the claims that match a query without
        correction, nearest first."""

    def add_missing(
        self,
        limit: int,
        entries_of: Callable[[Sequence[str]], Iterable[ClaimEntry]],
        embed: Callable[[Sequence[str]], UnitVectors],
        *,
        wait: bool = True,
    ) -> int:
        """Give up to `limit` claims that everyone may see, and that have no vector, theirs; return
        how many have got one. `entries_of` reads the claims of some articles from the store.

        Without `wait`, raises SearchIndexError at once if another process is doing so.
        """
