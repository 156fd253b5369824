"""The index of claims: write and search it."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import tantivy

from bot.config import KnownName
from bot.errors import SearchIndexError
from bot.model import ANYONE, ClaimEntry, Facets, Headline, Holder, Spans
from bot.search.engine.documents import vocabulary_words
from bot.search.engine.embedded import generation, stored_vocabulary
from bot.search.engine.embedded.current_commit import CurrentCommit, OpenCommit
from bot.search.engine.embedded.documents import article_document, claim_document
from bot.search.engine.embedded.generation import Indexes, wrap_index_errors, write_lock
from bot.search.engine.highlight import highlight
from bot.search.engine.holders import holders
from bot.search.engine.query_builder import QueryBuilder
from bot.search.language.query import Query
from bot.search.percolation import ClaimPercolator
from bot.search.protocol import ArticleMatches, IndexState, ScoredId, SearchResult
from bot.search.roles import role_terms

_CLAIM_WRITER_BYTES, _ARTICLE_WRITER_BYTES = 128_000_000, 16_000_000
_CLAIM_WRITER_THREADS = max(1, min(4, (os.cpu_count() or 1) - 1))


class ClaimIndex:
    """The search index in a folder; many processes may read it, one at a time writes.

    See `SearchIndex` for its methods.
    """

    def __init__(self, folder: Path, builder: QueryBuilder) -> None:
        self._folder = folder
        self._builder = builder
        self._commit = CurrentCommit(folder, builder)

    @classmethod
    def open(
        cls,
        folder: Path,
        *,
        spelling: Sequence[Sequence[str]],
        names: Iterable[KnownName],
        is_noun: Callable[[str], bool] = lambda _: False,
    ) -> ClaimIndex:
        """Open the index in a folder, or create an empty one if none is usable.

        `spelling` has groups of equivalent spellings, `names` the aliases of outlets and speakers;
        `is_noun` tells whether a noun describes a person. Raises SettingsError for a spelling that
        is not one word.
        """
        index = cls(folder, QueryBuilder(spelling, names, is_noun))
        with wrap_index_errors("cannot open the search index", folder):
            folder.mkdir(parents=True, exist_ok=True)
        index._commit.open_or_create()
        return index

    @property
    def state(self) -> IndexState | None:
        """The last change it has applied; None if it must be rebuilt."""
        return self._commit.open_or_create().generation.state

    def is_damaged(self, *, read_all: bool = False) -> bool:
        """Whether the files on disk are missing or damaged, so that it must be rebuilt.

        Searches go on with the copies that were opened before. Only files whose metadata has
        changed are read, unless `read_all`.
        """
        return self._commit.is_damaged(read_all=read_all)

    def apply(
        self,
        removed_articles: Iterable[str],
        entries: Iterable[ClaimEntry],
        state: IndexState,
        *,
        headlines: Iterable[Headline] = (),
        wait: bool = True,
    ) -> None:
        """Remove articles with all their claims, add claims and headlines, and record the state.

        The call is idempotent if `removed_articles` includes the articles of `entries` and
        `headlines` that may already be indexed. Raises SearchIndexError if the index was not built
        from the same store, or, without `wait`, at once if another process is writing.
        """
        error_context = wrap_index_errors("cannot write the search index", self._folder)
        with write_lock(self._folder, wait=wait), error_context:
            current = self._commit.open_for_writing()
            if not current or not current.state or current.state.store != state.store:
                raise SearchIndexError(
                    "cannot add to the search index",
                    subject=str(self._folder),
                    cause="it has not been built from this store",
                    remedy="Run claimdesk reindex.",
                )
            words: set[str] = set()
            entries_with_words = _collect_words(entries, words)
            indexes = generation.open_indexes(current.folder)
            _write(indexes, list(removed_articles), entries_with_words, headlines)
            if stored_vocabulary.add(current.vocabulary, words):
                indexes.claims.reload()
                stored_vocabulary.create(current.folder, indexes.claims.searcher())
            generation.record_state(current.folder, state)
        self._commit.open_or_create()

    def rebuild(
        self,
        entries: Iterable[ClaimEntry],
        state: IndexState,
        *,
        headlines: Iterable[Headline] = (),
        wait: bool = True,
    ) -> None:
        """Build the whole index in a folder of its own; others read the old one meanwhile."""
        with (
            write_lock(self._folder, wait=wait),
            wrap_index_errors("cannot rebuild the search index", self._folder),
            generation.new_generation(self._folder, state) as indexes,
        ):
            _write(indexes, (), entries, headlines)
        self._commit.open_or_create()

    def find(self, query: Query, limit: int, offset: int = 0) -> SearchResult:
        """Find the best `limit` (at least 1) claims after the first `offset`.

        The best text match comes first. Equal matches, and claims found by filters alone, are
        sorted newest first.
        """
        with self._current_commit() as current:
            return current.reader.find(query, limit, offset)

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

    def holders(self, query: Query, role: str) -> list[Holder]:
        """Find the speakers who hold a role (as typed after `by:`), most claims first, among the
        claims that match a query without correction and without its `speakers`."""
        with self._current_commit() as current:
            return holders(current.searcher, self._builder, query, role)

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

        def frequency(field: str, term: str) -> int:
            # Any open commit will do, and the percolator must not keep an old one's files open.
            commit = self._commit.last_opened or self._commit.open_or_create()
            return int(commit.generation.claims_searcher.doc_freq(field, term))

        return ClaimPercolator(self._builder, frequency)

    def count(self) -> int:
        """The number of indexed claims."""
        return int(self._commit.open_or_create().generation.claims_searcher.num_docs)

    def ids(self) -> set[str]:
        """The ids of all indexed claims."""
        with self._current_commit("cannot read the search index") as current:
            return current.reader.ids()

    def close(self) -> None:
        """Close its files; the next use reopens them."""
        self._commit.close()

    @contextlib.contextmanager
    def _current_commit(self, message: str = "cannot search") -> Iterator[OpenCommit]:
        """Yield the current commit, wrapping the errors of a search."""
        with wrap_index_errors(message, self._folder):
            yield self._commit.open_or_create()


def _collect_words(entries: Iterable[ClaimEntry], words: set[str]) -> Iterator[ClaimEntry]:
    """Yield entries, and add their words to `words`."""
    for entry in entries:
        words.update(vocabulary_words(entry))
        yield entry


def _write(
    indexes: Indexes,
    removed_articles: Sequence[str],
    entries: Iterable[ClaimEntry],
    headlines: Iterable[Headline],
) -> None:
    """Make one commit of each index.

    An error before the first commit changes nothing. If the process is killed between the two
    commits, the state is not recorded, so that the caller repeats both.
    """
    with _transaction(indexes.claims, _CLAIM_WRITER_BYTES, _CLAIM_WRITER_THREADS) as claims:
        for article in removed_articles:
            claims.delete_documents_by_term("article", article)
        for entry in entries:
            claims.add_document(claim_document(entry))
        with _transaction(indexes.articles, _ARTICLE_WRITER_BYTES, 1) as articles:
            for article in removed_articles:
                articles.delete_documents_by_term("id", article)
            for headline in headlines:
                articles.add_document(article_document(headline))


@contextlib.contextmanager
def _transaction(index: tantivy.Index, memory: int, threads: int) -> Iterator[tantivy.IndexWriter]:
    """Yield a writer; commit at the end, or roll back on an error."""
    writer = index.writer(memory, threads)
    try:
        yield writer
        writer.commit()
    except BaseException:
        writer.rollback()
        raise
    finally:
        writer.wait_merging_threads()
