"""Measure how fast claims are found by both kinds of index, and by SQLite's and PostgreSQL's
full-text search.

    python -m tests.bench.search_speed [N] [--folder FOLDER] [--shards 1] [--replicas 1]

Prints, for N claims (100,000), the loading rates, the time and memory of a process that opens the
embedded index, and for each class of queries how many targets each engine had among the first
five, its p50 and p99, and the CPU time of a query, on the cluster's nodes, too. The cluster has
three nodes of 512 MB each. FOLDER keeps the claims for further runs.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from bot import config
from bot.errors import SearchIndexError
from bot.newsroom import Newsroom
from tests.bench import servers
from tests.bench.search_claims import BenchQuery, Row, generate
from tests.bench.search_peers import Fts5, Peer, Postgres

CLAIMS = 100_000
LIMIT = 5
PEER_QUERIES = 20
"""Queries of each class that other engines run; they take seconds for a pasted text."""
MEGABYTE = 1_000_000

Milliseconds = list[float]


class Found(NamedTuple):
    """The numbers of the claims found, best first, and how long it took."""

    numbers: Sequence[int | str | None]
    milliseconds: float


class Engine(NamedTuple):
    """What is measured, and how many queries of a class; `nodes_cpu` is the CPU time of its
    servers so far."""

    name: str
    find: Callable[[BenchQuery], Found]
    max_queries: int | None = None
    nodes_cpu: Callable[[], float] | None = None


def main(options: argparse.Namespace) -> None:
    """Load the claims into each engine, then run the queries."""
    with ExitStack() as stack:
        folder = options.folder or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        rows, queries = generate(options.claims, folder)
        embedded = stack.enter_context(_newsroom(folder))
        _load(embedded, rows)
        subprocess.run([sys.executable, "-m", __spec__.name, "open", str(folder)], check=True)
        engines = [Engine("embedded", _asks(embedded))]
        if cluster := servers.open_cluster(stack):
            search = {"url": cluster.url, "shards": options.shards, "replicas": options.replicas}
            clustered = stack.enter_context(_newsroom(folder, **search))
            _index(clustered, cluster)
            engines.append(Engine("cluster", _asks(clustered), nodes_cpu=cluster.cpu_seconds))
        peers: list[Peer] = [Fts5(rows)]
        if url := servers.open_postgres(stack):
            peers.append(Postgres(rows, url))
        for peer in peers:
            engines += [_peer_engine(peer, all_words=form) for form in (True, False)]
        for engine in engines:
            # Java compiles for the first thousands of queries, which takes longer than they do.
            for query in queries if not engine.max_queries else ():
                engine.find(query)
        for kind in dict.fromkeys(query.kind for query in queries):
            for engine in engines:
                if kind != "typo" or not engine.max_queries:
                    _measure(engine, kind, [query for query in queries if query.kind == kind])


def opening(folder: Path) -> None:
    """Print the time until a process has answered its first query, and its memory."""
    start = time.perf_counter()
    with _newsroom(folder) as newsroom:
        newsroom.open()
        newsroom.search.find("harbour")
        seconds = time.perf_counter() - start
        newsroom.search.find("harobur wlal by:somebdy")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / MEGABYTE
    print(f"search: opened and answered in {seconds:.2f} s, {peak:.0f} MB resident at most")


def _newsroom(folder: Path, **search: Any) -> Newsroom:
    settings = config.load({"CLAIMDESK_DATA": str(folder / "desk")})
    return Newsroom(replace(settings, search=replace(settings.search, **search)))


def _load(newsroom: Newsroom, rows: list[Row]) -> None:
    newsroom.open()
    start = time.perf_counter()
    filed = 0
    if not newsroom.index.count():
        filed = list(newsroom.intake.imports.import_claims(lines(rows)))[-1]
    newsroom.updates.catch_up()
    rate = filed / (time.perf_counter() - start)
    print(f"search: {filed:,} claims loaded, {rate:,.0f} a second", flush=True)


def _index(newsroom: Newsroom, cluster: servers.Cluster) -> None:
    """Index the claims on the cluster."""
    start, cpu, nodes_cpu = time.perf_counter(), time.process_time(), cluster.cpu_seconds()
    newsroom.open()
    newsroom.updates.catch_up()
    number = newsroom.index.count()
    seconds, cpu = time.perf_counter() - start, time.process_time() - cpu
    print(
        f"search: {number:,} claims on the cluster in {seconds:.0f} s, {number / seconds:,.0f} a "
        f"second; CPU {cpu:.0f} s, and {cluster.cpu_seconds() - nodes_cpu:.0f} s of the nodes",
        flush=True,
    )


def lines(rows: list[Row]) -> Iterator[str]:
    """Yield claims as lines for `claimdesk import`."""
    for row in rows:
        claim = {"ref": row.number, "text": row.text, "speaker": row.speaker, "kind": row.type}
        yield json.dumps({**claim, "outlet": row.outlet, "published": row.day})


def _asks(newsroom: Newsroom) -> Callable[[BenchQuery], Found]:
    """Ask a newsroom; the time is what the answer says, or until the index gave up."""

    def find(query: BenchQuery) -> Found:
        start = time.perf_counter()
        try:
            answer = newsroom.search.find(typed(query), limit=LIMIT)
        except SearchIndexError as error:
            print(f"search: {query.kind}: {error}", flush=True)
            return Found([], (time.perf_counter() - start) * 1000)
        return Found([hit.claim.ref for hit in answer.hits], answer.took_ms)

    return find


def _peer_engine(peer: Peer, *, all_words: bool) -> Engine:
    def find(query: BenchQuery) -> Found:
        start = time.perf_counter()
        numbers = peer.find(query, all_words=all_words)
        return Found(numbers[:LIMIT], (time.perf_counter() - start) * 1000)

    return Engine(f"{peer.name} {'all' if all_words else 'any'}", find, PEER_QUERIES)


def _measure(engine: Engine, kind: str, queries: list[BenchQuery]) -> None:
    """Run the queries of a class, and print how many targets were found, and the times."""
    queries = queries[: engine.max_queries]
    nodes_cpu = engine.nodes_cpu() if engine.nodes_cpu else 0.0
    cpu = time.process_time()
    answers = [engine.find(query) for query in queries]
    cpu = (time.process_time() - cpu) * 1000 / len(queries)
    found = sum(
        query.target in answer.numbers for query, answer in zip(queries, answers, strict=True)
    )
    times = sorted(answer.milliseconds for answer in answers)
    median, last = times[len(times) // 2], times[max(0, int(len(times) * 0.99) - 1)]
    nodes = ""
    if engine.nodes_cpu:
        nodes = f" and {(engine.nodes_cpu() - nodes_cpu) * 1000 / len(queries):.1f} on the nodes"
    print(
        f"search: {kind:8} {engine.name:14} found {found / len(queries):.3f}  "
        f"p50 {median:6.1f}  p99 {last:6.1f} ms   CPU {cpu:.1f} ms{nodes}",
        flush=True,
    )


def typed(query: BenchQuery) -> str:
    """A query in the query language."""
    text = " ".join(query.words)
    if query.kind == "phrase":
        text = f'"{text}"'
    if query.speaker:
        text += f' by:"{query.speaker}"'
    if query.after:
        text += f" after:{query.after} before:{query.before}"
    return text


if __name__ == "__main__":
    if sys.argv[1:2] == ["open"]:
        opening(Path(sys.argv[2]))
    else:
        parser = argparse.ArgumentParser()
        parser.add_argument("claims", nargs="?", type=int, default=CLAIMS)
        parser.add_argument("--folder", type=Path)
        parser.add_argument("--shards", type=int, default=1)
        parser.add_argument("--replicas", type=int, default=1)
        main(parser.parse_args())
