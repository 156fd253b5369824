"""The index of claims: write and search it."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import tantivy

from bot.config import KnownName
from bot.errors import SearchIndexError
from bot.model import ClaimEntry, Headline
from bot.search.engine.documents import vocabulary_words
from bot.search.engine.embedded import generation, stored_vocabulary
from bot.search.engine.embedded.current_commit import CurrentCommit, OpenCommit
from bot.search.engine.embedded.documents import article_document, claim_document
from bot.search.engine.embedded.generation import Indexes, wrap_index_errors, write_lock
from bot.search.engine.query_builder import QueryBuilder
from bot.search.engine.searchable import SearchIndex
from bot.search.protocol import IndexState

_CLAIM_WRITER_BYTES, _ARTICLE_WRITER_BYTES = 128_000_000, 16_000_000
_CLAIM_WRITER_THREADS = max(1, min(4, (os.cpu_count() or 1) - 1))


class ClaimIndex(SearchIndex):
    """The search index in a folder; many processes may read it, one at a time writes."""

    def __init__(self, folder: Path, builder: QueryBuilder) -> None:
        super().__init__(builder)
        self._folder = folder
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

    @property
    def searched_state(self) -> IndexState | None:
        """The same: searches read the last commit."""
        return self.state

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

    def close(self) -> None:
        """Close its files; the next use reopens them."""
        self._commit.close()

    @contextlib.contextmanager
    def _current_commit(self, message: str = "cannot search") -> Iterator[OpenCommit]:
        with wrap_index_errors(message, self._folder):
            yield self._commit.open_or_create()


def _collect_words(entries: Iterable[ClaimEntry], words: set[str]) -> Iterator[ClaimEntry]:
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
    writer = index.writer(memory, threads)
    try:
        yield writer
        writer.commit()
    except BaseException:
        writer.rollback()
        raise
    finally:
        writer.wait_merging_threads()
