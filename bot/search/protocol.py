"""What the newsroom asks of an index of claims, and the plain values that it answers with.

`ClaimIndex` is the embedded one; any other must pass the same contract
(tests/search/test_contract.py) and needs nothing of Tantivy.
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
    """Up to which change (`seq`) of which store (its id) an index has come."""

    store: str
    seq: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchResult:
    """What a query found: how many claims in all, and the (claim id, score) pairs asked for.

    `read` is the query as it was understood, `corrections` the (typed, read) pairs of words taken
    for slips, and `also_read` other readings that some of the claims answer. `suggestions` are
    queries that would find something, where this one does not, and `offers` those in which a word
    of the language is read as another one, where nothing is found as typed.
    """

    total: int
    ids: tuple[ScoredId, ...]
    read: Query
    corrections: tuple[tuple[str, str], ...] = ()
    also_read: tuple[Query, ...] = ()
    suggestions: tuple[str, ...] = ()
    offers: tuple[str, ...] = ()
    weights: Mapping[str, float] = field(default_factory=dict)
    """How much each word of a rough query tells, as it was read."""
    floor: float = 0.0
    """The share of all that they tell which a claim has at least."""

    @property
    def readings(self) -> tuple[Query, ...]:
        """All that the query may have meant: the claims found are those that answer any of it."""
        return (self.read, *self.also_read)

    @property
    def highlight_query(self) -> Query:
        """The query with the words of all its readings, which are shown bold."""
        return replace(
            self.read,
            words=tuple(dict.fromkeys(word for query in self.readings for word in query.words)),
            about=tuple(dict.fromkeys(name for query in self.readings for name in query.about)),
        )


class ArticleMatches(NamedTuple):
    """The ids of the articles that a query is about, the best first, and whether there are more."""

    ids: tuple[str, ...] = ()
    has_more: bool = False


class Percolator(Protocol):
    """Holds queries by name, and says which of them a claim answers, as `among` would of the same
    queries with `exact` set. Not safe to share between threads."""

    def add(self, name: str, query: Query) -> None:
        """Hold a query under a name, in the place of what was held under it."""

    def remove(self, name: str) -> None:
        """Hold the query of a name no more."""

    def matching(
        self,
        entry: ClaimEntry,
        also_called: Iterable[str] = (),
        also_by: Callable[[tuple[str, ...]], Collection[str]] = lambda _: (),
    ) -> dict[str, tuple[str, ...]]:
        """The names of the queries that a claim answers, each with what of it stands there, as the
        query has it.

        `also_called` are the other names of the claim's speaker; `also_by` gives what is
        `Query.also_by` where a query asks for claims by these.
        """


class SearchIndex(Protocol):
    """An index that can be thrown away, and built again from the store.

    Safe to share between threads; what one process writes, the others see in their next call. All
    methods raise SearchIndexError when the index cannot be read or written.
    """

    @property
    def state(self) -> IndexState | None:
        """Up to which change of which store it has come; None: it must be rebuilt."""

    def apply(
        self,
        removed_articles: Iterable[str],
        entries: Iterable[ClaimEntry],
        state: IndexState,
        *,
        headlines: Iterable[Headline] = (),
        wait: bool = True,
    ) -> None:
        """Remove some articles with all their claims, add claims and headlines of articles, and
        record the new state: all of it or nothing. The same call made twice changes nothing.

        Without `wait`, SearchIndexError is raised at once where somebody else is writing.
        """

    def rebuild(
        self,
        entries: Iterable[ClaimEntry],
        state: IndexState,
        *,
        headlines: Iterable[Headline] = (),
        wait: bool = True,
    ) -> None:
        """Build it anew; answers come from what there was until it is done. `wait` as above."""

    def find(self, query: Query, limit: int, offset: int = 0) -> SearchResult:
        """Find the best `limit` claims after the first `offset`, forgiving slips, but
        never reading a word of the language as another; where no claim holds all words, those that
        hold most and all that negate, unless a word stands in none. Where nothing is found, suggest
        queries that would find something.

        Of a rough query, find what comes closest to its words and meets the rest: a score is then
        the share that a claim has of all that the words tell."""

    def candidates(self, query: Query, limit: int) -> SearchResult:
        """Find the best `limit` claims that hold anything of a rough query and meet the rest of it,
        for whoever weighs them further: what `find` does not think close enough, too."""

    def articles(self, query: Query, limit: int) -> ArticleMatches:
        """Find the best `limit` articles that a query is about: most of its words stand in their
        titles, or some in how their texts begin."""

    def plain(self, text: str, limit: int) -> Sequence[ScoredId]:
        """Find the `limit` claims that share most words with a text, best first."""

    def among(self, query: Query, claim_ids: Sequence[str]) -> set[str]:
        """Those of these claims that are there and that a query, taken as typed, finds."""

    def facets(self, *readings: Query) -> Facets:
        """Count what any of these queries, each taken as typed, finds: at most ten values of each
        facet, commonest first."""

    def holders(self, query: Query, role: str) -> Sequence[Holder]:
        """Whom articles give a role, as it is typed after by:, of the claims that a query, taken as
        typed, finds by anybody; by the names that the claims have for them, most claims first."""

    def is_called(self, role: str, typed: str) -> bool:
        """Whether what an article says somebody is, is the role that is typed after by:."""

    def outlets(self, limit: int) -> Sequence[str]:
        """The outlets of the claims it holds, those with most claims first."""

    def highlight(self, query: Query, text: str) -> Spans:
        """Find the words and phrases of a claim's text that a query (as read) matched."""

    def percolator(self) -> Percolator:
        """Make an empty percolator, which takes queries as this index does."""

    def count(self) -> int:
        """How many claims it holds."""

    def ids(self) -> set[str]:
        """The ids of all claims in it."""

    def close(self) -> None:
        """Let go of what is open; the next use opens it again."""
