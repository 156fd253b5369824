"""A process on a new machine starts from a snapshot that another has written."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
import sqlalchemy as sa

from bot import config
from bot.errors import SearchIndexError
from bot.model import Article, Claim
from bot.newsroom import Newsroom
from bot.newsroom.search import index_snapshots, index_updates
from bot.newsroom.search.index_snapshots import INDEX, VECTORS
from bot.newsroom.search.meaning import ClaimVectors
from bot.newsroom.search.vector_updates import FETCH_THREAD
from bot.search import ClaimIndex, IndexState
from bot.search.meaning.codes import DIMENSIONS
from bot.store import Job
from bot.store.articles.archive import FiledArticle
from bot.store.schema import store_state
from tests.manual_clock import ManualClock

NO_JOB: Job = None  # type: ignore[assignment]  # the handler does not look at it
OpenAt = Callable[[str], Newsroom]


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(datetime(2026, 11, 28, 12, tzinfo=UTC))


@pytest.fixture
def open_at(tmp_path: Path, clock: ManualClock) -> Iterator[OpenAt]:
    """Open the newsroom as on a machine: its disk is its own, store and snapshots are shared."""
    opened: list[Newsroom] = []

    def open_one(machine: str) -> Newsroom:
        settings = settings_of(tmp_path, machine)
        opened.append(Newsroom(settings, clock))
        return opened[-1]

    yield open_one
    for newsroom in opened:
        newsroom.close()


def settings_of(folder: Path, machine: str) -> config.Settings:
    data, store = folder / machine, folder / "store.sqlite3"
    environ = {"CLAIMDESK_DATA": str(data), "DATABASE_URL": f"sqlite:///{store}"}
    settings = config.load(environ)
    place = str(folder / "snapshots")
    return replace(settings, search=replace(settings.search, snapshots=place, vectors=False))


@pytest.fixture
def desk(open_at: OpenAt) -> Newsroom:
    """A machine with an index of ten claims, of which it has written a snapshot."""
    newsroom = open_at("desk")
    for number in range(10):
        file_article(newsroom, f"a{number}", f"Pier {number} leaks")
    newsroom.updates.catch_up()
    newsroom.updates.snapshots.handle_snapshot_job(NO_JOB)
    return newsroom


def file_article(newsroom: Newsroom, id_: str, text: str, *, is_known: bool = False) -> None:
    article = Article(id=id_, origin="here", text=text)
    claim = Claim(id=f"c-{id_}", article_id=id_, kind="statement", text=text)
    filed = FiledArticle(article=article, claims=[claim], is_known=is_known)
    newsroom.store.archive.apply_steps([filed], arrival="single", now=newsroom.now)


def remove(newsroom: Newsroom, id_: str) -> None:
    newsroom.store.archive.remove([id_], reason="x", block_reimport=True, removed_at=newsroom.now())


@pytest.fixture
def rebuilt(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """The rebuilds of an index so far."""
    calls: list[object] = []
    rebuild = ClaimIndex.rebuild

    def record(self: ClaimIndex, *args: object, **kwargs: object) -> None:
        calls.append(self)
        rebuild(self, *args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(ClaimIndex, "rebuild", record)
    return calls


def test_a_new_machine_fetches_the_index_and_catches_up(
    desk: Newsroom, open_at: OpenAt, rebuilt: list[object]
) -> None:
    file_article(desk, "late", "The lighthouse leaks")
    remove(desk, "a3")
    fresh = open_at("fresh")
    fresh.updates.catch_up()
    assert not rebuilt
    assert fresh.updates.difference().is_empty
    assert fresh.search.find("leaks", limit=20).total == 10
    assert fresh.search.find("lighthuose").total == 1, "its vocabulary is up to date"
    assert not fresh.search.find("pier").is_index_behind
    file_article(fresh, "own", "The crane leaks")
    fresh.updates.catch_up()
    assert fresh.search.find("crane").total == 1


def test_nothing_is_searched_before_it_is_up_to_date(
    desk: Newsroom, open_at: OpenAt, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was withdrawn since the snapshot is not even counted for a moment."""
    remove(desk, "a3")
    fresh, totals = open_at("fresh"), []
    apply = ClaimIndex.apply

    def look_first(self: ClaimIndex, *args: object, **kwargs: object) -> None:
        totals.append(fresh.index.count())
        with pytest.raises(SearchIndexError, match="cannot search yet"):
            fresh.speakers.profiles.load("Jane Roe")
        apply(self, *args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(ClaimIndex, "apply", look_first)
    fresh.updates.catch_up()
    assert totals == [0]
    assert set(fresh.index.ids()) == {f"c-a{number}" for number in range(10) if number != 3}


def test_answers_say_that_the_index_is_being_built(desk: Newsroom, open_at: OpenAt) -> None:
    answer = open_at("fresh").search.find("by:nobody pier")
    assert answer.is_index_rebuilding
    assert (answer.total, answer.suggestions, answer.missing_values) == (0, (), ())


@pytest.mark.parametrize("harm", ["chunk", "manifest", "missing", "store", "version", "newer"])
def test_an_unusable_snapshot_is_refused_and_the_index_rebuilt(
    desk: Newsroom,
    open_at: OpenAt,
    tmp_path: Path,
    rebuilt: list[object],
    harm: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    store_id, seq = desk.store.archive.state()
    folder = tmp_path / "snapshots" / store_id / "1"
    chunks, manifests = list((folder / "chunks").iterdir()), list((folder / "manifests").iterdir())
    if harm == "chunk":
        largest = max(chunks, key=lambda path: path.stat().st_size)
        largest.write_bytes(b"x" + largest.read_bytes()[1:])
    elif harm == "missing":
        chunks[0].unlink()
    elif harm == "version":
        monkeypatch.setitem(index_snapshots.VERSIONS, INDEX, "10")
    for manifest in manifests:
        contents = manifest.read_text()
        if harm == "manifest":
            manifest.write_text(contents[:100])
        elif harm == "store":
            manifest.write_text(contents.replace(store_id, "0" * 32))
        elif harm == "newer":
            manifest.write_text(contents.replace(f'"seq": {seq}', f'"seq": {seq + 1}'))
    fresh = open_at("fresh")
    fresh.updates.catch_up()
    assert len(rebuilt) == 1
    assert fresh.updates.difference().is_empty


def test_storage_that_cannot_be_reached_stops_nothing(
    desk: Newsroom,
    open_at: OpenAt,
    tmp_path: Path,
    rebuilt: list[object],
    caplog: pytest.LogCaptureFixture,
) -> None:
    (tmp_path / "snapshots").rename(tmp_path / "away")
    (tmp_path / "snapshots").touch()
    fresh = open_at("fresh")
    assert fresh.updates.catch_up_if_free()
    assert len(rebuilt) == 1
    assert "not fetched from a snapshot, but rebuilt" in caplog.text
    assert fresh.search.find("pier").total == 10


def test_a_newer_index_is_not_replaced_by_an_older_snapshot(
    desk: Newsroom, monkeypatch: pytest.MonkeyPatch, rebuilt: list[object]
) -> None:
    file_article(desk, "a10", "Pier 10 leaks")
    desk.updates.catch_up()
    # So much has changed that it would be replaced by a newer one, or rebuilt.
    monkeypatch.setattr(index_updates, "CHANGE_BATCH", 0)
    for number in range(11):
        file_article(desk, f"a{number}", f"Pier {number} leaks again", is_known=True)
    file_article(desk, "a11", "Pier 11 leaks")
    desk.updates.catch_up()
    assert len(rebuilt) == 1
    assert desk.search.find("pier", limit=20).total == 12


def test_a_damaged_index_is_fetched_again(
    desk: Newsroom, tmp_path: Path, rebuilt: list[object]
) -> None:
    (tmp_path / "desk" / "index" / "current").unlink()
    desk.updates.catch_up()
    assert not rebuilt
    assert desk.updates.difference().is_empty


def test_reindexing_deletes_the_snapshots(desk: Newsroom, tmp_path: Path) -> None:
    desk.updates.reindex()
    assert desk.updates.snapshots.newest(INDEX) is None
    assert not [path for path in (tmp_path / "snapshots").rglob("*") if path.is_file()]


def test_an_erasure_says_if_the_snapshots_may_still_be_there(
    desk: Newsroom, tmp_path: Path
) -> None:
    (tmp_path / "snapshots").rename(tmp_path / "away")
    (tmp_path / "snapshots").touch()
    with pytest.raises(SearchIndexError, match="What was erased may still be in them"):
        desk.intake.erasure.erase(
            ["a3"], reason="asked to", block_reimport=False, ordered_by="the editor"
        )
    assert desk.search.find("pier", limit=20).total == 9
    (tmp_path / "snapshots").unlink()
    (tmp_path / "away").rename(tmp_path / "snapshots")
    desk.updates.reindex()
    assert desk.updates.snapshots.newest(INDEX) is None


def test_a_snapshot_is_written_when_enough_has_changed(
    desk: Newsroom, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    snapshots = desk.updates.snapshots

    def written_seq() -> int:
        snapshots.handle_snapshot_job(NO_JOB)
        newest = snapshots.newest(INDEX)
        assert newest
        return newest.state.seq

    first = written_seq()
    file_article(desk, "late", "The lighthouse leaks")
    desk.updates.catch_up()
    assert written_seq() == first
    monkeypatch.setattr(index_snapshots, "MIN_CHANGES", 1)
    assert written_seq() == first + 1
    monkeypatch.undo()
    clock.now += timedelta(days=2)
    assert written_seq() == first + 1, "nothing has changed"
    file_article(desk, "later", "The crane leaks")
    desk.updates.catch_up()
    assert written_seq() == first + 2


def test_snapshots_of_what_a_restored_store_lacks_are_deleted(
    desk: Newsroom, open_at: OpenAt, rebuilt: list[object]
) -> None:
    """They are from another course of events, whose changes have the same numbers."""
    restored_seq = 5
    update = sa.update(store_state).values(seq=restored_seq)
    desk.store.database.execute(update)
    desk.updates.catch_up()
    desk.updates.snapshots.handle_snapshot_job(NO_JOB)
    newest = desk.updates.snapshots.newest(INDEX)
    assert newest
    assert newest.state.seq == restored_seq
    rebuilt.clear()
    open_at("fresh").updates.catch_up()
    assert not rebuilt


def test_the_job_is_due_only_with_a_place_for_snapshots(desk: Newsroom, tmp_path: Path) -> None:
    desk.updates.snapshots.ensure_job()
    assert [count.kind for count in desk.store.jobs.counts()] == ["snapshot"]
    settings = desk.settings
    off = replace(settings, search=replace(settings.search, snapshots=""))
    with Newsroom(off) as newsroom:
        assert newsroom.updates.snapshots.handle_snapshot_job(NO_JOB) is None


# -- vectors


def unit_vectors(count: int) -> np.ndarray:
    vectors = np.random.default_rng(1).normal(size=(count, DIMENSIONS)).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


@pytest.fixture
def with_vectors(desk: Newsroom) -> np.ndarray:
    """Give the claims of the first machine vectors, and write a snapshot of them."""
    entries, stored = list(desk.store.archive.all_entries()), desk.vectors.stored
    store_id, seq = desk.store.archive.state()
    stored.begin(IndexState(store_id, 0))
    vectors = unit_vectors(len(entries))
    stored.add(entries, vectors)
    stored.prune((), entries, IndexState(store_id, seq))
    desk.updates.snapshots.handle_snapshot_job(NO_JOB)
    return vectors


def test_a_new_machine_fetches_the_vectors(
    desk: Newsroom, open_at: OpenAt, with_vectors: np.ndarray, monkeypatch: pytest.MonkeyPatch
) -> None:
    fresh = open_at("fresh")
    monkeypatch.setattr(ClaimVectors, "can_begin", True)
    fresh.updates.vectors.catch_up()
    for thread in threading.enumerate():
        if thread.name == FETCH_THREAD:
            thread.join()
    stored, original = fresh.vectors.stored, desk.vectors.stored
    assert (stored.state, stored.count()) == (original.state, 10)
    assert stored.find_nearest(with_vectors[4], 3) == original.find_nearest(with_vectors[4], 3)
    assert not list((fresh.settings.vectors_folder).glob("incoming"))


def test_vectors_that_are_there_are_kept(
    desk: Newsroom, open_at: OpenAt, with_vectors: np.ndarray
) -> None:
    fresh, (store_id, seq) = open_at("fresh"), desk.store.archive.state()
    fresh.vectors.stored.begin(IndexState(store_id, seq))
    fresh.updates.snapshots.restore_vectors()
    assert fresh.vectors.stored.count() == 0


def test_damaged_vectors_are_refused(
    desk: Newsroom, open_at: OpenAt, with_vectors: np.ndarray, tmp_path: Path
) -> None:
    manifest = desk.updates.snapshots.newest(VECTORS)
    assert manifest
    store_id, _ = desk.store.archive.state()
    for chunk in manifest.chunks:
        (tmp_path / "snapshots" / store_id / "1" / "chunks" / chunk).write_bytes(b"x")
    fresh = open_at("fresh")
    fresh.updates.snapshots.restore_vectors()
    assert fresh.vectors.stored.state is None


# -- kill -9

SCRIPT = """
import itertools
import sys
from pathlib import Path
from bot.newsroom import Newsroom
from bot.search.snapshots.storage import FolderStorage
from tests.newsroom.search.test_index_snapshots import settings_of

folder, machine, action, number = Path(sys.argv[1]), sys.argv[2], sys.argv[3], int(sys.argv[4])
method = "write" if action == "upload" else "read"
original, calls = getattr(FolderStorage, method), itertools.count(1)

def stop(self, name, *args):
    if next(calls) == number:
        print("here", flush=True)
        sys.stdin.read()
    return original(self, name, *args)

setattr(FolderStorage, method, stop)
newsroom = Newsroom(settings_of(folder, machine))
if action == "upload":
    newsroom.updates.snapshots.handle_snapshot_job(None)
else:
    newsroom.updates.catch_up()
"""


def kill_during(folder: Path, machine: str, action: str, number: int) -> None:
    """Run an upload or a download in another process, and kill it before a call of the storage."""
    command = [sys.executable, "-c", SCRIPT, str(folder), machine, action, str(number)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, cwd=Path(__file__).parents[3]) as child:
        assert child.stdout
        assert child.stdout.readline() == b"here\n"
        os.kill(child.pid, signal.SIGKILL)


def test_a_kill_while_a_snapshot_is_written_harms_nothing(
    desk: Newsroom, open_at: OpenAt, tmp_path: Path, clock: ManualClock, rebuilt: list[object]
) -> None:
    first = desk.updates.snapshots.newest(INDEX)
    file_article(desk, "late", "The lighthouse leaks")
    desk.updates.catch_up()
    assert first
    store_id, _ = desk.store.archive.state()
    chunk = tmp_path / "snapshots" / store_id / "1" / "chunks" / min(first.chunks)
    chunk.unlink()  # so that a new one is due
    kill_during(tmp_path, "desk", "upload", 3)
    assert desk.updates.snapshots.newest(INDEX) == first
    desk.updates.snapshots.handle_snapshot_job(NO_JOB)
    fresh = open_at("fresh")
    fresh.updates.catch_up()
    assert not rebuilt
    assert fresh.updates.difference().is_empty


def test_a_kill_while_a_snapshot_is_fetched_harms_nothing(
    desk: Newsroom, open_at: OpenAt, tmp_path: Path, rebuilt: list[object]
) -> None:
    kill_during(tmp_path, "fresh", "download", 4)
    assert (tmp_path / "fresh" / "index" / "incoming").exists()
    fresh = open_at("fresh")
    assert fresh.index.state is None
    fresh.updates.catch_up()
    assert not rebuilt
    assert fresh.updates.difference().is_empty
    assert not (tmp_path / "fresh" / "index" / "incoming").exists()
