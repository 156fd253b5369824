"""The interface of a claim index, and the values that it returns.

`ClaimIndex` is the embedded implementation. Any other implementation must pass the same
contract tests (tests/search/test_contract.py), and need not use Tantivy.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple, Protocol

from bot.model import ANYONE, ClaimEntry, Facets, Headline, Spans
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


class Percolator(Protocol):
    """Stores queries by name and finds those that a claim matches.

    A query matches the same claims as with `SearchIndex.filter_ids` and `exact` set. Not
    thread-safe.
    """

    def add(self, name: str, query: Query) -> None:
        """Store a query under a name, replacing any query of that name."""

    def remove(self, name: str) -> None:
        """Remove the query with this name, if there is one."""

    def find_matches(
        self,
        entries: Sequence[ClaimEntry],
        aliases: Iterable[str] = (),
        aliases_of: Callable[[tuple[str, ...]], Collection[str]] = lambda _: (),
    ) -> dict[str, dict[str, tuple[str, ...]]]:
        """Find for each query that claims match, by its name, their ids in the order of the claims,
        and the parts of the query that each matched.

        `aliases` are other names of the claims' speakers. `aliases_of` returns
        `Query.speaker_aliases` for `Query.speakers`; queries by none of the `aliases` go without.
        """


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


class SearchIndex(Protocol):
    """An index that can be deleted and rebuilt from the store at any time.

    What not everyone may see (`ClaimEntry.seen_only_by`) is found only by its viewers
    (`Query.viewer`), and counts for nobody else.

    Thread-safe. What one process writes, others see in their next call; on a cluster, within a
    second, though `state` is always the newest. All methods raise SearchIndexError if the index
    cannot be read or written.
    """

    @property
    def state(self) -> IndexState | None:
        """The last change it has applied; None if it must be rebuilt."""

    @property
    def searched_state(self) -> IndexState | None:
        """The state that searches of this process read: `state`, or what it was up to a second
        ago."""

    @property
    def vectors(self) -> IndexVectors | None:
        """The vectors of its claims; None if it holds none itself."""

    def is_damaged(self, *, read_all: bool = False) -> bool:
        """Whether what is stored is missing or damaged, so that it must be rebuilt, though it may
        still answer. `read_all` checks everything, not only what seems to have changed."""

    def apply(
        self,
        removed_articles: Iterable[str],
        entries: Iterable[ClaimEntry],
        state: IndexState,
        *,
        headlines: Iterable[Headline] = (),
        wait: bool = True,
    ) -> None:
        """Remove articles with all their claims, add claims and headlines, and record the new
        state, atomically. Idempotent.

        Without `wait`, raises SearchIndexError at once if another process is writing.
        """

    def rebuild(
        self,
        entries: Iterable[ClaimEntry],
        state: IndexState,
        *,
        headlines: Iterable[Headline] = (),
        wait: bool = True,
    ) -> None:
        """Rebuild the index; the old one answers queries meanwhile. For `wait`, see `apply`."""

    def find(self, query: Query, limit: int, offset: int = 0) -> SearchResult:
        """Find the best `limit` claims after the first `offset`.

        If no claim has all words, typing errors are corrected; correctly spelled words are left
        alone. If that does not help either, most of the words and all negations are enough,
        provided that each word is in some claim. If nothing is found, the result suggests queries.

        For a rough query, find the claims closest to its words that meet its filters. A score is
        then the claim's share of the words' total weight.
        """

    def find_statements(self, query: Query, limit: int, offset: int = 0) -> SearchResult:
        """Find the best claim of each of the best `limit` (at least 1) statements after the first
        `offset`. `SearchResult.statements` counts all."""

    def find_candidates(self, query: Query, limit: int) -> SearchResult:
        """Find the best `limit` claims that have any word of a rough query and meet its filters,
        whatever their share of the weight. The caller ranks them."""

    def find_articles(self, query: Query, limit: int) -> ArticleMatches:
        """Find the best `limit` articles about a query: those with most of its words in the title,
        or some in the opening."""

    def find_by_shared_words(
        self, text: str, limit: int, viewer: str = ANYONE
    ) -> Sequence[ScoredId]:
        """Find the `limit` claims that share the most words with a text, best first."""

    def filter_ids(self, query: Query, claim_ids: Sequence[str]) -> set[str]:
        """Select the given claims that are indexed and match a query, without correction."""

    def facets(self, *readings: Query) -> Facets:
        """Count the claims that match any of these queries, without correction: at most ten values
        of each facet, most frequent first."""

    def is_same_role(self, role: str, typed: str) -> bool:
        """Whether a role printed in an article is the one typed after `by:`."""

    def outlets(self, limit: int) -> Sequence[str]:
        """The outlets of the claims that everyone may see, those with most claims first."""

    def highlight(self, query: Query, text: str) -> Spans:
        """Find the words and phrases of a claim's text that match a corrected query."""

    def percolator(self) -> Percolator:
        """Create an empty percolator that matches queries as this index does."""

    def warm(self) -> None:
        """Begin to load what the first answers need, if it takes long; no failure is raised."""

    def faults(self) -> Sequence[IndexFault]:
        """What is wrong with the machines that it is on, though it may still answer."""

    def count(self) -> int:
        """The number of indexed claims."""

    def ids(self) -> Iterator[str]:
        """Yield the ids of all indexed claims: there may be millions."""

    def close(self) -> None:
        """Close its files; the next use reopens them."""
