"""What is to be done later: one row for each job, whoever does it.

A job waits until it is due. A worker takes it for as long as its lease runs and extends the lease
while it works; when it is done the row goes. A worker that dies leaves a lease that runs out, and
another takes the job: so each is done at least once, and what does it must be able to do it twice.
A job that has failed for good stays, with the reason, until a person retries or drops it.

There is one job of a kind and key. Asked for again while it waits, the earlier hour counts; while
it is being done, it is done once more afterwards, since what was asked for may have come too late
for the work that is under way; after it has failed, it begins anew.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields, replace
from datetime import datetime, timedelta
from typing import Any, Literal

import sqlalchemy as sa

from bot.store.database import Database
from bot.store.schema import Instant, jobs

JobState = Literal["waiting", "failed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One thing to do: `key` says with what, `payload` what else there is to know (JSON).

    `team` is the workspace whose worker is to do it, None where any worker may. `attempts` counts
    those since it was last done, the present one too; `tried_at` is when that began. `worker` is
    the name of the lease: no two leases have the same. `interrupted` is, of one that has just
    been taken, whether whoever had it before never said how it ended.
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
        connection: sa.Connection | None = None,
    ) -> None:
        """Ask for a job from `due_at` on; over a `connection`, as part of its transaction.

        The latest payload is the one that counts. Other people's work is in the same transaction
        so that neither is there without the other.
        """
        insert = self._db.insert(jobs).values(
            kind=kind,
            key=key,
            payload=payload,
            team=team,
            state="waiting",
            due_at=due_at,
            attempts=0,
        )
        new, failed = insert.excluded, jobs.c.state == "failed"
        taken = jobs.c.worker.is_not(None)
        again = insert.on_conflict_do_update(
            index_elements=["kind", "key"],
            set_={
                "payload": new.payload,
                "team": new.team,
                "state": "waiting",
                "due_at": sa.case(
                    (taken, jobs.c.due_at),
                    (sa.and_(~failed, jobs.c.due_at < new.due_at), jobs.c.due_at),
                    else_=new.due_at,
                ),
                "again_at": sa.case((taken, _earlier(jobs.c.again_at, new.due_at))),
                "attempts": sa.case((failed, 0), else_=jobs.c.attempts),
                "failure": sa.case((failed, None), else_=jobs.c.failure),
            },
        )
        with self._writing(connection) as open_connection:
            open_connection.execute(again)

    def take(
        self,
        worker: str,
        *,
        now: datetime,
        lease: timedelta,
        kinds: Collection[str],
        team: str | None = None,
    ) -> Job | None:
        """Take the job of these kinds that has been due longest; None if none is to be had.

        Of those that are a workspace's only those of `team`. Several workers may ask at once: each
        job is taken by one.
        """
        free = sa.or_(jobs.c.lease_until.is_(None), jobs.c.lease_until <= now)
        # A lease that a clock has given out which was wrong must not hold a job for years.
        free = sa.or_(free, jobs.c.lease_until > now + 2 * lease)
        ready = sa.and_(jobs.c.state == "waiting", jobs.c.due_at <= now, free)
        mine = sa.or_(jobs.c.team.is_(None), jobs.c.team == team)
        first = sa.select(jobs.c.id, jobs.c.worker).where(ready, mine, jobs.c.kind.in_(kinds))
        first = first.order_by(jobs.c.due_at, jobs.c.id).limit(1)
        values = {
            "worker": f"{worker}/{secrets.token_hex(4)}",
            "lease_until": now + lease,
            "attempts": jobs.c.attempts + 1,
            "tried_at": now,
        }
        while True:
            # Looking takes no lock, and mostly there is nothing to do.
            with self._db.read() as connection:
                found = connection.execute(first).first()
            if found is None:
                return None
            same = jobs.c.id == found.id, jobs.c.worker.is_not_distinct_from(found.worker)
            taking = sa.update(jobs).where(*same, ready).values(**values).returning(jobs)
            with self._db.write() as connection:
                if row := connection.execute(taking).first():
                    return replace(_job(row), was_interrupted=found.worker is not None)
            # Another worker was faster: see what else there is.

    def extend(self, job: Job, *, now: datetime, lease: timedelta) -> bool:
        """Keep a job for longer; False if its lease was lost."""
        return self._change(sa.update(jobs).where(*_held(job)).values(lease_until=now + lease))

    def done(self, job: Job, *, again_at: datetime | None = None) -> bool:
        """Note that a job is done; False if its lease was lost.

        It goes, unless it is to be done again at `again_at` or has been asked for meanwhile: then
        it waits as if it were new.
        """
        gone = sa.delete(jobs).where(*_held(job), jobs.c.again_at.is_(None))
        next_time = sa.update(jobs).where(*_held(job)).values(**_anew(_next(again_at)))
        with self._db.write() as connection:
            if again_at is None and connection.execute(gone).rowcount:
                return True
            return bool(connection.execute(next_time).rowcount)

    def retry_later(self, job: Job, *, failure: str, due_at: datetime) -> bool:
        """Let a job that failed be tried again from `due_at` on; False if its lease was lost."""
        values = FREE | {"due_at": _next(due_at), "failure": failure}
        return self._change(sa.update(jobs).where(*_held(job)).values(**values))

    def fail(self, job: Job, *, failure: str) -> bool:
        """Give a job up for good, unless it has been asked for meanwhile: then it begins anew.
        False if its lease was lost."""
        asked = jobs.c.again_at.is_not(None)
        values = FREE | {
            "state": sa.case((asked, "waiting"), else_="failed"),
            "due_at": sa.case((asked, jobs.c.again_at), else_=jobs.c.due_at),
            "attempts": sa.case((asked, 0), else_=jobs.c.attempts),
            "failure": failure,
        }
        return self._change(sa.update(jobs).where(*_held(job)).values(**values))

    # -- for people

    def failing(self) -> list[Job]:
        """The jobs that have failed for good and those that wait after a failure, oldest first."""
        query = sa.select(jobs).where(jobs.c.failure.is_not(None))
        with self._db.read() as connection:
            rows = connection.execute(query.order_by(jobs.c.state, jobs.c.tried_at, jobs.c.id))
            return [_job(row) for row in rows]

    def counts(self) -> list[JobCount]:
        """Count the jobs of each kind."""

        def count(*where: sa.ColumnElement[bool]) -> sa.ColumnElement[int]:
            return sa.func.count().filter(*where)

        failed, ill = jobs.c.state == "failed", jobs.c.failure.is_not(None)
        query = sa.select(
            jobs.c.kind, count(~failed, ~ill), count(~failed, ill), count(failed)
        ).group_by(jobs.c.kind)
        with self._db.read() as connection:
            return [JobCount(*row) for row in connection.execute(query.order_by(jobs.c.kind))]

    def overdue(
        self, *, since: datetime, now: datetime, kinds: Collection[str] | None = None
    ) -> tuple[int, datetime | None]:
        """How many jobs (of these kinds) have been due since an hour or longer and nobody is doing,
        and since when the oldest."""
        free = sa.or_(jobs.c.lease_until.is_(None), jobs.c.lease_until <= now)
        late = sa.and_(jobs.c.state == "waiting", jobs.c.due_at <= since, free)
        query = sa.select(sa.func.count(), sa.func.min(jobs.c.due_at)).where(late)
        if kinds is not None:
            query = query.where(jobs.c.kind.in_(kinds))
        with self._db.read() as connection:
            number, oldest = connection.execute(query).one()
        return number, oldest

    def retry(self, job_ids: Sequence[int], *, now: datetime) -> set[int]:
        """Let jobs in trouble be tried again at once, as if for the first time; returns the ids of
        those that are."""
        ill = jobs.c.failure.is_not(None), jobs.c.worker.is_(None)
        change = sa.update(jobs).where(jobs.c.id.in_(job_ids), *ill)
        change = change.values(state="waiting", attempts=0, due_at=now)
        return self._changed(change)

    def bring_forward(self, kinds: Collection[str], *, after: datetime, now: datetime) -> None:
        """Let the jobs of these kinds that wait for an hour after `after` be done now."""
        far = jobs.c.state == "waiting", jobs.c.due_at > after, jobs.c.kind.in_(kinds)
        self._change(sa.update(jobs).where(*far).values(due_at=now))

    def drop(self, job_ids: Sequence[int]) -> set[int]:
        """Forget jobs that have failed for good; returns the ids of those that were."""
        failed = jobs.c.state == "failed"
        return self._changed(sa.delete(jobs).where(jobs.c.id.in_(job_ids), failed))

    @contextmanager
    def _writing(self, connection: sa.Connection | None) -> Iterator[sa.Connection]:
        if connection is not None:
            yield connection
            return
        with self._db.write() as own:
            yield own

    def _change(self, change: sa.Update) -> bool:
        with self._db.write() as connection:
            return bool(connection.execute(change).rowcount)

    def _changed(self, change: sa.Update | sa.Delete) -> set[int]:
        with self._db.write() as connection:
            return set(connection.scalars(change.returning(jobs.c.id)))


FREE: dict[str, Any] = {"worker": None, "lease_until": None, "again_at": None}


def _anew(due_at: Any) -> dict[str, Any]:
    return FREE | {"due_at": due_at, "attempts": 0, "failure": None}


def _next(at: datetime | None) -> Any:
    """When a job is to be done next: at an hour, or earlier where it was asked for meanwhile."""
    return jobs.c.again_at if at is None else _earlier(jobs.c.again_at, sa.literal(at, Instant))


def _earlier(column: sa.Column[datetime], other: Any) -> sa.ColumnElement[datetime]:
    return sa.case((column < other, column), else_=other)


def _held(job: Job) -> tuple[sa.ColumnElement[bool], ...]:
    return jobs.c.id == job.id, jobs.c.worker == job.worker


def _job(row: sa.Row[Any]) -> Job:
    known = [field.name for field in fields(Job) if field.name in row._fields]
    return Job(**{name: getattr(row, name) for name in known})
