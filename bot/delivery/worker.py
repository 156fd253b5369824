"""The worker: take jobs when they are due, do them, note what came of it. Several may run at once.

What does a kind of job is registered from above. A handler is told of a job at least once, so it
must be able to do it twice.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import secrets
import socket
from collections import Counter
from collections.abc import Awaitable, Callable, Collection, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import cast

from bot.delivery.kinds import KINDS, JobKind
from bot.delivery.mail import MaybeSent
from bot.delivery.queue import JOB_LEASE, JobQueue
from bot.errors import BotError
from bot.store import Job

log = logging.getLogger(__name__)

POLL_INTERVAL = timedelta(seconds=1)
"""Between two looks for what is due."""
FAILURE_PAUSE = timedelta(seconds=30)
"""How long it waits after a failure: most don't pass in a second, and the log has to be read."""
STANDING_JOBS_INTERVAL = timedelta(minutes=5)
"""How often it makes sure that the standing jobs are there."""

ThreadHandler = Callable[[Job], datetime | None]
LoopHandler = Callable[[Job], Awaitable[datetime | None]]
Handler = ThreadHandler | LoopHandler
"""Does a job; returns when it is to be done again, or None. Those of kinds that need Slack run in
the event loop, all others in a thread."""


class Worker:
    """Does the jobs of one workspace and those that are nobody's, of the kinds that it has handlers
    for. Kinds that it does not know, a newer version's, it leaves alone."""

    def __init__(
        self,
        queue: JobQueue,
        handlers: Mapping[str, Handler],
        team: str | None,
        kinds: Mapping[str, JobKind] = KINDS,
    ) -> None:
        self._queue, self._handlers, self._team = queue, handlers, team
        self._kinds = {kind: kinds[kind] for kind in handlers}
        self._name = f"{socket.gethostname()}-{os.getpid()}-{secrets.token_hex(3)}"
        self._at_work: dict[asyncio.Task[None], str] = {}
        self._woken, self._stopping = asyncio.Event(), False
        # Threads of its own: what waits for a slow server must not keep answers waiting.
        slots = sum(one.max_concurrent for one in self._kinds.values() if not one.needs_slack)
        self._threads = ThreadPoolExecutor(max(1, slots), "job")

    @property
    def kinds(self) -> Collection[str]:
        """The kinds of jobs that it does."""
        return self._handlers.keys()

    async def run(self) -> None:
        """Work until cancelled. What is being done then is finished first."""
        working = asyncio.create_task(self._work())
        try:
            await asyncio.shield(working)
        except asyncio.CancelledError:
            self._stopping = True
            self._woken.set()
            await asyncio.wait([working])
            raise

    async def run_due(self) -> None:
        """Do all that is due now, and return when it is done."""
        while await self._begin_due() or self._at_work:
            if self._at_work:
                await asyncio.wait(self._at_work, return_when=asyncio.FIRST_COMPLETED)

    async def _work(self) -> None:
        loop = asyncio.get_running_loop()
        looked = -STANDING_JOBS_INTERVAL.total_seconds()
        while not self._stopping:
            self._woken.clear()
            well = True
            if loop.time() - looked >= STANDING_JOBS_INTERVAL.total_seconds():
                looked = loop.time()
                well = await _log_failure(
                    asyncio.to_thread(self._queue.ensure_standing_jobs, self._team)
                )
            well = await _log_failure(self._begin_due()) and well
            with contextlib.suppress(TimeoutError):
                # It is woken when something is done, since more of that kind may be due.
                pause = POLL_INTERVAL if well else FAILURE_PAUSE
                await asyncio.wait_for(self._woken.wait(), pause.total_seconds())
        await asyncio.gather(*self._at_work)
        self._threads.shutdown(wait=False)

    async def _begin_due(self) -> bool:
        """Begin what is due now and has a free place; returns whether there was anything."""
        begun = False
        while not self._stopping:
            busy = Counter(self._at_work.values())
            kinds = [kind for kind, one in self._kinds.items() if busy[kind] < one.max_concurrent]
            take = self._queue.take
            if not kinds or not (
                job := await asyncio.to_thread(take, self._name, kinds, self._team)
            ):
                break
            task = asyncio.create_task(self._do(job))
            self._at_work[task] = job.kind
            task.add_done_callback(self._ended)
            begun = True
        return begun

    def _ended(self, task: asyncio.Task[None]) -> None:
        del self._at_work[task]
        self._woken.set()

    async def _do(self, job: Job) -> None:
        holding = asyncio.create_task(self._hold(job))
        try:
            await _log_failure(self._do_and_note(job))
        finally:
            holding.cancel()

    async def _do_and_note(self, job: Job) -> None:
        max_attempts = self._kinds[job.kind].max_attempts
        if max_attempts is not None and job.attempts > max_attempts:
            await self._note_failure(job, "the worker that had it stopped halfway")
            return
        try:
            again_at = await self._handled(job)
        except MaybeSent as error:
            await self._note_failure(job, str(error), is_final=True)
        except BotError as error:
            await self._note_failure(job, str(error))
        except Exception as error:
            log.exception("%s %s: unexpected error", job.kind, job.key)
            cause = f"unexpected error ({type(error).__name__}); the log says where"
            await self._note_failure(job, cause)
        else:
            if not await asyncio.to_thread(self._queue.done, job, again_at):
                log.warning("%s %s took so long that another worker took over", job.kind, job.key)

    async def _handled(self, job: Job) -> datetime | None:
        handler = self._handlers[job.kind]
        if self._kinds[job.kind].needs_slack:
            return await cast(LoopHandler, handler)(job)
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, cast(ThreadHandler, handler), job)

    async def _note_failure(self, job: Job, failure: str, *, is_final: bool = False) -> None:
        max_attempts = 0 if is_final else self._kinds[job.kind].max_attempts
        again_at = await asyncio.to_thread(self._queue.failed, job, failure, max_attempts)
        if again_at:
            at = f"{again_at:%H:%M:%S}"
            log.error("%s %s: will retry at %s: %s", job.kind, job.key, at, failure)
        else:
            words = "%s %s failed and will not be retried: %s. claimdesk jobs lists it"
            log.error(words, job.kind, job.key, failure.rstrip("."))

    async def _hold(self, job: Job) -> None:
        """Keep a job's lease while it is being done."""
        while True:
            await asyncio.sleep(JOB_LEASE.total_seconds() / 4)
            await _log_failure(asyncio.to_thread(self._queue.extend_lease, job))


async def _log_failure(work: Awaitable[object]) -> bool:
    """Do a piece of work; log what fails of it, and say whether all went well."""
    try:
        await work
    except BotError as error:
        log.error("the worker continues after: %s", error)
    except Exception:
        log.exception("the worker continues after an unexpected error")
    else:
        return True
    return False
