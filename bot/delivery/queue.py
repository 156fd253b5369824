"""The queue of jobs: how a worker gets and ends them, and what people do about them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot import store
from bot.delivery.backoff import back_off
from bot.errors import NotFoundError
from bot.store import Job

JOB_LEASE = timedelta(minutes=2)
"""For how long a worker has a job until it says that it is still at it."""

OVERDUE = timedelta(minutes=5)
"""What has been due for so long that nobody seems to be doing it."""

MIN_REPEAT_DELAY = timedelta(seconds=1)
"""How soon a job that is done may be done again: one whose hour has come already, because another
has in hand what it is about, must not be done a thousand times meanwhile."""

DELAY_LIMITED_KINDS = ("poll", "page", "mend", "send")
"""None of these waits by right for longer than a feed may: it would have its hour from a clock
that was wrong."""

StandingJobs = Callable[[str | None], None]
"""Makes sure that the jobs are there that should always be, for a workspace's worker or another."""


@dataclass(eq=False, repr=False, kw_only=True)
class JobQueue:
    """The jobs of all kinds. What does them is a worker's own."""

    jobs: store.Jobs
    standing: Sequence[StandingJobs]
    longest_wait: timedelta
    now: Callable[[], datetime]

    def take(self, worker: str, kinds: Collection[str], team: str | None) -> Job | None:
        """Take the job of these kinds that has been due longest, of those for anybody and those
        for the workspace `team`."""
        return self.jobs.take(worker, now=self.now(), lease=JOB_LEASE, kinds=kinds, team=team)

    def extend_lease(self, job: Job) -> bool:
        """Say that a worker is still at a job; False if it has lost it to another."""
        return self.jobs.extend(job, now=self.now(), lease=JOB_LEASE)

    def done(self, job: Job, again_at: datetime | None) -> bool:
        """Note that a job is done, and when it is to be done again, if at all; False if the worker
        has lost it to another."""
        if again_at:
            again_at = max(again_at, self.now() + MIN_REPEAT_DELAY)
        return self.jobs.done(job, again_at=again_at)

    def failed(self, job: Job, failure: str, max_attempts: int | None) -> datetime | None:
        """Note that a job failed; returns when it is tried again, None if not by itself."""
        if max_attempts is not None and job.attempts >= max_attempts:
            self.jobs.fail(job, failure=failure)
            return None
        due_at = self.now() + back_off(job.attempts, f"{job.kind} {job.key}")
        self.jobs.retry_later(job, failure=failure, due_at=due_at)
        return due_at

    def ensure_standing_jobs(self, team: str | None) -> None:
        """Make sure that every job is there that should always be, of the workspace whose worker
        asks and of none.

        They are added when what they stand for is; this brings back what an earlier version, or a
        clock that was wrong for a while, has left undone.
        """
        for kept in self.standing:
            kept(team)
        now = self.now()
        self.jobs.bring_forward(DELAY_LIMITED_KINDS, after=now + self.longest_wait, now=now)

    def overdue(self, kinds: Collection[str] | None = None) -> tuple[int, timedelta]:
        """How many jobs (of these kinds) have been waiting for long that nobody does, and for how
        long the oldest."""
        now = self.now()
        number, since = self.jobs.overdue(since=now - OVERDUE, now=now, kinds=kinds)
        return number, now - (since or now)

    def count_due(self, kinds: Collection[str]) -> int:
        """How many jobs of these kinds are due, and no worker has taken yet."""
        now = self.now()
        number, _since = self.jobs.overdue(since=now, now=now, kinds=kinds)
        return number

    def retry(self, job_ids: Sequence[int] | None = None) -> int:
        """Let jobs in trouble be tried again at once, all where none is named; returns how many
        there are. Raises NotFoundError for those that are not in trouble."""
        chosen = [job.id for job in self.jobs.failing()] if job_ids is None else job_ids
        changed = self.jobs.retry(chosen, now=self.now())
        if job_ids is not None:
            _require_all(job_ids, changed, "these jobs aren't waiting to be retried")
        return len(changed)

    def drop(self, job_ids: Sequence[int]) -> int:
        """Forget jobs that have failed for good; returns how many. Raises NotFoundError for those
        that have not."""
        dropped = self.jobs.drop(job_ids)
        _require_all(job_ids, dropped, "these jobs haven't failed for good")
        return len(dropped)


def _require_all(job_ids: Sequence[int], changed: set[int], why: str) -> None:
    if left := sorted(set(job_ids) - changed):
        raise NotFoundError(
            why,
            subject=", ".join(map(str, left)),
            remedy="claimdesk jobs lists them all. Any others you named were dealt with.",
        )
