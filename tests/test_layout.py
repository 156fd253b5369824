"""The code stays easy to find: small folders, short functions, no circular imports."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import grimp

import bot

ROOT = Path(bot.__file__).parent
MAX_LINES = 60


def modules() -> Iterator[Path]:
    return ROOT.rglob("*.py")


def test_no_function_has_more_than_60_lines() -> None:
    """Migrations are exempt: they are lists of tables and columns."""
    lines = {
        f"{path.relative_to(ROOT)}:{node.name}": (node.end_lineno or 0) - node.lineno + 1
        for path in modules()
        if "migrations" not in path.parts
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    assert {name: n for name, n in lines.items() if n > MAX_LINES} == {}


def test_there_are_no_circular_imports() -> None:
    """Imports for type checking count too."""
    graph = grimp.build_graph("bot", cache_dir=None)
    imports = {name: graph.find_modules_directly_imported_by(name) for name in graph.modules}
    TopologicalSorter(imports).prepare()  # raises CycleError
