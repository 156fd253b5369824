"""Workers: take jobs that are due, run their handlers, record the results. Several may run at once.

Higher layers register the handlers. A job is handled at least once, so handlers must be idempotent.
"""

from __future__ import annotations

import asyncio
import contextlib
import contextvars
import logging
import os
import secrets
import socket
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import cast

from bot.delivery.kinds import KINDS, JobKind
from bot.delivery.queue import JOB_LEASE, JobQueue
from bot.errors import BotError, StoppingError
from bot.monitoring.metrics import Metrics
from bot.monitoring.requests import begin_request, current_request
from bot.store import Job

log = logging.getLogger(__name__)

POLL_INTERVAL = timedelta(seconds=1)
"""How often to check for due jobs."""
FAILURE_PAUSE = timedelta(seconds=30)
"""The pause after a failure of the queue, which rarely passes within a second. A shorter pause
would fill the log."""
STANDING_JOBS_INTERVAL = timedelta(minutes=5)
"""How often to make sure that the standing jobs exist."""
STOP_TIMEOUT = 10.0
"""Seconds that running jobs have to finish when the worker stops. Whoever finds the others after
their lease does them again."""

ThreadHandler = Callable[[Job], datetime | None]
LoopHandler = Callable[[Job], Awaitable[datetime | None]]
Handler = ThreadHandler | LoopHandler
"""A function that does a job and returns when to repeat it, or None. Handlers that need Slack run
in the event loop, all others in a thread."""


class Worker:
    """Runs the jobs of one workspace and those without a workspace.

    It runs the kinds that it has handlers for. Other kinds may come from a newer version.
    """

    def __init__(
        self,
        queue: JobQueue,
        handlers: Mapping[str, Handler],
        team: str | None,
        kinds: Mapping[str, JobKind] = KINDS,
        metrics: Metrics | None = None,
    ) -> None:
        self._queue, self._handlers, self._team = queue, handlers, team
        self._metrics = metrics or Metrics()
        self._kinds = {name: kinds[name] for name in handlers}
        self._name = f"{socket.gethostname()}-{os.getpid()}-{secrets.token_hex(3)}"
        self._running: dict[asyncio.Task[None], str] = {}
        self._wake, self._is_stopping = asyncio.Event(), False
        # A thread pool of its own, so that jobs waiting for slow servers do not delay answers.
        slots = sum(kind.max_concurrent for kind in self._kinds.values() if not kind.needs_slack)
        self._threads = ThreadPoolExecutor(max(1, slots), "job")

    @property
    def kinds(self) -> Collection[str]:
        """The kinds of jobs that this worker runs."""
        return self._handlers.keys()

    async def run(self) -> None:
        """Run jobs until cancelled; running jobs are finished first, within STOP_TIMEOUT."""
        loop = asyncio.create_task(self._run_loop())
        try:
            await asyncio.shield(loop)
        except asyncio.CancelledError:
            self._is_stopping = True
            self._wake.set()
            await asyncio.wait([loop], timeout=STOP_TIMEOUT)
            for job in self._running.values():
                log.error("a job of kind %s did not finish before the worker stopped", job)
            raise

    def wake(self) -> None:
        """Look for due jobs now."""
        self._wake.set()

    async def run_due(self) -> None:
        """Run all jobs that are due, and return when they are done."""
        while await self._start_due() or self._running:
            if self._running:
                await asyncio.wait(self._running, return_when=asyncio.FIRST_COMPLETED)

    async def _run_loop(self) -> None:
        time, interval = asyncio.get_running_loop().time, STANDING_JOBS_INTERVAL.total_seconds()
        last_check = -interval
        while not self._is_stopping:
            self._wake.clear()
            is_ok = True
            if time() - last_check >= interval:
                last_check = time()
                ensure_jobs = asyncio.to_thread(self._queue.ensure_standing_jobs, self._team)
                is_ok = await _log_failure(ensure_jobs)
            is_ok = await _log_failure(self._start_due()) and is_ok
            with contextlib.suppress(TimeoutError):
                # A finished job wakes the loop early, since more of its kind may be due.
                pause = POLL_INTERVAL if is_ok else FAILURE_PAUSE
                await asyncio.wait_for(self._wake.wait(), pause.total_seconds())
        await asyncio.gather(*self._running)
        self._threads.shutdown(wait=False)

    async def _start_due(self) -> bool:
        """Start the due jobs for which there is a slot; returns whether there were any."""
        has_started = False
        while not self._is_stopping:
            busy = Counter(self._running.values())
            free_kinds = [
                name for name, kind in self._kinds.items() if busy[name] < kind.max_concurrent
            ]
            if not free_kinds:
                break
            job = await asyncio.to_thread(self._queue.take, self._name, free_kinds, self._team)
            if job is None:
                break
            task = asyncio.create_task(self._run_job(job))
            self._running[task] = job.kind
            task.add_done_callback(self._on_done)
            has_started = True
        return has_started

    def _on_done(self, task: asyncio.Task[None]) -> None:
        del self._running[task]
        self._wake.set()

    async def _run_job(self, job: Job) -> None:
        begin_request()  # of this task alone; its reference is in every line that the job logs
        async with kept_lease(self._queue, job):
            with self._metrics.job_seconds.labels(job.kind).time():
                await _log_failure(self._handle_and_record(job))

    async def _handle_and_record(self, job: Job) -> None:
        max_attempts = self._kinds[job.kind].max_attempts
        if max_attempts is not None and job.attempts > max_attempts:
            await self._record_failure(job, "the worker that had it stopped halfway")
            return
        try:
            again_at = await self._handle(job)
        except StoppingError:
            await asyncio.to_thread(self._queue.release, job)
            self._count(job, "released")
            log.info("%s %s is left for the next start", job.kind, job.key)
        except BotError as error:
            await self._record_failure(job, str(error))
        except Exception as error:
            log.exception("%s %s: unexpected error", job.kind, job.key)
            cause = f"unexpected error ({type(error).__name__}); the log says where"
            await self._record_failure(job, cause)
        else:
            self._count(job, "ok")
            if not await asyncio.to_thread(self._queue.complete, job, again_at):
                log.warning("%s %s took so long that another worker took over", job.kind, job.key)

    async def _handle(self, job: Job) -> datetime | None:
        handler = self._handlers[job.kind]
        if self._kinds[job.kind].needs_slack:
            return await cast(LoopHandler, handler)(job)
        loop, run = asyncio.get_running_loop(), contextvars.copy_context().run
        return await loop.run_in_executor(self._threads, run, cast(ThreadHandler, handler), job)

    def _count(self, job: Job, outcome: str) -> None:
        self._metrics.jobs_done.labels(job.kind, outcome).inc()

    async def _record_failure(self, job: Job, failure: str) -> None:
        max_attempts = self._kinds[job.kind].max_attempts
        request, shown = current_request(), failure
        if request:
            shown = f"{failure} (ref {request.reference})"
        retry_at = await asyncio.to_thread(self._queue.record_failure, job, shown, max_attempts)
        self._count(job, "retried" if retry_at else "failed")
        if retry_at:
            time = f"{retry_at:%H:%M:%S}"
            log.error("%s %s: will retry at %s: %s", job.kind, job.key, time, failure)
        else:
            message = "%s %s failed and will not be retried: %s. claimdesk jobs lists it"
            log.error(message, job.kind, job.key, failure.rstrip("."))


@contextlib.asynccontextmanager
async def kept_lease(queue: JobQueue, job: Job) -> AsyncIterator[None]:
    """Extend a job's lease while it is being done."""

    async def extend() -> None:
        while True:
            await asyncio.sleep(JOB_LEASE.total_seconds() / 4)
            await _log_failure(asyncio.to_thread(queue.extend_lease, job))

    task = asyncio.create_task(extend())
    try:
        yield
    finally:
        task.cancel()


async def _log_failure(work: Awaitable[object]) -> bool:
    """Await some work and log its error, if any; returns whether it succeeded."""
    try:
        await work
    except BotError as error:
        log.error("the worker continues after: %s", error)
    except Exception:
        log.exception("the worker continues after an unexpected error")
    else:
        return True
    return False
