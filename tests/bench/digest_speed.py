"""Measure how fast a day's claims become a digest, on one core.

    python -m tests.bench.digest_speed [CLAIMS]

Prints, for a day of CLAIMS (5,000) of which one in four is told by another outlet too, the CPU time
of each step: reading the claims from the store, which any digest has to do, putting those together
that report one statement, and planning. Each is the best of several runs and the first one, and
both as a part of reading: machines differ in their speed, and in what else they do.
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
from bot.model import Article, Claim, Digest, Hit
from bot.statements.rows import group_into_rows
from bot.store import FiledArticle, Store
from tests.bench.search_claims import Row, generate

CLAIMS, TOLD_AGAIN, IN_ARTICLE = 5_000, 0.25, 8
RUNS = 7
MORNING = datetime(2026, 11, 25, 8, 30, tzinfo=UTC)


def main(number: int) -> None:
    """Generate a day's claims, make a digest of them, and print the times."""
    with tempfile.TemporaryDirectory() as folder:
        store = Store(f"sqlite:///{folder}/store.sqlite3")
        store.database.migrate()
        _file(store, _day(generate(number, Path(folder))[0]))
        since, until = MORNING - timedelta(days=1), MORNING
        found, reading = _timed(lambda: store.arrivals.claims_arrived(since, until, oldest_days=3))
        store.close()
    hits = [Hit(claim=claim, article=card, score=0.0) for claim, card in found]
    rows, grouping = _timed(lambda: group_into_rows(hits))
    frame = Digest(day=MORNING.date(), since=since, until=until, zone="UTC")
    made, planning = _timed(lambda: plan(rows, frame=frame, limit=10, facts=DayFacts()))
    print(f"{len(hits):,} claims, {made.claims:,} statements, {len(made.rows)} rows")
    for what, (best, first) in (("read", reading), ("grouped", grouping), ("planned", planning)):
        print(f"{what}: {best:.0f} ms, first {first:.0f} ({best / reading[0]:.1f} × reading)")
    whole = grouping[0] + planning[0]
    print(f"grouped and planned: {whole:.0f} ms, {1000 * whole / len(hits):.0f} µs a claim")


T = TypeVar("T")


def _timed(do: Callable[[], T]) -> tuple[T, tuple[float, float]]:
    """Run a step; returns its result, and the CPU milliseconds of the best and the first run."""
    times = []
    for _ in range(RUNS):
        start = time.process_time()
        made = do()
        times.append((time.process_time() - start) * 1000)
    return made, (min(times), times[0])


def _day(rows: Sequence[Row]) -> list[Claim]:
    """The claims of a day; some repeat others, in whole or in part."""
    chance = random.Random(7)
    out: list[Claim] = []
    for place, row in enumerate(rows):
        one = Claim(
            id=f"c{row.number}",
            article_id=f"a{place // IN_ARTICLE}",
            kind="attribution",
            text=row.text,
            speaker=row.speaker or None,
            source=row.speaker or None,
            source_kind="named" if row.speaker else "unnamed",
            cue="said",
            type=row.type if row.type in ("direct", "indirect", "mixed") else None,  # type: ignore[arg-type]
            stance="said",
        )
        if out and chance.random() < TOLD_AGAIN:
            told = chance.choice(out)
            words = told.text.split()
            part = " ".join(words[: chance.randint(min(8, len(words)), len(words))])
            one = replace(told, id=one.id, article_id=one.article_id, text=part)
        out.append(one)
    return out


def _file(store: Store, claims: Sequence[Claim]) -> None:
    for start in range(0, len(claims), IN_ARTICLE):
        some = claims[start : start + IN_ARTICLE]
        name = some[0].article_id
        # Articles with much the same text would be copies.
        text = "\n".join([*(one.text for one in some), *(f"{name}x{n}" for n in range(200))])
        article = Article(id=name, origin=name, text=text, outlet=f"Outlet {start % 41}")
        at = MORNING - timedelta(hours=1)
        store.archive.apply_steps(
            [FiledArticle(article, list(some))], arrival="single", now=lambda at=at: at
        )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else CLAIMS)
