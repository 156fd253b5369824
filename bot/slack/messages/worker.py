"""The worker: take jobs when they are due, do them, note what came of it. Several may run at once.

`HANDLERS` says what does a kind of job. A handler is told of a job at least once, so it must be
able to do it twice; it returns when the job is to be done again, or None.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import secrets
import socket
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast

from slack_sdk.web.async_client import AsyncWebClient

from bot.delivery.mail import MaybeSent
from bot.errors import BotError
from bot.newsroom import Newsroom
from bot.newsroom.delivery.jobs import LEASE
from bot.slack.messages.digest_job import post_due
from bot.slack.messages.mail import mail_digest
from bot.slack.messages.outbox import deliver_due
from bot.slack.messages.updates import mend
from bot.slack.surfaces.digests.chart import post_chart
from bot.slack.surfaces.digests.details import ask_for_details
from bot.store import Job

log = logging.getLogger(__name__)

TICK = timedelta(seconds=1)
"""Between two looks for what is due."""
PAUSE = timedelta(seconds=30)
"""How long it waits after a failure: most don't pass in a second, and the log has to be read."""
STANDING = timedelta(minutes=5)
"""How often it makes sure that the standing jobs are there."""
MOST_ATTEMPTS = 10
"""With the waits of bot.delivery.backoff, about five hours."""


@dataclass(frozen=True, slots=True)
class InThread:
    """Does a kind of job without Slack, in a thread: `at_once` of them at a time. Where
    `most_attempts` is None it never gives up."""

    do: Callable[[Newsroom, Job], datetime | None]
    at_once: int = 1
    most_attempts: int | None = MOST_ATTEMPTS


@dataclass(frozen=True, slots=True)
class InSlack:
    """Does a kind of job with a client of Slack; for the rest like InThread."""

    do: Callable[[Newsroom, AsyncWebClient, Job], Awaitable[datetime | None]]
    at_once: int = 1
    most_attempts: int | None = MOST_ATTEMPTS


Handler = InThread | InSlack

HANDLERS: Mapping[str, Handler] = {
    # A channel without this job would get no digest ever again.
    "digest": InSlack(post_due, at_once=4, most_attempts=None),
    # What is killed must not stand there because Slack was out for a night.
    "mend": InSlack(mend, at_once=4, most_attempts=None),
    # What waits in a channel must come, however long Slack is away.
    "send": InSlack(deliver_due, at_once=4, most_attempts=None),
    # A feed without this job would never be read again.
    "poll": InThread(
        lambda newsroom, job: newsroom.polls.poll_due(job), at_once=4, most_attempts=None
    ),
    # Nor would an article be shown whose embargo has ended.
    "release": InThread(
        lambda newsroom, job: newsroom.intake.articles.release_when_due(job), most_attempts=None
    ),
    "page": InThread(lambda newsroom, job: newsroom.polls.read_page(job), at_once=2),
    # What belongs to a digest that stands in its channel.
    "detail": InThread(ask_for_details),
    "chart": InSlack(post_chart),
    "mail": InThread(mail_digest),
    # Without one of these nobody would be told any more of what they watch for.
    "watch": InThread(
        lambda newsroom, job: newsroom.watches.matches.match_news(job), most_attempts=None
    ),
    "alert": InThread(lambda newsroom, job: newsroom.watches.tell_found(job), most_attempts=None),
}


class Worker:
    """Does the jobs of one workspace and those that are nobody's; without a `client` only those
    that need no Slack. Kinds that it does not know, a newer version's, it leaves alone."""

    def __init__(
        self,
        newsroom: Newsroom,
        client: AsyncWebClient | None,
        team: str | None,
        handlers: Mapping[str, Handler] = HANDLERS,
    ) -> None:
        self._newsroom, self._client, self._team = newsroom, client, team
        self._handlers = {
            kind: handler
            for kind, handler in handlers.items()
            if client or isinstance(handler, InThread)
        }
        self._name = f"{socket.gethostname()}-{os.getpid()}-{secrets.token_hex(3)}"
        self._at_work: dict[asyncio.Task[None], str] = {}
        self._woken, self._stopping = asyncio.Event(), False
        # Threads of its own: what waits for a slow server must not keep answers waiting.
        slots = sum(one.at_once for one in self._handlers.values() if isinstance(one, InThread))
        self._threads = ThreadPoolExecutor(max(1, slots), "job")

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

    async def work_off(self) -> None:
        """Do all that is due now, and return when it is done."""
        while await self._begin_due() or self._at_work:
            if self._at_work:
                await asyncio.wait(self._at_work, return_when=asyncio.FIRST_COMPLETED)

    async def _work(self) -> None:
        loop = asyncio.get_running_loop()
        looked = -STANDING.total_seconds()
        while not self._stopping:
            self._woken.clear()
            well = True
            if loop.time() - looked >= STANDING.total_seconds():
                looked = loop.time()
                well = await _goes_on_after(
                    asyncio.to_thread(self._newsroom.delivery.jobs.keep_standing, self._team)
                )
            well = await _goes_on_after(self._begin_due()) and well
            with contextlib.suppress(TimeoutError):
                # It is woken when something is done, since more of that kind may be due.
                pause = TICK if well else PAUSE
                await asyncio.wait_for(self._woken.wait(), pause.total_seconds())
        await asyncio.gather(*self._at_work)
        self._threads.shutdown(wait=False)

    async def _begin_due(self) -> bool:
        """Begin what is due now and has a free place; returns whether there was anything."""
        begun = False
        while not self._stopping:
            busy = Counter(self._at_work.values())
            kinds = [kind for kind, one in self._handlers.items() if busy[kind] < one.at_once]
            take = self._newsroom.delivery.jobs.take
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
            await _goes_on_after(self._do_and_note(job))
        finally:
            holding.cancel()

    async def _do_and_note(self, job: Job) -> None:
        most_attempts = self._handlers[job.kind].most_attempts
        if most_attempts is not None and job.attempts > most_attempts:
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
            if not await asyncio.to_thread(self._newsroom.delivery.jobs.done, job, again_at):
                log.warning("%s %s took so long that another worker took over", job.kind, job.key)

    async def _handled(self, job: Job) -> datetime | None:
        handler = self._handlers[job.kind]
        if isinstance(handler, InThread):
            loop = asyncio.get_running_loop()
            return await loop.run_in_executor(self._threads, handler.do, self._newsroom, job)
        # Without a client no job of this kind has been taken.
        return await handler.do(self._newsroom, cast(AsyncWebClient, self._client), job)

    async def _note_failure(self, job: Job, failure: str, *, is_final: bool = False) -> None:
        most_attempts = 0 if is_final else self._handlers[job.kind].most_attempts
        again_at = await asyncio.to_thread(
            self._newsroom.delivery.jobs.failed, job, failure, most_attempts
        )
        if again_at:
            at = f"{again_at:%H:%M:%S}"
            log.error("%s %s: will retry at %s: %s", job.kind, job.key, at, failure)
        else:
            words = "%s %s failed and will not be retried: %s. claimdesk jobs lists it"
            log.error(words, job.kind, job.key, failure.rstrip("."))

    async def _hold(self, job: Job) -> None:
        """Keep a job's lease while it is being done."""
        while True:
            await asyncio.sleep(LEASE.total_seconds() / 4)
            await _goes_on_after(asyncio.to_thread(self._newsroom.delivery.jobs.keep, job))


async def _goes_on_after(work: Awaitable[object]) -> bool:
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
