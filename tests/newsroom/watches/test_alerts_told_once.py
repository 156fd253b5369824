"""Alerts are posted once, despite crashes and concurrent workers, on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from bot import config
from bot.delivery.queue import JOB_LEASE
from bot.newsroom import Newsroom
from bot.store import Job, Store
from bot.store.delivery.outbox import Outbox
from tests.manual_clock import ManualClock
from tests.newsroom.watches.test_watches import (  # the tests in it run here on both databases
    CHANNEL,
    STORM,
    TEAM,
    claim,
    do,
    file,
    set_one,
    test_alerts_wait_until_quiet_hours_end,  # noqa: F401
    test_further_outlets_extend_the_message,  # noqa: F401
    test_new_claims_are_posted_once,  # noqa: F401
    waiting,
)


class Died(BaseException):
    """Raised where the process is killed."""


@pytest.fixture
def newsroom(tmp_path: Path, clock: ManualClock, database_url: str) -> Iterator[Newsroom]:
    settings = config.load({"CLAIMDESK_DATA": str(tmp_path / "data")})
    Store(database_url).database.migrate()
    with Newsroom(replace(settings, database_url=database_url), clock) as opened:
        yield opened


def test_interrupted_alerts_are_repeated_without_duplicates(
    newsroom: Newsroom, clock: ManualClock
) -> None:
    set_one(newsroom, "harbour")
    set_one(newsroom, "storm")
    file(newsroom, claim("a1-1", STORM))
    job = newsroom.delivery.jobs.take("w", ["watch"], TEAM)
    assert job
    asked: list[Any] = []

    def dies(self: Outbox, *arguments: Any, **options: Any) -> bool:
        asked.append(options["key"])
        if len(asked) == 2:
            raise Died
        return add(self, *arguments, **options)

    add = Outbox.add
    with patch.object(Outbox, "add", dies), pytest.raises(Died):
        newsroom.watches.matches.handle_watch_job(job)
    assert newsroom.store.outbox.next_in_channel(TEAM, CHANNEL) is None
    clock.advance(seconds=JOB_LEASE.total_seconds() + 1)
    do(newsroom)
    assert len(waiting(newsroom)) == 2


def test_two_workers_send_each_alert_once(newsroom: Newsroom, clock: ManualClock) -> None:
    set_one(newsroom, "harbour")
    newsroom.open()
    for n in range(60):
        file(newsroom, claim(f"a{n}-1", f"the harbour holds {n} ships and no more"))
    job = Job(
        **{"id": 1, "kind": "watch", "key": "all", "payload": None, "team": None, "attempts": 1},
        **{"state": "waiting", "due_at": clock.now, "tried_at": None, "worker": None},
        failure=None,
    )
    with ThreadPoolExecutor(3) as threads:
        for done in [
            threads.submit(newsroom.watches.matches.handle_watch_job, job) for _ in range(3)
        ]:
            done.result()
    watch = newsroom.store.watches.by_number(TEAM, 1)
    assert watch.fired == 60
    recent = newsroom.store.watches.recent_alerts([watch.id], since=clock.now, limit=99)
    assert len({one.statement for one in recent[watch.id]}) == 60
    assert newsroom.store.watches.new_claims(10) == []
