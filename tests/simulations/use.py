"""What a newsroom does with the bot from day to day, and how much of it the store keeps.

    python -m tests.simulations.use [--days 540] [--database URL]

Writes a newsroom's use straight into a store, a day at a time, lets the bot forget what is old as
it does every day, and prints how many rows there are and how large the files are. Articles are not
part of it: they are kept until somebody erases them.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from bot.config import RetentionSettings
from bot.newsroom.retention import Retention
from bot.store import Store, schema
from tests.manual_clock import ManualClock

START = datetime(2026, 1, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)
DEDUPLICATION = timedelta(minutes=10)
STEPS_A_DAY = 6
"""How often a day the ids of deliveries are pruned; the bot does so each minute."""

PRUNED = {
    "answers": "queries_days",
    "jobs": "queries_days",
    "job_turns": "queries_days",
    "channels": "queries_days",
    "hosts": "queries_days",
    "outbox": "messages_days",
    "outbox_claims": "messages_days",
    "alerts": "messages_days",
    "digests": "messages_days",
}
"""The tables that a day's use fills, and the setting by which they are emptied."""


@dataclass(frozen=True)
class Volume:
    """What is done on a day."""

    queries: int = 1000
    messages: int = 200
    claims: int = 5
    digests: int = 20
    alerts: int = 100
    failed_jobs: int = 5
    people: int = 10
    """Who ask for an article, by direct message, and never come back."""


class Use:
    """Writes a newsroom's days into a store."""

    def __init__(self, store: Store, volume: Volume, settings: RetentionSettings) -> None:
        self.store, self.volume, self.settings = store, volume, settings
        self.clock = ManualClock(START)
        self._number = 0
        self._retention = Retention(
            settings=settings,
            retention=store.retention,
            personal_data=store.personal_data,
            updates=None,  # type: ignore[arg-type]  # only for forgetting a person
            jobs=store.jobs,
            now=self.clock,
        )
        watch = {"id": "w", "team": "T1", "number": 1, "person": "U1", "channel": "C1"}
        watch |= {"query": "harbour", "pace": "hourly", "zone": "UTC", "state": "active"}
        with store.database.write() as connection:
            made = {"made_at": START, "fired": 0}
            connection.execute(sa.insert(schema.watches).values(watch | made))

    def live(self, days: int) -> None:
        """Use the bot for some days, and forget what is old on each."""
        for _ in range(days):
            for _step in range(STEPS_A_DAY):
                self._deliver()
                self.store.deliveries.prune(self.clock(), DEDUPLICATION)
                self.clock.now += DAY / STEPS_A_DAY
            with self.store.database.write() as connection:
                for table, rows in self._day():
                    connection.execute(sa.insert(table), rows)
                connection.execute(sa.delete(schema.news))  # matched with the watches
            self._retention.handle_forget_job(None)  # type: ignore[arg-type]

    def rows(self) -> dict[str, int]:
        """Count the rows of each table."""
        count = sa.select(sa.func.count())
        return {
            table.name: self.store.database.fetch_value(count.select_from(table)) or 0
            for table in schema.metadata.sorted_tables
        }

    def most_rows(self) -> Mapping[str, int]:
        """The most rows that each table may have, after any number of days."""
        volume = self.volume
        posted = volume.messages + volume.digests
        daily = {
            **{"answers": volume.queries, "jobs": volume.failed_jobs, "alerts": volume.alerts},
            **{"job_turns": volume.people, "channels": volume.people, "hosts": volume.people},
            **{"outbox": posted, "outbox_claims": posted * volume.claims},
            "digests": volume.digests,
        }
        return {
            name: number * (getattr(self.settings, PRUNED[name]) + 1)
            for name, number in daily.items()
        }

    def _deliver(self) -> None:
        number = self.volume.queries * 3 // 2 // STEPS_A_DAY
        rows = [{"id": f"{self._next()}", "received_at": self.clock()} for _ in range(number)]
        with self.store.database.write() as connection:
            connection.execute(sa.insert(schema.deliveries), rows)

    def _day(self) -> Iterator[tuple[sa.Table, list[dict[str, Any]]]]:
        now, volume = self.clock(), self.volume
        place = {"team": "T1", "asked_at": now}
        yield (
            schema.answers,
            [
                {"id": f"{self._next():x}", "person": "U024BE7LH", "query": WORDS, **place}
                for _ in range(volume.queries)
            ],
        )
        keys = [f"share/C1/{self._next()}" for _ in range(volume.messages)]
        channels = [f"C{n}" for n in range(volume.digests)]
        keys += [f"digest/{channel}/{now.date()}" for channel in channels]
        first = self._next()
        self._number += len(keys)
        message = {"channel": "C1", "kind": "share", "payload": {"person": "U024BE7LH"}}
        message |= {"state": "sent", "due_at": now, "attempts": 0, "ts": "1795420800.000001"}
        numbered = list(enumerate(keys, first))
        yield schema.outbox, [{"id": n, "key": key, **message, **place} for n, key in numbered]
        shown = {"claim_id": "878242f45d509b9a", "wording": "228869723ce81eb1.56d7cc05942c097f"}
        yield (
            schema.outbox_claims,
            [
                {"outbox_id": n, "position": position, **shown}
                for n, _ in numbered
                for position in range(volume.claims)
            ],
        )
        window = {"window_start": now - DAY, "posting_time": now, "state": "planned"}
        day = {"team": "T1", "day": now.date()}
        yield schema.digests, [{"channel": channel, **day, **window} for channel in channels]
        alert = {"watch_id": "w", "claims": ["c"], "words": ["harbour"], "found_at": now}
        yield (
            schema.alerts,
            [
                {"statement": f"{self._next()}", "outbox_key": keys[0], **alert}
                for _ in range(volume.alerts)
            ],
        )
        yield (
            schema.news,
            [
                {"seq": self._next(), "article_id": "a", "claims": ["c"], "filed_at": now}
                for _ in range(volume.alerts)
            ],
        )
        failed = {"kind": "article", "state": "failed", "due_at": now, "tried_at": now}
        failed |= {"attempts": 3, "failure": "nothing to read", "payload": {"url": WORDS}}
        yield (
            schema.jobs,
            [{"key": f"person/T1/U1/{self._next()}", **failed} for _ in range(volume.failed_jobs)],
        )
        people = [f"{self._next()}" for _ in range(volume.people)]
        yield schema.job_turns, [{"source": f"person/T1/U{n}", "taken_at": now} for n in people]
        yield schema.channels, [{"team": "T1", "channel": f"U{n}", "free_at": now} for n in people]
        yield schema.hosts, [{"host": f"{n}.example:443", "free_at": now} for n in people]

    def _next(self) -> int:
        self._number += 1
        return self._number


WORDS = "who said the harbour stays shut until the divers are back by:Solvane after:2026-01-01"


def size(store: Store) -> int:
    """The bytes of the database's files, with the write-ahead log of SQLite."""
    if store.database.is_sqlite:
        file = Path(str(store.database.engine.url.database))
        return sum(part.stat().st_size for part in file.parent.glob(f"{file.name}*"))
    query = sa.select(sa.func.pg_database_size(sa.func.current_database()))
    return int(store.database.fetch_value(query) or 0)


def vacuum(store: Store) -> None:
    """Do what PostgreSQL does by itself in a day."""
    if not store.database.is_sqlite:
        with store.database.engine.connect() as connection:
            connection.execution_options(isolation_level="AUTOCOMMIT").exec_driver_sql("VACUUM")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, allow_abbrev=False)
    parser.add_argument("--days", type=int, default=540)
    parser.add_argument("--database", help="default: a SQLite file that is deleted afterwards")
    arguments = parser.parse_args()
    with (
        tempfile.TemporaryDirectory() as folder,
        closing(Store(arguments.database or f"sqlite:///{folder}/store.sqlite3")) as store,
    ):
        store.database.migrate()
        use = Use(store, Volume(), RetentionSettings())
        for day in range(1, arguments.days + 1):
            use.live(1)
            vacuum(store)
            if day % 30 == 0:
                rows = use.rows()
                counts = {name: rows[name] for name in ("deliveries", *PRUNED)}
                print(f"day {day}: {size(store) / 1e6:.1f} MB", json.dumps(counts), flush=True)


if __name__ == "__main__":
    main()
