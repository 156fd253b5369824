"""Jobs of one source take turns with those of others: the contract, on both databases."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from bot.store import Job, Store

NOON = datetime(2026, 11, 3, 12, tzinfo=UTC)
LEASE = timedelta(minutes=2)
SECOND = timedelta(seconds=1)


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    opened = Store(database_url)
    opened.database.migrate()
    yield opened
    opened.close()


def add(store: Store, key: str, source: str | None, due_at: datetime = NOON) -> None:
    store.jobs.add("article", key, due_at=due_at, source=source)


def take(store: Store, now: datetime = NOON, key: str | None = None) -> Job | None:
    return store.jobs.take("w", now=now, lease=LEASE, kinds=["article"], key=key)


def test_one_job_of_a_source_is_done_at_a_time(store: Store) -> None:
    for key in ("a1", "a2"):
        add(store, key, "ann")
    add(store, "b1", "bob")
    add(store, "x1", None)
    jobs = [take(store) for _ in range(4)]
    assert [job and job.key for job in jobs] == ["a1", "b1", "x1", None]
    assert jobs[0]
    store.jobs.complete(jobs[0])
    second = take(store)
    assert second
    assert second.key == "a2"


def test_a_source_with_many_jobs_delays_another_by_one(store: Store) -> None:
    for number in range(5):
        add(store, f"a{number}", "ann")
    add(store, "b0", "bob", NOON + SECOND)
    order = []
    for number in range(6):
        job = take(store, NOON + (2 + number) * SECOND)
        assert job
        order.append(job.key)
        store.jobs.complete(job)
    assert order == ["a0", "b0", "a1", "a2", "a3", "a4"]


def test_a_source_whose_worker_died_has_its_turn_after_the_lease(store: Store) -> None:
    for key in ("a1", "a2"):
        add(store, key, "ann")
    assert take(store)
    assert take(store, NOON + LEASE - SECOND) is None
    assert take(store, NOON + LEASE)


def test_an_awaited_job_is_taken_before_it_is_due(store: Store) -> None:
    add(store, "a1", "ann", NOON + LEASE)
    add(store, "a2", "ann", NOON + LEASE)
    assert take(store) is None
    first = take(store, key="a2")
    assert first
    assert first.key == "a2"
    assert take(store, key="a1") is None  # its source has its turn
    assert take(store, key="a2") is None


def test_a_released_job_is_due_as_if_it_had_not_been_tried(store: Store) -> None:
    add(store, "a1", "ann", NOON + LEASE)
    job = take(store, key="a1")
    assert job
    assert store.jobs.release(job, now=NOON + SECOND)
    again = take(store, NOON + SECOND)
    assert again
    assert (again.key, again.attempts, again.was_interrupted) == ("a1", 1, False)
    assert not store.jobs.release(job, now=NOON)


def test_several_workers_never_have_two_jobs_of_one_source(store: Store) -> None:
    sources = ("ann", "bob", "cem")
    for number in range(12):
        add(store, f"job {number}", sources[number % 3])
    begun = threading.Barrier(6)
    at_work: set[str | None] = set()
    done: list[str] = []
    clashes: list[str | None] = []
    lock = threading.Lock()

    def work() -> None:
        begun.wait(30)
        while len(done) < 12:
            job = take(store)
            if job is None:
                continue
            with lock:
                clashes.extend({job.source} & at_work)
                at_work.add(job.source)
            assert store.jobs.extend(job, now=NOON, lease=LEASE)
            with lock:
                at_work.discard(job.source)
                done.append(job.key)
            store.jobs.complete(job)

    workers = [threading.Thread(target=work) for _ in range(6)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    assert sorted(done) == sorted(f"job {number}" for number in range(12))
    assert not clashes
