"""Answer from the current commit of an index, whatever kind of index it is."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from typing import Protocol

from bot.model import ANYONE, Facets, Spans
from bot.search.engine.embedded.percolator import ClaimPercolator
from bot.search.engine.headlines import Headlines
from bot.search.engine.highlight import highlight
from bot.search.engine.query_builder import QueryBuilder
from bot.search.engine.reader import IndexReader, Page
from bot.search.engine.searcher import Searcher
from bot.search.language.query import Query
from bot.search.protocol import ArticleMatches, IndexState, ScoredId, SearchResult
from bot.search.roles import role_terms


class Commit(Protocol):
    """One commit of an index, and what reads it."""

    @property
    def searcher(self) -> Searcher:
        """Searches the claims."""

    @property
    def reader(self) -> IndexReader:
        """Answers queries about claims."""

    @property
    def headlines(self) -> Headlines:
        """Finds articles."""


class SearchableIndex(ABC):
    """The methods of a `SearchIndex` that read. A subclass opens the commit that they read."""

    def __init__(self, builder: QueryBuilder) -> None:
        self._builder = builder

    @abstractmethod
    def _current_commit(self, message: str = "cannot search") -> AbstractContextManager[Commit]:
        """Yield the current commit; errors become SearchIndexError with this message."""

    @property
    @abstractmethod
    def searched_state(self) -> IndexState | None:
        """The state that searches read."""

    def find(self, query: Query, limit: int, offset: int = 0) -> SearchResult:
        """Find the best `limit` (at least 1) claims after the first `offset`.

        The best text match comes first. Equal matches, and claims found by filters alone, are
        sorted newest first.
        """
        with self._current_commit() as current:
            return current.reader.find(query, Page(limit, offset))

    def find_statements(self, query: Query, limit: int, offset: int = 0) -> SearchResult:
        """Find the best claim of each of the best `limit` (at least 1) statements after `offset`;
        all of them are counted."""
        with self._current_commit() as current:
            return current.reader.find(query, Page(limit, offset, by_statement=True))

    def find_candidates(self, query: Query, limit: int) -> SearchResult:
        """Find the best `limit` (at least 1) claims that have any word of a rough query."""
        with self._current_commit() as current:
            return current.reader.find_candidates(query, limit)

    def find_articles(self, query: Query, limit: int) -> ArticleMatches:
        """Find the best `limit` (at least 1) articles that a query is about."""
        with self._current_commit() as current:
            return current.headlines.find(query, limit)

    def find_by_shared_words(self, text: str, limit: int, viewer: str = ANYONE) -> list[ScoredId]:
        """Find the `limit` (at least 1) claims that share the most words with a text."""
        with self._current_commit() as current:
            return current.reader.find_by_shared_words(text, limit, viewer)

    def filter_ids(self, query: Query, claim_ids: Sequence[str]) -> set[str]:
        """Select the given claims that are indexed and match a query, without correction; an empty
        query matches all."""
        with self._current_commit() as current:
            return current.reader.filter_ids(query, claim_ids)

    def facets(self, *readings: Query) -> Facets:
        """Count the claims that match any of these queries, without correction: at most ten values
        of each facet, most frequent first."""
        with self._current_commit() as current:
            return current.reader.facets(readings)

    def is_same_role(self, role: str, typed: str) -> bool:
        """Whether a role printed in an article is the one typed after `by:`."""
        return not role_terms(role).isdisjoint(self._builder.role_terms(typed))

    def outlets(self, limit: int) -> list[str]:
        """The outlets of the claims that everyone may see, those with most claims first."""
        with self._current_commit() as current:
            return current.reader.outlets(limit)

    def highlight(self, query: Query, text: str) -> Spans:
        """Find the words and phrases of a claim's text that match a corrected query."""
        return highlight(self._builder, query, text)

    def percolator(self) -> ClaimPercolator:
        """Create an empty percolator that matches queries as this index does."""
        return ClaimPercolator(self._builder)

    def count(self) -> int:
        """The number of indexed claims."""
        with self._current_commit("cannot read the search index") as current:
            return current.searcher.num_docs

    def ids(self) -> Iterator[str]:
        """Yield the ids of all indexed claims."""
        with self._current_commit("cannot read the search index") as current:
            yield from current.reader.ids()
