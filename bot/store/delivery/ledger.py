"""Which channels want a digest, and what became of each one.

There is one row for each workspace, channel and local date. A digest is planned, and when its hour
has come it is asked for as a message of the outbox, whose key is made of channel and date. The
message is what is sent once, looked for after a crash, and mended; so `sending` and `sent` are what
the outbox says of a planned one. The ledger knows what the outbox does not: `missed` was too late
to post, or has been overtaken by a newer one; of one that is `uncertain` nobody can see whether it
stands in its channel, and it is never posted again.

Who changes both locks the digest before its message.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from bot.model import DigestWants, Subscription
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
)
from bot.store.delivery.outbox import Outbox
from bot.store.delivery.outbox_message import OutboxMessage
from bot.store.delivery.payloads import DigestPayload
from bot.store.delivery.posted import MessageKey
from bot.store.delivery.subscription_rows import subscription_from_row, wants_to_json
from bot.store.schema import (
    corrections,
    digests,
    gone_claims,
    outbox,
    outbox_claims,
    rulings,
    subscriptions,
)

DIGEST = "digest"
"""The kind of the jobs, one for each channel, that look what is due there."""


class Ledger:
    """Subscriptions and digests of all workspaces."""

    def __init__(self, database: Database, jobs: Jobs, messages: Outbox) -> None:
        self._db, self._jobs, self._outbox = database, jobs, messages

    # -- subscriptions

    def subscribe(self, subscription: Subscription) -> None:
        """Set or change a channel's digest, and have a worker look when the next is due; one that
        was stopped goes on."""
        values = {
            "at": subscription.at,
            "zone": subscription.zone,
            "person": subscription.person,
            "since": subscription.since,
            "wants": wants_to_json(subscription.wants),
            "begun": subscription.begun,
            "stopped": None,
        }
        key = {"team": subscription.team, "channel": subscription.channel}
        with self._db.write() as connection:
            self._put(connection, subscriptions, key, values)
            self._look(subscription, subscription.since, connection)

    def schedule_check(self, subscription: Subscription, at: datetime) -> None:
        """Have a worker look what is due in a channel."""
        with self._db.write() as connection:
            self._look(subscription, at, connection)

    def _look(
        self, where: Subscription | DigestKey, at: datetime, connection: sa.Connection
    ) -> None:
        team, channel = where.team, where.channel
        key, payload = f"{team}/{channel}", {"team": team, "channel": channel}
        self._jobs.add(DIGEST, key, payload, due_at=at, team=team, connection=connection)

    def stop(self, connection: sa.Connection, team: str, channel: str, why: str) -> bool:
        """Let no digest be posted in a channel until it is set again; False if none would be."""
        goes_on = *_channel(team, channel), subscriptions.c.stopped.is_(None)
        change = sa.update(subscriptions).where(*goes_on).values(stopped=why)
        return connection.execute(change).rowcount > 0

    def change_wants(
        self,
        connection: sa.Connection,
        team: str,
        channel: str,
        change: Callable[[DigestWants], DigestWants],
    ) -> None:
        """Change what is wanted of a channel's digest, where one is set."""
        mine = _channel(team, channel)
        row = connection.execute(
            sa.select(subscriptions).where(*mine).with_for_update()
        ).one_or_none()
        wants = subscription_from_row(row).wants if row else DigestWants()
        if (changed := change(wants)) != wants:
            connection.execute(
                sa.update(subscriptions).where(*mine).values(wants=wants_to_json(changed))
            )

    def unsubscribe(self, team: str, channel: str) -> bool:
        """End a channel's digest; False if there was none."""
        with self._db.write() as connection:
            gone = connection.execute(sa.delete(subscriptions).where(*_channel(team, channel)))
        return gone.rowcount > 0

    def subscription(self, team: str, channel: str) -> Subscription | None:
        """What is set for a channel."""
        with self._db.read() as connection:
            row = connection.execute(
                sa.select(subscriptions).where(*_channel(team, channel))
            ).one_or_none()
        return subscription_from_row(row) if row else None

    def subscriptions(self, team: str | None = None) -> list[Subscription]:
        """The channels that want a digest, in one workspace or in all."""
        query = sa.select(subscriptions).order_by(subscriptions.c.team, subscriptions.c.channel)
        if team is not None:
            query = query.where(subscriptions.c.team == team)
        with self._db.read() as connection:
            return [subscription_from_row(row) for row in connection.execute(query)]

    # -- digests

    def rows(self, team: str, channel: str, *, limit: int = 60) -> list[LedgerRow]:
        """A channel's latest digests, oldest first."""
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
        """Enter a digest, unless this channel's day has one already (then False).

        One that was missed gives way to one of the same day that comes later: where a channel's
        digest is set anew after a failure, the day still gets its one.
        """
        values = {
            "state": row.state,
            "window_start": row.window_start,
            "posting_time": row.posting_time,
            "retry_at": row.retry_at,
            "failure": row.failure,
        }
        earlier = sa.and_(digests.c.state == "missed", digests.c.posting_time < row.posting_time)
        with self._db.write() as connection:
            return self._put(connection, digests, asdict(row.key), values, where=earlier)

    def request_message(self, key: DigestKey, now: datetime) -> bool:
        """Ask for the message of a planned digest; False where it is not planned any more, not to
        be tried yet, or has been asked for already."""
        ripe = sa.or_(digests.c.retry_at.is_(None), digests.c.retry_at <= now)
        with self._db.write() as connection:
            if not self._locked(connection, key, ripe):
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
        """The claims that a channel's digests have shown and that went in [since, until), or were
        corrected by people, or are so no more."""
        gone = sa.select(gone_claims.c.claim_id)
        gone = gone.where(*_within(gone_claims.c.gone_at, since, until))
        ruled = sa.select(corrections.c.claim_id).join(rulings)
        ruled = ruled.where(rulings.c.ruling != "declined")
        ruled = ruled.where(*_within(rulings.c.ruled_at, since, until))
        shown = sa.select(outbox_claims.c.claim_id, outbox_claims.c.place).join(outbox)
        shown = shown.where(
            outbox.c.team == team,
            outbox.c.key.startswith(key_prefix(channel), autoescape=True),
            outbox.c.ts.is_not(None),
            outbox_claims.c.claim_id.in_(sa.union(gone, ruled)),
        )
        with self._db.read() as connection:
            found = connection.execute(shown).all()
        return sorted({row.claim_id for row in found if "beside" not in (row.place or {})})

    # -- what becomes of its message

    def retry_later(
        self, one: OutboxMessage, *, failure: str | None, retry_at: datetime | None, now: datetime
    ) -> None:
        """Drop the message of a digest that does not stand in its channel. It may be asked for
        again from `retry_at` on; where that is None, if it is still to be posted."""
        values = {"retry_at": retry_at, "failure": failure} if retry_at else {}
        self._end(one, values, now)

    def mark_uncertain(self, one: OutboxMessage, now: datetime) -> None:
        """Mark the digest of a message as uncertain: it may stand in its channel, and nobody can
        look."""
        self._end(one, UNCERTAIN, now)

    def add_follow_up_jobs(
        self,
        connection: sa.Connection,
        one: OutboxMessage,
        message: MessageKey,
        then: Sequence[str],
        now: datetime,
    ) -> None:
        """Have what belongs to a digest that stands follow it, in the transaction of a
        `connection`: a job of each of these kinds, about this message."""
        self._look(digest_key(one.team, one.key), now, connection)
        key, payload = "/".join(message), message._asdict()
        for kind in then:
            self._jobs.add(kind, key, payload, due_at=now, team=one.team, connection=connection)

    def mark_missed(self, key: DigestKey) -> bool:
        """Give up a planned digest, with its message; False if it is not planned, or Slack has been
        asked for it."""
        with self._db.write() as connection:
            if not self._locked(connection, key):
                return False
            if not self._outbox.withdraw(connection, key.team, outbox_key(key)):
                return False
            self._set(connection, key, {"state": "missed"})
        return True

    def _end(self, one: OutboxMessage, values: Mapping[str, Any], now: datetime) -> None:
        """Drop the message of a digest, unless another has changed it, note `values` of the digest,
        and have its channel looked at: others may have waited for this."""
        key = digest_key(one.team, one.key)
        with self._db.write() as connection:
            self._locked(connection, key)
            if self._outbox.drop(one, connection):
                self._set(connection, key, values)
                self._look(key, now, connection)

    def _locked(
        self, connection: sa.Connection, key: DigestKey, *where: sa.ColumnElement[bool]
    ) -> bool:
        """Hold a planned digest until the end of a transaction; False if it is not planned."""
        planned = *_of(key), digests.c.state == "planned", *where
        query = sa.select(digests.c.day).where(*planned).with_for_update()
        return connection.execute(query).first() is not None

    def _set(self, connection: sa.Connection, key: DigestKey, values: Mapping[str, Any]) -> None:
        if values:
            change = sa.update(digests).where(*_of(key), digests.c.state == "planned")
            connection.execute(change.values(**values))

    def _put(
        self,
        connection: sa.Connection,
        table: sa.Table,
        key: dict[str, Any],
        values: dict[str, Any],
        *,
        where: sa.ColumnElement[bool] | None = None,
    ) -> bool:
        """Insert a row; where its key is there already, change that one, unless it is not as
        `where` says (then False)."""
        insert = self._db.insert(table).values(**key, **values)
        insert = insert.on_conflict_do_update(index_elements=list(key), set_=values, where=where)
        return connection.execute(insert.returning(table.c.team)).first() is not None


UNCERTAIN: Mapping[str, Any] = {
    "state": "uncertain",
    "failure": "Slack did not confirm that it was posted",
}


def _channel(team: str, channel: str) -> tuple[sa.ColumnElement[bool], ...]:
    return subscriptions.c.team == team, subscriptions.c.channel == channel


def _within(
    at: sa.Column[datetime], since: datetime, until: datetime
) -> tuple[sa.ColumnElement[bool], ...]:
    return at >= since, at < until


def _of(key: DigestKey) -> tuple[sa.ColumnElement[bool], ...]:
    at = digests.c.team == key.team, digests.c.channel == key.channel
    return (*at, digests.c.day == key.day)
