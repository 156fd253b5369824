"""The store of revision_0008/ brought up to date, with a newsroom and the Slack that it left."""

from __future__ import annotations

import contextlib
import json
import shutil
import sqlite3
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg

from bot import config
from bot.config import FeedSettings, FetchSettings, PeopleSettings
from bot.newsroom import Newsroom
from bot.slack.app import make_client
from bot.slack.messages.worker import make_worker
from tests.cli.program import Done, claimdesk
from tests.manual_clock import ManualClock
from tests.outlet_site import OutletSite
from tests.simulations.feeds.feed_worker import QuickExtractor
from tests.slack.fake_slack import FakeSlack, Json, Message

HERE = Path(__file__).parent / "revision_0008"
TEAM, OTHER_TEAM = "T1", "T2"
ALICE, BOB, CARA = "U01ALICE", "U02BOB", "U03CARA"
KNOWN: dict[str, Any] = json.loads((HERE / "slack.json").read_text(encoding="utf-8"))
MORNING = datetime(2026, 11, 24, 8, 35, tzinfo=UTC)
"""When the new version starts: all leases have run out."""
ADDRESS = "feeds.example:8080"
"""Stands in the store for the site of the feeds."""

IDLE_ROUNDS = 3
"""With six seconds between two, longer than a message waits of which it is not known yet whether
Slack has taken it."""

Place = tuple[str, str | None]
"""A channel, and the key of a message there."""


class OldSlack(FakeSlack):
    """Slack as the old version has left it."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.accepted = [
            Message(one["channel"], one["ts"], one["sent"], datetime.fromisoformat(one["at"]))
            for one in KNOWN["stands"]
        ]
        self.old, self._number = tuple(self.accepted), len(self.accepted)
        self.unfurled: list[Json] = []
        self.errors = {"conversations.history C07UNREAD": "missing_scope"}

    def _respond(self, method: str, sent: Json) -> Json:
        if method == "chat.unfurl":
            self.unfurled.append(sent)
            return {"ok": True}
        return super()._respond(method, sent)

    @property
    def new(self) -> list[Message]:
        """What was posted since."""
        return self.accepted[len(self.old) :]

    def where(self) -> Counter[Place]:
        """How often each message stands there, by its channel and key."""
        return Counter((one.channel, one.key) for one in self.accepted)


class Desk:
    """The bot of today over the old store, with a clock in the test's hand."""

    def __init__(self, data: Path, database: str, site: OutletSite) -> None:
        self.data, self.database = data, database
        self.clock = ManualClock(MORNING)
        settings = replace(
            config.load({"CLAIMDESK_DATA": str(data), "DATABASE_URL": database}),
            fetch=FetchSettings(allowed=(site.address,)),
            feeds=FeedSettings(gap_seconds=0),
            people=PeopleSettings(users=("members",), admins=(ALICE,), reviewers=(ALICE,)),
        )
        self.newsroom = Newsroom(settings, self.clock)
        self.newsroom.extractions.extractor = QuickExtractor()  # type: ignore[assignment]
        self.slack = OldSlack(now=self.clock)

    async def works(self, day: int, hour: int, minute: int) -> None:
        """Let a worker of each workspace work from an hour on, until Slack hears no more of it."""
        self.clock.now = max(self.clock.now, datetime(2026, 11, day, hour, minute, 3, tzinfo=UTC))
        heard, idle = -1, 0
        while idle < IDLE_ROUNDS:
            for team in (TEAM, OTHER_TEAM):
                self.newsroom.delivery.jobs.ensure_standing_jobs(team)
                await make_worker(self.newsroom, make_client(self.slack.settings), team).run_due()
            self.clock.advance(seconds=6)
            idle = idle + 1 if self.slack.calls.total() == heard else 0
            heard = self.slack.calls.total()

    def runs(self, *arguments: object) -> Done:
        """Run a command of the terminal."""
        done = claimdesk(self.data, *arguments, DATABASE_URL=self.database)
        assert done.code == 0, done.err
        return done


def load(database: str, data: Path, site: OutletSite) -> None:
    """Bring the old store to a database, and its index to the data folder."""
    is_sqlite = database.startswith("sqlite")
    script = HERE / ("sqlite.sql" if is_sqlite else "postgres.sql")
    text = script.read_text(encoding="utf-8").replace(ADDRESS, site.address)
    data.mkdir(exist_ok=True)
    if is_sqlite:
        with contextlib.closing(sqlite3.connect(database.removeprefix("sqlite:///"))) as connection:
            connection.executescript(text)
    else:
        plain = database.replace("postgresql+psycopg:", "postgresql:")
        with psycopg.connect(plain, autocommit=True) as connection:
            connection.execute(text.encode())
    shutil.unpack_archive(HERE / "index.tar.gz", data)


@contextlib.contextmanager
def opened(data: Path, database: str, site: OutletSite) -> Iterator[Desk]:
    """Load the old store, migrate it as an operator does, and open it."""
    load(database, data, site)
    migrated = claimdesk(data, "migrate", DATABASE_URL=database)
    assert migrated.code == 0, migrated.err
    desk = Desk(data, database, site)
    with desk.newsroom as newsroom:
        newsroom.open()
        yield desk
