"""The folders of tests/ mirror those of bot/, so that the tests of a module are easy to find."""

from __future__ import annotations

from pathlib import Path

TESTS = Path(__file__).resolve().parent
BOT = TESTS.parent / "bot"

SHARED_FOLDERS = (
    "bench/",
    "fuzz/",
    "opensearch/",
    "simulations/",
    "slack/conversations/",
    "supply/",
    "witness/",
)
"""Folders whose tests cover several rooms, or supply/, which is beside bot/."""

FILES = sorted(file.relative_to(TESTS) for file in TESTS.rglob("*.py"))
MIRRORS = [file for file in FILES if not str(file).startswith(SHARED_FOLDERS)]


def test_each_folder_of_tests_is_a_room_of_bot() -> None:
    assert len(MIRRORS) > 200
    assert {str(file.parent) for file in MIRRORS if not (BOT / file.parent).is_dir()} == set()


def test_tests_are_in_the_folder_of_their_module() -> None:
    modules = {file.stem for file in BOT.rglob("*.py")}
    tests = [file for file in MIRRORS if file.name.startswith("test_")]
    tests_of_modules = [file for file in tests if subject(file) in modules]
    assert len(tests_of_modules) > 100
    assert [str(file) for file in tests_of_modules if not is_in_its_room(file)] == []


def subject(file: Path) -> str:
    """Return what a test file is named after."""
    return file.stem.removeprefix("test_")


def is_in_its_room(file: Path) -> bool:
    """Tell whether a test file is named after a module or room in its room, or after the room."""
    name, room = subject(file), BOT / file.parent
    return (room / f"{name}.py").exists() or (room / name).is_dir() or room.name == name
