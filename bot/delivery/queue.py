"""The queue of jobs: how workers take and finish jobs, and how people retry and drop them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot import store
from bot.delivery.backoff import backoff_delay
from bot.errors import NotFoundError
from bot.store import Job

JOB_LEASE = timedelta(minutes=2)
"""How long a worker has a job before it must extend its lease."""

OVERDUE = timedelta(minutes=5)
"""A job that has been due this long is overdue: probably no worker is running."""

MIN_REPEAT_DELAY = timedelta(seconds=1)
"""The least time before a job is repeated. Without it, a job that is due but waits for another
worker's lease would be repeated thousands of times."""

DELAY_LIMITED_KINDS = ("poll", "page", "mend", "send")
"""Jobs of these kinds never wait longer than the longest interval of a feed, unless a wrong
clock has set their due time."""

EnsureJobs = Callable[[str | None], None]
"""A function that makes sure that certain jobs exist, for the workspace of a worker."""


@dataclass(eq=False, repr=False, kw_only=True)
class JobQueue:
    """The jobs of all kinds, which workers run.

    `longest_wait` is how long jobs of DELAY_LIMITED_KINDS wait at most.
    """

    jobs: store.Jobs
    standing_jobs: Sequence[EnsureJobs]
    longest_wait: timedelta
    now: Callable[[], datetime]

    def take(self, worker: str, kinds: Collection[str], team: str | None) -> Job | None:
        """Take the job of these kinds whose turn it is, for `team` or for no workspace."""
        return self.jobs.take(worker, now=self.now(), lease=JOB_LEASE, kinds=kinds, team=team)

    def take_awaited(self, kind: str, key: str) -> Job | None:
        """Take a job that somebody awaits, due or not; None if it is not its source's turn."""
        return self.jobs.take("awaited", now=self.now(), lease=JOB_LEASE, kinds=[kind], key=key)

    def release(self, job: Job) -> bool:
        """Give a job back that was not finished because the process stops."""
        return self.jobs.release(job, now=self.now())

    def extend_lease(self, job: Job) -> bool:
        """Extend a worker's lease of a job; False if it was lost."""
        return self.jobs.extend(job, now=self.now(), lease=JOB_LEASE)

    def complete(self, job: Job, again_at: datetime | None) -> bool:
        """Finish a job, and repeat it at `again_at` if given; False if the lease was lost."""
        if again_at:
            again_at = max(again_at, self.now() + MIN_REPEAT_DELAY)
        return self.jobs.complete(job, again_at=again_at)

    def record_failure(self, job: Job, failure: str, max_attempts: int | None) -> datetime | None:
        """Record that a job failed; returns when it is retried, None if never."""
        if max_attempts is not None and job.attempts >= max_attempts:
            self.jobs.fail(job, failure=failure)
            return None
        due_at = self.now() + backoff_delay(job.attempts, f"{job.kind} {job.key}")
        self.jobs.retry_later(job, failure=failure, due_at=due_at)
        return due_at

    def ensure_standing_jobs(self, team: str | None) -> None:
        """Make sure that all standing jobs exist, of the workspace `team` and of no workspace.

        Usually each is added together with its feed, digest or message. This restores jobs that an
        earlier version lost, and corrects due times that a wrong clock has set.
        """
        for ensure_jobs in self.standing_jobs:
            ensure_jobs(team)
        now = self.now()
        self.jobs.bring_forward(DELAY_LIMITED_KINDS, after=now + self.longest_wait, now=now)

    def count_overdue(self, kinds: Collection[str] | None = None) -> tuple[int, timedelta]:
        """Count the overdue jobs, of these kinds or of all, and tell how long the oldest has been
        due."""
        now = self.now()
        count, since = self.jobs.overdue(since=now - OVERDUE, now=now, kinds=kinds)
        return count, now - (since or now)

    def count_due(self, kinds: Collection[str]) -> int:
        """Count the jobs of these kinds that are due and that no worker has taken."""
        now = self.now()
        count, _since = self.jobs.overdue(since=now, now=now, kinds=kinds)
        return count

    def retry(self, job_ids: Sequence[int] | None = None) -> int:
        """Restart the failing jobs with these ids at once, or all failing jobs; returns how many.

        Raises NotFoundError if some of the jobs are not failing.
        """
        if job_ids is None:
            return len(self.jobs.retry([job.id for job in self.jobs.failing()], now=self.now()))
        restarted = self.jobs.retry(job_ids, now=self.now())
        return _require_all(job_ids, restarted, "these jobs aren't waiting to be retried")

    def drop(self, job_ids: Sequence[int]) -> int:
        """Delete jobs that have failed for good; returns how many.

        Raises NotFoundError if some of the jobs have not.
        """
        dropped = self.jobs.drop(job_ids)
        return _require_all(job_ids, dropped, "these jobs haven't failed for good")


def _require_all(job_ids: Sequence[int], changed_ids: set[int], message: str) -> int:
    if missing := sorted(set(job_ids) - changed_ids):
        raise NotFoundError(
            message,
            subject=", ".join(map(str, missing)),
            remedy="claimdesk jobs lists them all. Any others you named were dealt with.",
        )
    return len(changed_ids)
