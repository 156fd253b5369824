"""The newsroom's clock when it jumps, on both databases."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest

from bot import config
from bot.delivery.worker import Worker
from bot.errors import NotFoundError
from bot.extract.extractor import Extractor
from bot.model import Document
from bot.newsroom import Newsroom
from bot.newsroom import clock as newsroom_clock
from bot.newsroom.clock import MAX_DRIFT, CheckedClock, MachineClocks
from bot.newsroom.delivery.handlers import handlers
from bot.store import Store
from tests.jumping_clocks import JumpingClocks
from tests.logs import records_of
from tests.manual_clock import ManualClock
from tests.manual_digests import send_due

START = datetime(2026, 11, 3, 7, tzinfo=UTC)
TEAM = "T1"
EMBARGO = START + timedelta(days=30)
SECRET = Document(origin="a.txt", text="The wall is safe, Ingrid Solvane said.", embargo=EMBARGO)


@pytest.fixture
def clocks(monkeypatch: pytest.MonkeyPatch) -> JumpingClocks:
    clocks = JumpingClocks(START)
    clocks.replace_server_clock(monkeypatch)
    return clocks


@pytest.fixture
def newsroom(
    database_url: str, tmp_path: Path, clocks: JumpingClocks, extractor: Extractor
) -> Iterator[Newsroom]:
    store = Store(database_url)
    store.database.migrate()
    store.close()
    settings = config.load({"CLAIMDESK_DATA": str(tmp_path), "DATABASE_URL": database_url})
    with Newsroom(settings, machine=clocks.machine) as opened:
        opened.extractions.extractor = extractor
        opened.open()
        yield opened


async def work(newsroom: Newsroom) -> None:
    """Check the clock and run the jobs that are due."""
    newsroom.clock_checks.check()
    await Worker(newsroom.delivery.jobs, handlers(newsroom), None).run_due()


def shown(newsroom: Newsroom) -> int:
    return newsroom.store.archive.coverage().articles


def subscribe(newsroom: Newsroom) -> None:
    newsroom.digests.subscriptions.subscribe(
        team=TEAM, channel="C1", at=time(8, 30), zone="UTC", person="U1"
    )


def is_queued(newsroom: Newsroom) -> bool:
    newsroom.clock_checks.check()
    newsroom.digests.queue_due_message(TEAM, "C1")
    return newsroom.store.outbox.next_in_channel(TEAM, "C1") is not None


async def test_a_jump_releases_no_embargoed_article(
    newsroom: Newsroom, clocks: JumpingClocks
) -> None:
    newsroom.intake.articles.ingest([SECRET])
    clocks.set_forward(days=300)
    for _ in range(8):
        await work(newsroom)
        assert newsroom.intake.articles.release_due() == []
        clocks.advance(seconds=1)
    clocks.set_forward(days=-300)
    await work(newsroom)
    assert shown(newsroom) == 0
    clocks.advance(days=30)
    await work(newsroom)
    assert shown(newsroom) == 1


async def test_an_embargo_that_ends_in_doubt_ends_once_the_clock_is_right(
    newsroom: Newsroom, clocks: JumpingClocks
) -> None:
    newsroom.intake.articles.ingest([SECRET])
    clocks.set_forward(days=300)
    clocks.advance(days=31)
    await work(newsroom)
    assert shown(newsroom) == 0
    clocks.set_forward(days=-300)
    clocks.advance(minutes=1)
    await work(newsroom)
    assert shown(newsroom) == 1


@pytest.mark.parametrize("days", [300, -300])
def test_a_jump_does_not_end_the_embargo_of_an_incoming_article(
    newsroom: Newsroom, clocks: JumpingClocks, days: int
) -> None:
    clocks.advance(days=31 if days < 0 else 0)
    clocks.set_forward(days=days)
    newsroom.clock_checks.check()
    (outcome,) = newsroom.intake.articles.ingest([SECRET])
    assert outcome.status == "withheld"


def test_a_jump_hides_no_article_whose_embargo_ended_long_ago(
    newsroom: Newsroom, clocks: JumpingClocks
) -> None:
    old = replace(SECRET, embargo=START - timedelta(days=400))
    clocks.set_forward(days=300)
    newsroom.clock_checks.check()
    (outcome,) = newsroom.intake.articles.ingest([old])
    assert outcome.status == "new"


async def test_a_jump_forgets_nothing(newsroom: Newsroom, clocks: JumpingClocks) -> None:
    """Years ahead, all that people asked would be too old; a month later it is."""
    conversation = newsroom.store.conversations.begin(TEAM, "U1", newsroom.now())
    asked = conversation.remember("harbour")
    conversation.save().result()
    newsroom.delivery.jobs.ensure_standing_jobs(None)
    clocks.advance(days=1, minutes=1)
    clocks.set_forward(days=300)
    await work(newsroom)
    assert newsroom.store.conversations.recall(TEAM, "U1", asked) == "harbour"
    clocks.set_forward(days=-300)
    clocks.advance(days=30)
    await work(newsroom)
    with pytest.raises(NotFoundError):
        newsroom.store.conversations.recall(TEAM, "U1", asked)


def test_a_jump_posts_no_digest(newsroom: Newsroom, clocks: JumpingClocks) -> None:
    subscribe(newsroom)
    clocks.set_forward(hours=3)
    assert not is_queued(newsroom)
    clocks.set_forward(hours=-3)
    assert not is_queued(newsroom)
    clocks.advance(hours=2)
    assert is_queued(newsroom)


def test_a_digest_that_is_due_in_doubt_waits(newsroom: Newsroom, clocks: JumpingClocks) -> None:
    subscribe(newsroom)
    clocks.set_forward(days=300)
    clocks.advance(hours=2)
    assert not is_queued(newsroom)


def test_nobody_posts_a_digest_by_hand_in_doubt(newsroom: Newsroom, clocks: JumpingClocks) -> None:
    subscribe(newsroom)
    clocks.set_forward(days=300)
    newsroom.clock_checks.check()
    with pytest.raises(NotFoundError, match="My clock may be wrong"):
        newsroom.digests.post_now(TEAM, "C1")


def test_a_queued_digest_returns_to_the_ledger_in_doubt(
    newsroom: Newsroom, clocks: JumpingClocks
) -> None:
    subscribe(newsroom)
    clocks.advance(hours=2)
    assert is_queued(newsroom)
    clocks.set_forward(days=300)
    newsroom.clock_checks.check()
    message = newsroom.store.outbox.next_in_channel(TEAM, "C1")
    assert message
    assert newsroom.digests.due_digest(message) is None
    newsroom.delivery.outbox.drop(message)
    clocks.set_forward(days=-300)
    newsroom.clock_checks.check()
    assert send_due(newsroom)


def test_a_laptop_that_slept_goes_on_at_once(newsroom: Newsroom, clocks: JumpingClocks) -> None:
    subscribe(newsroom)
    clocks.advance(hours=2)
    assert newsroom.clock_checks.check() is None
    assert is_queued(newsroom)


def test_the_steady_clock_counts_sleep(monkeypatch: pytest.MonkeyPatch) -> None:
    ids = {"CLOCK_BOOTTIME": 7, "CLOCK_MONOTONIC": 1}
    for name, id_ in ids.items():
        monkeypatch.setattr(newsroom_clock.time, name, id_, raising=False)
    monkeypatch.setattr(newsroom_clock.time, "clock_gettime", float)
    assert MachineClocks().steady() == 7
    monkeypatch.delattr(newsroom_clock.time, "CLOCK_BOOTTIME")
    assert MachineClocks().steady() == 1


def test_time_goes_on_steadily_in_doubt(newsroom: Newsroom, clocks: JumpingClocks) -> None:
    clocks.set_forward(days=300)
    clocks.advance(minutes=5)
    newsroom.clock_checks.check()
    assert newsroom.now() == START + timedelta(minutes=5)


def test_a_small_step_is_no_jump(newsroom: Newsroom, clocks: JumpingClocks) -> None:
    clocks.set_forward(seconds=MAX_DRIFT.total_seconds())
    assert newsroom.clock_checks.check() is None
    assert newsroom.now() == START + MAX_DRIFT
    clocks.set_forward(seconds=1)
    assert newsroom.clock_checks.check()


def test_a_doubt_is_logged_once(
    newsroom: Newsroom, clocks: JumpingClocks, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING)
    clocks.set_forward(days=300)
    for _ in range(3):
        newsroom.clock_checks.check()
    (record,) = records_of(caplog, newsroom_clock.__name__)
    assert "2027-08-30 07:00:00" in record.getMessage()
    clocks.set_forward(days=-300)
    newsroom.clock_checks.check()
    assert len(records_of(caplog, newsroom_clock.__name__)) == 2


def test_another_clock_confirms_ours(newsroom: Newsroom, clocks: JumpingClocks) -> None:
    clocks.set_forward(days=300)
    newsroom.clock_checks.check()
    checks, right = newsroom.clock_checks, START + timedelta(days=300)
    assert not checks.confirm_by(START, "Slack")
    assert not checks.confirm_by(right + timedelta(minutes=6), "Slack")
    assert checks.confirm_by(right + timedelta(minutes=4), "Slack")
    assert newsroom.now() == right
    clocks.set_forward(days=-300)
    assert checks.check()


def test_a_person_confirms_the_clock_for_all_processes(
    newsroom: Newsroom, clocks: JumpingClocks
) -> None:
    with Newsroom(newsroom.settings, machine=clocks.machine) as other:
        other.open()
        clocks.set_forward(days=300)
        jump = newsroom.clock_checks.check()
        assert jump
        assert other.clock_checks.check()
        clocks.advance(minutes=1)
        newsroom.clock_checks.check()
        assert newsroom.clock_checks.confirm(jump.says) == jump.says + timedelta(minutes=1)
        assert newsroom.clock_checks.check() is None
        assert other.clock_checks.check() is None
        assert other.now() == jump.says + timedelta(minutes=1)


def test_a_process_without_doubt_passes_a_confirmation_on(
    newsroom: Newsroom, clocks: JumpingClocks
) -> None:
    clocks.set_forward(days=300)
    jump = newsroom.clock_checks.check()
    assert jump
    with Newsroom(newsroom.settings, machine=clocks.machine) as restarted:
        restarted.open()
        assert restarted.clock_checks.confirm(jump.says) == jump.says
    assert newsroom.clock_checks.check() is None


def test_a_confirmation_is_for_what_the_person_saw(
    newsroom: Newsroom, clocks: JumpingClocks
) -> None:
    clocks.set_forward(days=300)
    jump = newsroom.clock_checks.check()
    assert jump
    clocks.set_forward(days=1)
    newsroom.clock_checks.check()
    assert newsroom.clock_checks.confirm(jump.says) is None
    assert newsroom.clock_checks.check()


def test_an_old_confirmation_confirms_no_later_jump(
    newsroom: Newsroom, clocks: JumpingClocks
) -> None:
    for _ in range(2):
        clocks.set_forward(days=300)
        jump = newsroom.clock_checks.check()
        assert jump
        newsroom.clock_checks.confirm(jump.says)
        assert newsroom.clock_checks.check() is None


def test_after_a_restart_the_wall_clock_counts(newsroom: Newsroom, clocks: JumpingClocks) -> None:
    clocks.set_forward(days=300)
    assert newsroom.clock_checks.check()
    with Newsroom(newsroom.settings, machine=clocks.machine) as restarted:
        restarted.open()
        assert restarted.clock_checks.check() is None
        assert restarted.now() == START + timedelta(days=300)


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
def test_the_servers_clock_counts_on_postgres(newsroom: Newsroom, clocks: JumpingClocks) -> None:
    clocks.wall += timedelta(days=300)
    assert newsroom.clock_checks.check() is None
    assert newsroom.now() == START
    with Newsroom(newsroom.settings, machine=clocks.machine) as other:
        other.open()
        assert other.now() == START


def test_a_clock_of_a_test_is_never_in_doubt() -> None:
    clock = ManualClock(START)
    checked = CheckedClock(MachineClocks.in_step(clock))
    clock.advance(days=300)
    assert checked.jump() is None
    assert checked.earliest_now() == checked.now() == clock.now
