"""The index on disk: a small file names the current one of several generations.

    current            the name of the current generation
    lock               held by the writer
    g-…/               a Tantivy index of claims
    g-…/articles/      a Tantivy index of articles: bot/search/engine/headlines.py
    g-…/words-…/       its vocabulary, for corrections: stored_vocabulary.py
                       (searches read checked copies: snapshot.py)
    g-…/state.json     the last change of the store that it has applied; written after the commit

A killed process leaves either the old or the new state: a new generation becomes current when
`current` is replaced, and a commit whose state was not recorded is repeated.
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
import json
import os
import shutil
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import NamedTuple
from uuid import uuid4

import tantivy

from bot.errors import SearchIndexBusyError, SearchIndexError
from bot.search.engine.documents import FORMAT
from bot.search.engine.embedded import stored_vocabulary
from bot.search.engine.embedded.documents import ARTICLES_SCHEMA, CLAIMS_SCHEMA
from bot.search.engine.embedded.snapshot import FileStamp, Snapshot, file_stamp, take_snapshot
from bot.search.engine.embedded.stored_vocabulary import StoredVocabulary
from bot.search.engine.words import ANALYZERS
from bot.search.protocol import IndexState

LOCK_SECONDS = 60.0
"""How long a writer waits for the lock."""

REBUILD_REMEDY = "Run claimdesk reindex; the store is not affected."
FULL_DISK_REMEDY = "Free some space on its disk; the store is not affected."

_CURRENT = "current"
_STATE = "state.json"
_ARTICLES = "articles"
_POLL_SECONDS = 0.02


class Indexes(NamedTuple):
    """The two indexes of a generation."""

    claims: tantivy.Index
    articles: tantivy.Index


@dataclass(frozen=True, slots=True)
class Generation:
    """An opened index at one commit.

    `state` is None if nothing has been indexed yet. `stamps` is the metadata that `files`
    (`current` and state.json) had when it was opened. The searchers and the vocabulary read only
    the copies of the `snapshot`.
    """

    folder: Path
    snapshot: Snapshot
    claims_searcher: tantivy.Searcher
    articles_searcher: tantivy.Searcher
    state: IndexState | None
    files: tuple[Path, Path]
    stamps: tuple[FileStamp, FileStamp]
    vocabulary: StoredVocabulary


@contextlib.contextmanager
def wrap_index_errors(
    message: str, folder: Path, *, remedy: str = REBUILD_REMEDY
) -> Iterator[None]:
    """Raise SearchIndexError with this message for any error of Tantivy or the disk."""
    try:
        yield
    except BaseException as error:
        # IndexError: corrupt arrays of the vocabulary may point anywhere. PanicException is
        # Rust's panic, a BaseException that cannot be imported.
        is_index_error = isinstance(error, (ValueError, OSError, IndexError, EOFError))
        if not is_index_error and type(error).__name__ != "PanicException":
            raise
        cause = " ".join(str(error).split())[:300]
        if os.strerror(errno.ENOSPC) in cause:
            # Tantivy's own words name a temporary file.
            cause, remedy = os.strerror(errno.ENOSPC), FULL_DISK_REMEDY
        raise SearchIndexError(message, subject=str(folder), cause=cause, remedy=remedy) from error


@contextlib.contextmanager
def write_lock(root: Path, *, wait: bool = True) -> Iterator[None]:
    """Hold the lock that excludes all other writers, in this process and others.

    If the holder is killed, the lock is released.

    Waits for another writer for `LOCK_SECONDS`, or not at all. Raises SearchIndexError.
    """
    with wrap_index_errors("cannot write the search index", root):
        root.mkdir(parents=True, exist_ok=True)
        lock = (root / "lock").open("ab")
    with lock as file:
        deadline = time.monotonic() + (LOCK_SECONDS if wait else 0)
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError as error:
                if time.monotonic() >= deadline:
                    raise SearchIndexBusyError(
                        "cannot write the search index",
                        subject=str(root),
                        cause="another process is writing it",
                        remedy="Try again when it has finished.",
                    ) from error
                time.sleep(_POLL_SECONDS)
        yield


def is_current(generation: Generation) -> bool:
    """Whether nothing has changed since the generation was opened; costs two system calls."""
    try:
        return generation.stamps == tuple(map(file_stamp, generation.files))
    except OSError:
        return False


def stamps_on_disk(root: Path) -> tuple[FileStamp, ...]:
    """The metadata of the files that say which generation and commit are current; those of missing
    files are left out."""
    stamps: list[FileStamp] = []
    with contextlib.suppress(OSError, ValueError):
        stamps.append(file_stamp(root / _CURRENT))
        folder = root / (root / _CURRENT).read_text(encoding="utf-8")
        stamps.append(file_stamp(folder / _STATE))
    return tuple(stamps)


def open_current(root: Path, previous: Generation | None = None) -> Generation | None:
    """Open the current generation; None if it is missing, damaged or of another format.

    Reuses what has not changed since `previous` was opened.
    """
    try:
        with wrap_index_errors("cannot open the search index", root):
            # Stamp each file before reading it, so that a change in between is noticed next time.
            current_stamp = file_stamp(root / _CURRENT)
            folder = root / (root / _CURRENT).read_text(encoding="utf-8")
            files = root / _CURRENT, folder / _STATE
            stamps = current_stamp, file_stamp(files[1])
            recorded_state = json.loads(files[1].read_text(encoding="utf-8"))
            if recorded_state["format"] != FORMAT:
                return None
            state = IndexState(**recorded_state["state"]) if recorded_state["state"] else None
            words = stored_vocabulary.newest_folder(folder)
            snapshot = take_snapshot(
                folder,
                index_folders=("", _ARTICLES),
                other_folders=(words.name,),
                previous=previous.snapshot if previous else None,
            )
            with snapshot.view() as view:
                claims, articles = (index.searcher() for index in open_indexes(view))
                # The first query that needs the positions opens their file: open it now, not later.
                claims.search(tantivy.Query.term_query(CLAIMS_SCHEMA, "text", "a"), 1)
                articles.search(tantivy.Query.term_query(ARTICLES_SCHEMA, "headline", "a"), 1)
                vocabulary = stored_vocabulary.load(
                    words, view / words.name, previous.vocabulary if previous else None
                )
    except (SearchIndexError, KeyError, TypeError):
        return None
    return Generation(folder, snapshot, claims, articles, state, files, stamps, vocabulary)


def open_indexes(folder: Path) -> Indexes:
    """Open the indexes in a generation's folder, or in a view of it."""
    return Indexes(
        _configure(tantivy.Index.open(str(folder))),
        _configure(tantivy.Index.open(str(folder / _ARTICLES))),
    )


@contextlib.contextmanager
def new_generation(root: Path, state: IndexState | None) -> Iterator[Indexes]:
    """Yield empty indexes to fill, which then become the current generation.

    The caller holds the lock. Readers keep the old generation until their next call.
    """
    folder = root / f"g-{uuid4().hex}"
    (folder / _ARTICLES).mkdir(parents=True)
    try:
        indexes = Indexes(
            _configure(tantivy.Index(CLAIMS_SCHEMA, path=str(folder))),
            _configure(tantivy.Index(ARTICLES_SCHEMA, path=str(folder / _ARTICLES))),
        )
        yield indexes
        indexes.claims.reload()
        stored_vocabulary.create(folder, indexes.claims.searcher())
        record_state(folder, state)
        write_atomically(root / _CURRENT, folder.name)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    _delete_others(root, folder)


def _delete_others(root: Path, current: Path) -> None:
    for folder in root.glob("g-*"):
        if folder != current:
            shutil.rmtree(folder, ignore_errors=True)


def record_state(folder: Path, state: IndexState | None) -> None:
    """Record the last change that a generation has applied."""
    recorded_state = {"format": FORMAT, "state": asdict(state) if state else None}
    write_atomically(folder / _STATE, json.dumps(recorded_state))


def _configure(index: tantivy.Index) -> tantivy.Index:
    # By default an index would also reload itself at any time.
    index.config_reader("Manual")
    for name, analyzer in ANALYZERS.items():
        index.register_tokenizer(name, analyzer)
    index.reload()
    return index


def write_atomically(path: Path, text: str) -> None:
    """Replace a file atomically, even if the machine crashes."""
    new_file = path.with_name(f"{path.name}.new")
    with new_file.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    new_file.replace(path)
    parent = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(parent)
    finally:
        os.close(parent)
