"""The tests mirror bot/: the tests of a room's file are found without a search."""

from __future__ import annotations

from pathlib import Path

TESTS = Path(__file__).resolve().parent
BOT = TESTS.parent / "bot"

OF_ALL_ROOMS = ("bench/", "fuzz/", "store/older_store/", "simulations/", "slack/conversations/")
"""Folders that try several rooms at once, or the whole bot."""
MOST_FILES = 25

FILES = sorted(file.relative_to(TESTS) for file in TESTS.rglob("*.py"))
MIRRORS = [file for file in FILES if not str(file).startswith(OF_ALL_ROOMS)]


def test_each_folder_of_tests_is_a_room_of_bot() -> None:
    assert len(MIRRORS) > 200
    assert {str(file.parent) for file in MIRRORS if not (BOT / file.parent).is_dir()} == set()


def test_no_folder_has_more_than_25_files() -> None:
    folders = [file.parent for file in FILES]
    assert {str(one) for one in folders if folders.count(one) > MOST_FILES} == set()


def test_tests_named_after_a_module_stand_where_it_does() -> None:
    modules = {file.stem for file in BOT.rglob("*.py")}
    tests = [file for file in MIRRORS if file.name.startswith("test_")]
    named_after_one = [file for file in tests if subject(file) in modules]
    assert len(named_after_one) > 100
    assert [str(file) for file in named_after_one if not is_in_its_room(file)] == []


def subject(file: Path) -> str:
    """What a test is named after."""
    return file.stem.removeprefix("test_")


def is_in_its_room(file: Path) -> bool:
    """Whether a test is named after a module of its room, after a room in it, or after the room."""
    name, room = subject(file), BOT / file.parent
    return (room / f"{name}.py").exists() or (room / name).is_dir() or room.name == name
