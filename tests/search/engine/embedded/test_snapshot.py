from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Any

import pytest

from bot.search import ClaimIndex, IndexState, parse
from bot.search.engine.embedded import snapshot
from bot.search.engine.embedded.generation import open_current
from bot.search.engine.embedded.snapshot import Snapshot
from tests.search.conftest import TODAY, MakeEntry

Open = Any


@pytest.fixture
def root(open_index: Open, make_entry: MakeEntry, tmp_path: Path) -> Path:
    """The folder of an index with one claim."""
    index: ClaimIndex = open_index()
    index.rebuild([make_entry("the yuan", id="c1")], IndexState("store", 1))
    return tmp_path / "index"


def taken(root: Path) -> Snapshot:
    generation = open_current(root)
    assert generation
    return generation.snapshot


def segment_files(root: Path) -> list[Path]:
    return [path for path in root.rglob("*") if path.suffix in (".term", ".idx", ".pos", ".store")]


def test_each_flipped_bit_of_a_segment_is_noticed(root: Path) -> None:
    path = min(segment_files(root), key=lambda path: path.stat().st_size)
    whole = path.read_bytes()
    assert open_current(root)
    for place in range(len(whole)):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 0x10]) + whole[place + 1 :])
        assert open_current(root) is None


def test_only_changed_files_are_copied_again(root: Path, open_index: Open) -> None:
    before = open_current(root)
    assert before
    os.utime(segment_files(root)[0])
    after = open_current(root, before)
    assert after
    changed = [
        name
        for name, file in after.snapshot.files.items()
        if file is not before.snapshot.files[name]
    ]
    assert [Path(name).name for name in changed] == [segment_files(root)[0].name]


def test_copies_leave_no_files(root: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "tmp").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tmp"))
    before = sorted(root.rglob("*"))
    found = taken(root)
    assert all(file.copy for file in found.files.values())
    assert sorted(root.rglob("*")) == before
    assert list((tmp_path / "tmp").iterdir()) == []


@pytest.mark.parametrize("missing", ["room", "/proc"])
def test_without_copies_the_files_are_checked_and_opened_in_place(
    root: Path, open_index: Open, monkeypatch: pytest.MonkeyPatch, missing: str
) -> None:
    def no_room(folder: Path) -> None:
        raise OSError(28, "No space left on device")

    if missing == "room":
        monkeypatch.setattr(snapshot, "_AnonymousCopy", no_room)
    else:
        monkeypatch.setattr(snapshot, "_OPEN_FILES", root / "proc")
    assert not any(file.copy for file in taken(root).files.values())
    assert open_index().find(parse("yuan", TODAY), 1).total == 1
    path = segment_files(root)[0]
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    assert open_current(root) is None
