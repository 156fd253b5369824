"""A newsroom forgets old queries and messages by itself, and stays small."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot import config
from bot.config import RetentionSettings
from bot.newsroom import Newsroom
from bot.store import Store
from bot.store.delivery.payloads import TextPayload
from bot.store.schema import answers, outbox
from tests.manual_clock import ManualClock
from tests.simulations.use import Use, Volume

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(NOON)


@pytest.fixture
def newsroom(tmp_path: Path, clock: ManualClock) -> Iterator[Newsroom]:
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "bot.yml").write_text("retention: {queries_days: 20, messages_days: 60}")
    with Newsroom(config.load({"CLAIMDESK_DATA": str(tmp_path)}), clock) as opened:
        opened.open()
        yield opened


def a_busy_day(newsroom: Newsroom) -> None:
    """Let people ask 20 queries, and post 10 messages."""
    now = newsroom.now()
    rows = [
        {"team": "T1", "id": f"{now:%j}{n:03}", "person": "U1", "query": "port", "asked_at": now}
        for n in range(20)
    ]
    with newsroom.store.database.write() as connection:
        connection.execute(sa.insert(answers), rows)
    for number in range(10):
        place = {"team": "T1", "channel": "C1", "key": f"share/{now:%j}/{number}"}
        newsroom.store.outbox.add(None, **place, payload=TextPayload("port"), now=now)
    newsroom.store.database.execute(sa.update(outbox).values(state="sent"))


def count(newsroom: Newsroom, table: sa.Table) -> int:
    return newsroom.store.database.fetch_value(sa.select(sa.func.count()).select_from(table)) or 0


def test_months_of_use_leave_as_much_as_the_settings_say(database_url: str) -> None:
    """60 days, of which the last 5 and 20 are kept: no table grows, nor does SQLite's file."""
    volume = Volume(queries=24, messages=5, claims=2, digests=2, alerts=3, failed_jobs=2, people=2)
    with closing(Store(database_url)) as store:
        store.database.migrate()
        use = Use(store, volume, RetentionSettings(queries_days=5, messages_days=20))
        use.live(30)
        before, pages_before = use.rows(), sqlite_pages(store)
        use.live(30)
        after = use.rows()
        assert after == before
        for name, most in use.most_rows().items():
            assert volume.digests <= after[name] <= most
        assert after["deliveries"] <= volume.queries
        assert sqlite_pages(store) <= 1.1 * pages_before


def sqlite_pages(store: Store) -> int:
    """How many pages a SQLite file has; none in PostgreSQL."""
    if not store.database.is_sqlite:
        return 0
    with store.database.read() as connection:
        return int(connection.exec_driver_sql("PRAGMA page_count").scalar() or 0)


async def test_restarts_do_not_put_off_forgetting(newsroom: Newsroom, clock: ManualClock) -> None:
    a_busy_day(newsroom)
    newsroom.delivery.jobs.ensure_standing_jobs(None)
    for _ in range(25 * 24):
        clock.now += timedelta(hours=1)
        newsroom.delivery.jobs.ensure_standing_jobs(None)
        if job := newsroom.delivery.jobs.take("w", ["forget"], None):
            again_at = newsroom.delivery.retention.handle_forget_job(job)
            newsroom.delivery.jobs.complete(job, again_at)
    assert count(newsroom, answers) == 0
