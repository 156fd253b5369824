"""Jobs are done at least once, by one worker at a time: the contract, on both databases."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from bot.store import Job, JobCount, Store, schema
from tests.soak import examples

NOON = datetime(2026, 11, 3, 12, tzinfo=UTC)
LEASE = timedelta(minutes=2)
SOON = timedelta(seconds=1)
KINDS = ("poll", "mend")


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    opened = Store(database_url)
    opened.database.migrate()
    yield opened
    opened.close()


def take(
    store: Store,
    worker: str = "w",
    now: datetime = NOON,
    kinds: tuple[str, ...] = KINDS,
    team: str | None = None,
) -> Job | None:
    return store.jobs.take(worker, now=now, lease=LEASE, kinds=kinds, team=team)


def taken(store: Store, now: datetime = NOON) -> Job:
    job = take(store, now=now)
    assert job
    return job


def add(store: Store, key: str = "a", due_at: datetime = NOON, payload: object = None) -> None:
    store.jobs.add("poll", key, payload, due_at=due_at)


def test_a_job_is_taken_when_due_and_deleted_when_done(store: Store) -> None:
    store.jobs.add("poll", "a", {"n": [1]}, due_at=NOON)
    assert take(store, now=NOON - SOON) is None
    job = taken(store)
    assert (job.kind, job.key, job.payload, job.attempts) == ("poll", "a", {"n": [1]}, 1)
    assert store.jobs.complete(job)
    assert take(store, now=NOON + LEASE) is None
    assert store.jobs.counts() == []


def test_the_longest_due_job_is_taken_first(store: Store) -> None:
    for key, minutes in (("b", 2), ("a", 1), ("c", 0)):
        add(store, key, NOON - timedelta(minutes=minutes))
    assert [taken(store).key for _ in "bac"] == ["b", "a", "c"]


def test_other_kinds_and_other_workspaces_are_left_alone(store: Store) -> None:
    store.jobs.add("of a newer version", "a", due_at=NOON)
    store.jobs.add("mend", "m", due_at=NOON, team="T2")
    assert take(store, team="T1") is None
    assert take(store, team=None) is None
    job = take(store, team="T2")
    assert job
    assert (job.key, job.team) == ("m", "T2")


def test_a_job_added_twice_keeps_the_earlier_time(store: Store) -> None:
    add(store, due_at=NOON + LEASE, payload=1)
    add(store, due_at=NOON, payload=2)
    add(store, due_at=NOON + 9 * LEASE, payload=3)
    job = taken(store)
    assert job.payload == 3
    assert store.jobs.complete(job)
    assert take(store, now=NOON + 99 * LEASE) is None


def test_a_job_added_while_running_is_repeated(store: Store) -> None:
    add(store, payload="old")
    first = taken(store)
    add(store, due_at=NOON + LEASE, payload="new")
    add(store, due_at=NOON + 5 * LEASE, payload="newest")
    assert take(store, now=NOON + SOON) is None
    assert store.jobs.complete(first)
    assert take(store, now=NOON + LEASE - SOON) is None
    again = taken(store, NOON + LEASE)
    assert (again.payload, again.attempts) == ("newest", 1)
    assert store.jobs.complete(again)
    assert store.jobs.counts() == []


@pytest.mark.parametrize(("asked", "due"), [(None, 3), (1, 1), (5, 3)])
def test_a_repeated_job_waits_until_due(store: Store, asked: int | None, due: int) -> None:
    add(store)
    job = taken(store)
    if asked:
        add(store, due_at=NOON + asked * LEASE)
    assert store.jobs.complete(job, again_at=NOON + 3 * LEASE)
    assert take(store, now=NOON + due * LEASE - SOON) is None
    assert taken(store, NOON + due * LEASE).attempts == 1


def test_a_dead_workers_job_is_taken_after_its_lease(store: Store) -> None:
    add(store)
    dead = taken(store)
    assert take(store, now=NOON + LEASE - SOON) is None
    assert taken(store, NOON + LEASE).attempts == 2
    for ended in (
        store.jobs.complete(dead),
        store.jobs.retry_later(dead, failure="late", due_at=NOON),
        store.jobs.fail(dead, failure="late"),
        store.jobs.extend(dead, now=NOON, lease=LEASE),
    ):
        assert not ended
    assert store.jobs.counts() == [JobCount("poll", 1, 0, 0)]


def test_a_lost_lease_cannot_finish_a_job(store: Store) -> None:
    add(store)
    lost = taken(store)
    again = taken(store, NOON + LEASE)
    assert store.jobs.complete(again, again_at=NOON)
    assert taken(store, NOON + LEASE).attempts == lost.attempts
    assert not store.jobs.complete(lost)


def test_extending_the_lease_keeps_the_job(store: Store) -> None:
    add(store)
    slow = taken(store)
    assert store.jobs.extend(slow, now=NOON + LEASE - SOON, lease=LEASE)
    assert take(store, now=NOON + LEASE) is None
    assert store.jobs.complete(slow)


def test_a_failed_job_waits_with_its_reason(store: Store) -> None:
    add(store)
    assert store.jobs.retry_later(taken(store), failure="no answer", due_at=NOON + LEASE)
    assert take(store, now=NOON + LEASE - SOON) is None
    (ill,) = store.jobs.failing()
    assert (ill.key, ill.failure, ill.state, ill.tried_at) == ("a", "no answer", "waiting", NOON)
    job = taken(store, NOON + LEASE)
    assert job.attempts == 2
    assert store.jobs.complete(job, again_at=NOON + LEASE)
    assert store.jobs.failing() == []


def test_a_permanent_failure_stays_until_retried_or_dropped(store: Store) -> None:
    for key in "ab":
        add(store, key)
        assert store.jobs.fail(taken(store), failure="gone")
    assert take(store, now=NOON + 99 * LEASE) is None
    assert store.jobs.counts() == [JobCount("poll", 0, 0, 2)]
    first, second = store.jobs.failing()
    assert store.jobs.retry([first.id, 999], now=NOON + LEASE) == {first.id}
    job = taken(store, NOON + LEASE)
    assert (job.key, job.attempts) == ("a", 1)
    assert store.jobs.drop([first.id, second.id]) == {second.id}
    assert store.jobs.complete(job)
    assert store.jobs.counts() == []


def test_adding_a_failed_job_restarts_it(store: Store) -> None:
    add(store)
    job = taken(store)
    assert store.jobs.fail(job, failure="gone")
    add(store, due_at=NOON + LEASE)
    assert take(store, now=NOON) is None
    assert taken(store, NOON + LEASE).attempts == 1
    assert store.jobs.failing() == []


def test_a_job_added_during_its_last_attempt_restarts(store: Store) -> None:
    add(store)
    job = taken(store)
    add(store, due_at=NOON + LEASE)
    assert store.jobs.fail(job, failure="gone")
    assert taken(store, NOON + LEASE).attempts == 1


def test_running_jobs_are_neither_retried_nor_dropped(store: Store) -> None:
    add(store)
    store.jobs.retry_later(taken(store), failure="no", due_at=NOON)
    job = taken(store)
    assert store.jobs.retry([job.id], now=NOON) == set()
    assert store.jobs.drop([job.id]) == set()


def test_a_job_belongs_to_the_transaction_that_adds_it(store: Store) -> None:
    def ask_and_fail() -> None:
        with store.database.write() as connection:
            store.jobs.add("poll", "a", due_at=NOON, connection=connection)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        ask_and_fail()
    assert take(store) is None


def test_a_taken_job_says_whether_it_was_interrupted(store: Store) -> None:
    add(store)
    job = taken(store)
    assert not job.was_interrupted
    assert store.jobs.retry_later(job, failure="no", due_at=NOON)
    assert not taken(store).was_interrupted
    assert taken(store, NOON + LEASE).was_interrupted


def test_a_lease_from_a_wrong_clock_is_ignored(store: Store) -> None:
    add(store)
    assert taken(store, NOON + timedelta(days=900))
    assert take(store, now=NOON - LEASE) is None
    assert taken(store)
    assert take(store, now=NOON - SOON) is None  # another's clock may be a little ahead


def test_jobs_due_too_late_are_brought_forward(store: Store) -> None:
    for key, days in (("near", 1), ("far", 900)):
        add(store, key, NOON + timedelta(days=days))
    store.jobs.add("release", "far", due_at=NOON + timedelta(days=900))
    store.jobs.bring_forward(["poll"], after=NOON + timedelta(days=2), now=NOON)
    assert taken(store).key == "far"
    assert take(store, kinds=("poll", "release")) is None


def test_overdue_jobs_are_counted_with_their_age(store: Store) -> None:
    overdue = store.jobs.overdue
    assert overdue(since=NOON, now=NOON) == (0, None)
    add(store, "a", NOON)
    add(store, "b", NOON + LEASE)
    assert overdue(since=NOON - SOON, now=NOON + LEASE) == (0, None)
    assert overdue(since=NOON + LEASE, now=NOON + LEASE) == (2, NOON)
    assert overdue(since=NOON, now=NOON + LEASE, kinds=["poll"]) == (1, NOON)
    assert overdue(since=NOON, now=NOON + LEASE, kinds=["mend"]) == (0, None)
    taken(store)
    assert overdue(since=NOON, now=NOON + SOON) == (0, None)


def test_simultaneous_workers_get_different_jobs(store: Store) -> None:
    for n in range(30):
        add(store, str(n))
    got: list[str] = []
    barrier = threading.Barrier(6)

    def work(name: str) -> None:
        barrier.wait()
        while job := take(store, name):
            got.append(job.key)
            assert store.jobs.complete(job)

    threads = [threading.Thread(target=work, args=(f"w{n}",)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(got) == sorted(map(str, range(30)))
    assert store.jobs.counts() == []


def test_simultaneous_adds_and_finishes_lose_nothing(store: Store) -> None:
    asked, done = threading.Event(), []

    def ask() -> None:
        for _ in range(40):
            add(store)
        asked.set()

    def work() -> None:
        while not asked.is_set() or store.jobs.counts():
            if job := take(store):
                done.append(asked.is_set())
                store.jobs.complete(job)

    threads = [threading.Thread(target=target) for target in (ask, work, work)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert done
    with store.database.read() as connection:
        assert connection.execute(sa.select(schema.jobs)).all() == []


@cache
def an_empty_store() -> bytes:
    """The file of a store with its tables, which take a moment to make."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "store.sqlite3"
        Store(f"sqlite:///{file}").close()
        return file.read_bytes()


NEVER = datetime.min.replace(tzinfo=UTC)


class Working(RuleBasedStateMachine):
    """Workers that come, die, come back late and fail, beside people who ask for jobs.

    `asked` is when each key was last asked for, in steps, and `served` the step at which a run that
    was completed had begun.
    """

    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory()
        file = Path(self.folder.name) / "jobs.sqlite3"
        file.write_bytes(an_empty_store())
        self.store = Store(f"sqlite:///{file}")
        self.now, self.step = NOON, 0
        self.asked: dict[str, int] = {}
        self.served: dict[str, int] = {}
        self.held: list[tuple[Job, int, datetime]] = []

    def teardown(self) -> None:
        # Whoever holds a job dies; a last worker does what is left, failed ones too.
        for _ in range(3):
            self.now += timedelta(hours=1)
            self.store.jobs.retry([j.id for j in self.store.jobs.failing()], now=self.now)
            while job := self.taken():
                self.finish(job, self.step)
        for key, step in self.asked.items():
            assert self.served[key] >= step
        assert self.store.jobs.counts() == []
        self.store.close()
        self.folder.cleanup()

    def taken(self) -> Job | None:
        self.step += 1
        return self.store.jobs.take("w", now=self.now, lease=LEASE, kinds=KINDS)

    def finish(self, job: Job, began: int) -> None:
        if self.store.jobs.complete(job):
            self.served[job.key] = max(began, self.served.get(job.key, 0))

    @rule(key=st.sampled_from("abc"), minutes=st.integers(-1, 4))
    def ask(self, key: str, minutes: int) -> None:
        self.step += 1
        self.store.jobs.add("poll", key, due_at=self.now + timedelta(minutes=minutes))
        self.asked[key] = self.step

    @rule(seconds=st.sampled_from([0, 1, 60, 130, -30]))
    def time_goes_by(self, seconds: int) -> None:
        self.now += timedelta(seconds=seconds)

    @rule()
    def take(self) -> None:
        if job := self.taken():
            within = [
                other.key
                for other, _, until in self.held
                # One that runs further than any lease was given out by a clock that was wrong.
                if other.key == job.key and self.now < until <= self.now + 2 * LEASE
            ]
            assert not within
            # Whoever held it before has lost it, also for a clock that is put back.
            self.held = [
                (other, began, NEVER if other.key == job.key else until)
                for other, began, until in self.held
            ]
            self.held.append((job, self.step, self.now + LEASE))

    @precondition(lambda self: self.held)
    @rule(how=st.sampled_from(["done", "again", "back", "fail", "dies", "goes on"]), data=st.data())
    def end(self, how: str, data: st.DataObject) -> None:
        at = data.draw(st.integers(0, len(self.held) - 1))
        job, began, until = self.held.pop(at)
        jobs = self.store.jobs
        ours = True
        if how == "done":
            self.finish(job, began)
        elif how == "again":
            if jobs.complete(job, again_at=self.now + LEASE):
                self.served[job.key] = max(began, self.served.get(job.key, 0))
        elif how == "back":
            ours = jobs.retry_later(job, failure="no", due_at=self.now + LEASE)
        elif how == "fail":
            ours = jobs.fail(job, failure="no")
        elif how == "goes on" and jobs.extend(job, now=self.now, lease=LEASE):
            self.held.append((job, began, self.now + LEASE))
        if self.now < until <= self.now + LEASE:
            assert ours

    @invariant()
    def what_is_still_owed_is_there(self) -> None:
        owed = {key for key, step in self.asked.items() if self.served.get(key, 0) < step}
        with self.store.database.read() as connection:
            assert owed <= set(connection.scalars(sa.select(schema.jobs.c.key)))


TestWorking = Working.TestCase
TestWorking.settings = settings(
    max_examples=examples(25),
    stateful_step_count=30,
    suppress_health_check=list(HealthCheck),
)
