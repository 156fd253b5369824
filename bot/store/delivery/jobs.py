"""The queue of jobs, shared by all workers: one row per job.

A job waits until it is due. A worker takes it under a lease, which it extends while it works. When
the job is done, its row is deleted. If a worker dies, its lease expires and another worker takes
the job. So each job is done at least once, and handlers must be idempotent. A job that has failed
for good stays, with the reason, until a person retries or drops it.

There is one job per kind and key. If it is added again while it waits, the earlier due time
counts. If it is being done, it is repeated afterwards, since the work under way may have started
too early for the new request. If it has failed, it is restarted.

Jobs with a `source` take turns: one of each source at a time, and a source that has just had its
turn is due from then on. So a source with a thousand jobs delays another's first one by one job.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime, timedelta
from typing import Any, Literal

import sqlalchemy as sa

from bot.store.database import Database
from bot.store.notices import notice_of
from bot.store.schema import Instant, job_turns, jobs

JobState = Literal["waiting", "failed"]

NO_LEASE: dict[str, Any] = {"worker": None, "lease_until": None, "again_at": None}
"""The column values of a job that no worker has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A job: `key` says what it is about, `payload` (JSON) holds its other parameters.

    `source` is who or what brought the work, None if it does not take turns. `team` is the
    workspace whose worker does it, or None for any worker. `attempts` counts the
    attempts since it was last done, including the current one, which began at `tried_at`. `worker`
    is the unique name of the lease. `was_interrupted`, on a job just taken, means that the last
    worker neither finished it nor reported a failure.
    """

    id: int
    kind: str
    key: str
    payload: Any
    team: str | None
    state: JobState
    due_at: datetime
    attempts: int
    tried_at: datetime | None
    worker: str | None
    failure: str | None
    source: str | None = None
    was_interrupted: bool = False


@dataclass(frozen=True, slots=True)
class JobCount:
    """How many jobs of a kind wait, wait after a failure, and have failed for good."""

    kind: str
    waiting: int
    retrying: int
    failed: int


class Jobs:
    """The jobs of all kinds."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def add(
        self,
        kind: str,
        key: str,
        payload: Any = None,
        *,
        due_at: datetime,
        team: str | None = None,
        source: str | None = None,
        connection: sa.Connection | None = None,
    ) -> None:
        """Add a job that is due at `due_at`, or update the existing one: the last payload counts.

        With `connection`, the job is part of its transaction, so that it exists if and only if the
        data that it is about is written.
        """
        insert = self._db.insert(jobs).values(
            kind=kind,
            key=key,
            payload=payload,
            team=team,
            source=source,
            state="waiting",
            due_at=due_at,
            attempts=0,
        )
        new, has_failed = insert.excluded, jobs.c.state == "failed"
        is_taken = jobs.c.worker.is_not(None)
        upsert = insert.on_conflict_do_update(
            index_elements=["kind", "key"],
            set_={
                "payload": new.payload,
                "team": new.team,
                "source": new.source,
                "state": "waiting",
                "due_at": sa.case(
                    (is_taken, jobs.c.due_at),
                    (sa.and_(~has_failed, jobs.c.due_at < new.due_at), jobs.c.due_at),
                    else_=new.due_at,
                ),
                "again_at": sa.case((is_taken, _earlier_time(jobs.c.again_at, new.due_at))),
                "attempts": sa.case((has_failed, 0), else_=jobs.c.attempts),
                "failure": sa.case((has_failed, None), else_=jobs.c.failure),
            },
        )
        with self._db.write_in(connection) as transaction:
            if told := notice_of(transaction, "jobs"):
                upsert = upsert.returning(*told)
            transaction.execute(upsert)

    def take(
        self,
        worker: str,
        *,
        now: datetime,
        lease: timedelta,
        kinds: Collection[str],
        team: str | None = None,
        key: str | None = None,
    ) -> Job | None:
        """Take the job of these kinds whose turn it is, or None if none is due.

        Jobs of other workspaces than `team` are left out. With a `key`, only that job is taken,
        even if it is not due yet. Several workers may call this at once; each job goes to one of
        them.
        """
        is_ready = _is_ready(now, lease, key)
        is_for_team = sa.or_(jobs.c.team.is_(None), jobs.c.team == team)
        turn = jobs.outerjoin(job_turns, job_turns.c.source == jobs.c.source)
        query = sa.select(jobs.c.id, jobs.c.worker, jobs.c.source).select_from(turn)
        query = query.where(*is_ready, is_for_team, jobs.c.kind.in_(kinds))
        query = query.order_by(_waiting_since(), jobs.c.due_at, jobs.c.id).limit(1)
        values = {
            "worker": f"{worker}/{secrets.token_hex(4)}",
            "lease_until": now + lease,
            "attempts": jobs.c.attempts + 1,
            "tried_at": now,
        }
        # Looking takes no lock, and mostly there is nothing to do.
        while self._db.fetch_first(query):
            with self._db.write() as connection:
                # PostgreSQL skips the jobs that others are taking; SQLite has one writer at a time.
                candidate = connection.execute(
                    query.with_for_update(skip_locked=True, of=jobs)
                ).first()
                if candidate is None:
                    return None
                if candidate.source:
                    self._record_turn(connection, candidate.source, now)
                is_same = jobs.c.id == candidate.id
                take = sa.update(jobs).where(is_same, *is_ready).values(**values).returning(jobs)
                if row := connection.execute(take).first():
                    return replace(_job_from_row(row), was_interrupted=candidate.worker is not None)
            # Another worker has just taken a job of the same source, so look again.
        return None

    def _record_turn(self, connection: sa.Connection, source: str, now: datetime) -> None:
        """Record that a source has its turn; another worker that takes its next job waits here."""
        insert = self._db.insert(job_turns).values(source=source, taken_at=now)
        connection.execute(
            insert.on_conflict_do_update(index_elements=["source"], set_={"taken_at": now})
        )

    def extend(self, job: Job, *, now: datetime, lease: timedelta) -> bool:
        """Extend the lease of a job; False if it was lost."""
        update = sa.update(jobs).where(*_has_lease(job)).values(lease_until=now + lease)
        return bool(self._db.execute(update))

    def complete(self, job: Job, *, again_at: datetime | None = None) -> bool:
        """Delete a finished job; False if its lease was lost.

        If it is to be repeated at `again_at`, or was added again while it ran, it waits as if new.
        """
        delete = sa.delete(jobs).where(*_has_lease(job), jobs.c.again_at.is_(None))
        repeat = sa.update(jobs).where(*_has_lease(job))
        reset = NO_LEASE | {"due_at": _next_due(again_at), "attempts": 0, "failure": None}
        with self._db.write() as connection:
            if again_at is None and connection.execute(delete).rowcount:
                return True
            return bool(connection.execute(repeat.values(**reset)).rowcount)

    def release(self, job: Job, *, now: datetime) -> bool:
        """Give a job back that was not finished, as if it had not been tried; False if its lease
        was lost."""
        values = NO_LEASE | {"due_at": now, "attempts": jobs.c.attempts - 1}
        return bool(self._db.execute(sa.update(jobs).where(*_has_lease(job)).values(**values)))

    def retry_later(self, job: Job, *, failure: str, due_at: datetime) -> bool:
        """Retry a failed job, from `due_at` on; False if its lease was lost."""
        values = NO_LEASE | {"due_at": _next_due(due_at), "failure": failure}
        return bool(self._db.execute(sa.update(jobs).where(*_has_lease(job)).values(**values)))

    def fail(self, job: Job, *, failure: str) -> bool:
        """Fail a job for good, or restart it if it was added again while it ran.

        False if its lease was lost.
        """
        was_added_again = jobs.c.again_at.is_not(None)
        values = NO_LEASE | {
            "state": sa.case((was_added_again, "waiting"), else_="failed"),
            "due_at": sa.case((was_added_again, jobs.c.again_at), else_=jobs.c.due_at),
            "attempts": sa.case((was_added_again, 0), else_=jobs.c.attempts),
            "failure": failure,
        }
        return bool(self._db.execute(sa.update(jobs).where(*_has_lease(job)).values(**values)))

    def is_open(self, kind: str, key: str) -> bool:
        """Whether a job waits or is being done."""
        query = sa.select(jobs.c.id).where(jobs.c.kind == kind, jobs.c.key == key)
        return self._db.fetch_first(query.where(jobs.c.state == "waiting")) is not None

    # -- for people

    def failing(self) -> list[Job]:
        """The jobs that have failed for good or wait after a failure, oldest first."""
        query = sa.select(jobs).where(jobs.c.failure.is_not(None))
        query = query.order_by(jobs.c.state, jobs.c.tried_at, jobs.c.id)
        return [_job_from_row(row) for row in self._db.fetch_all(query)]

    def counts(self) -> list[JobCount]:
        """Count the jobs of each kind."""

        def count(*conditions: sa.ColumnElement[bool]) -> sa.ColumnElement[int]:
            return sa.func.count().filter(*conditions)

        is_failed, has_failure = jobs.c.state == "failed", jobs.c.failure.is_not(None)
        query = sa.select(
            jobs.c.kind,
            count(~is_failed, ~has_failure),
            count(~is_failed, has_failure),
            count(is_failed),
        ).group_by(jobs.c.kind)
        return [JobCount(*row) for row in self._db.fetch_all(query.order_by(jobs.c.kind))]

    def overdue(
        self, *, since: datetime, now: datetime, kinds: Collection[str] | None = None
    ) -> tuple[int, datetime | None]:
        """Count the jobs (of these kinds) that no worker has, and that were due at `since` or
        earlier; returns the count and the earliest due time."""
        is_free = sa.or_(jobs.c.lease_until.is_(None), jobs.c.lease_until <= now)
        is_late = sa.and_(jobs.c.state == "waiting", jobs.c.due_at <= since, is_free)
        query = sa.select(sa.func.count(), sa.func.min(jobs.c.due_at)).where(is_late)
        if kinds is not None:
            query = query.where(jobs.c.kind.in_(kinds))
        with self._db.read() as connection:
            count, oldest = connection.execute(query).one()
        return count, oldest

    def retry(self, job_ids: Sequence[int], *, now: datetime) -> set[int]:
        """Restart failing jobs at once; returns the ids of those restarted."""
        is_failing = jobs.c.failure.is_not(None), jobs.c.worker.is_(None)
        update = sa.update(jobs).where(jobs.c.id.in_(job_ids), *is_failing)
        return self._changed_ids(update.values(state="waiting", attempts=0, due_at=now))

    def bring_forward(self, kinds: Collection[str], *, after: datetime, now: datetime) -> None:
        """Make jobs of these kinds due now if their due time is later than `after`."""
        is_later = jobs.c.state == "waiting", jobs.c.due_at > after, jobs.c.kind.in_(kinds)
        self._db.execute(sa.update(jobs).where(*is_later).values(due_at=now))

    def drop(self, job_ids: Sequence[int]) -> set[int]:
        """Delete jobs that have failed for good; returns the ids of those deleted."""
        delete = sa.delete(jobs).where(jobs.c.id.in_(job_ids), jobs.c.state == "failed")
        return self._changed_ids(delete)

    def _changed_ids(self, statement: sa.Update | sa.Delete) -> set[int]:
        with self._db.write() as connection:
            return set(connection.scalars(statement.returning(jobs.c.id)))


def _is_ready(
    now: datetime, lease: timedelta, key: str | None
) -> tuple[sa.ColumnElement[bool], ...]:
    """The conditions under which a job may be taken now."""
    # A lease from a wrong clock must not hold a job for years.
    is_leased = sa.and_(jobs.c.lease_until > now, jobs.c.lease_until <= now + 2 * lease)
    other = jobs.alias()
    is_other_leased = sa.and_(
        other.c.lease_until > now,
        other.c.lease_until <= now + 2 * lease,
        other.c.source.is_not(None),
    )
    busy_sources = sa.select(other.c.source).where(is_other_leased)
    return (
        jobs.c.state == "waiting",
        jobs.c.due_at <= now if key is None else jobs.c.key == key,
        sa.or_(jobs.c.lease_until.is_(None), ~is_leased),
        sa.or_(jobs.c.source.is_(None), jobs.c.source.not_in(busy_sources)),
    )


def _waiting_since() -> sa.ColumnElement[datetime]:
    """When a job became due, or when its source last had its turn, if that is later."""
    return sa.case(
        (job_turns.c.taken_at > jobs.c.due_at, job_turns.c.taken_at), else_=jobs.c.due_at
    )


def _next_due(due_at: datetime | None) -> Any:
    """When a job is due next: at `due_at`, or earlier if it was added again meanwhile."""
    if due_at is None:
        return jobs.c.again_at
    return _earlier_time(jobs.c.again_at, sa.literal(due_at, Instant))


def _earlier_time(column: sa.Column[datetime], time: Any) -> sa.ColumnElement[datetime]:
    return sa.case((column < time, column), else_=time)


def _has_lease(job: Job) -> tuple[sa.ColumnElement[bool], ...]:
    return jobs.c.id == job.id, jobs.c.worker == job.worker


def _job_from_row(row: sa.Row[Any]) -> Job:
    names = (field.name for field in fields(Job) if field.name != "was_interrupted")
    return Job(**{name: getattr(row, name) for name in names})
