"""Measure how fast new claims are matched with many watches, on one core.

    python -m tests.bench.watch_speed [WATCHES]

Prints, for WATCHES (10,000) typical queries, the time to store them, their memory, the time to
match a claim (median, 95th percentile, longest), and the number of watches that it matches. For
comparison prints the time to run each watch's query instead, measured on a sample.
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
from tests.bench.search_claims import Row, generate

WATCHES, OLD_CLAIMS, NEW_CLAIMS = 10_000, 20_000, 2_000
MAX_WORD_SHARE = 0.01
"""Nobody watches a word that a larger share of all claims has."""
SAMPLE = 200
"""How many watches' queries are run one by one."""
TODAY = date(2026, 11, 25)


def main(number: int) -> None:
    """Store watches, match claims with them, and print the times."""
    with tempfile.TemporaryDirectory() as folder:
        rows, _ = generate(OLD_CLAIMS + NEW_CLAIMS, Path(folder))
        index = ClaimIndex.open(Path(folder) / "index", spelling=(), names=())
        index.rebuild(map(_entry, rows[:OLD_CLAIMS]), IndexState("store", 1))
        queries = list(_queries(rows[:OLD_CLAIMS], number))
        _match(index, queries, [_entry(row) for row in rows[OLD_CLAIMS:]])
        index.close()


def _match(index: ClaimIndex, queries: Sequence[Query], new: Sequence[ClaimEntry]) -> None:
    start = time.perf_counter()
    percolator = _percolator_of(index, queries)
    seconds = time.perf_counter() - start
    tracemalloc.start()
    _copy = _percolator_of(index, queries)
    size = tracemalloc.get_traced_memory()[0] / 1_000_000
    tracemalloc.stop()
    print(f"{len(queries):,} watches stored in {seconds:.1f} s, {size:.0f} MB")
    times, match_counts = [], []
    for entry in new:
        start = time.process_time()
        match_counts.append(len(percolator.find_matches(entry)))
        times.append((time.process_time() - start) * 1000)
    _print("matched with all", times, f"{statistics.mean(match_counts):.1f} match a claim")
    ids, times = [entry.claim_id for entry in new], []
    index.rebuild(new, IndexState("store", 2))
    for query in queries[:SAMPLE]:
        start = time.perf_counter()
        index.filter_ids(query, ids)
        times.append((time.perf_counter() - start) * 1000)
    milliseconds = statistics.mean(times) * len(queries) / len(new)
    print(f"each watch's query run on all new claims instead: {milliseconds:.2f} ms a claim")


def _percolator_of(index: ClaimIndex, queries: Sequence[Query]) -> Percolator:
    percolator = index.percolator()
    for n, query in enumerate(queries):
        percolator.add(f"{n}", query)
    return percolator


def _print(label: str, times: Sequence[float], more: str) -> None:
    p95 = statistics.quantiles(times, n=20)[-1]
    median, longest = statistics.median(times), max(times)
    print(f"{label}: {median:.2f} ms a claim, p95 {p95:.2f}, longest {longest:.2f} ({more})")


def _queries(rows: Sequence[Row], number: int) -> Iterator[Query]:
    """Yield typical queries of watches: one to three words, some with a speaker, outlet or OR."""
    rng = random.Random(7)
    counts = Counter(word for row in rows for word in set(row.text.casefold().split()))
    max_count = MAX_WORD_SHARE * len(rows)
    while number:
        row = rng.choice(rows)
        words = [
            word
            for word in row.text.split()
            if word.isalpha() and counts[word.casefold()] < max_count
        ]
        typed = " ".join(rng.sample(words, k=min(len(words), rng.choice((1, 2, 2, 3)))))
        match rng.randrange(10):
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
