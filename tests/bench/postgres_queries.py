"""Measure the queries of the program on a large PostgreSQL store, with their plans.

    python -m tests.bench.postgres_queries URL [WORD]

Prints for each operation (whose name has WORD) the rows, the milliseconds, and the CPU milliseconds
of the server's process if it runs on this machine, as the least of three runs; and which tables
were scanned whole.
"""

from __future__ import annotations

import os
import re
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from bot.config import StoreSettings
from bot.model import Document
from bot.store import Store
from bot.store.articles.copies import SIMILAR_IDS
from bot.store.schema import articles, bands, claims
from bot.store.speakers.names import NAMED_SPEAKERS

RUNS = 3
TICK = 1000 / os.sysconf("SC_CLK_TCK")
LARGE = 10_000
"""A scan of so many rows is reported."""

Operation = Callable[[], Any]


def main(url: str, word: str = "") -> None:
    """Run all operations and print their lines."""
    settings = StoreSettings(connections=2)
    url = url.replace("postgresql:", "postgresql+psycopg:")
    with closing(Store(url, settings=settings)) as store:
        plans = _Plans(store)
        for name, run in _operations(store):
            if word in name:
                print(_measure(store, name, run, plans), flush=True)


def _operations(store: Store) -> Iterator[tuple[str, Operation]]:
    """The operations of answers, pages, digests, intake and the index, on random rows."""
    db, archive = store.database, store.archive
    random_claims = sa.text("SELECT id, article_id, speaker FROM claims TABLESAMPLE SYSTEM (0.01)")
    with db.read() as connection:
        sample = connection.execute(random_claims).all()[::7]
        top = connection.execute(
            sa.text(
                "SELECT speaker, count(*) FROM claims TABLESAMPLE SYSTEM (1)"
                " WHERE speaker IS NOT NULL AND source_kind = 'named'"
                " GROUP BY 1 ORDER BY 2 DESC LIMIT 3"
            )
        ).all()
        last, newest = connection.execute(
            sa.select(sa.func.max(articles.c.seq), sa.func.max(articles.c.arrived_at))
        ).one()
    ids = [row.id for row in sample][:60]
    article_ids = list(dict.fromkeys(row.article_id for row in sample))
    article = archive.article(article_ids[0])
    speaker, rare = [top[0].speaker], [row.speaker for row in sample if row.speaker][:1]
    day = newest - timedelta(days=1)
    extractor = db.fetch_value(sa.select(articles.c.extractor).where(articles.c.id == article.id))
    text = "The harbour stays shut, Ada Roe said. " * 40
    document = Document(origin="bench.txt", text=text, url="https://site1.example/story/new")
    yield "answer: 60 hits by id", lambda: archive.claims_by_id(ids)
    yield "answer: 10 texts", lambda: archive.texts(article_ids[:10])
    yield "answer: roles of 60 articles", lambda: archive.roles(article_ids[:60])
    yield "answer: state", lambda: [archive.state()]
    yield "answer: what is searched, recounted", lambda: [_recount(store)]
    yield "context: a claim in its text", lambda: [archive.claim_in_text(ids[0])]
    yield "article: its claims", lambda: archive.claims_in(article.id)
    yield "article: by address", lambda: [archive.card_at(article.url or "")]
    yield (
        "article: fetched from an address",
        lambda: [archive.card_fetched_from(document.url or "")],
    )
    yield "article: its copies", lambda: archive.family(article.id)
    yield (
        "speaker, frequent: counts",
        lambda: [store.speaker_claims.tally(speaker)],
    )
    yield (
        "speaker, frequent: latest",
        lambda: store.speaker_claims.latest(speaker, limit=3),
    )
    yield (
        "speaker, frequent: articles",
        lambda: store.speaker_claims.articles(speaker, limit=50),
    )
    yield (
        "speaker, rare: latest",
        lambda: store.speaker_claims.latest(rare, limit=3),
    )
    yield "names: with a prefix", lambda: store.names.with_prefix("Clin", 20)
    yield "names: aliases of a speaker", lambda: [*store.names.aliases_of(speaker)]
    yield "names: printed in 10 articles", lambda: store.names.printed_names(article_ids[:10])
    yield "names: rebuild, reading", lambda: _all(store, NAMED_SPEAKERS)
    yield (
        "digest: claims of a day",
        lambda: store.arrivals.claims_arrived(day, newest, oldest_days=3),
    )
    yield "digest: new speakers", lambda: store.arrivals.known_speakers([*speaker, *rare], day)
    yield (
        "digest: how often quoted in 14 days",
        lambda: store.arrivals.arrival_times(speaker, newest - timedelta(days=14), newest),
    )
    yield (
        "digest: same words in 7 days",
        lambda: store.arrivals.claims_with_text(["a", "b"], newest - timedelta(days=7), newest),
    )
    yield "home: arrived in a day", lambda: [store.arrivals.counts_since(day)]
    yield "home: to review", lambda: store.reviews.pending(10)
    yield "intake: look up 32 documents", lambda: [archive.look_up([document] * 32)]
    yield "intake: similar texts", lambda: _all(store, *_similar(store, article.id))
    yield (
        "intake: claims of the same text",
        lambda: [store.extractor_versions.claims_of_same_text(article, extractor or "")],
    )
    yield "index: no change", lambda: archive.changes(last, 10_000)
    yield "index: last 100 changes", lambda: archive.changes(last - 100, 10_000)
    yield "index: 10,000 changes", lambda: archive.changes(last // 2, 10_000)
    yield "index: entries of 100 articles", lambda: [*archive.entries(article_ids[:100])]
    yield (
        "index: headlines of 100 articles",
        lambda: [*store.headlines.for_articles(article_ids[:100])],
    )
    yield (
        "reextract: next 32",
        lambda: store.extractor_versions.stale_articles("x", after="8", limit=32),
    )
    yield "reextract: none left", lambda: [store.extractor_versions.count_stale(extractor or "")]
    yield "doctor: partly read", lambda: store.article_list.partly_read(5)
    yield "samples", archive.sample_ids
    yield (
        "purge: ids of 10 years ago",
        lambda: store.erasure.ids_from_before(newest - timedelta(3650)),
    )
    yield "count: all claims", lambda: _all(store, sa.select(sa.func.count()).select_from(claims))


def _similar(store: Store, article_id: str) -> tuple[sa.Select[Any], dict[str, Any]]:
    query = sa.select(bands.c.band).where(bands.c.article_id == article_id)
    return SIMILAR_IDS, {
        "bands": store.database.fetch_values(query),
        "article_id": "none",
    }


def _all(store: Store, query: sa.Select[Any], parameters: Any = None) -> list[Any]:
    with store.database.read() as connection:
        return list(connection.execute(query, parameters or {}).all())


def _recount(store: Store) -> object:
    store.archive._search_state = None
    return store.archive.search_state()


class _Plans:
    """Explains the statements of an operation once."""

    def __init__(self, store: Store) -> None:
        self._store, self.statements = store, list[tuple[str, Any]]()
        self.is_recording = False
        sa.event.listen(store.database.engine, "before_cursor_execute", self._record)

    def _record(self, _c: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        if self.is_recording and statement.startswith(("SELECT", "WITH")):
            self.statements.append((statement, parameters))

    def of(self, run: Operation) -> list[str]:
        """The whole scans of large tables, with their plans on standard error."""
        self.statements.clear()
        self.is_recording = True
        run()
        self.is_recording = False
        scans = []
        with self._store.database.read() as connection:
            for statement, parameters in dict.fromkeys(
                (statement, repr(parameters)) for statement, parameters in self.statements
            ):
                (known,) = [
                    p for s, p in self.statements if (s, repr(p)) == (statement, parameters)
                ][:1]
                explain = f"EXPLAIN (ANALYZE, BUFFERS) {statement}"
                lines = [row[0] for row in connection.exec_driver_sql(explain, known)]
                print(statement[:2000], *lines, "", sep="\n", file=sys.stderr)
                for line in lines:
                    found = re.search(
                        r"(Seq Scan on \w+|Index Only Scan using \w+).*rows=(\d+) loops", line
                    )
                    if found and int(found[2]) > LARGE:
                        scans.append(f"{found[1]} {int(found[2]):,}")
                    if "Disk:" in line:
                        scans.append(line.strip())
        return scans


def _measure(store: Store, name: str, run: Operation, plans: _Plans) -> str:
    best_ms, best_cpu, rows = float("inf"), float("inf"), 0
    for _ in range(RUNS):
        before, start = _server_ticks(store), time.perf_counter()
        rows = len(run())
        elapsed = (time.perf_counter() - start) * 1000
        best_ms = min(best_ms, elapsed)
        best_cpu = min(best_cpu, (_server_ticks(store) - before) * TICK)
        if elapsed > 5_000:
            break
    scans = "; ".join(plans.of(run))
    return f"{name} | {rows:,} | {best_ms:,.1f} | {best_cpu:,.0f} | {scans}"


def _server_ticks(store: Store) -> int:
    """The CPU time that the server's process for our connection has used."""
    with store.database.read() as connection:
        pid = connection.exec_driver_sql("SELECT pg_backend_pid()").scalar_one()
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])


if __name__ == "__main__":
    main(*sys.argv[1:])
