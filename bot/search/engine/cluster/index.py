"""The index of claims on an OpenSearch cluster: write and search it."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from threading import Lock

from bot.config import KnownName
from bot.errors import SearchIndexBusyError, SearchIndexError
from bot.model import ClaimEntry, Headline
from bot.search.engine.cluster.bulk import Operation, write
from bot.search.engine.cluster.connection import Connection, MissingError
from bot.search.engine.cluster.documents import article_document, claim_document
from bot.search.engine.cluster.faults import find_faults
from bot.search.engine.cluster.generations import Generation, Generations
from bot.search.engine.cluster.lease import Lease
from bot.search.engine.cluster.searcher import ClusterSearcher, DocFreqs
from bot.search.engine.cluster.term_counts import TermCounter
from bot.search.engine.cluster.translation import Json
from bot.search.engine.cluster.vectors import ClusterVectors
from bot.search.engine.cluster.vocabulary import ClusterVocabulary
from bot.search.engine.headlines import Headlines
from bot.search.engine.queries import SHOULD, Combination, Everything, Term
from bot.search.engine.query_builder import QueryBuilder
from bot.search.engine.reader import IndexReader
from bot.search.engine.searchable import SearchIndex
from bot.search.patience import within_answer
from bot.search.protocol import IndexFault, IndexState

_ARTICLES_AT_ONCE = 500
_MAX_DOC_FREQS = 100_000


@dataclass(frozen=True, slots=True)
class ClusterCommit:
    """The current generation as of its last commit, and what reads it."""

    searcher: ClusterSearcher
    reader: IndexReader
    headlines: Headlines


class ClusterIndex(SearchIndex):
    """The search index on a cluster; many processes may read it, one at a time writes.

    `name` begins the names of its indexes, which get `shards` with `replicas` when they are next
    rebuilt.
    """

    def __init__(
        self,
        connection: Connection,
        builder: QueryBuilder,
        *,
        name: str,
        shards: int = 1,
        replicas: int = 1,
    ) -> None:
        super().__init__(builder)
        self._connection, self._name = connection, name
        self._generations = Generations(connection, name, shards, replicas)
        self._lease = Lease(connection, self._generations.control)
        self._vocabulary = ClusterVocabulary(connection, builder.configured_spellings)
        self._counter = TermCounter(connection)
        self._doc_freqs = _CommitDocFreqs()
        self.vectors = ClusterVectors(
            connection, self._generations, builder, self._open_claims, self._hold_lease
        )

    @classmethod
    def open(
        cls,
        connection: Connection,
        *,
        name: str,
        spelling: Sequence[Sequence[str]],
        names: Iterable[KnownName],
        is_noun: Callable[[str], bool] = lambda _: False,
        shards: int = 1,
        replicas: int = 1,
    ) -> ClusterIndex:
        """Open the index on a cluster, which need not answer yet.

        For `spelling`, `names` and `is_noun`, see `ClaimIndex.open`.
        """
        builder = QueryBuilder(spelling, names, is_noun)
        return cls(connection, builder, name=name, shards=shards, replicas=replicas)

    @property
    def state(self) -> IndexState | None:
        """The last change it has applied; None if it must be rebuilt."""
        with within_answer():
            return self._generations.current().state

    @property
    def searched_state(self) -> IndexState | None:
        """The state that searches read, which is read once a second."""
        with within_answer():
            return self._generations.recent().state

    def is_damaged(self, *, read_all: bool = False) -> bool:
        """Whether claims or articles are missing, so that it must be rebuilt.

        The cluster checks its files itself, so `read_all` changes nothing.
        """
        if self._is_whole(self._generations.current()):
            return False
        try:
            # Another process may be writing; look again while none does.
            with self._hold_lease(wait=False):
                return not self._is_whole(self._generations.current())
        except SearchIndexBusyError:
            return False

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

        An error before the first request changes nothing; what is written becomes searchable when
        all of it is. If the process is killed, the state is not recorded, so that the caller
        repeats the change. Raises SearchIndexError if the index was not built from the same store,
        or, without `wait`, at once if another process is writing.
        """
        with self._hold_lease(wait=wait):
            current = self._generations.current()
            if not current.state or current.state.store != state.store:
                raise SearchIndexError(
                    "cannot add to the search index",
                    subject=self._connection.name,
                    cause="it has not been built from this store",
                    remedy="Run claimdesk reindex.",
                )
            removed = list(removed_articles)
            claims = {entry.claim_id: claim_document(entry, state.seq) for entry in entries}
            articles = {article.article_id: article_document(article) for article in headlines}
            self._generations.record_state(current, current.state, is_being_written=True)
            # What a writer left that was killed is searchable, too, so that it is removed.
            self._generations.refresh(current)
            removed_claims = self._claims_of(current, removed)
            write(
                self._connection,
                [
                    *_replacements(current.claims, removed_claims, claims, state.seq),
                    *_replacements(current.articles, removed, articles, state.seq),
                ],
            )
            self._commit(current, state)

    def rebuild(
        self,
        entries: Iterable[ClaimEntry],
        state: IndexState,
        *,
        headlines: Iterable[Headline] = (),
        wait: bool = True,
    ) -> None:
        """Build all of it in new indexes; everyone reads the old ones meanwhile."""
        with self._hold_lease(wait=wait), self._generations.create() as new:
            write(
                self._connection,
                (
                    Operation(
                        new.claims, entry.claim_id, state.seq, claim_document(entry, state.seq)
                    )
                    for entry in entries
                ),
            )
            write(
                self._connection,
                (
                    Operation(
                        new.articles, article.article_id, state.seq, article_document(article)
                    )
                    for article in headlines
                ),
            )
            self._commit(new, state)

    def ids(self) -> Iterator[str]:
        """Yield the ids of all indexed claims, however long that takes."""
        claims = self._searcher(self._generations.current().claims)
        return claims.find_ids(Everything(), sys.maxsize)

    def warm(self) -> None:
        """Begin to read the words by which queries are corrected."""
        with contextlib.suppress(SearchIndexError), within_answer():
            self._vocabulary.begin(self._generations.current())

    def faults(self) -> Sequence[IndexFault]:
        """What is wrong with the cluster, though it may still answer."""
        with within_answer():
            return find_faults(self._connection, self._name)

    def close(self) -> None:
        """Close the connection; the next use opens it again."""
        self._connection.close()

    @contextlib.contextmanager
    def _hold_lease(self, *, wait: bool) -> Iterator[None]:
        self._generations.create_control()
        with self._lease.hold(wait=wait):
            yield

    def _claims_of(self, generation: Generation, articles: Sequence[str]) -> set[str]:
        searcher = self._searcher(generation.claims)
        ids: set[str] = set()
        for start in range(0, len(articles), _ARTICLES_AT_ONCE):
            some = articles[start : start + _ARTICLES_AT_ONCE]
            query = Combination([(SHOULD, Term("article", id_)) for id_ in some])
            ids.update(searcher.find_ids(query, sys.maxsize))
        return ids

    def _commit(self, generation: Generation, state: IndexState) -> None:
        self._generations.refresh(generation)
        num_claims, num_articles = self._counts(generation)
        written = generation._replace(num_claims=num_claims, num_articles=num_articles)
        self._generations.record_state(written, state)

    def _is_whole(self, generation: Generation) -> bool:
        """Whether a generation has as many claims and articles as were recorded; one that was
        being written by a killed process is written again anyway."""
        if not generation.state or generation.is_being_written:
            return True
        return self._counts(generation) == (generation.num_claims, generation.num_articles)

    def _counts(self, generation: Generation) -> tuple[int, int]:
        claims, articles = (
            self._searcher(index).num_docs for index in (generation.claims, generation.articles)
        )
        return claims, articles

    def _searcher(self, index: str) -> ClusterSearcher:
        return ClusterSearcher(self._connection, index, self._counter, {})

    @contextlib.contextmanager
    def _open_claims(self) -> Iterator[ClusterSearcher]:
        with self._current_commit() as current:
            yield current.searcher

    @contextlib.contextmanager
    def _current_commit(self, message: str = "cannot search") -> Iterator[ClusterCommit]:
        with within_answer():
            current = self._generations.recent()
            claims, articles = (
                ClusterSearcher(
                    self._connection,
                    index,
                    self._counter,
                    self._doc_freqs.of(current, index),
                    must_exist=current.state is not None,
                )
                for index in (current.claims, current.articles)
            )
            reader = IndexReader(claims, self._builder, lambda: self._vocabulary.at(current))
            try:
                yield ClusterCommit(claims, reader, Headlines(articles, self._builder))
            except MissingError:
                # It has been rebuilt twice since it was read, or somebody has deleted its indexes.
                self._generations.forget()
                raise


class _CommitDocFreqs:
    """What is known of how many documents have each term, at the last commit; thread-safe."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._commit: tuple[str, int] | None = None
        self._by_index: dict[str, DocFreqs] = {}

    def of(self, generation: Generation, index: str) -> DocFreqs:
        """The counts of one index, to which its searcher adds."""
        with self._lock:
            is_full = sum(map(len, self._by_index.values())) > _MAX_DOC_FREQS
            if self._commit != generation.commit or is_full:
                self._commit, self._by_index = generation.commit, {}
            return self._by_index.setdefault(index, {})


def _replacements(
    index: str, removed: Iterable[str], documents: Mapping[str, Json], version: int
) -> Iterator[Operation]:
    for id_ in removed:
        if id_ not in documents:
            yield Operation(index, id_, version, None)
    for id_, document in documents.items():
        yield Operation(index, id_, version, document)
