"""The digest ledger: which channels subscribe to a digest, and what became of each digest.

There is one row per workspace, channel and local date. A digest is planned first. When it is due,
it is queued as a message of the outbox, whose key consists of channel and date. The outbox sends
it once, looks it up after a crash and updates it, so `sending` and `sent` are states of that
message. The ledger adds the states that the outbox does not have: `missed` (too late to post, or
superseded by a newer digest) and `uncertain` (nobody can tell whether it was posted, and it is
never posted again).

To change both, lock the digest before its message.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from bot.model import Subscription
from bot.store.database import Database
from bot.store.delivery.jobs import Jobs
from bot.store.delivery.ledger_row import (
    DigestKey,
    LedgerRow,
    digest_key,
    digest_key_from_row,
    key_prefix,
    ledger_row,
    outbox_key,
    subscription_from_row,
    wants_to_json,
)
from bot.store.delivery.outbox import Outbox
from bot.store.delivery.outbox_message import OutboxMessage
from bot.store.delivery.payloads import DigestPayload
from bot.store.delivery.posted import MessageKey
from bot.store.schema import (
    corrections,
    digests,
    gone_claims,
    outbox,
    outbox_claims,
    rulings,
    subscriptions,
)

DIGEST_JOB = "digest"
"""The kind of the jobs, one per channel, that check which digest is due."""

UNCERTAIN_VALUES: Mapping[str, Any] = {
    "state": "uncertain",
    "failure": "Slack did not confirm that it was posted",
}
"""The column values of a digest that may have been posted."""


class Ledger:
    """The subscriptions and digests of all workspaces."""

    def __init__(self, database: Database, jobs: Jobs, messages: Outbox) -> None:
        self._db, self._jobs, self._outbox = database, jobs, messages

    # -- subscriptions

    def subscribe(self, subscription: Subscription) -> None:
        """Store a channel's subscription, which also resumes a stopped one, and schedule a check
        of what is due."""
        values = {
            "at": subscription.at,
            "zone": subscription.zone,
            "person": subscription.person,
            "since": subscription.since,
            "wants": wants_to_json(subscription.preferences),
            "begun": subscription.switched_on_at,
            "stopped": None,
        }
        key = {"team": subscription.team, "channel": subscription.channel}
        with self._db.write() as connection:
            self._upsert(connection, subscriptions, key, values)
            self._add_check(connection, subscription, subscription.since)

    def schedule_check(self, subscription: Subscription, due_at: datetime) -> None:
        """Schedule a check of what is due in a channel."""
        with self._db.write() as connection:
            self._add_check(connection, subscription, due_at)

    def _add_check(
        self, connection: sa.Connection, target: Subscription | DigestKey, due_at: datetime
    ) -> None:
        team, channel = target.team, target.channel
        key, payload = f"{team}/{channel}", {"team": team, "channel": channel}
        self._jobs.add(DIGEST_JOB, key, payload, due_at=due_at, team=team, connection=connection)

    def stop(self, connection: sa.Connection, team: str, channel: str, reason: str) -> bool:
        """Stop a channel's digest until it subscribes again; False if it was not running."""
        is_running = *_is_channel(team, channel), subscriptions.c.stopped.is_(None)
        update = sa.update(subscriptions).where(*is_running).values(stopped=reason)
        return connection.execute(update).rowcount > 0

    def unsubscribe(self, team: str, channel: str) -> bool:
        """Delete a channel's subscription; False if there was none."""
        delete = sa.delete(subscriptions).where(*_is_channel(team, channel))
        return self._db.execute(delete) > 0

    def subscription(self, team: str, channel: str) -> Subscription | None:
        """Read a channel's subscription."""
        query = sa.select(subscriptions).where(*_is_channel(team, channel))
        row = self._db.fetch_first(query)
        return subscription_from_row(row) if row else None

    def subscriptions(self, team: str | None = None) -> list[Subscription]:
        """Read the subscriptions of one workspace or of all."""
        query = sa.select(subscriptions).order_by(subscriptions.c.team, subscriptions.c.channel)
        if team is not None:
            query = query.where(subscriptions.c.team == team)
        return [subscription_from_row(row) for row in self._db.fetch_all(query)]

    # -- digests

    def rows(self, team: str, channel: str, *, limit: int = 60) -> list[LedgerRow]:
        """A channel's last `limit` digests, oldest first."""
        query = sa.select(digests).where(digests.c.team == team, digests.c.channel == channel)
        query = query.order_by(digests.c.posting_time.desc()).limit(limit)
        with self._db.read() as connection:
            rows = connection.execute(query).all()[::-1]
            keys = [outbox_key(digest_key_from_row(row)) for row in rows]
            messages = sa.select(outbox.c.key, outbox.c.state)
            messages = messages.where(outbox.c.team == team, outbox.c.key.in_(keys))
            states = {row.key: row.state for row in connection.execute(messages)}
        return [ledger_row(row, states.get(key)) for row, key in zip(rows, keys, strict=True)]

    def plan(self, row: LedgerRow) -> bool:
        """Store a digest; False if the channel already has one for that day.

        It replaces a missed digest of the same day that was due earlier: if the digest is
        rescheduled after a failure, the day still gets one.
        """
        values = {
            "state": row.state,
            "window_start": row.window_start,
            "posting_time": row.posting_time,
            "retry_at": row.retry_at,
            "failure": row.failure,
        }
        is_replaced = sa.and_(
            digests.c.state == "missed", digests.c.posting_time < row.posting_time
        )
        with self._db.write() as connection:
            return self._upsert(connection, digests, asdict(row.key), values, where=is_replaced)

    def request_message(self, key: DigestKey, now: datetime) -> bool:
        """Queue the message of a planned digest; False if it is no longer planned, is queued
        already, or must not be retried yet."""
        may_retry = sa.or_(digests.c.retry_at.is_(None), digests.c.retry_at <= now)
        with self._db.write() as connection:
            if not self._lock_planned(connection, key, may_retry):
                return False
            return self._outbox.add(
                connection,
                team=key.team,
                channel=key.channel,
                key=outbox_key(key),
                payload=DigestPayload(key.day),
                now=now,
            )

    def changed_claims(
        self, team: str, channel: str, since: datetime, until: datetime
    ) -> list[str]:
        """The ids of claims shown in a channel's digests that were removed, or whose corrections
        were accepted or undone, in [since, until)."""
        gone_at, ruled_at = gone_claims.c.gone_at, rulings.c.ruled_at
        gone_ids = sa.select(gone_claims.c.claim_id).where(gone_at >= since, gone_at < until)
        is_ruled = rulings.c.ruling != "declined", ruled_at >= since, ruled_at < until
        ruled_ids = sa.select(corrections.c.claim_id).join(rulings).where(*is_ruled)
        shown = sa.select(outbox_claims.c.claim_id, outbox_claims.c.place).join(outbox)
        shown = shown.where(
            outbox.c.team == team,
            outbox.c.key.startswith(key_prefix(channel), autoescape=True),
            outbox.c.ts.is_not(None),
            outbox_claims.c.claim_id.in_(sa.union(gone_ids, ruled_ids)),
        )
        rows = self._db.fetch_all(shown)
        # Claims shown beside another claim of the digest are left out.
        return sorted({row.claim_id for row in rows if "beside" not in (row.place or {})})

    # -- after sending

    def drop_unposted(
        self,
        message: OutboxMessage,
        *,
        failure: str | None,
        retry_at: datetime | None,
        now: datetime,
    ) -> None:
        """Drop the message of a digest that was not posted.

        The digest can be queued again from `retry_at` on, or at once if that is None.
        """
        values = {"retry_at": retry_at, "failure": failure} if retry_at else {}
        self._drop_message(message, values, now)

    def mark_uncertain(self, message: OutboxMessage, now: datetime) -> None:
        """Drop a digest's message and mark the digest as uncertain: it may have been posted, and
        nobody can look it up."""
        self._drop_message(message, UNCERTAIN_VALUES, now)

    def add_follow_up_jobs(
        self,
        connection: sa.Connection,
        message: OutboxMessage,
        message_key: MessageKey,
        kinds: Sequence[str],
        now: datetime,
    ) -> None:
        """Schedule what follows a posted digest: a job of each kind, and the channel's next
        check."""
        self._add_check(connection, digest_key(message.team, message.key), now)
        key, payload = "/".join(message_key), message_key._asdict()
        for kind in kinds:
            self._jobs.add(kind, key, payload, due_at=now, team=message.team, connection=connection)

    def mark_missed(self, key: DigestKey) -> bool:
        """Give up a planned digest and its message; False if it is no longer planned, or may have
        been sent."""
        with self._db.write() as connection:
            if not self._lock_planned(connection, key):
                return False
            if not self._outbox.cancel(connection, key.team, outbox_key(key)):
                return False
            self._update_planned(connection, key, {"state": "missed"})
        return True

    def _drop_message(
        self, message: OutboxMessage, values: Mapping[str, Any], now: datetime
    ) -> None:
        """Drop a digest's message, update the digest, and schedule a check of the channel, since
        other digests may have waited for this one. Do nothing if another process has changed the
        message."""
        key = digest_key(message.team, message.key)
        with self._db.write() as connection:
            self._lock_planned(connection, key)
            if self._outbox.drop(message, connection):
                self._update_planned(connection, key, values)
                self._add_check(connection, key, now)

    def _lock_planned(
        self, connection: sa.Connection, key: DigestKey, *conditions: sa.ColumnElement[bool]
    ) -> bool:
        """Lock a planned digest until the transaction ends; False if it is not planned."""
        query = sa.select(digests.c.day).where(*_is_planned(key), *conditions).with_for_update()
        return connection.execute(query).first() is not None

    def _update_planned(
        self, connection: sa.Connection, key: DigestKey, values: Mapping[str, Any]
    ) -> None:
        if values:
            connection.execute(sa.update(digests).where(*_is_planned(key)).values(**values))

    def _upsert(
        self,
        connection: sa.Connection,
        table: sa.Table,
        key: dict[str, Any],
        values: dict[str, Any],
        *,
        where: sa.ColumnElement[bool] | None = None,
    ) -> bool:
        """Insert a row, or update the row with this key if it meets `where`; False if it does
        not."""
        insert = self._db.insert(table).values(**key, **values)
        upsert = insert.on_conflict_do_update(index_elements=list(key), set_=values, where=where)
        return connection.execute(upsert.returning(table.c.team)).first() is not None


def _is_channel(team: str, channel: str) -> tuple[sa.ColumnElement[bool], ...]:
    return subscriptions.c.team == team, subscriptions.c.channel == channel


def _is_planned(key: DigestKey) -> tuple[sa.ColumnElement[bool], ...]:
    return (
        digests.c.team == key.team,
        digests.c.channel == key.channel,
        digests.c.day == key.day,
        digests.c.state == "planned",
    )
