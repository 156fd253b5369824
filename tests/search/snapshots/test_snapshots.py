from __future__ import annotations

import hashlib
import itertools
import threading
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import SearchIndexError
from bot.search import IndexState
from bot.search.snapshots import snapshots as module
from bot.search.snapshots.manifest import Contents, Manifest, SnapshotFile, parse
from bot.search.snapshots.snapshots import Snapshots
from bot.search.snapshots.storage import FolderStorage

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
STORE = "ab12"
PATIENCE = 30.0
"""Seconds until a test that hangs fails."""


class Stopped(BaseException):
    """Raised where the process is killed."""


class Counted(FolderStorage):
    """A folder that counts what is written to it, and may stop before a write."""

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        self.written: list[str] = []
        self.stops_after: int | None = None

    def write(self, name: str, contents: bytes) -> None:
        if len(self.written) == self.stops_after:
            raise Stopped
        super().write(name, contents)
        self.written.append(name)


@pytest.fixture(autouse=True)
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "CHUNK_BYTES", 10)


@pytest.fixture
def storage(tmp_path: Path) -> Counted:
    return Counted(tmp_path / "storage")


@pytest.fixture
def snapshots(storage: Counted) -> Snapshots:
    return Snapshots(storage, STORE)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    (tmp_path / "source").mkdir()
    return tmp_path / "source"


def contents(source: Path, files: Mapping[str, bytes], seq: int) -> Contents:
    paths = {}
    for number, (name, body) in enumerate(files.items()):
        paths[name] = source / f"{seq}-{number}"
        paths[name].write_bytes(body)
    return Contents(IndexState(STORE, seq), len(files), paths)


def write(
    snapshots: Snapshots, source: Path, files: Mapping[str, bytes], seq: int, version: str = "1"
) -> Manifest:
    made = contents(source, files, seq)
    return snapshots.write("index", version, made, now=NOW + timedelta(hours=seq))


def fetched(snapshots: Snapshots, manifest: Manifest, folder: Path) -> dict[str, bytes]:
    folder.mkdir()
    snapshots.fetch(manifest, folder)
    paths = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in paths}


def chunks(storage: Counted) -> Iterable[str]:
    return list(storage.sizes(f"{STORE}/1/chunks"))


FILES = {"meta.json": b"{}", "one.idx": b"0123456789" * 3 + b"x", "articles/two.idx": b""}


def test_a_snapshot_is_fetched_as_it_was_written(
    snapshots: Snapshots, source: Path, tmp_path: Path
) -> None:
    write(snapshots, source, FILES, 7)
    newest = snapshots.newest("index", "1")
    assert newest
    assert (newest.state, newest.claims) == (IndexState(STORE, 7), 3)
    assert newest.size == 33
    assert fetched(snapshots, newest, tmp_path / "fetched") == FILES


def test_what_two_snapshots_share_is_written_once(
    snapshots: Snapshots, storage: Counted, source: Path
) -> None:
    write(snapshots, source, FILES, 1)
    storage.written.clear()
    write(snapshots, source, FILES | {"three.idx": b"new"}, 2)
    assert len(storage.written) == 2, "a piece and the manifest"


def test_old_snapshots_and_their_pieces_are_deleted(
    snapshots: Snapshots, storage: Counted, source: Path, tmp_path: Path
) -> None:
    for seq in range(1, 6):
        write(snapshots, source, {"own.idx": b"%d" % seq, "shared.idx": b"shared"}, seq)
    assert len(storage.sizes(f"{STORE}/1/manifests")) == module.KEPT
    assert len(list(chunks(storage))) == module.KEPT + 1


def test_another_store_or_version_has_its_own(
    snapshots: Snapshots, storage: Counted, source: Path
) -> None:
    write(snapshots, source, FILES, 1, version="1")
    write(snapshots, source, FILES, 2, version="2")
    found = snapshots.newest("index", "1")
    assert found
    assert found.state.seq == 1
    assert snapshots.newest("vectors", "1") is None
    assert Snapshots(storage, "cd34").newest("index", "1") is None
    write(snapshots, source, FILES, 24 * 40, version="2")
    assert snapshots.newest("index", "1") is None, "it is 30 days old"


def test_a_snapshot_of_another_store_is_refused(
    snapshots: Snapshots, storage: Counted, source: Path
) -> None:
    manifest = write(snapshots, source, FILES, 1)
    name = f"cd34/1/manifests/index-1-{1:015}-aaaa.json"
    storage.write(name, manifest.to_json())
    assert Snapshots(storage, "cd34").newest("index", "1") is None


@pytest.mark.parametrize("stops_after", range(6))
def test_an_interrupted_upload_harms_nothing(
    snapshots: Snapshots, storage: Counted, source: Path, tmp_path: Path, stops_after: int
) -> None:
    write(snapshots, source, FILES, 1)
    storage.written.clear()
    storage.stops_after = stops_after
    changed = FILES | {f"{n}.idx": b"%d" % n for n in range(5)}
    with pytest.raises(Stopped):
        write(snapshots, source, changed, 2)
    found = snapshots.newest("index", "1")
    assert found
    assert found.state.seq == 1
    assert fetched(snapshots, found, tmp_path / "before") == FILES
    storage.stops_after = None
    storage.written.clear()
    manifest = write(snapshots, source, changed, 2)
    assert len(storage.written) == 6 - stops_after, "the rest"
    assert fetched(snapshots, manifest, tmp_path / "after") == changed


def test_pieces_that_nobody_names_are_deleted_later(
    snapshots: Snapshots, storage: Counted, source: Path
) -> None:
    storage.stops_after = 2
    with pytest.raises(Stopped):
        write(snapshots, source, {"left.idx": b"left" * 9}, 1)
    storage.stops_after = None
    storage.write(f"{STORE}/1/chunks/unfinished.new", b"")
    storage.write(f"{STORE}/1/manifests/index-1-unfinished.json.new", b"")
    manifest = write(snapshots, source, FILES, 2)
    assert {name.rpartition("/")[2] for name in chunks(storage)} == manifest.chunks
    assert len(storage.sizes(f"{STORE}/1/manifests")) == 1


@pytest.mark.parametrize("harm", [b"", b"01234567x9", b"0123456789x"])
def test_a_damaged_piece_is_refused_and_written_again(
    snapshots: Snapshots, storage: Counted, source: Path, tmp_path: Path, harm: bytes
) -> None:
    manifest = write(snapshots, source, FILES, 1)
    digest = hashlib.sha256(b"0123456789").hexdigest()
    storage.write(f"{STORE}/1/chunks/{digest}", harm)
    (tmp_path / "fetched").mkdir()
    with pytest.raises(SearchIndexError, match="damaged"):
        snapshots.fetch(manifest, tmp_path / "fetched")
    assert not snapshots.is_whole(manifest)
    again = write(snapshots, source, FILES, 2)
    assert fetched(snapshots, again, tmp_path / "again") == FILES


def test_a_reader_that_lags_behind_deletes_nothing(
    snapshots: Snapshots, storage: Counted, source: Path, tmp_path: Path
) -> None:
    twice = {"one.idx": b"0123456789", "two.idx": b"0123456789"}
    manifest = write(snapshots, source, twice, 1)
    (piece,) = chunks(storage)
    storage.write(piece, b"harm")
    both_have_read, is_written_again = threading.Barrier(2), threading.Event()
    readers = itertools.count()

    class Lagging(FolderStorage):
        def read(self, name: str) -> bytes:
            damaged = super().read(name)
            both_have_read.wait(PATIENCE)
            if next(readers):
                is_written_again.wait(PATIENCE)
            return damaged

    (tmp_path / "fetched").mkdir()
    with pytest.raises(SearchIndexError, match="damaged"):
        Snapshots(Lagging(tmp_path / "storage"), STORE).fetch(manifest, tmp_path / "fetched")
    again = write(snapshots, source, twice, 2)
    is_written_again.set()
    for thread in threading.enumerate():
        if thread.name.startswith("snapshot"):
            thread.join(PATIENCE)
    assert snapshots.is_whole(again)


def test_a_damaged_manifest_is_passed_over(
    snapshots: Snapshots, storage: Counted, source: Path
) -> None:
    first = write(snapshots, source, FILES, 1)
    write(snapshots, source, FILES, 2)
    *_, newest = sorted(storage.sizes(f"{STORE}/1/manifests"))
    storage.write(newest, b'{"kind": ')
    assert snapshots.newest("index", "1") == first
    write(snapshots, source, FILES, 3)
    assert newest not in storage.sizes(f"{STORE}/1/manifests")


def test_two_writers_leave_a_whole_snapshot(storage: Counted, source: Path, tmp_path: Path) -> None:
    """The first was stopped halfway for so long that another took over."""
    first, second = Snapshots(storage, STORE), Snapshots(storage, STORE)
    write_chunk = Counted.write

    def interrupted(name: str, contents: bytes) -> None:
        write_chunk(storage, name, contents)
        storage.write = write_chunk.__get__(storage)  # type: ignore[method-assign]
        write(second, source, {"second.idx": b"second"}, 5)

    storage.write = interrupted  # type: ignore[method-assign]
    with pytest.raises(SearchIndexError, match="another process"):
        write(first, source, FILES, 4)
    newest = first.newest("index", "1")
    assert newest
    assert newest.state.seq == 5
    assert fetched(first, newest, tmp_path / "fetched") == {"second.idx": b"second"}
    write(first, source, FILES, 6)
    newest = first.newest("index", "1")
    assert newest
    assert fetched(first, newest, tmp_path / "repeated") == FILES


def test_discarding_leaves_nothing(snapshots: Snapshots, storage: Counted, source: Path) -> None:
    write(snapshots, source, FILES, 1)
    snapshots.discard()
    assert not chunks(storage)
    assert not storage.sizes(f"{STORE}/1/manifests")


def test_a_fetch_that_takes_too_long_is_given_up(
    snapshots: Snapshots,
    storage: Counted,
    source: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    manifest = write(snapshots, source, FILES, 1)
    monkeypatch.setattr(module, "FETCH_SECONDS", 0.01)
    goes_on = threading.Event()

    def read_slowly(name: str) -> bytes:
        goes_on.wait()
        return Counted.read(storage, name)

    monkeypatch.setattr(storage, "read", read_slowly)
    (tmp_path / "fetched").mkdir()
    with pytest.raises(SearchIndexError, match="too long"):
        snapshots.fetch(manifest, tmp_path / "fetched")
    goes_on.set()


NAMES = st.from_regex(r"[\w-][\w.-]{0,5}(/[\w-][\w.-]{0,5})?", fullmatch=True).filter(str.isascii)
MANIFESTS = st.builds(
    Manifest,
    kind=st.sampled_from(["index", "vectors"]),
    version=st.text(),
    state=st.builds(IndexState, st.text(), st.integers(0, 2**60)),
    claims=st.integers(0),
    written_at=st.datetimes(timezones=st.just(UTC)),
    files=st.lists(
        st.builds(
            SnapshotFile,
            NAMES,
            st.integers(0),
            st.lists(st.from_regex(r"[0-9a-f]{64}", fullmatch=True), max_size=2).map(tuple),
        ),
        max_size=3,
    ).map(tuple),
)


@given(MANIFESTS)
def test_a_manifest_survives_the_way_through_json(manifest: Manifest) -> None:
    assert parse(manifest.to_json(), "x") == manifest


@given(st.binary() | MANIFESTS.map(lambda made: made.to_json()[:-1]))
def test_whatever_is_no_manifest_is_refused(made: bytes) -> None:
    with pytest.raises(SearchIndexError):
        parse(made, "x")


@pytest.mark.parametrize("name", ["seq", "claims", "size"])
@pytest.mark.parametrize("value", ['"1"', "null", "-1", "1.5", "[]"])
def test_what_is_no_number_is_refused(name: str, value: str) -> None:
    state, files = IndexState(STORE, 7), (SnapshotFile("a", 7, ()),)
    made = Manifest(
        kind="index", version="1", state=state, claims=7, written_at=NOW, files=files
    ).to_json()
    assert parse(made, "x").state == state
    with pytest.raises(SearchIndexError, match="damaged"):
        parse(made.replace(f'"{name}": 7'.encode(), f'"{name}": {value}'.encode()), "x")


@pytest.mark.parametrize("name", ["../x", "/etc/x", "a/../../x", "a/b/c", "", ".", "..", "a\0b"])
def test_no_file_is_written_outside_the_folder(name: str) -> None:
    manifest = Manifest(
        kind="index",
        version="1",
        state=IndexState(STORE, 1),
        claims=1,
        written_at=NOW,
        files=(SnapshotFile(name, 0, ()),),
    )
    with pytest.raises(SearchIndexError, match="damaged"):
        parse(manifest.to_json(), "x")
