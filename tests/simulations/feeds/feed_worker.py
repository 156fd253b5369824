"""The worker of the simulation: Claimdesk's own, but for its clock and its resolver of names.

Time stands while there is something to do, and jumps to what comes next when there is nothing.
With a quick reader in the tagger's place, thirty days take minutes; all else is as it is.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import re
import socket
from concurrent.futures import Future
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from slack_sdk.web.async_client import AsyncWebClient

from bot import config
from bot.delivery import worker
from bot.ingest.fetch.fetcher import Fetcher
from bot.model import Article, Attribution, Extraction, Feed
from bot.newsroom import Newsroom
from bot.slack import app
from bot.slack.messages.worker import make_worker
from bot.store import Store
from bot.store.feeds.feeds import Feeds
from bot.store.schema import jobs
from tests.simulations.clock import VirtualClock
from tests.simulations.feeds.timeline import HOUR, START, Timeline

log = logging.getLogger(__name__)

TEAM = "T1"
POLL_INTERVAL = 0.003
"""Real seconds between two checks whether time may advance."""

QUOTED = re.compile(r"(“[^”]+”) (said) ([A-Z]\w+ [A-Z]\w+)")


class QuickReader:
    """Stands for the tagger: finds what is quoted, and nothing else."""

    def submit(self, article: Article) -> Future[Extraction]:
        found = [
            Attribution(
                id=f"a{number}",
                content=(match.span(1),),
                cue=(match.span(2),),
                source=(match.span(3),),
                type="direct",
                speaker=match[3],
                source_kind="named",
            )
            for number, match in enumerate(QUOTED.finditer(article.text))
        ]
        spans = tuple(match.span() for match in re.finditer(r"[^\n]+", article.text))
        read: Future[Extraction] = Future()
        read.set_result(Extraction(attributions=tuple(found), paragraphs=spans))
        return read


def loopback(_host: object, port: Any, *_: object, **__: object) -> list[Any]:
    """Every site is on this machine."""
    return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]


class LoggedFeeds(Feeds):
    """Notes which polls have come to an end, once that is in the store."""

    def __init__(self, store: Store, log: Path) -> None:
        super().__init__(store.database, store.jobs, store.outbox)
        self._log = log.open("a", buffering=1)

    def record_poll(self, feed: Feed, *args: Any, now: datetime, **more: Any) -> bool:
        is_settled = super().record_poll(feed, *args, now=now, **more)
        if is_settled:
            at = (now - START).total_seconds()
            ended = {"at": at, "feed": feed.added_as, "failure": feed.failure}
            self._log.write(json.dumps(ended) + "\n")
        return is_settled


def simulated_newsroom(folder: Path, clock: VirtualClock) -> Newsroom:
    """A newsroom whose sites are all on this machine."""
    newsroom = Newsroom(config.load({"CLAIMDESK_DATA": str(folder / "data")}), clock)
    newsroom.store.feeds = LoggedFeeds(newsroom.store, folder / "polls.jsonl")
    newsroom.fetches.fetcher = Fetcher(newsroom.settings.fetch, resolve=loopback)
    return newsroom


class Scheduler:
    """Lets time go on as soon as nothing is left to do, and brings in what the wire delivers."""

    def __init__(
        self, newsroom: Newsroom, clock: VirtualClock, folder: Path, timeline: Timeline
    ) -> None:
        self._newsroom, self._clock, self._end = newsroom, clock, timeline.quiet_until
        self._wire, self._taken = folder / "wire", folder / "taken.txt"
        self._mine = f"{socket.gethostname()}-{os.getpid()}-%"
        self._files = [(one.at, one.name) for one in timeline.deliveries]

    async def run(self) -> None:
        """Go on until the end."""
        while True:
            await asyncio.sleep(POLL_INTERVAL)
            if await asyncio.to_thread(self._is_busy):
                continue
            await asyncio.to_thread(self._bring_in)
            following = await asyncio.to_thread(self._next)
            if following > self._end:
                return
            self._clock.move_to(following)

    def _is_busy(self) -> bool:
        now = self._newsroom.now()
        mine = sa.and_(jobs.c.worker.like(self._mine), jobs.c.lease_until > now)
        free = sa.or_(jobs.c.lease_until.is_(None), jobs.c.lease_until <= now)
        due = sa.and_(jobs.c.due_at <= now, free, jobs.c.state == "waiting")
        with self._newsroom.store.database.read() as connection:
            query = sa.select(jobs.c.id).where(sa.or_(mine, due)).limit(1)
            return connection.scalar(query) is not None

    def _next(self) -> float:
        """When the next job is due, a dead worker's lease ends, or the wire is looked at."""
        ready = sa.case((jobs.c.lease_until.is_(None), jobs.c.due_at), else_=jobs.c.lease_until)
        later = sa.func.max(jobs.c.due_at, ready)
        query = sa.select(sa.func.min(sa.type_coerce(later, jobs.c.due_at.type)))
        with self._newsroom.store.database.read() as connection:
            due = connection.scalar(query.where(jobs.c.state == "waiting"))
        hour = (self._clock.at // HOUR + 1) * HOUR
        return min(hour, (due - START).total_seconds()) if due else hour

    def _bring_in(self) -> None:
        """Ingest what the wire has put into its folder since the hour before."""
        taken = self._taken.read_text().split() if self._taken.exists() else []
        hour = self._clock.at // HOUR * HOUR
        new = [name for at, name in self._files if at <= hour and name not in taken]
        if not new:
            return
        for done in self._newsroom.intake.files.ingest([self._wire / name for name in new]):
            for error in done.errors:
                log.error("the wire's %s: %s", done.origin, error)
        with self._taken.open("a") as file:
            file.write("\n".join(new) + "\n")


async def work(folder: Path, timeline: Timeline, slack: str, *, is_quick: bool) -> None:
    """Work until the end of the timeline, or until killed."""
    clock = VirtualClock(folder / "clock")
    worker.POLL_INTERVAL = timedelta(seconds=0.01)
    with simulated_newsroom(folder, clock) as newsroom:
        if is_quick:
            newsroom.extractions.extractor = QuickReader()
        newsroom.open()
        client = AsyncWebClient(token="xoxb-simulated", base_url=slack)
        going = [
            asyncio.create_task(app.keep_index_current(newsroom)),
            asyncio.create_task(make_worker(newsroom, client, TEAM).run()),
        ]
        # What should always be there is made sure of before time goes on.
        await asyncio.to_thread(newsroom.delivery.jobs.ensure_standing_jobs, TEAM)
        await Scheduler(newsroom, clock, folder, timeline).run()
        for one in going:
            one.cancel()
        await asyncio.gather(*going, return_exceptions=True)


def main(folder: str, seed: str, days: str, count: str, slack: str, reader: str) -> None:
    """Be a worker."""
    logging.basicConfig(
        level=logging.WARNING,
        format="%(asctime)s %(process)d %(name)s %(levelname)s %(message)s",
        filename=f"{folder}/worker.log",
    )
    timeline = Timeline(int(seed), float(days), int(count))
    asyncio.run(work(Path(folder), timeline, slack, is_quick=reader == "quick"))
