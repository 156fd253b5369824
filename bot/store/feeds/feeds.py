"""The polled feeds, and their entries that have been processed.

The results of a poll are saved in the same transaction as the jobs that follow from it, so a
killed process loses neither the next poll nor a notice to the owner.
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
"""The kind of the jobs that poll a feed; the key is its id."""

SEEN_UPDATE_INTERVAL = timedelta(days=1)
"""How often the `seen_at` of an entry is refreshed while its feed lists it."""
ENTRY_TTL = timedelta(days=90)
"""How long an entry is remembered after its feed has dropped it. If the feed lists it again later,
it is read again, and the archive recognises the article."""

POLL_COLUMNS = (
    *("url", "title", "state", "etag", "last_modified", "interval_seconds", "polled_at"),
    *("fresh_at", "failing_since", "failures", "failure", "told_at", "kept_out"),
)
"""The columns that a poll updates."""
SETTING_COLUMNS = ("outlet", "language", "full_text", "added_by", "team", "person")
"""The columns that people set."""

COLUMNS = [feeds.c[field.name] for field in fields(Feed)]


class OwnerNotice(NamedTuple):
    """A notice for a feed's owner, a `person` in a workspace; `key` deduplicates it."""

    key: str
    team: str
    person: str
    payload: FeedPayload


class Feeds:
    """All feeds."""

    def __init__(self, database: Database, jobs: Jobs, outbox: Outbox) -> None:
        self._db, self._jobs, self._outbox = database, jobs, outbox

    def add(self, feed: Feed) -> bool:
        """Add a feed and poll it at once; False if it exists."""
        insert = self._db.insert(feeds).values(**asdict(feed)).on_conflict_do_nothing()
        with self._db.write() as connection:
            is_new = connection.execute(insert.returning(feeds.c.id)).first() is not None
            if is_new:
                self._schedule_poll(connection, feed.id, feed.added_at)
        return is_new

    def feed(self, feed_id: str) -> Feed:
        """Read a feed by its id. Raises NotFoundError."""
        row = self._db.fetch_first(sa.select(*COLUMNS).where(feeds.c.id == feed_id))
        if row is None:
            raise NotFoundError(
                say("feeds.no_such"), subject=feed_id, remedy=say("feeds.was_removed")
            )
        return Feed(**row._mapping)

    def by_address(self, address: str) -> Feed | None:
        """Read the feed that was added with this URL or is polled at it, or None."""
        is_match = sa.or_(feeds.c.added_as == address, feeds.c.url == address)
        query = sa.select(*COLUMNS).where(is_match)
        # Redirects can lead two feeds to one URL: prefer the one that was added with it.
        query = query.order_by(feeds.c.added_as != address, feeds.c.id).limit(1)
        row = self._db.fetch_first(query)
        return Feed(**row._mapping) if row else None

    def all(self) -> list[Feed]:
        """Read all feeds, in the order in which they were added."""
        query = sa.select(*COLUMNS).order_by(feeds.c.added_at, feeds.c.id)
        return [Feed(**row._mapping) for row in self._db.fetch_all(query)]

    def save_settings(self, feed: Feed) -> None:
        """Save what people set for a feed, such as its outlet and owner."""
        values = {name: getattr(feed, name) for name in SETTING_COLUMNS}
        self._db.execute(sa.update(feeds).where(feeds.c.id == feed.id).values(values))

    def pause(self, feed_id: str) -> None:
        """Stop polling a feed until it is resumed."""
        self._change_state(feed_id, "active", "paused")

    def resume(self, feed_id: str, *, now: datetime) -> None:
        """Poll a feed again, at once, and clear its failures."""
        values = {"state": "active", "failing_since": None, "failures": 0, "failure": None}
        with self._db.write() as connection:
            connection.execute(sa.update(feeds).where(feeds.c.id == feed_id).values(**values))
            self._schedule_poll(connection, feed_id, now)

    def unlist(self, feed_id: str) -> None:
        """Stop polling a feed while feeds.yml does not list it.

        A feed that is not active keeps its state: a paused one is still paused when it is listed
        again.
        """
        self._change_state(feed_id, "active", "unlisted")

    def relist(self, feed_id: str) -> None:
        """Reactivate a feed that feeds.yml lists again; `ensure_poll_jobs` schedules its poll."""
        self._change_state(feed_id, "unlisted", "active")

    def remove(self, feed_id: str) -> None:
        """Delete a feed and its entries, but not its articles."""
        self._db.execute(sa.delete(feeds).where(feeds.c.id == feed_id))

    def changed_entries(self, feed_id: str, entries: Mapping[str, str]) -> set[str]:
        """The keys of new and changed entries; `entries` maps keys to content hashes."""
        query = sa.select(feed_entries.c.key, feed_entries.c.content)
        rows = self._db.fetch_all(query.where(feed_entries.c.feed_id == feed_id))
        stored = {row.key: row.content for row in rows}
        return {key for key, content in entries.items() if stored.get(key) != content}

    def record_poll(
        self,
        feed: Feed,
        entries: Mapping[str, str],
        *,
        next_at: datetime | None,
        notice: OwnerNotice | None,
        now: datetime,
    ) -> bool:
        """Save the result of a poll: the feed, the processed entries, the next poll, and a notice
        to the owner.

        Returns False and saves nothing if the feed is no longer active; when it is resumed, it is
        polled again.
        """
        values = {name: getattr(feed, name) for name in POLL_COLUMNS}
        update = sa.update(feeds).where(feeds.c.id == feed.id, feeds.c.state == "active")
        with self._db.write() as connection:
            if connection.execute(update.values(values)).rowcount == 0:
                return False
            self._save_entries(connection, feed.id, entries, now)
            # A manual poll, without a worker, makes the waiting job redundant.
            is_waiting = _is_poll_job(feed.id), jobs.c.worker.is_(None)
            connection.execute(sa.delete(jobs).where(*is_waiting))
            if next_at:
                self._schedule_poll(connection, feed.id, next_at)
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
        """When a feed is polled next, or None if no poll is scheduled."""
        return self._db.fetch_value(
            sa.select(jobs.c.due_at).where(_is_poll_job(feed_id), jobs.c.state == "waiting")
        )

    def next_poll_at(self) -> datetime | None:
        """The time of the next poll of all feeds."""
        is_waiting = jobs.c.kind == POLL_JOB, jobs.c.state == "waiting"
        return self._db.fetch_value(sa.select(sa.func.min(jobs.c.due_at)).where(*is_waiting))

    def postpone(self, feed_id: str, until: datetime) -> None:
        """Postpone the next poll of a feed."""
        with self._db.write() as connection:
            self._schedule_poll(connection, feed_id, until)

    def ensure_poll_jobs(self, *, now: datetime) -> None:
        """Schedule a poll of every active feed without a waiting job: a person has dropped the
        job, or it has failed for good."""
        has_job = sa.select(jobs.c.key).where(jobs.c.kind == POLL_JOB, jobs.c.state == "waiting")
        idle = sa.select(feeds.c.id).where(feeds.c.state == "active", feeds.c.id.not_in(has_job))
        with self._db.write() as connection:
            for feed_id in connection.scalars(idle).all():
                self._schedule_poll(connection, feed_id, now)

    def _change_state(self, feed_id: str, state: FeedState, new_state: FeedState) -> None:
        """Change the state of a feed, if it is in `state`."""
        update = sa.update(feeds).where(feeds.c.id == feed_id, feeds.c.state == state)
        self._db.execute(update.values(state=new_state))

    def _schedule_poll(self, connection: sa.Connection, feed_id: str, due_at: datetime) -> None:
        self._jobs.add(POLL_JOB, feed_id, due_at=due_at, connection=connection)

    def _save_entries(
        self, connection: sa.Connection, feed_id: str, entries: Mapping[str, str], now: datetime
    ) -> None:
        """Save processed entries, and delete those that the feed dropped long ago."""
        if not entries:
            return
        insert = self._db.insert(feed_entries)
        is_outdated = sa.or_(
            feed_entries.c.content != insert.excluded.content,
            feed_entries.c.seen_at < now - SEEN_UPDATE_INTERVAL,
        )
        upsert = insert.on_conflict_do_update(
            index_elements=["feed_id", "key"],
            set_={"content": insert.excluded.content, "seen_at": now},
            where=is_outdated,
        )
        rows = [
            {"feed_id": feed_id, "key": key, "content": content, "seen_at": now}
            for key, content in sorted(entries.items())
        ]
        connection.execute(upsert, rows)
        is_expired = feed_entries.c.feed_id == feed_id, feed_entries.c.seen_at < now - ENTRY_TTL
        connection.execute(sa.delete(feed_entries).where(*is_expired))


def _is_poll_job(feed_id: str) -> sa.ColumnElement[bool]:
    return sa.and_(jobs.c.kind == POLL_JOB, jobs.c.key == feed_id)
