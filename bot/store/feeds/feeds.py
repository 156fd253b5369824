"""The feeds that are polled, and which of their entries have been taken in.

Whatever changes when a feed is polled is in the same transaction as the jobs that follow from it:
killed at any moment, a process loses neither the next poll nor what an owner is to hear.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, fields
from datetime import datetime, timedelta
from typing import NamedTuple

import sqlalchemy as sa

from bot.errors import NotFoundError
from bot.model import Feed, FeedState
from bot.store.database import Database
from bot.store.delivery.jobs import Jobs
from bot.store.delivery.outbox import Outbox
from bot.store.delivery.payloads import FeedPayload
from bot.store.schema import feed_entries, feeds, jobs
from bot.words import say

POLL_JOB = "poll"
"""The kind of the jobs that poll a feed, by its id."""

SEEN_UPDATE_INTERVAL = timedelta(days=1)
"""How often `seen_at` of an entry that its feed still lists is refreshed."""
ENTRY_TTL = timedelta(days=90)
"""How long an entry is remembered after its feed has dropped it. If it is listed again later, it
is read again, and the archive recognises the article."""

POLL_COLUMNS = (
    *("url", "title", "state", "etag", "last_modified", "interval_seconds", "polled_at"),
    *("fresh_at", "failing_since", "failures", "failure", "told_at", "kept_out"),
)
"""What a poll changes; the rest is for people to say."""
SETTING_COLUMNS = ("outlet", "language", "full_text", "added_by", "team", "person")

COLUMNS = [feeds.c[field.name] for field in fields(Feed)]


class OwnerNotice(NamedTuple):
    """What a feed's owner, a `person` in a workspace, is to hear; `key` makes it one."""

    key: str
    team: str
    person: str
    payload: FeedPayload


class Feeds:
    """All feeds of a newsroom."""

    def __init__(self, database: Database, jobs: Jobs, outbox: Outbox) -> None:
        self._db, self._jobs, self._outbox = database, jobs, outbox

    def add(self, feed: Feed) -> bool:
        """Add a feed, to be polled at once; False if it is there already."""
        insert = self._db.insert(feeds).values(**asdict(feed)).on_conflict_do_nothing()
        with self._db.write() as connection:
            added = connection.execute(insert.returning(feeds.c.id)).first() is not None
            if added:
                self._poll_at(feed.id, feed.added_at, connection)
        return added

    def feed(self, feed_id: str) -> Feed:
        """One feed by its id. Raises NotFoundError."""
        with self._db.read() as connection:
            row = connection.execute(sa.select(*COLUMNS).where(feeds.c.id == feed_id)).first()
        if row is None:
            raise NotFoundError(
                say("feeds.no_such"), subject=feed_id, remedy=say("feeds.was_removed")
            )
        return Feed(**row._mapping)

    def by_address(self, address: str) -> Feed | None:
        """The feed that was added by an address or is polled there; None where there is none."""
        query = sa.select(*COLUMNS).where(
            sa.or_(feeds.c.added_as == address, feeds.c.url == address)
        )
        # Two may have come to one address by a redirect: the one that was added by it is meant.
        query = query.order_by(feeds.c.added_as != address, feeds.c.id).limit(1)
        with self._db.read() as connection:
            row = connection.execute(query).first()
        return Feed(**row._mapping) if row else None

    def all(self) -> list[Feed]:
        """All feeds, those added first before the others."""
        query = sa.select(*COLUMNS).order_by(feeds.c.added_at, feeds.c.id)
        with self._db.read() as connection:
            return [Feed(**row._mapping) for row in connection.execute(query)]

    def save_settings(self, feed: Feed) -> None:
        """Change what people say of a feed: its outlet, its owner, whether pages are read."""
        values = {name: getattr(feed, name) for name in SETTING_COLUMNS}
        with self._db.write() as connection:
            connection.execute(sa.update(feeds).where(feeds.c.id == feed.id).values(values))

    def pause(self, feed_id: str) -> None:
        """Poll a feed no more until it is resumed."""
        self._turn(feed_id, "active", "paused")

    def resume(self, feed_id: str, *, now: datetime) -> None:
        """Poll a feed again, at once; what failed before is forgotten."""
        values = {"state": "active", "failing_since": None, "failures": 0, "failure": None}
        with self._db.write() as connection:
            connection.execute(sa.update(feeds).where(feeds.c.id == feed_id).values(**values))
            self._poll_at(feed_id, now, connection)

    def unlist(self, feed_id: str) -> None:
        """Poll a feed no more while feeds.yml does not list it. One that is not polled stays as it
        is: paused, it comes back paused."""
        self._turn(feed_id, "active", "unlisted")

    def relist(self, feed_id: str) -> None:
        """Go on with a feed that feeds.yml lists again, as it was; `take_up` has it polled."""
        self._turn(feed_id, "unlisted", "active")

    def remove(self, feed_id: str) -> None:
        """Forget a feed and its entries; the articles that it has brought stay."""
        with self._db.write() as connection:
            connection.execute(sa.delete(feeds).where(feeds.c.id == feed_id))

    def changed_entries(self, feed_id: str, entries: Mapping[str, str]) -> set[str]:
        """Which entries, contents by key, are new or have changed since they were settled."""
        known = sa.select(feed_entries.c.key, feed_entries.c.content)
        known = known.where(feed_entries.c.feed_id == feed_id)
        with self._db.read() as connection:
            settled = {row.key: row.content for row in connection.execute(known)}
        return {key for key, content in entries.items() if settled.get(key) != content}

    def record_poll(
        self,
        feed: Feed,
        entries: Mapping[str, str],
        *,
        next_at: datetime | None,
        notice: OwnerNotice | None,
        now: datetime,
    ) -> bool:
        """Note what a poll has come to: the feed as it is now, its entries as they have been taken
        in, the next poll and what its owner is to hear.

        False, and nothing noted, where the feed has been paused or removed meanwhile: resumed, it
        is polled anew.
        """
        values = {name: getattr(feed, name) for name in POLL_COLUMNS}
        change = sa.update(feeds).where(feeds.c.id == feed.id, feeds.c.state == "active")
        with self._db.write() as connection:
            if connection.execute(change.values(values)).rowcount == 0:
                return False
            self._note(feed.id, entries, now, connection)
            # What waited was this poll, which came before its hour: by hand, without a worker.
            mine = jobs.c.kind == POLL_JOB, jobs.c.key == feed.id
            connection.execute(sa.delete(jobs).where(*mine, jobs.c.worker.is_(None)))
            if next_at:
                self._poll_at(feed.id, next_at, connection)
            if notice:
                self._outbox.add(
                    connection,
                    team=notice.team,
                    channel=notice.person,
                    key=f"{FeedPayload.kind}/{notice.key}",
                    payload=notice.payload,
                    now=now,
                )
        return True

    def poll_due_at(self, feed_id: str) -> datetime | None:
        """When a feed is polled next; None where no poll of it waits."""
        waiting = sa.select(jobs.c.due_at).where(
            jobs.c.kind == POLL_JOB, jobs.c.key == feed_id, jobs.c.state == "waiting"
        )
        with self._db.read() as connection:
            due_at: datetime | None = connection.scalar(waiting)
        return due_at

    def next_poll_at(self) -> datetime | None:
        """When any feed is polled next."""
        waiting = sa.select(sa.func.min(jobs.c.due_at)).where(
            jobs.c.kind == POLL_JOB, jobs.c.state == "waiting"
        )
        with self._db.read() as connection:
            due_at: datetime | None = connection.scalar(waiting)
        return due_at

    def postpone(self, feed_id: str, until: datetime) -> None:
        """Poll a feed only later, without a poll now."""
        with self._db.write() as connection:
            self._poll_at(feed_id, until, connection)

    def ensure_poll_jobs(self, *, now: datetime) -> None:
        """Let every active feed that has lost its job be polled: by a person who dropped it, or
        because it had failed for good."""
        waiting = sa.select(jobs.c.key).where(jobs.c.kind == POLL_JOB, jobs.c.state == "waiting")
        idle = sa.select(feeds.c.id).where(feeds.c.state == "active", feeds.c.id.not_in(waiting))
        with self._db.write() as connection:
            for feed_id in connection.scalars(idle).all():
                self._poll_at(feed_id, now, connection)

    def _turn(self, feed_id: str, state: FeedState, into: FeedState) -> None:
        """Bring a feed from one state into another; one that is in neither stays as it is."""
        change = sa.update(feeds).where(feeds.c.id == feed_id, feeds.c.state == state)
        with self._db.write() as connection:
            connection.execute(change.values(state=into))

    def _poll_at(self, feed_id: str, due_at: datetime, connection: sa.Connection) -> None:
        self._jobs.add(POLL_JOB, feed_id, due_at=due_at, connection=connection)

    def _note(
        self, feed_id: str, entries: Mapping[str, str], now: datetime, connection: sa.Connection
    ) -> None:
        if not entries:
            return
        insert = self._db.insert(feed_entries)
        stale = sa.or_(
            feed_entries.c.content != insert.excluded.content,
            feed_entries.c.seen_at < now - SEEN_UPDATE_INTERVAL,
        )
        insert = insert.on_conflict_do_update(
            index_elements=["feed_id", "key"],
            set_={"content": insert.excluded.content, "seen_at": now},
            where=stale,
        )
        rows = [
            {"feed_id": feed_id, "key": key, "content": content, "seen_at": now}
            for key, content in sorted(entries.items())
        ]
        connection.execute(insert, rows)
        connection.execute(
            sa.delete(feed_entries).where(
                feed_entries.c.feed_id == feed_id, feed_entries.c.seen_at < now - ENTRY_TTL
            )
        )
