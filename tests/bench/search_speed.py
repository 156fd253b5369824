"""Measure how fast claims are found, compared with SQLite's and PostgreSQL's full-text search.

    python -m tests.bench.search_speed [N]

Prints, for N claims (100,000), the loading rate, the time and memory of a process that opens them,
and for each class of queries how many targets were in the first five, and the time of each engine
with its ratio to Claimdesk's.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

from bot import config
from bot.newsroom import Newsroom
from tests import postgres
from tests.bench.search_claims import BenchQuery, Row, generate
from tests.bench.search_peers import Fts5, Peer, Postgres

CLAIMS = 100_000
LIMIT = 5
PEER_QUERIES = 20
"""Queries of each class that other engines run; they take seconds for a pasted text."""
MEGABYTE = 1_000_000

Milliseconds = list[float]


def main(number: int) -> None:
    """Load the claims into each engine, then run the queries."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        rows, queries = generate(number, folder)
        newsroom = stack.enter_context(_newsroom(folder))
        _load(newsroom, rows)
        subprocess.run([sys.executable, "-m", __spec__.name, "open", str(folder)], check=True)
        peers: list[Peer] = [Fts5(rows)]
        if url := stack.enter_context(postgres.run_server()):
            peers.append(Postgres(rows, f"{url}/postgres"))
        for kind in dict.fromkeys(query.kind for query in queries):
            _compare(kind, [query for query in queries if query.kind == kind], newsroom, peers)


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


def _newsroom(folder: Path) -> Newsroom:
    return Newsroom(config.load({"CLAIMDESK_DATA": str(folder / "desk")}))


def _load(newsroom: Newsroom, rows: list[Row]) -> None:
    newsroom.open()
    start = time.perf_counter()
    filed = list(newsroom.intake.imports.import_claims(lines(rows)))[-1]
    newsroom.updates.catch_up()
    rate = len(rows) / (time.perf_counter() - start)
    print(f"search: {filed:,} claims loaded, {rate:,.0f} a second")


def lines(rows: list[Row]) -> Iterator[str]:
    """Yield claims as lines for `claimdesk import`."""
    for row in rows:
        claim = {"ref": row.number, "text": row.text, "speaker": row.speaker, "kind": row.type}
        yield json.dumps({**claim, "outlet": row.outlet, "published": row.day})


def _compare(kind: str, queries: list[BenchQuery], newsroom: Newsroom, peers: list[Peer]) -> None:
    ours: Milliseconds = []
    found_count = 0
    for query in queries:
        answer = newsroom.search.find(typed(query), limit=LIMIT)
        ours.append(answer.took_ms)
        found_count += query.target in [hit.claim.ref for hit in answer.hits]
    print(
        f"search: {kind:8} found {found_count / len(queries):.3f}  Claimdesk {_times(ours)}", end=""
    )
    for peer in peers if kind != "typo" else []:
        for form in ("all", "any"):
            ask = _timed(peer, all_words=form == "all")
            theirs = [ask(query) for query in queries[:PEER_QUERIES]]
            ratio = _median(theirs) / _median(ours)
            print(f"  {peer.name} {form} {_times(theirs)} x{ratio:.1f}", end="")
    print(flush=True)


def _timed(peer: Peer, *, all_words: bool) -> Callable[[BenchQuery], float]:
    def ask(query: BenchQuery) -> float:
        start = time.perf_counter()
        peer.find(query, all_words=all_words)
        return (time.perf_counter() - start) * 1000

    return ask


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


def _median(times: Milliseconds) -> float:
    return sorted(times)[len(times) // 2]


def _times(times: Milliseconds) -> str:
    """The median and the 99th percentile."""
    return f"{_median(times):.1f}/{sorted(times)[int(len(times) * 0.99) - 1]:.1f} ms"


if __name__ == "__main__":
    if sys.argv[1:2] == ["open"]:
        opening(Path(sys.argv[2]))
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else CLAIMS)
