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

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any, Literal, cast

import sqlalchemy as sa

from bot.model import DigestWants, Subscription
from bot.store.database import Database
from bot.store.delivery.jobs import Jobs
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

DIGEST = "digest"
"""The kind of the jobs, one for each channel, that look what is due there."""

DigestState = Literal["planned", "sending", "sent", "uncertain", "missed"]


@dataclass(frozen=True, slots=True)
class DigestKey:
    """What makes a digest one: workspace, channel and local date."""

    team: str
    channel: str
    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerRow:
    """What is known of one digest."""

    key: DigestKey
    state: DigestState
    window_start: datetime
    posting_time: datetime
    failure: str | None = None
    retry_at: datetime | None = field(default=None, compare=False)
    """It is not asked for before this: Slack has refused it just now."""
    is_asked: bool = field(default=False, compare=False)
    """Whether it waits in the outbox."""


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
            "wants": _wants_json(subscription.wants),
            "begun": subscription.begun,
            "stopped": None,
        }
        key = {"team": subscription.team, "channel": subscription.channel}
        with self._db.write() as connection:
            self._put(connection, subscriptions, key, values)
            self._look(subscription, subscription.since, connection)

    def look(self, subscription: Subscription, at: datetime) -> None:
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
        return _subscription(row) if row else None

    def subscriptions(self, team: str | None = None) -> list[Subscription]:
        """The channels that want a digest, in one workspace or in all."""
        query = sa.select(subscriptions).order_by(subscriptions.c.team, subscriptions.c.channel)
        if team is not None:
            query = query.where(subscriptions.c.team == team)
        with self._db.read() as connection:
            return [_subscription(row) for row in connection.execute(query)]

    # -- digests

    def rows(self, team: str, channel: str, *, limit: int = 60) -> list[LedgerRow]:
        """A channel's latest digests, oldest first."""
        query = sa.select(digests).where(digests.c.team == team, digests.c.channel == channel)
        query = query.order_by(digests.c.posting_time.desc()).limit(limit)
        with self._db.read() as connection:
            rows = connection.execute(query).all()[::-1]
            keys = [message_key(_key_of(row)) for row in rows]
            messages = sa.select(outbox.c.key, outbox.c.state)
            messages = messages.where(outbox.c.team == team, outbox.c.key.in_(keys))
            states = {row.key: row.state for row in connection.execute(messages)}
        return [_ledger_row(row, states.get(key)) for row, key in zip(rows, keys, strict=True)]

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

    def ask(self, key: DigestKey, now: datetime) -> bool:
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
                key=message_key(key),
                payload=DigestPayload(key.day),
                now=now,
            )

    def touched(self, team: str, channel: str, since: datetime, until: datetime) -> list[str]:
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
            outbox.c.channel == channel,
            outbox.c.kind == DigestPayload.kind,
            outbox.c.ts.is_not(None),
            outbox_claims.c.claim_id.in_(sa.union(gone, ruled)),
        )
        with self._db.read() as connection:
            found = connection.execute(shown).all()
        return sorted({row.claim_id for row in found if "beside" not in (row.place or {})})

    # -- what becomes of its message

    def put_back(
        self, one: OutboxMessage, *, failure: str | None, retry_at: datetime | None, now: datetime
    ) -> None:
        """Drop the message of a digest that does not stand in its channel. It may be asked for
        again from `retry_at` on; where that is None, if it is still to be posted."""
        values = {"retry_at": retry_at, "failure": failure} if retry_at else {}
        self._end(one, values, retry_at or now)

    def doubt(self, one: OutboxMessage, now: datetime) -> None:
        """Mark the digest of a message as uncertain: it may stand in its channel, and nobody can
        look."""
        self._end(one, UNCERTAIN, now)

    def follow(
        self,
        connection: sa.Connection,
        one: OutboxMessage,
        message: MessageKey,
        then: Sequence[str],
        now: datetime,
    ) -> None:
        """Have what belongs to a digest that stands follow it, in the transaction of a
        `connection`: a job of each of these kinds, about this message."""
        self._look(digest_key(one), now, connection)
        key, payload = "/".join(message), message._asdict()
        for kind in then:
            self._jobs.add(kind, key, payload, due_at=now, team=one.team, connection=connection)

    def miss(self, key: DigestKey) -> bool:
        """Give up a planned digest, with its message; False if it is not planned, or Slack has been
        asked for it."""
        with self._db.write() as connection:
            if not self._locked(connection, key):
                return False
            if not self._outbox.withdraw(connection, key.team, message_key(key)):
                return False
            self._set(connection, key, {"state": "missed"})
        return True

    def _end(self, one: OutboxMessage, values: Mapping[str, Any], look_at: datetime) -> None:
        """Drop the message of a digest, unless another has changed it, note `values` of the digest,
        and have its channel looked at: others may have waited for this."""
        key = digest_key(one)
        with self._db.write() as connection:
            self._locked(connection, key)
            if self._outbox.drop(one, connection):
                self._set(connection, key, values)
                self._look(key, look_at, connection)

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


def message_key(key: DigestKey) -> str:
    """The key of a digest's message in the outbox, by which it is found in its channel, too."""
    return f"{DigestPayload.kind}/{key.channel}/{key.day}"


def digest_key(one: OutboxMessage) -> DigestKey:
    """The digest of a message."""
    return DigestKey(one.team, one.channel, one.contents(DigestPayload).day)


def _subscription(row: sa.Row[Any]) -> Subscription:
    known = dict(row._mapping)
    wants: dict[str, Any] = known.pop("wants") or {}
    for name in ("days", "topics", "outlets"):
        wants[name] = tuple(wants.get(name, ()))
    for name in ("skip", "paused_until"):
        wants[name] = wants.get(name) and date.fromisoformat(wants[name])
    return Subscription(**known, wants=DigestWants(**wants))


def _wants_json(wants: DigestWants) -> dict[str, Any] | None:
    """What is wanted as JSON, None where nothing is set."""
    if wants == DigestWants():
        return None
    values = asdict(wants)
    for name in ("skip", "paused_until"):
        values[name] = values[name] and values[name].isoformat()
    return values


def _key_of(row: sa.Row[Any]) -> DigestKey:
    return DigestKey(row.team, row.channel, row.day)


def _ledger_row(row: sa.Row[Any], message: str | None) -> LedgerRow:
    """A digest by its row, and by the state of its `message` where it has one."""
    state = cast(DigestState, message if message in ("sending", "sent") else row.state)
    return LedgerRow(
        key=_key_of(row),
        state=state,
        window_start=row.window_start,
        posting_time=row.posting_time,
        failure=row.failure,
        retry_at=row.retry_at,
        is_asked=message == "waiting",
    )
