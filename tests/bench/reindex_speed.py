"""Measure answers while `claimdesk reindex` builds a new version of the index on a cluster.

    python -m tests.bench.reindex_speed [N] [--folder FOLDER] [--shards 1] [--replicas 1]

Files N claims (100,000) in PostgreSQL, or in SQLite where that is missing, and indexes them on a
cluster of three nodes of 512 MB each. Then a process of its own builds the index again, while
queries of all classes come at a steady pace. Prints the seconds, the CPU time and the memory of
that, and how long the queries took before it and meanwhile, counted from when each was due. FOLDER
keeps the generated claims for further runs.
"""

from __future__ import annotations

import argparse
import contextlib
import itertools
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import yaml

from bot import config
from bot.errors import SearchIndexError
from bot.newsroom import Newsroom
from tests.bench import servers
from tests.bench.search_claims import generate
from tests.bench.search_speed import lines, typed

CLAIMS = 100_000
QUERIES_A_SECOND = 2.0
SECONDS_BEFORE = 20.0
"""How long queries are asked before the index is built again."""
WARM_UP_QUERIES = 200
"""How many are asked before that, since Java compiles for the first hundreds of queries."""
LATE = 3.0
"""Seconds after which an answer counts as late."""
LIMIT = 5
MEGABYTE = 1_000_000

Seconds = float


def main(options: argparse.Namespace) -> None:
    """Load, then ask before and during a rebuild."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        rows, queries = generate(options.claims, options.folder or folder)
        cluster = servers.open_cluster(stack)
        if not cluster:
            return
        environment = {"CLAIMDESK_DATA": str(folder)}
        if url := servers.open_postgres(stack):
            environment["DATABASE_URL"] = url
        search = {"url": cluster.url, "shards": options.shards, "replicas": options.replicas}
        (folder / "config").mkdir()
        (folder / "config" / "bot.yml").write_text(yaml.safe_dump({"search": search}))
        _run("migrate", environment).wait()
        newsroom = stack.enter_context(Newsroom(config.load(environment)))
        newsroom.open()
        with _timed(f"{len(rows):,} claims filed", cluster):
            for _ in newsroom.intake.imports.import_claims(lines(rows)):
                pass
        with _timed("indexed", cluster):
            newsroom.updates.catch_up()
        by_class = [[typed(one) for one in queries if one.kind == kind] for kind in _kinds(queries)]
        asked = [query for several in zip(*by_class, strict=False) for query in several]
        for query in asked[:WARM_UP_QUERIES]:
            with contextlib.suppress(SearchIndexError):
                newsroom.search.find(query, limit=LIMIT)
        end = time.monotonic() + SECONDS_BEFORE
        _print_answers("before", _ask(newsroom, asked, lambda: time.monotonic() < end))
        with _timed("indexed again, by a process of its own", cluster):
            _reindex_and_ask(newsroom, asked, environment)


def _kinds(queries: Sequence[Any]) -> list[str]:
    return list(dict.fromkeys(query.kind for query in queries))


@contextlib.contextmanager
def _timed(what: str, cluster: servers.Cluster) -> Any:
    """Print the seconds of what is done in here, and the CPU time."""
    start, own, nodes = time.perf_counter(), time.process_time(), cluster.cpu_seconds()
    yield
    seconds, own = time.perf_counter() - start, time.process_time() - own
    nodes = cluster.cpu_seconds() - nodes
    print(
        f"reindex: {what} in {seconds:.0f} s; CPU {own:.0f} s, and {nodes:.0f} s of the nodes",
        flush=True,
    )


def _run(command: str, environment: dict[str, str]) -> subprocess.Popen[bytes]:
    """Start a command of claimdesk."""
    started = [sys.executable, "-m", "bot", command]
    return subprocess.Popen(started, env={**os.environ, **environment})


def _reindex_and_ask(newsroom: Newsroom, asked: Sequence[str], environment: dict[str, str]) -> None:
    """Ask until `claimdesk reindex` has ended, and print how both fared."""
    memory: list[int] = []
    cpu = _children_cpu()
    with _run("reindex", environment) as process:

        def is_running() -> bool:
            memory.append(_memory(process.pid))
            return process.poll() is None

        times = _ask(newsroom, asked, is_running)
    if process.returncode:
        raise SystemExit("claimdesk reindex failed")
    half, most = memory[len(memory) // 2] / MEGABYTE, max(memory) / MEGABYTE
    print(
        f"reindex: its process took {_children_cpu() - cpu:.0f} s of CPU, and {half:.0f} MB "
        f"halfway, {most:.0f} MB at most, looked at with each query"
    )
    _print_answers("meanwhile", times)


def _ask(
    newsroom: Newsroom, asked: Sequence[str], goes_on: Callable[[], bool]
) -> list[tuple[Seconds, bool]]:
    """Ask queries at a steady pace while `goes_on`; how long each took from when it was due, and
    whether it was answered."""
    answers: list[tuple[Seconds, bool]] = []
    start = time.monotonic()
    for number, query in enumerate(itertools.cycle(asked)):
        due = start + number / QUERIES_A_SECOND
        time.sleep(max(0.0, due - time.monotonic()))
        if not goes_on():
            return answers
        try:
            is_answered = not newsroom.search.find(query, limit=LIMIT).is_index_rebuilding
        except SearchIndexError as error:
            print(f"reindex: {query[:50]}: {error}", flush=True)
            is_answered = False
        answers.append((time.monotonic() - due, is_answered))
    return answers


def _print_answers(when: str, answers: list[tuple[Seconds, bool]]) -> None:
    times = sorted(seconds * 1000 for seconds, _ in answers)
    late = sum(seconds > LATE for seconds, _ in answers)
    refused = sum(not is_answered for _, is_answered in answers)
    print(
        f"reindex: {when}: {len(times)} queries, p50 {times[len(times) // 2]:.0f} ms, p99 "
        f"{times[max(0, int(len(times) * 0.99) - 1)]:.0f} ms, at most {times[-1]:.0f} ms; "
        f"{late} late, {refused} without an answer",
        flush=True,
    )


def _children_cpu() -> Seconds:
    """The CPU time of the processes that have ended, the one that generated claims included."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def _memory(process: int) -> int:
    """The resident memory of a process in bytes; 0 if it has ended, and outside Linux."""
    try:
        pages = Path(f"/proc/{process}/statm").read_text().split()[1]
    except OSError:
        return 0
    return int(pages) * os.sysconf("SC_PAGE_SIZE")


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("claims", nargs="?", type=int, default=CLAIMS)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--shards", type=int, default=1)
    parser.add_argument("--replicas", type=int, default=1)
    main(parser.parse_args())
