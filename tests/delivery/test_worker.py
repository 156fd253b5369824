"""The loop around jobs: once each, several at a time, failures kept, an orderly stop. No Slack."""

from __future__ import annotations

import asyncio
import contextlib
import io
import itertools
import json
import logging
import threading
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any, cast

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot import config
from bot.delivery import worker as worker_
from bot.delivery.backoff import JITTER, MAX_BACKOFF
from bot.delivery.kinds import KINDS, MAX_ATTEMPTS, NON_SLACK_KINDS, SLACK_KINDS, JobKind
from bot.delivery.queue import JOB_LEASE, MIN_REPEAT_DELAY
from bot.delivery.worker import Handler, Worker
from bot.errors import IngestError
from bot.monitoring import requests
from bot.monitoring.logs import log_handler
from bot.monitoring.metrics import Metrics
from bot.newsroom import Newsroom
from bot.slack.messages.worker import make_worker, slack_handlers
from bot.store import Job
from tests.manual_clock import ManualClock

NOON = datetime(2026, 11, 3, 12, tzinfo=UTC)
NO_CLIENT = cast(AsyncWebClient, object())


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(NOON)


@pytest.fixture
def newsroom(tmp_path: Path, clock: ManualClock) -> Iterator[Newsroom]:
    with Newsroom(config.load({"CLAIMDESK_DATA": str(tmp_path)}), clock) as opened:
        opened.open()
        yield opened


ORDINARY = JobKind()


def a_worker(newsroom: Newsroom, kind: JobKind = ORDINARY, **handlers: Handler) -> Worker:
    """A worker for kinds of jobs that are all done in one way."""
    return Worker(newsroom.delivery.jobs, handlers, None, dict.fromkeys(handlers, kind))


def add(newsroom: Newsroom, *keys: str, kind: str = "count", team: str | None = None) -> None:
    for key in keys:
        newsroom.store.jobs.add(kind, key, due_at=newsroom.now(), team=team)


class Counting:
    """Notes what it is told to do; `times` are when a key is to be done once more."""

    def __init__(self, times: Mapping[str, datetime] | None = None) -> None:
        self.done: list[str] = []
        self.times = dict(times or {})

    def __call__(self, job: Job) -> datetime | None:
        self.done.append(job.key)
        return self.times.pop(job.key, None)


def failing(error: Exception) -> Callable[[Job], datetime | None]:
    def do(job: Job) -> None:
        raise error

    return do


async def test_due_jobs_run_once_and_repeat_when_due(
    newsroom: Newsroom, clock: ManualClock
) -> None:
    counting = Counting({"standing": NOON + timedelta(hours=1)})
    add(newsroom, "once", "standing")
    worker = a_worker(newsroom, count=counting)
    await worker.run_due()
    await worker.run_due()
    clock.now += timedelta(hours=1)
    await worker.run_due()
    assert sorted(counting.done) == ["once", "standing", "standing"]


async def test_each_attempt_is_counted_by_its_outcome(
    newsroom: Newsroom, clock: ManualClock
) -> None:
    metrics, patient = Metrics(), JobKind(max_attempts=2)
    handlers: dict[str, Handler] = {"well": Counting(), "ill": failing(IngestError("no"))}
    for kind in handlers:
        add(newsroom, "a", "b", kind=kind)
    queue = newsroom.delivery.jobs
    worker = Worker(queue, handlers, None, dict.fromkeys(handlers, patient), metrics)
    for _ in range(2):
        await worker.run_due()
        clock.now += timedelta(days=1)
    done = {
        tuple(sample.labels.values()): sample.value
        for family in metrics.jobs_done.collect()
        for sample in family.samples
        if sample.name == "claimdesk_jobs_done_total"
    }
    assert done == {("well", "ok"): 2, ("ill", "retried"): 2, ("ill", "failed"): 2}
    assert metrics.registry.get_sample_value("claimdesk_job_seconds_count", {"kind": "ill"}) == 4


async def test_concurrency_is_limited_by_kind(newsroom: Newsroom) -> None:
    at_once, most, together = 0, 0, threading.Barrier(3)
    lock = threading.Lock()

    def do(job: Job) -> None:
        nonlocal at_once, most
        with lock:
            at_once += 1
            most = max(most, at_once)
        together.wait(timeout=30)
        with lock:
            at_once -= 1

    add(newsroom, *"abcdef")
    await a_worker(newsroom, JobKind(max_concurrent=3), count=do).run_due()
    assert most == 3
    assert newsroom.store.jobs.counts() == []


async def test_a_busy_kind_delays_no_other(newsroom: Newsroom) -> None:
    done, counted = [], threading.Event()

    def mend(job: Job) -> None:
        assert counted.wait(timeout=30)
        done.append(job.kind)

    def count(job: Job) -> None:
        done.append(job.kind)
        counted.set()

    add(newsroom, *map(str, range(20)), kind="mend")
    add(newsroom, "a")
    worker = Worker(
        newsroom.delivery.jobs,
        {"mend": mend, "count": count},
        None,
        {"mend": JobKind(max_concurrent=4), "count": JobKind()},
    )
    await worker.run_due()
    assert done == ["count"] + ["mend"] * 20


async def test_jobs_that_need_slack_wait_without_it(newsroom: Newsroom) -> None:
    counting = Counting()

    async def post(job: Job) -> None:
        counting.done.append(job.key)

    add(newsroom, "quiet")
    add(newsroom, "loud", kind="post", team="T1")
    add(newsroom, "of a newer version", kind="unheard of")
    kinds = {"count": JobKind(), "post": JobKind(needs_slack=True)}
    queue, quiet = newsroom.delivery.jobs, {"count": counting}
    await Worker(queue, quiet, None, kinds).run_due()
    assert counting.done == ["quiet"]
    await Worker(queue, {**quiet, "post": post}, "T1", kinds).run_due()
    assert counting.done == ["quiet", "loud"]
    assert [count.kind for count in newsroom.store.jobs.counts()] == ["unheard of"]


async def test_a_failing_job_is_retried_and_stops_no_other(
    newsroom: Newsroom, clock: ManualClock, caplog: pytest.LogCaptureFixture
) -> None:
    counting = Counting()
    ill = failing(IngestError("cannot read it", remedy="Look."))
    add(newsroom, "a", kind="ill")
    add(newsroom, "b")
    handlers = {"ill": ill, "count": counting}
    await a_worker(newsroom, **handlers).run_due()
    assert counting.done == ["b"]
    (job,) = newsroom.store.jobs.failing()
    assert (job.state, job.attempts) == ("waiting", 1)
    assert str(job.failure).startswith("cannot read it. Look. (ref ")
    assert timedelta(seconds=24) <= job.due_at - NOON <= timedelta(seconds=36)
    assert "cannot read it" in caplog.text
    clock.now += timedelta(minutes=1)
    await a_worker(newsroom, ill=counting).run_due()
    assert newsroom.store.jobs.failing() == []


async def test_a_job_that_keeps_failing_is_given_up(
    newsroom: Newsroom, clock: ManualClock, caplog: pytest.LogCaptureFixture
) -> None:
    add(newsroom, "a", kind="ill")
    add(newsroom, "b", kind="tireless")
    ill = failing(ValueError("text of an article"))
    kinds = {"ill": JobKind(), "tireless": JobKind(max_attempts=None)}
    worker = Worker(newsroom.delivery.jobs, dict.fromkeys(kinds, ill), None, kinds)
    for _ in range(MAX_ATTEMPTS + 2):
        await worker.run_due()
        clock.now += MAX_BACKOFF * (1 + JITTER)
    given_up, going_on = newsroom.store.jobs.failing()
    assert (given_up.key, given_up.state, given_up.attempts) == ("a", "failed", MAX_ATTEMPTS)
    assert (going_on.key, going_on.state) == ("b", "waiting")
    assert str(given_up.failure).startswith("unexpected error (ValueError); the log says where")
    assert "ill a failed and will not be retried" in caplog.text


async def test_a_failed_job_has_the_reference_of_its_log_lines(
    newsroom: Newsroom, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In threads and in the event loop, and another one for each attempt."""
    numbers = itertools.count()  # two of six random references may be the same
    monkeypatch.setattr(requests.secrets, "token_hex", lambda _: f"{next(numbers):04x}")
    lines = io.StringIO()
    handler, work = log_handler(lines), logging.getLogger("bot.tests.work")
    loggers = (work.name, worker_.__name__)  # threads of other tests may log, too

    def read(job: Job) -> None:
        work.warning("reading %s", job.key)
        raise IngestError("cannot read it")

    async def post(job: Job) -> None:
        await asyncio.to_thread(work.warning, "posting %s", job.key)
        raise ValueError("unforeseen")

    add(newsroom, "lock", "quay", kind="read")
    add(newsroom, "pier", kind="post")
    kinds = {"read": JobKind(max_concurrent=2), "post": JobKind(needs_slack=True)}
    worker = Worker(newsroom.delivery.jobs, {"read": read, "post": post}, None, kinds)
    logging.getLogger("bot").addHandler(handler)
    try:
        await worker.run_due()
        first = {job.key: str(job.failure) for job in newsroom.store.jobs.failing()}
        clock.now += timedelta(minutes=1)
        await worker.run_due()
    finally:
        logging.getLogger("bot").removeHandler(handler)
    logged = map(json.loads, lines.getvalue().splitlines())
    events = [event for event in logged if event["logger"] in loggers]
    references = {event["ref"] for event in events}
    assert len(references) == 6
    for job in newsroom.store.jobs.failing():
        for failure in (first[job.key], str(job.failure)):
            reference = failure.partition(" (ref ")[2].rstrip(")")
            messages = [event["message"] for event in events if event["ref"] == reference]
            assert len(messages) >= 2
            assert all(job.key in message for message in messages)


async def test_a_job_that_kills_workers_is_given_up(newsroom: Newsroom, clock: ManualClock) -> None:
    counting = Counting()
    add(newsroom, "deadly")
    for _ in range(3):
        assert newsroom.delivery.jobs.take("dead", ["count"], None)
        clock.now += JOB_LEASE
    await a_worker(newsroom, JobKind(max_attempts=3), count=counting).run_due()
    assert counting.done == []
    (job,) = newsroom.store.jobs.failing()
    assert job.state == "failed"
    assert str(job.failure).startswith("the worker that had it stopped halfway")


async def test_a_lease_is_extended_during_work(
    newsroom: Newsroom, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker_, "JOB_LEASE", timedelta(seconds=0.04))
    kept, keep = threading.Event(), newsroom.delivery.jobs.extend_lease

    def noted(job: Job) -> bool:
        clock.now = NOON + JOB_LEASE - timedelta(seconds=1)
        held = keep(job)
        kept.set()
        return held

    def do(job: Job) -> None:
        assert kept.wait(timeout=30)
        clock.now = NOON + JOB_LEASE + timedelta(seconds=1)
        assert newsroom.delivery.jobs.take("another", ["count"], None) is None

    monkeypatch.setattr(newsroom.delivery.jobs, "extend_lease", noted)
    add(newsroom, "slow")
    await a_worker(newsroom, count=do).run_due()
    assert newsroom.store.jobs.counts() == []


async def test_a_stopping_worker_finishes_running_jobs(
    newsroom: Newsroom,
) -> None:
    begun, go_on, done = threading.Event(), threading.Event(), []

    def do(job: Job) -> None:
        begun.set()
        assert go_on.wait(timeout=30)
        done.append(job.key)

    add(newsroom, "first", "second")
    running = asyncio.create_task(a_worker(newsroom, count=do).run())
    await asyncio.to_thread(begun.wait, 30)
    running.cancel()
    await asyncio.sleep(0.05)
    assert not running.done()
    go_on.set()
    with contextlib.suppress(asyncio.CancelledError):
        await running
    assert done == ["first"]
    assert waiting(newsroom)["count"] == 1


async def test_a_finished_job_starts_the_next_at_once(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker_, "POLL_INTERVAL", timedelta(days=1))
    finished, counting = asyncio.Event(), Counting()
    loop = asyncio.get_running_loop()

    def do(job: Job) -> None:
        counting(job)
        if len(counting.done) == 3:
            loop.call_soon_threadsafe(finished.set)

    add(newsroom, *"abc")
    running = asyncio.create_task(a_worker(newsroom, count=do).run())
    await asyncio.wait_for(finished.wait(), 30)
    running.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await running


def waiting(newsroom: Newsroom) -> dict[str, int]:
    """Return how many jobs of each kind wait."""
    return {count.kind: count.waiting for count in newsroom.store.jobs.counts()}


def subscribe(newsroom: Newsroom, channel: str) -> Any:
    return newsroom.digests.subscriptions.subscribe(
        team="T1", channel=channel, at=time(8, 30), zone="UTC", person="U1"
    )


async def test_missing_standing_jobs_are_restored(newsroom: Newsroom, clock: ManualClock) -> None:
    subscribe(newsroom, "C1")
    clock.now += timedelta(days=900)  # a clock that was wrong for a while
    job = newsroom.delivery.jobs.take("w", ["digest"], "T1")
    assert job
    newsroom.delivery.jobs.complete(job, newsroom.digests.next_check("T1", "C1"))
    clock.now -= timedelta(days=900)
    newsroom.delivery.jobs.ensure_standing_jobs("T1")
    clock.now = datetime(2026, 11, 4, 8, 30, 2, tzinfo=UTC)
    again = newsroom.delivery.jobs.take("w", ["digest"], "T1")
    assert again
    assert again.payload == {"team": "T1", "channel": "C1"}


async def test_one_bad_channel_does_not_stop_the_others(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    for channel in ("C1", "C2"):
        subscribe(newsroom, channel)
    while job := newsroom.delivery.jobs.take("w", ["digest"], "T1"):
        newsroom.delivery.jobs.complete(job, None)
    look = newsroom.digests.next_check

    def ill(team: str, channel: str) -> datetime | None:
        if channel == "C1":
            raise KeyError("Mars/Olympus")
        return look(team, channel)

    monkeypatch.setattr(newsroom.digests, "next_check", ill)
    newsroom.delivery.jobs.ensure_standing_jobs("T1")
    assert waiting(newsroom)["digest"] == 2


async def test_polls_postponed_by_a_wrong_clock_are_restored(
    newsroom: Newsroom, clock: ManualClock
) -> None:
    newsroom.store.jobs.add("poll", "f00d", due_at=NOON + timedelta(days=900))
    newsroom.delivery.jobs.ensure_standing_jobs(None)
    assert newsroom.delivery.jobs.take("w", ["poll"], None)


async def test_an_immediate_repeat_waits_a_moment(newsroom: Newsroom, clock: ManualClock) -> None:
    counting = Counting({"a": NOON - timedelta(hours=1)})
    add(newsroom, "a")
    worker = a_worker(newsroom, count=counting)
    await worker.run_due()
    assert counting.done == ["a"]
    clock.now += MIN_REPEAT_DELAY
    await worker.run_due()
    assert counting.done == ["a", "a"]


def test_essential_jobs_are_never_given_up() -> None:
    tireless = {name for name, kind in KINDS.items() if kind.max_attempts is None}
    assert {"digest", "mend", "send", "poll", "release"} <= tireless


def test_every_kind_has_a_handler(newsroom: Newsroom) -> None:
    without = make_worker(newsroom, None, None)
    assert without.kinds == NON_SLACK_KINDS
    assert slack_handlers(newsroom, NO_CLIENT).keys() == SLACK_KINDS
    assert make_worker(newsroom, NO_CLIENT, "T1").kinds == KINDS.keys()


async def test_a_woken_worker_starts_a_new_job_at_once(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker_, "POLL_INTERVAL", timedelta(days=1))
    loop, first, second = asyncio.get_running_loop(), asyncio.Event(), asyncio.Event()
    events = {"first": first, "second": second}

    def count(job: Job) -> None:
        loop.call_soon_threadsafe(events[job.key].set)

    add(newsroom, "first")
    worker = a_worker(newsroom, count=count)
    running = asyncio.create_task(worker.run())
    async with asyncio.timeout(60):
        await first.wait()
        # Until it is woken it sleeps, however long it takes it to get there.
        await asyncio.to_thread(add, newsroom, "second")
        while not second.is_set():
            worker.wake()
            await asyncio.sleep(0.01)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
