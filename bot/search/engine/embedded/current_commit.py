"""The commit of an index that searches use: reopened when it changes, kept when the disk fails."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from bot.errors import SearchIndexError
from bot.search.engine.embedded import generation
from bot.search.engine.embedded.generation import Generation, wrap_index_errors, write_lock
from bot.search.engine.embedded.searcher import (
    ARTICLES_TRANSLATOR,
    CLAIMS_TRANSLATOR,
    TantivySearcher,
)
from bot.search.engine.embedded.snapshot import FileStamp
from bot.search.engine.embedded.stored_vocabulary import CachedVocabulary
from bot.search.engine.headlines import Headlines
from bot.search.engine.query_builder import QueryBuilder
from bot.search.engine.reader import IndexReader

_MAX_OPEN_ATTEMPTS = 3
"""Attempts to open, since a generation may be replaced while it is being opened."""


@dataclass(frozen=True, slots=True)
class OpenCommit:
    """An opened generation, and what reads it."""

    generation: Generation
    searcher: TantivySearcher
    reader: IndexReader
    headlines: Headlines
    vocabulary: CachedVocabulary


class CurrentCommit:
    """The newest usable commit of the index in a folder; thread-safe.

    If what is on disk becomes unusable, the commit that was opened last stays in use: its files
    are copies.
    """

    def __init__(self, folder: Path, builder: QueryBuilder) -> None:
        self._folder = folder
        self._builder = builder
        self._unusable_stamps: tuple[FileStamp, ...] | None = None
        """The metadata of what is on disk, if that could not be opened."""
        self._refresh_lock = Lock()
        self.last_opened: OpenCommit | None = None

    def open_or_create(self) -> OpenCommit:
        """The current commit, or a new empty index if none is usable."""
        commit = self._open()
        if commit:
            return commit
        with (
            write_lock(self._folder),
            wrap_index_errors("cannot open the search index", self._folder),
        ):
            if not generation.open_current(self._folder):
                with generation.new_generation(self._folder, None):
                    pass
        commit = self._open()
        if not commit:
            raise SearchIndexError(
                "cannot open the search index",
                subject=str(self._folder),
                cause="a new one cannot be read back",
                remedy="Check the disk and the folder's permissions.",
            )
        return commit

    def open_for_writing(self) -> Generation | None:
        """The current generation if its files are sound; the caller holds the lock for writing."""
        commit = self._open()
        if commit and not self._is_sound(commit):
            with self._refresh_lock:
                commit = self.last_opened if self._reopen_changed() else None
        return commit.generation if commit else None

    def is_damaged(self, *, read_all: bool) -> bool:
        """Whether what is on disk is unusable.

        Only files whose metadata has changed are read, unless `read_all`.
        """
        if self._is_sound(self.open_or_create(), read_all=read_all):
            return False
        try:
            # Another process may be replacing files; look again while none does.
            with write_lock(self._folder, wait=False), self._refresh_lock:
                return not self._reopen_changed(read_all=read_all)
        except SearchIndexError as error:
            if isinstance(error.__cause__, BlockingIOError):
                return False  # another process is writing: the next call decides
            raise

    def close(self) -> None:
        """Close the files; the next use reopens them."""
        self.last_opened = self._unusable_stamps = None

    def _open(self) -> OpenCommit | None:
        """The current commit, or the last one if what is on disk is unusable."""
        commit = self.last_opened
        if _is_current(commit):
            return commit
        with self._refresh_lock:
            commit = self.last_opened  # another thread may have opened or closed it meanwhile
            if not _is_current(commit):
                commit = self.last_opened = self._reopen(commit)
            return commit

    def _reopen(self, previous: OpenCommit | None) -> OpenCommit | None:
        stamps = generation.stamps_on_disk(self._folder)
        if previous and stamps == self._unusable_stamps:
            return previous  # to find out again would take as long as opening it
        for _ in range(_MAX_OPEN_ATTEMPTS):
            current = generation.open_current(
                self._folder, previous.generation if previous else None
            )
            if current and not _is_emptied(current, previous):
                return self._with_readers(current, previous)
        self._unusable_stamps = stamps
        return previous

    def _is_sound(self, commit: OpenCommit, *, read_all: bool = False) -> bool:
        """Whether the files on disk are as they were when they were opened."""
        snapshot = commit.generation.snapshot
        if not (_is_current(commit) and snapshot.is_unchanged()):
            return False
        try:
            with wrap_index_errors("cannot read the search index", self._folder):
                if read_all:
                    snapshot.check_again()
        except SearchIndexError:
            return False
        return True

    def _reopen_changed(self, *, read_all: bool = False) -> bool:
        """Open what is on disk, if that is possible; the caller holds both locks."""
        previous = self.last_opened
        reusable = previous.generation if previous and not read_all else None
        current = generation.open_current(self._folder, reusable)
        if not current or _is_emptied(current, previous):
            return False
        self.last_opened = self._with_readers(current, previous)
        return True

    def _with_readers(self, current: Generation, previous: OpenCommit | None) -> OpenCommit:
        claims = TantivySearcher(current.claims_searcher, CLAIMS_TRANSLATOR)
        articles = TantivySearcher(current.articles_searcher, ARTICLES_TRANSLATOR)
        if previous and previous.generation.vocabulary == current.vocabulary:
            vocabulary = previous.vocabulary
        else:
            vocabulary = CachedVocabulary(current.vocabulary, self._builder.configured_spellings)
        reader = IndexReader(claims, self._builder, vocabulary.get)
        headlines = Headlines(articles, self._builder)
        return OpenCommit(current, claims, reader, headlines, vocabulary)


def _is_current(commit: OpenCommit | None) -> bool:
    return bool(commit and generation.is_current(commit.generation))


def _is_emptied(current: Generation, previous: OpenCommit | None) -> bool:
    """Whether a process that found the index unusable has put an empty one in its place."""
    return bool(previous and previous.generation.state and not current.state)
