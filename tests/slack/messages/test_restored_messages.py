"""An export may be made while the bot is busy: the restored store has what was committed, and its
worker posts no message twice."""

from __future__ import annotations

import asyncio
import contextlib
import io
import itertools
import threading
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from bot import config
from bot.model import Document
from bot.newsroom import Newsroom
from bot.slack.app import make_client
from bot.slack.gate import people
from bot.slack.messages.post import notice_payload
from bot.slack.messages.worker import make_worker
from bot.slack.parts import notice
from bot.store import Exports
from bot.store.database import Database
from bot.store.schema import articles, metadata, outbox
from tests.cli.program import claimdesk
from tests.manual_clock import ManualClock
from tests.simulations.feeds.feed_worker import QuickExtractor
from tests.slack.fake_slack import TEAM, FakeSlack

NOON = datetime(2026, 11, 3, 12, tzinfo=UTC)
KEPT = ("articles", "claims", "identities", "answers", "outbox", "outbox_claims")
"""Tables from which nothing was deleted meanwhile."""
CHANGING = {"state", "due_at", "tried_at", "attempts", "ts", "failure", "wording", "channel"}
"""Columns of messages that change as these are posted."""

PATIENCE = 180

Rows = dict[str, dict[Any, dict[str, Any]]]


@contextlib.contextmanager
def opened(folder: Path, url: str, clock: ManualClock) -> Iterator[Newsroom]:
    folder.mkdir(exist_ok=True)
    environ = {"CLAIMDESK_DATA": str(folder), "DATABASE_URL": url}
    with contextlib.closing(Database(url)) as database:
        database.migrate()
    with Newsroom(config.load(environ), clock) as newsroom:
        newsroom.open()
        newsroom.extractions.extractor = QuickExtractor()  # type: ignore[assignment]
        yield newsroom


def rows_of(newsroom: Newsroom) -> Rows:
    """The rows of the tables from which nothing was deleted, without what changes."""
    found: Rows = {}
    with newsroom.store.database.read() as connection:
        for name in KEPT:
            table = metadata.tables[name]
            found[name] = {
                tuple(row[column.name] for column in table.primary_key): {
                    column: value for column, value in row.items() if column not in CHANGING
                }
                for row in connection.execute(sa.select(table)).mappings()
            }
    return found


class Use:
    """Articles and queries in threads, messages in the loop, until it is stopped."""

    def __init__(self, newsroom: Newsroom) -> None:
        self._newsroom, self._is_over = newsroom, threading.Event()
        self.messages = 0

    def ingest(self) -> None:
        for number in itertools.count():
            if self._is_over.wait(0.05):  # a pause, so that the worker has its turn
                return
            text = f"“The harbour {number} is shut,” said Ann Lee, who saw {number} ships."
            document = Document(origin=f"{number}.txt", text=text)
            self._newsroom.intake.articles.ingest([document])
            conversation = self._newsroom.store.conversations.begin(TEAM, "U1", NOON)
            conversation.remember(f"harbour {number}")
            conversation.save().result()

    def queue_message(self) -> None:
        """Queue a message in a channel of its own, so that none waits for another."""
        self.messages += 1
        place = {"team": TEAM, "channel": f"C{self.messages}", "key": f"k{self.messages}"}
        now, payload = self._newsroom.now(), notice_payload(notice(f"News {self.messages}."))
        self._newsroom.store.outbox.add(None, **place, payload=payload, now=now)

    def stop(self) -> None:
        self._is_over.set()


async def test_an_export_in_use_is_complete_and_posts_nothing_twice(
    database_url: str, tmp_path: Path
) -> None:
    people.clear_cache()
    clock, file = ManualClock(NOON), tmp_path / "export"
    slack = FakeSlack(now=clock)
    async with asyncio.timeout(PATIENCE), slack.running():
        with opened(tmp_path / "old", database_url, clock) as old:
            worker, use = make_worker(old, make_client(slack.settings), TEAM), Use(old)
            ingesting = asyncio.create_task(asyncio.to_thread(use.ingest))
            while old.store.archive.coverage().articles < 5:
                await asyncio.sleep(0.01)
            for _ in range(10):
                use.queue_message()
            await worker.run_due()
            for _ in range(10):
                use.queue_message()
            before = rows_of(old)
            output, exports = HeldFile(), Exports(old.store.database)
            exporting = asyncio.create_task(asyncio.to_thread(exports.write, output))
            await asyncio.to_thread(output.begun.wait, PATIENCE)
            for _ in range(20):
                use.queue_message()
                await worker.run_due()
            output.rest.set()
            await exporting
            file.write_bytes(output.getvalue())
            use.stop()
            await ingesting
            after = rows_of(old)
        url = f"sqlite:///{tmp_path}/new.sqlite3"
        restored = claimdesk(tmp_path / "new", "restore", file, "--into", url)
        assert restored.code == 0, restored.err
        with opened(tmp_path / "new", url, clock) as new:
            assert_between(before, rows_of(new), after)
            waiting = set(new.store.database.fetch_values(sa.select(outbox.c.key)))
            worker = make_worker(new, make_client(slack.settings), TEAM)
            while new.store.outbox.pending_channels(TEAM):
                new.delivery.jobs.ensure_standing_jobs(TEAM)
                await worker.run_due()
                clock.advance(seconds=30)
            count = new.store.database.fetch_value(sa.select(sa.func.count(articles.c.id)))
            assert count == new.store.archive.coverage().articles >= 5
    posted = Counter(message.key for message in slack.accepted)
    assert waiting <= posted.keys()
    assert set(posted.values()) == {1}
    assert slack.calls["conversations.history"] == 10  # they were waiting when it began


class HeldFile(io.BytesIO):
    """Says when the first row is written, and waits before the others are read."""

    def __init__(self) -> None:
        super().__init__()
        self.begun, self.rest, self.lines = threading.Event(), threading.Event(), 0

    def write(self, line: Any) -> int:
        self.lines += 1
        if self.lines == 3:
            self.begun.set()
            assert self.rest.wait(PATIENCE)
        return super().write(line)


def assert_between(before: Rows, restored: Rows, after: Rows) -> None:
    """Nothing is missing that was there when the export began; nothing came from elsewhere."""
    for name in KEPT:
        assert before[name].keys() <= restored[name].keys() <= after[name].keys()
        for key, row in restored[name].items():
            assert row == after[name][key]
        for key, row in before[name].items():
            assert row == restored[name][key]
    assert len(before["articles"]) >= 5
    assert len(before["outbox"]) == 20
