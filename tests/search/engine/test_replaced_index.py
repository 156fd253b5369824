"""An index is replaced by files that were fetched, once it is up to date."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.errors import SearchIndexBusyError, SearchIndexError
from bot.search import ClaimIndex, IndexState
from bot.search.engine.embedded.generation import write_lock
from tests.search.conftest import NAMES, SPELLING, MakeEntry

STATE = IndexState("store", 1)


@pytest.fixture
def index(open_index: Callable[[], ClaimIndex]) -> ClaimIndex:
    """An index in a folder, the only kind that is replaced."""
    return open_index()


@pytest.fixture
def other(tmp_path: Path, make_entry: MakeEntry) -> ClaimIndex:
    """The index of another machine, with two claims."""
    other = ClaimIndex.open(tmp_path / "other", spelling=SPELLING, names=NAMES)
    entries = [make_entry("oil", id="c1", article="a1"), make_entry("gas", id="c2", article="a2")]
    other.rebuild(entries, STATE)
    return other


def fetch_from(other: ClaimIndex) -> Callable[[Path], IndexState]:
    def fetch(folder: Path) -> IndexState:
        with other.contents() as contents:
            for name, path in contents.files.items():
                (folder / name).parent.mkdir(exist_ok=True)
                shutil.copyfile(path, folder / name)
            assert contents.state
            return contents.state

    return fetch


def folder_of(root: Path) -> Path:
    return root / (root / "current").read_text()


def test_it_is_searched_only_when_it_is_up_to_date(
    index: ClaimIndex, other: ClaimIndex, make_entry: MakeEntry
) -> None:
    index.rebuild([make_entry("coal", id="c9")], STATE)

    def catch_up(fetched: ClaimIndex) -> None:
        assert set(fetched.ids()) == {"c1", "c2"}
        fetched.apply(["a1"], [make_entry("tin", id="c3", article="a3")], IndexState("store", 2))
        assert set(index.ids()) == {"c9"}, "others still read the old one"

    index.replace(fetch_from(other), catch_up)
    assert set(index.ids()) == {"c2", "c3"}
    assert index.state == IndexState("store", 2)


def test_what_cannot_be_opened_leaves_the_old_index(
    index: ClaimIndex, other: ClaimIndex, make_entry: MakeEntry, tmp_path: Path
) -> None:
    index.rebuild([make_entry("coal", id="c9")], STATE)

    def fetch(folder: Path) -> IndexState:
        state = fetch_from(other)(folder)
        largest = max(folder.glob("*.*"), key=lambda path: path.stat().st_size)
        largest.write_bytes(bytes(largest.stat().st_size))
        return state

    with pytest.raises(SearchIndexError, match="cannot replace the search index"):
        index.replace(fetch, lambda _: None)
    assert set(index.ids()) == {"c9"}
    assert sorted(path.name for path in (tmp_path / "index").glob("*")) == [
        "current",
        folder_of(tmp_path / "index").name,
        "lock",
    ]


def test_it_waits_for_no_other_writer(index: ClaimIndex, other: ClaimIndex, tmp_path: Path) -> None:
    with write_lock(tmp_path / "index"), pytest.raises(SearchIndexBusyError):
        index.replace(fetch_from(other), lambda _: None, wait=False)


def test_files_that_are_no_longer_needed_are_deleted(
    index: ClaimIndex, other: ClaimIndex, make_entry: MakeEntry, tmp_path: Path
) -> None:
    index.replace(fetch_from(other), lambda _: None)
    for number in range(2, 20):
        state = IndexState("store", number)
        index.apply(["a1", "a2"], [make_entry("tin", id=f"c{number}", article="a1")], state)
    folder = folder_of(tmp_path / "index")
    segments = json.loads((folder / "meta.json").read_text())["segments"]
    used = {segment["segment_id"].replace("-", "") for segment in segments}
    assert {path.name.partition(".")[0] for path in folder.glob("*.store")} == used
