"""The interface of a claim index, and the values that it returns.

`ClaimIndex` is the embedded implementation. Any other must pass the same contract tests
(tests/search/test_contract.py), and does not need Tantivy.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple, Protocol

from bot.model import ClaimEntry, Facets, Headline, Holder, Spans
from bot.search.language.query import Query

ScoredId = tuple[str, float]
"""A claim's id and its score."""


@dataclass(frozen=True, slots=True)
class IndexState:
    """The last change (`seq`) that an index has applied, and the id of the store it is from."""

    store: str
    seq: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchResult:
    """What a query found: the total number of claims, and the requested (claim id, score) pairs.

    `read` is the query as understood, `corrections` the (typed, read) pairs of mistyped words, and
    `also_read` other readings that some of the claims answer. If nothing is found as typed,
    `suggestions` are queries that would find something, and `offers` those in which a correctly
    spelled word is replaced.
    """

    total: int
    ids: tuple[ScoredId, ...]
    read: Query
    corrections: tuple[tuple[str, str], ...] = ()
    also_read: tuple[Query, ...] = ()
    suggestions: tuple[str, ...] = ()
    offers: tuple[str, ...] = ()
    weights: Mapping[str, float] = field(default_factory=dict)
    """The weight of each word of a rough query, as read."""
    floor: float = 0.0
    """The minimum share of their total weight that a claim has."""

    @property
    def readings(self) -> tuple[Query, ...]:
        """All readings of the query; each claim found answers at least one."""
        return (self.read, *self.also_read)

    @property
    def highlight_query(self) -> Query:
        """The query with the words of all readings, for highlighting."""
        return replace(
            self.read,
            words=tuple(dict.fromkeys(word for query in self.readings for word in query.words)),
            mentions=tuple(
                dict.fromkeys(name for query in self.readings for name in query.mentions)
            ),
        )


class ArticleMatches(NamedTuple):
    """The ids of the articles that a query is about, the best first, and whether there are more."""

    ids: tuple[str, ...] = ()
    has_more: bool = False


class Percolator(Protocol):
    """Stores queries by name and finds those that a claim matches, with the same results as `among`
    for these queries with `exact` set. Not thread-safe."""

    def add(self, name: str, query: Query) -> None:
        """Store a query under a name, replacing any that has it."""

    def remove(self, name: str) -> None:
        """Remove the query of a name."""

    def matching(
        self,
        entry: ClaimEntry,
        also_called: Iterable[str] = (),
        also_by: Callable[[tuple[str, ...]], Collection[str]] = lambda _: (),
    ) -> dict[str, tuple[str, ...]]:
        """The names of the queries that a claim matches, each with the query's parts that matched.

        `also_called` are other names of the claim's speaker; `also_by` returns
        `Query.speaker_aliases` for the names in `Query.speakers`.
        """


class SearchIndex(Protocol):
    """An index that can be deleted and rebuilt from the store at any time.

    Thread-safe; what one process writes, others see in their next call. All methods raise
    SearchIndexError if the index cannot be read or written.
    """

    @property
    def state(self) -> IndexState | None:
        """The last change it has applied; None: it must be rebuilt."""

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
        """Rebuild it; until that is done, the old index answers. `wait` as above."""

    def find(self, query: Query, limit: int, offset: int = 0) -> SearchResult:
        """Find the best `limit` claims after the first `offset`.

        Slips are corrected, but never a correctly spelled word. If no claim has all words, find
        those that have most of them and all negations, unless a word is in no claim. If nothing is
        found, suggest queries that would find something.

        For a rough query, find the claims closest to its words that meet its filters; a score is
        then the claim's share of the words' total weight."""

    def candidates(self, query: Query, limit: int) -> SearchResult:
        """Find the best `limit` claims with any word of a rough query that meet its filters, for a
        caller that ranks them further; includes claims that `find` would not call close."""

    def articles(self, query: Query, limit: int) -> ArticleMatches:
        """Find the best `limit` articles about a query: most of its words are in their titles, or
        some in their openings."""

    def plain(self, text: str, limit: int) -> Sequence[ScoredId]:
        """Find the `limit` claims that share most words with a text, best first."""

    def among(self, query: Query, claim_ids: Sequence[str]) -> set[str]:
        """Select the indexed claims among these that a query, taken as typed, finds."""

    def facets(self, *readings: Query) -> Facets:
        """Count what any of these queries, each taken as typed, finds: at most ten values of each
        facet, commonest first."""

    def holders(self, query: Query, role: str) -> Sequence[Holder]:
        """The holders of a role, as typed after by:, among the claims that a query, taken as typed
        and ignoring `by`, finds; by the claims' names for them, most claims first."""

    def is_called(self, role: str, typed: str) -> bool:
        """Whether a role printed in an article is the role typed after by:."""

    def outlets(self, limit: int) -> Sequence[str]:
        """The outlets of the claims it holds, those with most claims first."""

    def highlight(self, query: Query, text: str) -> Spans:
        """Find the words and phrases of a claim's text that a query (as read) matched."""

    def percolator(self) -> Percolator:
        """Make an empty percolator that reads queries as this index does."""

    def count(self) -> int:
        """How many claims it holds."""

    def ids(self) -> set[str]:
        """The ids of all claims in it."""

    def close(self) -> None:
        """Close its files; the next use reopens them."""
