"""The code, the tests and the docs stay within their ceilings.

A change that makes something smaller lowers its ceiling; raising one takes a paragraph in
docs/change/decisions.md: what it buys, in figures on data whose author had not seen the rule.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parents[1]


class Size(NamedTuple):
    """Lines of Python, and statements of its syntax tree (docstrings are statements)."""

    lines: int
    statements: int


ROOMS = {
    "articles": Size(1_576, 886),
    "cli": Size(3_668, 2_051),
    "config": Size(1_297, 686),
    "corrections": Size(395, 212),
    "delivery": Size(978, 589),
    "desk": Size(1_420, 1_001),
    "digest": Size(873, 475),
    "extract": Size(5_350, 3_486),
    "ingest": Size(7_500, 4_840),
    "languages": Size(1_961, 1_037),
    "model": Size(1_489, 775),
    "monitoring": Size(530, 280),
    "newsroom": Size(10_461, 5_907),
    "questions": Size(607, 427),
    "search": Size(9_720, 5_728),
    "slack": Size(13_622, 8_211),
    "speakers": Size(1_364, 844),
    "statements": Size(1_621, 1_006),
    "store": Size(10_055, 5_252),
    "text": Size(493, 305),
    "top": Size(527, 251),
    "watches": Size(62, 41),
    "wording": Size(3_356, 2_231),
    "words": Size(151, 77),
}
"""The ceiling of each folder of bot/; "top" is for the modules beside them."""
ALL_ROOMS = Size(79_076, 46_598)
OTHERS = {
    "tests": Size(81_381, 46_746),
    "training": Size(2_075, 1_332),
    "supply": Size(415, 236),
}
"""The ceilings of Python outside bot/."""
WORD_LISTS = 6_887
"""The ceiling of lines in the .yml and .txt files of bot/."""
WORDS = {"docs": 31_024, "README.md": 874}
"""The ceilings of words in what is read about the project."""


def size_of(files: Iterable[Path]) -> Size:
    """Return the size of Python files together."""
    lines = statements = 0
    for file in files:
        text = file.read_text("utf-8")
        lines += text.count("\n")
        statements += sum(isinstance(node, ast.stmt) for node in ast.walk(ast.parse(text)))
    return Size(lines, statements)


def rooms() -> dict[str, list[Path]]:
    """Return the Python files of bot/ by room."""
    files: dict[str, list[Path]] = {}
    for file in (ROOT / "bot").rglob("*.py"):
        room = file.relative_to(ROOT / "bot").parts[0]
        files.setdefault("top" if room.endswith(".py") else room, []).append(file)
    return files


def over(sizes: dict[str, Size], ceilings: dict[str, Size]) -> dict[str, str]:
    """Return what is larger than its ceiling, or has none, and by how much."""
    excess = {}
    for name, size in sizes.items():
        lines, statements = (a - b for a, b in zip(size, ceilings.get(name, (0, 0)), strict=True))
        if lines > 0 or statements > 0:
            excess[name] = f"{lines:+} lines, {statements:+} statements"
    return excess


def test_no_room_is_over_its_ceiling() -> None:
    sizes = {room: size_of(files) for room, files in rooms().items()}
    assert over(sizes, ROOMS) == {}
    assert sizes.keys() == ROOMS.keys()
    together = Size(*map(sum, zip(*sizes.values(), strict=True)))
    assert over({"bot": together}, {"bot": ALL_ROOMS}) == {}


def test_no_python_outside_bot_is_over_its_ceiling() -> None:
    sizes = {name: size_of((ROOT / name).rglob("*.py")) for name in OTHERS}
    assert over(sizes, OTHERS) == {}


def test_there_is_no_second_package() -> None:
    tracked = {file.relative_to(ROOT).parts[0] for file in ROOT.glob("*/*.py")}
    assert {name for name in tracked if not name.startswith(".")} <= {"bot", *OTHERS}


def test_word_lists_are_not_over_their_ceiling() -> None:
    lists = [file for file in (ROOT / "bot").rglob("*") if file.suffix in {".yml", ".txt"}]
    assert sum(file.read_text("utf-8").count("\n") for file in lists) <= WORD_LISTS


@pytest.mark.parametrize("name", WORDS)
def test_docs_are_not_over_their_ceiling(name: str) -> None:
    path = ROOT / name
    files = [path] if path.is_file() else list(path.rglob("*.md"))
    assert sum(len(file.read_text("utf-8").split()) for file in files) <= WORDS[name]


def test_one_line_over_a_ceiling_is_named() -> None:
    size = Size(10, 5)
    assert over({"store": size}, {"store": size}) == {}
    assert over({"store": Size(11, 5)}, {"store": size}) == {"store": "+1 lines, +0 statements"}
    assert over({"attic": Size(1, 0)}, {"store": size}) == {"attic": "+1 lines, +0 statements"}
