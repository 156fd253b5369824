"""Measure how fast a digest is made from a day's claims, on one core.

    python -m tests.bench.digest_speed [CLAIMS]

Prints, for a day of CLAIMS (5,000), a quarter of which repeat a claim of another outlet, the CPU
time of each step: reading the claims from the store, grouping them by statement, and planning. For
each step it prints the best of several runs, the first run, and the ratio to reading, since
machines differ in speed and load.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

from bot.digest import DayFacts, plan
from bot.model import Article, Claim, Digest
from bot.statements.filing import RULES
from bot.statements.rows import group_by_statement
from bot.store import FiledArticle, Store
from tests.bench.search_claims import Row, generate

CLAIMS, REPEATED_SHARE, CLAIMS_PER_ARTICLE = 5_000, 0.25, 8
RUNS = 7
MORNING = datetime(2026, 11, 25, 8, 30, tzinfo=UTC)


def main(number: int) -> None:
    """Make the claims of a day and their digest, and print the times."""
    with tempfile.TemporaryDirectory() as folder:
        store = Store(f"sqlite:///{folder}/store.sqlite3", statement_rules=RULES)
        store.database.migrate()
        _file(store, _day(generate(number, Path(folder))[0]))
        since, until = MORNING - timedelta(days=1), MORNING
        found, reading = _timed(lambda: store.arrivals.claims_arrived(since, until, oldest_days=3))
        store.close()
    rows, grouping = _timed(lambda: group_by_statement(found))
    frame = Digest(day=MORNING.date(), since=since, until=until, zone="UTC")
    made, planning = _timed(lambda: plan(rows, frame=frame, limit=10, facts=DayFacts()))
    print(f"{len(found):,} claims, {made.claims:,} statements, {len(made.rows)} rows")
    for step, (best, first) in (("read", reading), ("grouped", grouping), ("planned", planning)):
        print(f"{step}: {best:.0f} ms, first {first:.0f} ({best / reading[0]:.1f} × reading)")
    total = grouping[0] + planning[0]
    print(f"grouped and planned: {total:.0f} ms, {1000 * total / len(found):.0f} µs a claim")


T = TypeVar("T")


def _timed(do: Callable[[], T]) -> tuple[T, tuple[float, float]]:
    """Return the result of a step, and its best and first CPU time in milliseconds."""
    times = []
    for _ in range(RUNS):
        start = time.process_time()
        result = do()
        times.append((time.process_time() - start) * 1000)
    return result, (min(times), times[0])


def _day(rows: Sequence[Row]) -> list[Claim]:
    """Return the claims of a day; some repeat another claim, whole or in part."""
    rng = random.Random(7)
    claims: list[Claim] = []
    for n, row in enumerate(rows):
        claim = Claim(
            id=f"c{row.number}",
            article_id=f"a{n // CLAIMS_PER_ARTICLE}",
            kind="attribution",
            text=row.text,
            speaker=row.speaker or None,
            source=row.speaker or None,
            source_kind="named" if row.speaker else "unnamed",
            cue="said",
            type=row.type if row.type in ("direct", "indirect", "mixed") else None,  # type: ignore[arg-type]
            stance="said",
        )
        if claims and rng.random() < REPEATED_SHARE:
            repeated = rng.choice(claims)
            words = repeated.text.split()
            part = " ".join(words[: rng.randint(min(8, len(words)), len(words))])
            claim = replace(repeated, id=claim.id, article_id=claim.article_id, text=part)
        claims.append(claim)
    return claims


def _file(store: Store, claims: Sequence[Claim]) -> None:
    for start in range(0, len(claims), CLAIMS_PER_ARTICLE):
        batch = claims[start : start + CLAIMS_PER_ARTICLE]
        name = batch[0].article_id
        # Make the texts differ: articles with nearly the same text count as copies.
        text = "\n".join([*(claim.text for claim in batch), *(f"{name}x{n}" for n in range(200))])
        article = Article(id=name, origin=name, text=text, outlet=f"Outlet {start % 41}")
        at = MORNING - timedelta(hours=1)
        store.archive.apply_steps(
            [FiledArticle(article, list(batch))], arrival="single", now=lambda at=at: at
        )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else CLAIMS)
