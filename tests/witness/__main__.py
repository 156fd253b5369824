"""Compare what a commit and the working tree make of the same inputs.

    python -m tests.witness BASE [--claims N] [--corpus FOLDER] [--parts slack,digests]

It knows no module of bot/: it builds both, runs commands, and talks to the bot as Slack does. It
ends with 0 whether or not something differs, and with 1 if a build or a part fails.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

from tests.witness import renames
from tests.witness.comparison import Rows, differences, report
from tests.witness.inputs import make_inputs
from tests.witness.parts import PARTS
from tests.witness.tree import ROOT, Tree, WitnessError, checked


class Result(NamedTuple):
    """What a part gave, its CPU seconds and peak memory in megabytes."""

    rows: Rows | WitnessError
    cpu: float
    memory: float


def main(options: argparse.Namespace) -> int:
    """Build both trees, run the parts side by side, and print what differs."""
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="witness-") as name, ThreadPoolExecutor(2) as pool:
        folder, code = Path(name), Path(name) / "code"
        (folder / "base").mkdir()
        (folder / "new").mkdir()
        trees = Tree(options.base, code, folder / "base"), Tree("new", ROOT, folder / "new")
        git = ["git", "-C", str(ROOT), "worktree"]
        checked([*git, "add", "--detach", str(code), options.base], "cannot check out the base")
        try:
            list(pool.map(Tree.build, trees))
            make_inputs(folder / "inputs", options.claims, options.corpus)
            both = [folder / "inputs"] * 2, [options.parts] * 2, range(2)
            base, new = pool.map(run_parts, trees, *both)
        finally:
            checked([*git, "remove", "--force", str(code)], "cannot remove the base's checkout")
    failed = print_results(options, base, new)
    print(f"\n{time.monotonic() - started:.0f} s in all. Differences don't make it fail.")
    return failed


def run_parts(tree: Tree, inputs: Path, parts: Sequence[str], core: int) -> list[Result]:
    """Run the parts of a tree one after another, on one core."""
    if hasattr(os, "sched_setaffinity"):  # of this thread and the processes that it starts
        cores = range(os.cpu_count() or 1)
        os.sched_setaffinity(0, {cores[core % len(cores)]})
    results = []
    for name in parts:
        tree.cpu, tree.memory, started = 0, 0, time.monotonic()
        try:
            rows: Rows | WitnessError = PARTS[name](tree, inputs)
        except WitnessError as error:
            rows = error
        results.append(Result(rows, tree.cpu, tree.memory))
        seconds = time.monotonic() - started
        print(f"{tree.name}: {name} took {seconds:.0f} s", file=sys.stderr, flush=True)
    return results


def print_results(options: argparse.Namespace, base: list[Result], new: list[Result]) -> bool:
    """Print differences, costs and counts by kind, and tell whether a part failed."""
    failed, kinds = False, []
    costs = [f"{'':<26}{'CPU s':>8}{'new':>8}{'peak MB':>9}{'new':>8}  differences in records"]
    for name, *sides in zip(options.parts, base, new, strict=True):
        print(f"\n== {name}: on the left {options.base}, on the right the working tree")
        rows = [side.rows for side in sides if isinstance(side.rows, Rows)]
        for side in sides:
            if isinstance(side.rows, WitnessError):
                print(f"FAILED: {side.rows}")
        found = differences(name, rows[0], rows[1]) if len(rows) == 2 else None
        failed |= found is None
        print("\n".join(report(found)) if found is not None else "Not compared.")
        kinds += [one.kind for one in found or ()]
        count = "failed" if found is None else f"{len(found):,} in {len(rows[1]):,}"
        cpu, memory = zip(*[side[1:] for side in sides], strict=True)
        numbers = f"{cpu[0]:8.1f}{cpu[1]:8.1f}{memory[0]:9.0f}{memory[1]:8.0f}"
        costs.append(f"{name:<26}{numbers}  {count}")
    print("\n== Summary", *costs, sep="\n")
    print(*(f"{kinds.count(kind):8,}  {kind}" for kind in dict.fromkeys(kinds)), sep="\n")
    print(*(f"not compared: {field} ({why})" for field, why in renames.REMOVED.items()), sep="\n")
    return failed


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("base", help="the commit to compare the working tree with")
    parser.add_argument("--claims", type=int, default=100_000)
    parser.add_argument("--corpus", type=Path, help="a folder of .tar.xz with articles as .txt")
    parser.add_argument("--parts", type=lambda names: names.split(","), default=list(PARTS))
    try:
        sys.exit(main(parser.parse_args()))
    except WitnessError as problem:
        sys.exit(str(problem))
