"""The vocabulary is stored beside the index and has new words at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from bot.model import ClaimEntry
from bot.search import ClaimIndex, IndexState, parse
from bot.search.engine.embedded import stored_vocabulary

MakeEntry = Callable[..., ClaimEntry]
OpenIndex = Callable[[], ClaimIndex]


def corrections(index: ClaimIndex, typed: str) -> tuple[tuple[str, str], ...]:
    return index.find(parse(typed, date(2026, 11, 25)), 5).corrections


def folders(root: Path) -> list[str]:
    return [folder.name for folder in root.glob("index/g-*/words-*")]


def test_new_words_are_visible_to_every_reader(
    open_index: OpenIndex, make_entry: MakeEntry, tmp_path: Path
) -> None:
    writer = open_index()
    writer.rebuild([make_entry("about the ruble", article="a")], IndexState("store", 1))
    reader = open_index()
    assert corrections(reader, "rubel") == (("rubel", "ruble"),)
    writer.apply([], [make_entry("about the renminbi", article="b")], IndexState("store", 2))
    assert corrections(reader, "renmimbi") == (("renmimbi", "renminbi"),)
    assert corrections(open_index(), "renmimbi") == (("renmimbi", "renminbi"),)
    assert folders(tmp_path) == ["words-1"]


def test_many_new_words_create_a_new_vocabulary(
    open_index: OpenIndex, make_entry: MakeEntry, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stored_vocabulary, "_MIN_ADDED_LIMIT", 3)
    index = open_index()
    index.rebuild([make_entry("about the ruble", article="a")], IndexState("store", 1))
    index.apply([], [make_entry("quay wall", article="b")], IndexState("store", 2))
    assert folders(tmp_path) == ["words-1"]
    index.apply([], [make_entry("grain barge moored", article="c")], IndexState("store", 3))
    assert folders(tmp_path) == ["words-2"]
    for typed, meant in (("rubel", "ruble"), ("waall", "wall"), ("mooored", "moored")):
        assert corrections(index, typed) == ((typed, meant),)


@pytest.mark.parametrize(
    ("name", "how"),
    [
        *(("words.txt", "deleted"), ("forms.npy", "deleted"), ("fresh.txt", "deleted")),
        *(("words.txt", "emptied"), ("forms.npy", "emptied")),
    ],
)
def test_a_corrupt_vocabulary_requires_a_rebuild(
    open_index: OpenIndex, make_entry: MakeEntry, tmp_path: Path, name: str, how: str
) -> None:
    index = open_index()
    index.rebuild([make_entry("about the ruble")], IndexState("store", 1))
    index.close()
    path = next(tmp_path.glob(f"index/g-*/words-1/{name}"))
    path.unlink()
    if how == "emptied":  # as a power cut leaves it
        path.touch()
    assert open_index().state is None
