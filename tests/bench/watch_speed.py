"""Measure how fast new claims are matched with many watches, on one core.

    python -m tests.bench.watch_speed [WATCHES]

Prints, for WATCHES (1,000) typical queries, the time to store them, and the CPU time to match an
article of 25 claims with all of them (median, 95th percentile, longest).
"""

from __future__ import annotations

import random
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from bot.model import ClaimEntry
from bot.search import ClaimIndex, Query, parse
from tests.bench.search_claims import Row, generate

WATCHES, OLD_CLAIMS, NEW_CLAIMS, CLAIMS_OF_ARTICLE = 1_000, 20_000, 2_000, 25
MAX_WORD_SHARE = 0.01
"""Nobody watches a word that a larger share of all claims has."""
TODAY = date(2026, 11, 25)


def main(number: int) -> None:
    """Store watches, match claims with them, and print the times."""
    with tempfile.TemporaryDirectory() as folder:
        rows, _ = generate(OLD_CLAIMS + NEW_CLAIMS, Path(folder))
        index = ClaimIndex.open(Path(folder) / "index", spelling=(), names=())
    percolator = index.percolator()
    start = time.process_time()
    for n, query in enumerate(_queries(rows[:OLD_CLAIMS], number)):
        percolator.add(f"{n}", query)
    print(f"{number:,} watches stored in {time.process_time() - start:.1f} s")
    times, match_counts = [], []
    for first in range(OLD_CLAIMS, OLD_CLAIMS + NEW_CLAIMS, CLAIMS_OF_ARTICLE):
        claims = list(map(_entry, rows[first : first + CLAIMS_OF_ARTICLE]))
        start = time.process_time()
        match_counts.append(len(percolator.find_matches(claims)))
        times.append((time.process_time() - start) * 1000)
    p95 = statistics.quantiles(times, n=20)[-1]
    print(
        f"matched with all: {statistics.median(times):.1f} ms an article, p95 {p95:.1f}, "
        f"longest {max(times):.1f} ({statistics.mean(match_counts):.1f} watches match)"
    )


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
