"""Measure answers and imports beside an earlier commit's, in turns, in CPU time of the process.

    python -m tests.bench.beside_commit COMMIT [N] [--folder FOLDER]

Imports N claims (100,000) with each, then asks each the same 70 queries of every class, each class
in a new process whose store was dropped from the page cache. Prints for each class the p50 and the
mean in milliseconds of CPU, the peak memory, and the ratios. FOLDER keeps what was built.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import tempfile
from pathlib import Path

from tests.bench.search_claims import generate
from tests.bench.search_speed import lines, typed
from tests.witness.tree import ROOT, checked

CLAIMS, QUERIES = 100_000, 70
ROUNDS = 3
"""Each class is asked so many times in turns, each time in new processes; the least counts."""

ASK = """
import json, resource, sys, time
from bot import config
from bot.newsroom import Newsroom
newsroom = Newsroom(config.load())
newsroom.open()
find = getattr(newsroom, "find_rows", None) or newsroom.search.find_rows
find("harbour", limit=5)
times = []
for text in open(sys.argv[1], encoding="utf-8").read().split("\\n"):
    start = time.process_time()
    find(text, limit=5)
    times.append((time.process_time() - start) * 1000)
print(json.dumps([times, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000]))
"""
"""What a tree's own Python runs; it asks for one answer before the clock starts."""

Measured = tuple[float, float, float]
"""The p50 and the mean of the CPU time in milliseconds, and the peak memory in megabytes."""


def main(options: argparse.Namespace) -> None:
    """Build, import and ask, in turns."""
    folder = options.folder or Path(tempfile.mkdtemp())
    folder.mkdir(exist_ok=True)
    code = folder / "code"
    if not code.exists():
        git = ["git", "-C", str(ROOT), "worktree", "add", "--detach", str(code), options.commit]
        checked(git, "cannot check out the commit")
    rows, queries = generate(options.claims, folder)
    (folder / "claims.jsonl").write_text("\n".join(lines(rows)), "utf-8")
    by_class: dict[str, list[str]] = {}
    for query in queries:
        by_class.setdefault(query.kind, []).append(typed(query))
    trees = {"before": (code, folder / "before"), "now": (ROOT, folder / "now")}
    seconds = {name: _import(folder, *tree) for name, tree in trees.items()}
    if all(seconds.values()):
        speed = seconds["before"] / seconds["now"]
        print(f"import: {seconds['now']:.1f} s CPU, {speed:.2f} x as fast", flush=True)
    for kind, texts in by_class.items():
        (folder / "queries").write_text("\n".join(texts[:QUERIES]), "utf-8")
        measured = {name: list[Measured]() for name in trees}
        for _ in range(ROUNDS):
            for name, tree in trees.items():
                measured[name].append(_ask(folder, *tree))
        before, now = (tuple(map(min, *measured[name])) for name in trees)
        ratios = " ".join(f"{one / other:.2f}" for one, other in zip(now, before, strict=True))
        figures = "p50 {:.1f} mean {:.1f} ms, {:.0f} MB".format(*now)
        print(f"{kind:10} {figures}; of before: {ratios}", flush=True)


def _import(folder: Path, code: Path, build: Path) -> float:
    """Build a tree and import the claims; return the CPU seconds, 0 if they were there before."""
    checked(
        ["make", "-C", str(code), f"VENV={build}", f"{build}/run.stamp"], f"cannot build {code}"
    )
    if (build / "desk").exists():
        return 0.0
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [f"{build}/bin/python", "-m", "bot", "import", str(folder / "claims.jsonl")]
    subprocess.run(command, cwd=code, env=_environ(build), check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _ask(folder: Path, code: Path, build: Path) -> Measured:
    for file in (build / "desk").rglob("*"):
        if file.is_file():
            with file.open("rb") as opened:
                os.fsync(opened.fileno())
                os.posix_fadvise(opened.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
    command = [f"{build}/bin/python", "-c", ASK]
    answer = subprocess.run(
        [*command, str(folder / "queries")],
        cwd=code,
        env=_environ(build),
        check=True,
        stdout=subprocess.PIPE,
    )
    times, peak = json.loads(answer.stdout)
    return statistics.median(times), statistics.mean(times), peak


def _environ(build: Path) -> dict[str, str]:
    return {"CLAIMDESK_DATA": str(build / "desk"), "PATH": os.environ["PATH"], "LANG": "C.UTF-8"}


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("commit")
    parser.add_argument("claims", nargs="?", type=int, default=CLAIMS)
    parser.add_argument("--folder", type=Path)
    main(parser.parse_args())
