"""The index of claims: write and search it."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

import tantivy

from bot.config import KnownName
from bot.errors import SearchIndexError
from bot.model import ClaimEntry, Facets, Headline, Holder, Spans
from bot.search.engine import generation, stored_vocabulary
from bot.search.engine.documents import SCHEMA, document, spellings
from bot.search.engine.generation import Generation, Indexes, wrap_index_errors, write_lock
from bot.search.engine.headlines import Headlines
from bot.search.engine.headlines import document as headline_document
from bot.search.engine.highlight import highlight
from bot.search.engine.query_builder import QueryBuilder
from bot.search.engine.reader import IndexReader
from bot.search.language.query import Query
from bot.search.percolation import ClaimPercolator
from bot.search.protocol import ArticleMatches, IndexState, SearchResult
from bot.search.roles import role_terms

_WRITER_BYTES, _SMALL_WRITER_BYTES = 128_000_000, 16_000_000
_WRITER_THREADS = max(1, min(4, (os.cpu_count() or 1) - 1))
_LOOKS = 3
"""Attempts to open, since a generation may be replaced while it is being opened."""


@dataclass(frozen=True, slots=True)
class _Opened:
    generation: Generation
    reading: IndexReader
    headlines: Headlines


class ClaimIndex:
    """The search index in a folder; many processes may read it, one at a time writes.

    It can be deleted at any time: `state` is the last change of the store it has applied, None if
    it must be rebuilt. Thread-safe. All methods raise SearchIndexError if the index cannot be read
    or written.
    """

    def __init__(self, folder: Path, builder: QueryBuilder) -> None:
        self._folder = folder
        self._builder = builder
        self._opened: _Opened | None = None
        self._refreshing = Lock()

    @classmethod
    def open(
        cls,
        folder: Path,
        *,
        spelling: Sequence[Sequence[str]],
        names: Iterable[KnownName],
        is_noun: Callable[[str], bool] = lambda _: False,
    ) -> ClaimIndex:
        """Open the index in a folder, an empty one if there is none that can be used.

        `spelling` holds groups of words that count as one, `names` outlets and speakers with what
        else they are called; `is_noun` tells nouns for what one human being is. Raises
        SettingsError for a spelling that is not one word.
        """
        builder = QueryBuilder(SCHEMA, spelling, names, is_noun)
        index = cls(folder, builder)
        with wrap_index_errors("cannot open the search index", folder):
            folder.mkdir(parents=True, exist_ok=True)
        index._latest()
        return index

    @property
    def state(self) -> IndexState | None:
        """Up to which change of which store the index has come; None: it must be rebuilt."""
        return self._latest().generation.state

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
        record the new state.

        Name every article among the removed that may be in the index already, also when it is
        added again: then the same call made twice changes nothing. Refuses an
        index that was not built from the same store, so that no hole goes unnoticed. Without
        `wait`, SearchIndexError is raised at once where another process is writing.
        """
        writing = wrap_index_errors("cannot write the search index", self._folder)
        with write_lock(self._folder, wait=wait), writing:
            opened = self._current()
            live = opened.generation if opened else None
            if not live or not live.state or live.state.store != state.store:
                raise SearchIndexError(
                    "cannot add to the search index",
                    subject=str(self._folder),
                    cause="it has not been built from this store",
                    remedy="Stems claimdesk reindex.",
                )
            spelled: set[str] = set()
            _write(live.indexes, list(removed_articles), _noting(entries, spelled), headlines)
            claims = live.indexes.claims
            if stored_vocabulary.add(live.words, spelled):
                claims.reload()
                stored_vocabulary.make(live.folder, claims.searcher())
            generation.record_state(live.folder, state)
        self._latest()

    def rebuild(
        self,
        entries: Iterable[ClaimEntry],
        state: IndexState,
        *,
        headlines: Iterable[Headline] = (),
        wait: bool = True,
    ) -> None:
        """Build the whole index anew, in a folder of its own; others read the old one meanwhile."""
        with (
            write_lock(self._folder, wait=wait),
            wrap_index_errors("cannot rebuild the search index", self._folder),
            generation.new_generation(self._folder, state) as indexes,
        ):
            _write(indexes, (), entries, headlines)
        self._latest()

    def find(self, query: Query, limit: int, offset: int = 0) -> SearchResult:
        """Find the best `limit` (at least 1) claims after the first `offset`.

        Best text match first; of equal matches, and for a query of filters alone, the newer.
        """
        with wrap_index_errors("cannot search", self._folder):
            return self._latest().reading.find(query, limit, offset)

    def find_candidates(self, query: Query, limit: int) -> SearchResult:
        """Find the best `limit` (at least 1) claims that hold anything of a rough query."""
        with wrap_index_errors("cannot search", self._folder):
            return self._latest().reading.find_candidates(query, limit)

    def find_articles(self, query: Query, limit: int) -> ArticleMatches:
        """Find the best `limit` (at least 1) articles that a query is about."""
        with wrap_index_errors("cannot search", self._folder):
            return self._latest().headlines.about(query, limit)

    def find_by_shared_words(self, text: str, limit: int) -> list[tuple[str, float]]:
        """Find the `limit` (at least 1) claims that share most words with a text, best first."""
        with wrap_index_errors("cannot search", self._folder):
            return self._latest().reading.find_by_shared_words(text, limit)

    def filter_ids(self, query: Query, claim_ids: Sequence[str]) -> set[str]:
        """Those of these claims that are there and that a query, taken as typed, finds; an empty
        query finds all."""
        with wrap_index_errors("cannot search", self._folder):
            return self._latest().reading.filter_ids(query, claim_ids)

    def facets(self, *readings: Query) -> Facets:
        """Count what any of these queries, each taken as typed, finds: at most ten values of each
        facet, commonest first."""
        with wrap_index_errors("cannot search", self._folder):
            return self._latest().reading.facets(readings)

    def holders(self, query: Query, role: str) -> list[Holder]:
        """Whom articles give a role, as it is typed after by:, of the claims that a query, taken as
        typed, finds by anybody; by the names that the claims have for them, most claims first."""
        with wrap_index_errors("cannot search", self._folder):
            return self._latest().reading.holders(query, role)

    def is_same_role(self, role: str, typed: str) -> bool:
        """Whether what an article says somebody is, is the role that is typed after by:."""
        return not role_terms(role).isdisjoint(self._builder.role_terms(typed))

    def outlets(self, limit: int) -> list[str]:
        """The outlets of the claims, those with most claims first."""
        with wrap_index_errors("cannot search", self._folder):
            return self._latest().reading.outlets(limit)

    def highlight(self, query: Query, text: str) -> Spans:
        """Find the words and phrases of a claim's text that a query (as read) matched."""
        return highlight(self._builder, query, text)

    def percolator(self) -> ClaimPercolator:
        """Make an empty percolator, which takes queries as this index does."""

        def frequency(field: str, term: str) -> int:
            # Whatever is open will do, and no percolator is to keep the files of what was indexed
            # when it was made.
            opened = self._opened or self._latest()
            return int(opened.generation.searcher.doc_freq(field, term))

        return ClaimPercolator(self._builder, frequency)

    def count(self) -> int:
        """How many claims are in the index."""
        return int(self._latest().generation.searcher.num_docs)

    def ids(self) -> set[str]:
        """The ids of all claims in the index."""
        with wrap_index_errors("cannot read the search index", self._folder):
            return self._latest().reading.ids()

    def close(self) -> None:
        """Let go of the files; the next use opens them again."""
        self._opened = None

    def _latest(self) -> _Opened:
        """The current commit, or a new empty index if none is usable."""
        opened = self._current()
        if opened:
            return opened
        with (
            write_lock(self._folder),
            wrap_index_errors("cannot open the search index", self._folder),
        ):
            if not generation.open_current(self._folder):
                with generation.new_generation(self._folder, None):
                    pass
        opened = self._current()
        if not opened:
            raise SearchIndexError(
                "cannot open the search index",
                subject=str(self._folder),
                cause="a new one cannot be read back",
                remedy="Check the disk and the folder's permissions.",
            )
        return opened

    def _current(self) -> _Opened | None:
        """The current commit; reopened only if it has changed."""
        opened = self._opened
        if self._is_current(opened):
            return opened
        with self._refreshing:
            opened = self._opened  # another thread may have opened it meanwhile, or closed it
            if not self._is_current(opened):
                opened = self._opened = self._opened_again(opened)
            return opened

    def _is_current(self, opened: _Opened | None) -> bool:
        return bool(opened and generation.is_current(opened.generation))

    def _opened_again(self, before: _Opened | None) -> _Opened | None:
        last, live = before.generation if before else None, None
        for _ in range(_LOOKS):
            live = live or generation.open_current(self._folder, last)
        if not live:
            return None
        same = before and before.generation.folder == live.folder
        kept = before.reading if before and same else None
        return _Opened(
            live,
            IndexReader(live.searcher, self._builder, live.words, kept),
            Headlines(live.headlines, self._builder),
        )


def _noting(entries: Iterable[ClaimEntry], spelled: set[str]) -> Iterator[ClaimEntry]:
    """Pass entries on, and add their words to `spelled`."""
    for entry in entries:
        spelled.update(spellings(entry))
        yield entry


def _write(
    indexes: Indexes,
    removed_articles: Sequence[str],
    entries: Iterable[ClaimEntry],
    headlines: Iterable[Headline],
) -> None:
    """Make one commit of each index; nothing is changed if anything fails before the first. Where
    a process is killed between the two, the same changes are made once more."""
    with _writing(indexes.claims, _WRITER_BYTES, _WRITER_THREADS) as claims:
        for article in removed_articles:
            claims.delete_documents_by_term("article", article)
        for entry in entries:
            claims.add_document(document(entry))
        with _writing(indexes.articles, _SMALL_WRITER_BYTES, 1) as articles:
            for article in removed_articles:
                articles.delete_documents_by_term("id", article)
            for headline in headlines:
                articles.add_document(headline_document(headline))


@contextlib.contextmanager
def _writing(index: tantivy.Index, memory: int, threads: int) -> Iterator[tantivy.IndexWriter]:
    """Give a writer, and commit what was written; nothing of it where anything fails."""
    writer = index.writer(memory, threads)
    try:
        yield writer
        writer.commit()
    except BaseException:
        writer.rollback()
        raise
    finally:
        writer.wait_merging_threads()
