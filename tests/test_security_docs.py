"""SECURITY.md and the pages on security and reliability: the tests that they name exist, each row
names one, and no file with attacks or kills is left out."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SECURITY = ROOT / "docs" / "run" / "security.md"
RELIABILITY = ROOT / "docs" / "trust" / "reliability.md"
PAGES = (SECURITY, RELIABILITY)

TEST = re.compile(r"\b(tests/[\w/]+\.py)::(?:Test\w+::)?(test_\w+)")
LINK = re.compile(r"\]\((?!https?:)([\w./-]+)(?:#[\w-]+)?\)")
LAST_COLUMN = "shown by"
ATTACK = re.compile(r"bomb|forged|hostile|hijack|rebinding|tampered|unauthorised")
"""What the names of tests of attacks have in them."""
FAULT = re.compile(r"dead_worker|full_disk|killed|locked_store")
"""The same for tests of what breaks by itself."""


@cache
def functions_in(file: Path) -> frozenset[str]:
    """Return the names of the tests in a file; none if there is no such file."""
    if not file.exists():
        return frozenset()
    functions = ast.FunctionDef | ast.AsyncFunctionDef
    tree = ast.parse(file.read_text("utf-8"))
    names = (node.name for node in ast.walk(tree) if isinstance(node, functions))
    return frozenset(name for name in names if name.startswith("test_"))


def tables(page: Path) -> Iterator[list[list[str]]]:
    """Yield the tables of a page, each as its rows of cells, the header first."""
    for block in page.read_text("utf-8").split("\n\n"):
        lines = [line for line in block.splitlines() if line.startswith("|")]
        if lines:
            header, _, *rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in lines]
            yield [header, *rows]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_each_test_that_is_named_exists(page: Path) -> None:
    named = TEST.findall(page.read_text("utf-8"))
    assert len(named) > 50
    missing = {f"{file}::{name}" for file, name in named if name not in functions_in(ROOT / file)}
    assert sorted(missing) == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_each_row_is_whole_and_names_its_test(page: Path) -> None:
    for header, *rows in tables(page):
        for row in rows:
            assert len(row) == len(header), row
            assert header[-1] != LAST_COLUMN or TEST.fullmatch(row[-1].split(", ")[0]), row


@pytest.mark.parametrize(("page", "subject"), [(SECURITY, ATTACK), (RELIABILITY, FAULT)])
def test_each_file_with_attacks_or_faults_is_named(page: Path, subject: re.Pattern[str]) -> None:
    named = {file for file, _ in TEST.findall(page.read_text("utf-8"))}
    files = {
        str(file.relative_to(ROOT))
        for file in (ROOT / "tests").rglob("test_*.py")
        if any(map(subject.search, functions_in(file)))
    }
    assert len(files) > 5
    assert sorted(files - named) == []


@pytest.mark.parametrize("page", [ROOT / "SECURITY.md", *PAGES], ids=lambda page: page.stem)
def test_each_link_leads_to_a_file(page: Path) -> None:
    links = LINK.findall(page.read_text("utf-8"))
    assert links
    assert [link for link in links if not (page.parent / link).exists()] == []
