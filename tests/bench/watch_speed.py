"""How fast new claims are matched with many watches, on one core.

    python -m tests.bench.watch_speed [WATCHES]

Prints, for WATCHES queries (10,000) of the kinds that people type, how long it takes to take them
in, their memory, and how long a claim takes (median, 95th percentile, longest), with the number of
watches that it fires; then the same for running each watch's query on a sample.
"""

from __future__ import annotations

import random
import statistics
import sys
import tempfile
import time
import tracemalloc
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from bot.model import ClaimEntry
from bot.search import ClaimIndex, IndexState, Percolator, Query, parse
from tests.bench.search_claims import Row, make

WATCHES, KNOWN, NEW = 10_000, 20_000, 2_000
TELLING = 0.01
"""Nobody watches a word that a larger part of all claims holds."""
SAMPLE = 200
"""Watches whose queries are run one by one."""
TODAY = date(2026, 11, 25)


def main(number: int) -> None:
    """Take in watches, match claims with them, and print what it took."""
    with tempfile.TemporaryDirectory() as folder:
        rows, _ = make(KNOWN + NEW, Path(folder))
        index = ClaimIndex.open(Path(folder) / "index", spelling=(), names=())
        index.rebuild(map(_entry, rows[:KNOWN]), IndexState("store", 1))
        queries = list(_queries(rows[:KNOWN], number))
        _match(index, queries, [_entry(row) for row in rows[KNOWN:]])
        index.close()


def _match(index: ClaimIndex, queries: Sequence[Query], new: Sequence[ClaimEntry]) -> None:
    began = time.perf_counter()
    percolator = _taken_in(index, queries)
    took = time.perf_counter() - began
    tracemalloc.start()
    _twin = _taken_in(index, queries)
    size = tracemalloc.get_traced_memory()[0] / 1_000_000
    tracemalloc.stop()
    print(f"{len(queries):,} watches taken in within {took:.1f} s, {size:.0f} MB")
    times, fired = [], []
    for entry in new:
        began = time.process_time()
        fired.append(len(percolator.find_matches(entry)))
        times.append((time.process_time() - began) * 1000)
    _print("matched with all", times, f"{statistics.mean(fired):.1f} fire a claim")
    ids, times = [entry.claim_id for entry in new], []
    index.rebuild(new, IndexState("store", 2))
    for query in queries[:SAMPLE]:
        began = time.perf_counter()
        index.filter_ids(query, ids)
        times.append((time.perf_counter() - began) * 1000)
    whole = statistics.mean(times) * len(queries) / len(new)
    print(f"each watch's query run on all new claims instead: {whole:.2f} ms a claim")


def _taken_in(index: ClaimIndex, queries: Sequence[Query]) -> Percolator:
    percolator = index.percolator()
    for n, query in enumerate(queries):
        percolator.add(f"{n}", query)
    return percolator


def _print(what: str, times: Sequence[float], more: str) -> None:
    p95 = statistics.quantiles(times, n=20)[-1]
    median, longest = statistics.median(times), max(times)
    print(f"{what}: {median:.2f} ms a claim, p95 {p95:.2f}, longest {longest:.2f} ({more})")


def _queries(rows: Sequence[Row], number: int) -> Iterator[Query]:
    """Queries as people watch them: one to three words, some with a speaker, an outlet or OR."""
    chance = random.Random(7)
    held = Counter(word for row in rows for word in set(row.text.casefold().split()))
    most = TELLING * len(rows)
    while number:
        row = chance.choice(rows)
        words = [one for one in row.text.split() if one.isalpha() and held[one.casefold()] < most]
        typed = " ".join(chance.sample(words, k=min(len(words), chance.choice((1, 2, 2, 3)))))
        match chance.randrange(10):
            case 0:
                typed += f' by:"{row.speaker}"'
            case 1:
                typed += f' in:"{row.outlet}"'
            case 2:
                typed = f'by:"{row.speaker}"'
            case 3:
                typed = typed.replace(" ", " OR ", 1)
        if typed:
            yield replace(parse(typed, TODAY), exact=True)
            number -= 1


def _entry(row: Row) -> ClaimEntry:
    day = date.fromisoformat(row.day)
    kind = row.type if row.type in ("direct", "indirect", "mixed") else None
    return ClaimEntry(
        claim_id=f"c{row.number}",
        article_id=f"a{row.number}",
        text=row.text,
        speaker=row.speaker or None,
        outlet=row.outlet or None,
        published_on=day,
        type=kind,  # type: ignore[arg-type]
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else WATCHES)
