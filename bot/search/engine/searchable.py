"""The index of claims, whatever kind it is: what it answers, and what each kind does by itself.

Each must pass the same contract tests (tests/search/test_contract.py), and need not use Tantivy.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from typing import Protocol

from bot.model import ANYONE, PIECE_SEPARATOR, ClaimEntry, Facets, Headline, Span, Spans
from bot.search.engine.embedded.percolator import Percolator
from bot.search.engine.headlines import Headlines
from bot.search.engine.query_builder import QueryBuilder
from bot.search.engine.reader import IndexReader, Page
from bot.search.engine.searcher import Searcher
from bot.search.engine.words import stem, word_spans
from bot.search.forms import Stems
from bot.search.language.query import Query
from bot.search.protocol import (
    ArticleMatches,
    IndexFault,
    IndexState,
    IndexVectors,
    ScoredId,
    SearchResult,
)
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


class SearchIndex(ABC):
    """An index that can be deleted and rebuilt from the store at any time.

    What not everyone may see (`ClaimEntry.seen_only_by`) is found only by its viewers
    (`Query.viewer`), and counts for nobody else.

    Thread-safe. What one process writes, others see in their next call; on a cluster, within a
    second, though `state` is always the newest. All methods raise SearchIndexError if the index
    cannot be read or written. Limits are at least 1.
    """

    vectors: IndexVectors | None = None
    """The vectors of its claims; None if it holds none itself."""

    def __init__(self, builder: QueryBuilder) -> None:
        self._builder = builder

    @abstractmethod
    def _current_commit(self, message: str = "cannot search") -> AbstractContextManager[Commit]:
        """Yield the current commit; errors become SearchIndexError with this message."""

    @property
    @abstractmethod
    def state(self) -> IndexState | None:
        """The last change it has applied; None if it must be rebuilt."""

    @property
    @abstractmethod
    def searched_state(self) -> IndexState | None:
        """The state that searches of this process read: `state`, or what it was up to a second
        ago."""

    @abstractmethod
    def is_damaged(self, *, read_all: bool = False) -> bool:
        """Whether what is stored is missing or damaged, so that it must be rebuilt, though it may
        still answer. `read_all` checks everything, not only what seems to have changed."""

    @abstractmethod
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

    @abstractmethod
    def rebuild(
        self,
        entries: Iterable[ClaimEntry],
        state: IndexState,
        *,
        headlines: Iterable[Headline] = (),
        wait: bool = True,
    ) -> None:
        """Rebuild the index; the old one answers queries meanwhile. For `wait`, see `apply`."""

    @abstractmethod
    def close(self) -> None:
        """Close its files; the next use reopens them."""

    def warm(self) -> None:  # noqa: B027
        """Begin to load what the first answers need, if it takes long; no failure is raised."""

    def faults(self) -> Sequence[IndexFault]:
        """What is wrong with the machines that it is on, though it may still answer."""
        return ()

    def find(self, query: Query, limit: int, offset: int = 0) -> SearchResult:
        """Find the best `limit` claims after the first `offset`.

        The best text match comes first. Equal matches, and claims found by filters alone, are
        sorted newest first. If no claim has all words, typing errors are corrected; correctly
        spelled words are left alone. If that does not help either, most of the words and all
        negations are enough, provided that each word is in some claim. If nothing is found, the
        result suggests queries.

        For a rough query, find the claims closest to its words that meet its filters. A score is
        then the claim's share of the words' total weight.
        """
        with self._current_commit() as current:
            return current.reader.find(query, Page(limit, offset))

    def find_statements(self, query: Query, limit: int, offset: int = 0) -> SearchResult:
        """Find the best claim of each of the best `limit` statements after the first `offset`.
        `SearchResult.statements` counts all."""
        with self._current_commit() as current:
            return current.reader.find(query, Page(limit, offset, by_statement=True))

    def find_candidates(self, query: Query, limit: int) -> SearchResult:
        """Find the best `limit` claims that have any word of a rough query and meet its filters,
        whatever their share of the weight. The caller ranks them."""
        with self._current_commit() as current:
            return current.reader.find_candidates(query, limit)

    def find_articles(self, query: Query, limit: int) -> ArticleMatches:
        """Find the best `limit` articles about a query: those with most of its words in the title,
        or some in the opening."""
        with self._current_commit() as current:
            return current.headlines.find(query, limit)

    def find_by_shared_words(self, text: str, limit: int, viewer: str = ANYONE) -> list[ScoredId]:
        """Find the `limit` claims that share the most words with a text, best first."""
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
        """Find the whole words and phrases of a claim's text that match a corrected query: sorted
        spans of code points that do not overlap; a phrase is one span."""
        builder = self._builder
        alternatives = (typed for group in query.alternatives for typed in group)
        texts = (*query.words, *query.phrases, *alternatives)
        sequences = {stems for typed in texts for stems in builder.stem_sequences(typed)}
        sequences.update(
            stems for name in query.mentions for stems in builder.mention_sequences(name)
        )
        spans: list[Span] = []
        offset = 0
        for piece in text.split(PIECE_SEPARATOR):
            spans += [(offset + start, offset + end) for start, end in _matches(sequences, piece)]
            offset += len(piece) + len(PIECE_SEPARATOR)
        return _merge(sorted(spans))

    def percolator(self) -> Percolator:
        """Create an empty percolator that matches queries as this index does."""
        return Percolator(self._builder)

    def count(self) -> int:
        """The number of indexed claims."""
        with self._current_commit("cannot read the search index") as current:
            return current.searcher.num_docs

    def ids(self) -> Iterator[str]:
        """Yield the ids of all indexed claims: there may be millions."""
        with self._current_commit("cannot read the search index") as current:
            yield from current.reader.ids()


def _matches(sequences: set[Stems], piece: str) -> list[Span]:
    stems, spans = [], []
    for word, span in word_spans(piece):
        stems.append(stem(word))
        spans.append(span)
    return [
        (spans[index][0], spans[index + length - 1][1])
        for length in {len(sequence) for sequence in sequences}
        for index in range(len(stems) - length + 1)
        if tuple(stems[index : index + length]) in sequences
    ]


def _merge(spans: list[Span]) -> Spans:
    merged_spans: list[Span] = []
    for start, end in spans:
        if merged_spans and start < merged_spans[-1][1]:
            merged_spans[-1] = merged_spans[-1][0], max(end, merged_spans[-1][1])
        else:
            merged_spans.append((start, end))
    return tuple(merged_spans)
