"""A newsroom forgets old queries and messages by itself, and stays small."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot import config
from bot.delivery.worker import Worker
from bot.newsroom import Newsroom
from bot.newsroom.delivery.handlers import handlers
from bot.store.delivery.payloads import TextPayload
from bot.store.schema import answers, outbox
from tests.manual_clock import ManualClock

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


async def test_a_year_leaves_as_much_as_the_settings_say(
    newsroom: Newsroom, clock: ManualClock
) -> None:
    worker = Worker(newsroom.delivery.jobs, {"forget": handlers(newsroom)["forget"]}, None)
    newsroom.delivery.jobs.ensure_standing_jobs(None)
    for _ in range(365):
        a_busy_day(newsroom)
        clock.now += DAY
        await worker.run_due()
        newsroom.delivery.jobs.ensure_standing_jobs(None)
    assert count(newsroom, answers) == 20 * 20
    assert count(newsroom, outbox) == 60 * 10


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
