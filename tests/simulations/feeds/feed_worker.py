"""The simulation's worker: Claimdesk's own, with another clock and name resolver.

Time stands still while there is work, and jumps to the next event when there is none. With a quick
extractor instead of the tagger, thirty days take minutes; everything else is the real thing.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import re
import socket
from collections.abc import Iterable
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
"""Real seconds between two checks for remaining work."""

QUOTED = re.compile(r"(“[^”]+”) (said) ([A-Z]\w+ [A-Z]\w+)")


class QuickExtractor:
    """An extractor without a tagger, which finds quotations only."""

    def stop(self) -> None:
        """Nothing runs for long."""

    def submit_together(self, articles: Iterable[Article]) -> list[Future[Extraction]]:
        return [self.submit(article) for article in articles]

    def submit(self, article: Article) -> Future[Extraction]:
        attributions = tuple(
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
        )
        paragraphs = tuple(match.span() for match in re.finditer(r"[^\n]+", article.text))
        extraction: Future[Extraction] = Future()
        extraction.set_result(Extraction(attributions=attributions, paragraphs=paragraphs))
        return extraction


def resolve_to_loopback(_host: object, port: Any, *_: object, **__: object) -> list[Any]:
    """Resolve every host to this machine."""
    return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]


class LoggedFeeds(Feeds):
    """The store's feeds, with a log of the polls that were recorded as finished."""

    def __init__(self, store: Store, log: Path) -> None:
        super().__init__(store.database, store.jobs, store.outbox)
        self._log = log.open("a", buffering=1)

    def record_poll(self, feed: Feed, *args: Any, now: datetime, **more: Any) -> bool:
        is_settled = super().record_poll(feed, *args, now=now, **more)
        if is_settled:
            at = (now - START).total_seconds()
            poll = {"at": at, "feed": feed.added_as, "failure": feed.failure}
            self._log.write(json.dumps(poll) + "\n")
        return is_settled


def simulated_newsroom(folder: Path, clock: VirtualClock) -> Newsroom:
    """Create a newsroom that reaches every site on this machine."""
    newsroom = Newsroom(config.load({"CLAIMDESK_DATA": str(folder / "data")}), clock)
    newsroom.store.feeds = LoggedFeeds(newsroom.store, folder / "polls.jsonl")
    newsroom.fetches.fetcher = Fetcher(newsroom.settings.fetch, resolve=resolve_to_loopback)
    return newsroom


class Scheduler:
    """Moves the clock whenever there is no work left, and ingests the wire's files."""

    def __init__(
        self, newsroom: Newsroom, clock: VirtualClock, folder: Path, timeline: Timeline
    ) -> None:
        self._newsroom, self._clock, self._end = newsroom, clock, timeline.quiet_until
        self._wire, self._ingested_file = folder / "wire", folder / "taken.txt"
        self._mine = f"{socket.gethostname()}-{os.getpid()}-%"
        self._files = [(file.at, file.name) for file in timeline.deliveries]

    async def run(self) -> None:
        """Run until the end of the timeline."""
        while True:
            await asyncio.sleep(POLL_INTERVAL)
            if await asyncio.to_thread(self._is_busy):
                continue
            await asyncio.to_thread(self._ingest_wire)
            next_event = await asyncio.to_thread(self._next_event)
            if next_event > self._end:
                return
            self._clock.move_to(next_event)

    def _is_busy(self) -> bool:
        now = self._newsroom.now()
        mine = sa.and_(jobs.c.worker.like(self._mine), jobs.c.lease_until > now)
        free = sa.or_(jobs.c.lease_until.is_(None), jobs.c.lease_until <= now)
        due = sa.and_(jobs.c.due_at <= now, free, ~self._waits_for_another(now))
        due = sa.and_(due, jobs.c.state == "waiting")
        with self._newsroom.store.database.read() as connection:
            query = sa.select(jobs.c.id).where(sa.or_(mine, due)).limit(1)
            return connection.scalar(query) is not None

    def _waits_for_another(self, now: datetime) -> sa.ColumnElement[bool]:
        """Whether a job has to wait because a dead worker still has one of the same source."""
        other = jobs.alias("other")
        return sa.exists().where(
            other.c.source == jobs.c.source, other.c.id != jobs.c.id, other.c.lease_until > now
        )

    def _next_event(self) -> float:
        """Return when the next job is due, a dead worker's lease ends, or the wire is read."""
        ready = sa.case((jobs.c.lease_until.is_(None), jobs.c.due_at), else_=jobs.c.lease_until)
        later = sa.func.max(jobs.c.due_at, ready)
        query = sa.select(sa.func.min(sa.type_coerce(later, jobs.c.due_at.type)))
        is_next = jobs.c.state == "waiting", ~self._waits_for_another(self._newsroom.now())
        with self._newsroom.store.database.read() as connection:
            due = connection.scalar(query.where(*is_next))
        hour = (self._clock.seconds // HOUR + 1) * HOUR
        return min(hour, (due - START).total_seconds()) if due else hour

    def _ingest_wire(self) -> None:
        """Ingest the files that the wire has delivered since the last full hour."""
        ingested: list[str] = []
        if self._ingested_file.exists():
            ingested = self._ingested_file.read_text().split()
        hour = self._clock.seconds // HOUR * HOUR
        new = [name for at, name in self._files if at <= hour and name not in ingested]
        if not new:
            return
        for outcome in self._newsroom.intake.files.ingest([self._wire / name for name in new]):
            for error in outcome.errors:
                log.error("the wire's %s: %s", outcome.origin, error)
        with self._ingested_file.open("a") as file:
            file.write("\n".join(new) + "\n")


async def work(folder: Path, timeline: Timeline, slack: str, *, is_quick: bool) -> None:
    """Work until the end of the timeline, or until killed."""
    clock = VirtualClock(folder / "clock")
    worker.POLL_INTERVAL = timedelta(seconds=0.01)
    with simulated_newsroom(folder, clock) as newsroom:
        if is_quick:
            newsroom.extractions.extractor = QuickExtractor()
        newsroom.open()
        client = AsyncWebClient(token="xoxb-simulated", base_url=slack)
        tasks = [
            asyncio.create_task(app.keep_index_current(newsroom)),
            asyncio.create_task(make_worker(newsroom, client, TEAM).run()),
        ]
        # Create the standing jobs before time moves on.
        await asyncio.to_thread(newsroom.delivery.jobs.ensure_standing_jobs, TEAM)
        await Scheduler(newsroom, clock, folder, timeline).run()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def main(folder: str, seed: str, days: str, count: str, slack: str, reader: str) -> None:
    """Run a worker."""
    logging.basicConfig(
        level=logging.WARNING,
        format="%(asctime)s %(process)d %(name)s %(levelname)s %(message)s",
        filename=f"{folder}/worker.log",
    )
    timeline = Timeline(int(seed), float(days), int(count))
    asyncio.run(work(Path(folder), timeline, slack, is_quick=reader == "quick"))
