"""Delete what is older than the newsroom wants to keep, a batch at a time."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from bot.store.database import Database
from bot.store.delivery.ledger_row import digest_key_from_row, outbox_key
from bot.store.schema import (
    alerts,
    answers,
    channels,
    digests,
    hosts,
    job_turns,
    jobs,
    outbox,
    store_state,
    watches,
)

BATCH_SIZE = 1000
"""The most rows to delete in one transaction, so that other writers soon have their turn."""


class Retention:
    """Deletes old queries, failed jobs, and old messages with what was recorded about them."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def delete_queries(self, before: datetime) -> int:
        """Delete the queries that people asked before a time; returns how many."""
        return self._delete_all(answers, answers.c.asked_at < before)

    def delete_messages(self, before: datetime) -> int:
        """Delete the messages that were queued before a time, the alerts and digests of that time,
        and watches that have ended since; returns how many messages.

        What is still to be posted stays, and so does the newest digest of each channel.
        """
        ended = sa.select(watches.c.id).where(watches.c.state == "ended")
        is_settled = alerts.c.outbox_key.is_not(None) | alerts.c.watch_id.in_(ended)
        self._delete_all(alerts, sa.and_(is_settled, alerts.c.found_at < before))
        self._delete_ended_watches()
        newer = digests.alias()
        has_newer = sa.exists().where(
            newer.c.team == digests.c.team,
            newer.c.channel == digests.c.channel,
            newer.c.day > digests.c.day,
        )
        # Before its message: without one, a planned digest would look as if it had to be posted.
        self._delete_all(digests, sa.and_(digests.c.posting_time < before, has_newer))
        is_pending = outbox.c.state.in_(("waiting", "sending"))
        is_old = sa.and_(outbox.c.asked_at < before, ~is_pending)
        kept = self._db.fetch_all(sa.select(digests).where(digests.c.posting_time < before))
        kept_keys = [outbox_key(digest_key_from_row(row)) for row in kept]
        return self._delete_all(outbox, sa.and_(is_old, outbox.c.key.not_in(kept_keys)))

    def delete_failed_jobs(self, before: datetime) -> int:
        """Delete the jobs that failed for good before a time; returns how many."""
        return self._delete_all(jobs, sa.and_(jobs.c.state == "failed", jobs.c.tried_at < before))

    def delete_idle(self, before: datetime) -> None:
        """Delete what was only needed for a moment before a time: when a source had its turn, and
        when a channel or a host could be used again."""
        self._delete_all(job_turns, job_turns.c.taken_at < before)
        has_waited = sa.func.coalesce(channels.c.free_at < before, sa.true())
        is_idle = channels.c.failure.is_(None), ~channels.c.unfurls
        self._delete_all(channels, sa.and_(has_waited, *is_idle))
        is_free = sa.func.coalesce(hosts.c.free_at < before, sa.true())
        is_stale = sa.func.coalesce(hosts.c.robots_at < before, sa.true())
        self._delete_all(hosts, sa.and_(is_free, is_stale))

    def _delete_ended_watches(self) -> None:
        """Delete the watches that have ended and of whose alerts none is left."""
        has_alerts = sa.exists().where(alerts.c.watch_id == watches.c.id)
        is_over = watches.c.state == "ended", ~has_alerts
        if self._db.fetch_first(sa.select(watches.c.id).where(*is_over)):
            with self._db.write() as connection:
                # As for every change of a watch: nobody may start it again at this moment.
                connection.execute(
                    sa.update(store_state).values(watching=store_state.c.watching + 1)
                )
                connection.execute(sa.delete(watches).where(*is_over))

    def _delete_all(self, table: sa.Table, is_old: sa.ColumnElement[bool]) -> int:
        """Delete the rows of a table for which `is_old` holds."""
        keys = list(table.primary_key.columns)
        batch = sa.select(*keys).where(is_old).limit(BATCH_SIZE)
        # PostgreSQL checks `is_old` again for a row that somebody has just changed, such as a job
        # that is tried again; but not what is in the inner query.
        delete = sa.delete(table).where(sa.tuple_(*keys).in_(batch), is_old)
        total = 0
        while deleted := self._db.execute(delete):
            total += deleted
        return total
