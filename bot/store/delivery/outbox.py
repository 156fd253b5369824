"""The outbox: one row per Slack message, sent once, in order in each channel.

A row goes waiting → sending → sent. `sending` is written before the call to Slack, with the time
after which another worker checks the outcome. So after a crash or a lost response, the row shows
that the outcome is unknown. The message is then looked up in its channel by its key before it is
sent again. If it cannot be looked up, it becomes `uncertain` and is not sent again; if Slack
refuses it for good, it becomes `dead`.

Both stay until a person drops or retries them; an uncertain message is looked up first. The person
who requested the message is notified in the transaction that gives it up.

A person can withdraw a message in any state. It becomes `withdrawn`, is not sent, sent again or
updated any more, and a job deletes it in Slack if it was or may have been posted.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Literal

import sqlalchemy as sa

from bot.store import audit
from bot.store.database import Database
from bot.store.delivery.channels import Channels
from bot.store.delivery.jobs import Jobs
from bot.store.delivery.outbox_message import (
    ANY_TEAM,
    MessageContents,
    OutboxMessage,
    message_from_row,
    record_wording_hashes,
    schedule_send,
    set_claims,
    set_contents,
)
from bot.store.delivery.payloads import Payload, TextPayload, payload_to_json
from bot.store.delivery.posted import MessageKey, PostedMessages, message_conditions
from bot.store.schema import outbox

SEND_LEASE = timedelta(minutes=2)
"""How long a worker has for a call to Slack before another checks the outcome; longer than the
call's timeout."""

IS_PENDING = outbox.c.state.in_(("waiting", "sending"))


class Outbox:
    """The messages of all workspaces."""

    def __init__(
        self, database: Database, jobs: Jobs, posted: PostedMessages, channels: Channels
    ) -> None:
        self._db, self._jobs, self._posted, self._channels = database, jobs, posted, channels

    # -- adding and changing

    def add(
        self,
        connection: sa.Connection | None,
        *,
        team: str,
        channel: str,
        key: str,
        payload: Payload,
        now: datetime,
        person: str | None = None,
        thread_ts: str | None = None,
        claims: Sequence[str] = (),
    ) -> bool:
        """Queue a message to a channel, or to a person by their id, in the transaction of
        `connection` if given; False if its key is queued already.

        `key` has at most 200 characters. A dead message is queued again.
        """
        values = {
            "channel": channel,
            "thread_ts": thread_ts,
            "kind": payload.kind,
            "payload": payload_to_json(payload),
            "person": person,
            "state": "waiting",
            "asked_at": now,
            "due_at": now,
            "attempts": 0,
            "tried_at": None,
            "failure": None,
        }
        insert = self._db.insert(outbox).values(team=team, key=key, **values)
        upsert = insert.on_conflict_do_update(
            index_elements=["team", "key"], set_=values, where=outbox.c.state == "dead"
        )
        with self._db.write_in(connection) as transaction:
            row_id = transaction.scalar(upsert.returning(outbox.c.id))
            if row_id is None:
                return False
            set_claims(transaction, row_id, claims)
            schedule_send(self._jobs, transaction, team, channel, now)
        return True

    def change_payload(
        self,
        connection: sa.Connection,
        *,
        team: str,
        key: str,
        payload: Payload,
        claims: Sequence[str],
        now: datetime,
    ) -> bool:
        """Change a message's payload and claims, whether or not it has been posted, in the
        transaction of `connection`; False if there is none with this key."""
        update = sa.update(outbox).where(outbox.c.team == team, outbox.c.key == key)
        update = update.values(payload=payload_to_json(payload))
        row = connection.execute(update.returning(outbox)).first()
        if row is None:
            return False
        set_claims(connection, row.id, claims)
        if row.ts is not None:
            self._posted.schedule_update(connection, MessageKey(team, row.channel, row.ts), now)
        return True

    def record_claims(
        self,
        *,
        team: str,
        channel: str,
        ts: str,
        key: str,
        payload: Payload,
        claims: Sequence[str],
        now: datetime,
    ) -> None:
        """Record the claims shown below somebody else's message, so that they are updated like
        those in our own; replaces an earlier record with the same key."""
        values = {
            "channel": channel,
            "ts": ts,
            "state": "sent",
            "kind": payload.kind,
            "payload": payload_to_json(payload),
            "asked_at": now,
            "due_at": now,
            "attempts": 0,
        }
        insert = self._db.insert(outbox).values(team=team, key=key, **values)
        upsert = insert.on_conflict_do_update(index_elements=["team", "key"], set_=values)
        with self._db.write() as connection:
            row_id = connection.scalar(upsert.returning(outbox.c.id))
            set_claims(connection, row_id, claims)

    # -- sending

    def next_in_channel(self, team: str, channel: str) -> OutboxMessage | None:
        """The next pending message of a channel, due or not, or None."""
        is_channel = outbox.c.team == team, outbox.c.channel == channel
        query = sa.select(outbox).where(*is_channel, IS_PENDING)
        return self._read_one(query.order_by(outbox.c.id).limit(1))

    def begin_sending(
        self, message: OutboxMessage, now: datetime, contents: MessageContents | None = None
    ) -> OutboxMessage | datetime | None:
        """Mark a waiting message as being sent, with its claims as shown, or with `contents`
        that are decided only now.

        Returns the message; or the time of the channel's next slot if it must wait; or None if
        another worker has taken it.
        """
        values: dict[str, Any] = {"state": "sending", "due_at": now + SEND_LEASE, "tried_at": now}
        with self._db.write() as connection:
            next_slot = self._channels.reserve_slot(message.team, message.channel, now, connection)
            if next_slot:
                return next_slot
            if not (sending := self._update_if_unchanged(connection, message, values)):
                return None
            if contents is None:
                record_wording_hashes(connection, sending)
                return sending
            return set_contents(connection, sending, contents)

    def take_for_lookup(self, message: OutboxMessage, now: datetime) -> OutboxMessage | None:
        """Take a message with an unknown outcome, to look it up in its channel; None if another
        worker has it."""
        with self._db.write() as connection:
            return self._update_if_unchanged(connection, message, {"due_at": now + SEND_LEASE})

    def mark_sent(
        self,
        message: OutboxMessage,
        *,
        channel: str,
        ts: str,
        now: datetime,
        on_sent: Callable[[sa.Connection, MessageKey], None] | None = None,
    ) -> None:
        """Record the channel and ts of a posted message, and call `on_sent`, in one transaction.

        Schedules an update if its claims or payload have changed since it was rendered. Clears the
        workspace's failure, since Slack has authorised us.
        """
        values = {"state": "sent", "channel": channel, "ts": ts, "due_at": now, "failure": None}
        message_key = MessageKey(message.team, channel, ts)
        with self._db.write() as connection:
            if self._update_if_unchanged(connection, message, values) is None:
                # If it was withdrawn meanwhile, it can be deleted now.
                is_row = outbox.c.id == message.id, outbox.c.state == "withdrawn"
                place = sa.update(outbox).where(*is_row).values(channel=channel, ts=ts)
                if connection.execute(place).rowcount:
                    self._schedule_withdrawal(connection, message, now)
                return
            record_wording_hashes(connection, message)
            self._channels.clear_failure(connection, message.team)
            self._posted.schedule_update_if_changed(connection, message_key, now)
            row = connection.execute(sa.select(outbox).where(outbox.c.id == message.id)).one()
            current = message_from_row(connection, row)
            if (current.payload, current.shown) != (message.payload, message.shown):
                self._posted.schedule_update(connection, message_key, now)
            if on_sent:
                on_sent(connection, message_key)

    def retry_later(self, message: OutboxMessage, *, failure: str | None, due_at: datetime) -> None:
        """Put a message that Slack has not posted back in the queue."""
        self._reschedule(message, {"state": "waiting", "due_at": due_at, "failure": failure})

    def mark_outcome_unknown(
        self, message: OutboxMessage, *, failure: str, due_at: datetime
    ) -> None:
        """Record that a message's outcome is unknown; it is looked up at `due_at`."""
        self._reschedule(message, {"due_at": due_at, "failure": failure})

    def record_attempt(self, message: OutboxMessage, *, failure: str, due_at: datetime) -> None:
        """Record a failed attempt to send or prepare a message; it is retried at `due_at`."""
        attempts = message.attempts + 1
        self._reschedule(message, {"due_at": due_at, "failure": failure, "attempts": attempts})

    def give_up(
        self,
        message: OutboxMessage,
        state: Literal["dead", "uncertain"],
        *,
        failure: str,
        notice: TextPayload | None,
        now: datetime,
    ) -> None:
        """Give up on a message as dead or uncertain, and send `notice` to the person who requested
        it."""
        values = {"state": state, "failure": failure, "due_at": now}
        with self._db.write() as connection:
            is_updated = self._update_if_unchanged(connection, message, values) is not None
            if is_updated and notice and message.person:
                self.add(
                    connection,
                    team=message.team,
                    channel=message.person,
                    key=f"told/{message.id}/{now:%Y%m%d%H%M%S}",
                    payload=notice,
                    now=now,
                )

    def drop(self, message: OutboxMessage, connection: sa.Connection | None = None) -> bool:
        """Delete a message that is no longer needed, in the transaction of `connection` if given;
        False if another process has changed it."""
        delete = sa.delete(outbox).where(*_is_unchanged(message))
        with self._db.write_in(connection) as transaction:
            return transaction.execute(delete).rowcount > 0

    def withdraw(
        self, message: OutboxMessage, *, person: str, now: datetime, ts: str | None = None
    ) -> None:
        """Withdraw a message on the order of a person: it is deleted in Slack and posted no more.

        `ts` is the posted message, if known. Idempotent; the audit log says who withdrew what.
        """
        is_row = outbox.c.id == message.id, outbox.c.state != "withdrawn"
        # What waits or was refused is not in Slack, so there is no attempt to look up.
        is_unposted = outbox.c.state.in_(("waiting", "dead"))
        tried_at = sa.case((is_unposted, None), else_=outbox.c.tried_at)
        values = {"state": "withdrawn", "ts": message.ts or ts, "tried_at": tried_at}
        with self._db.write() as connection:
            if connection.execute(sa.update(outbox).where(*is_row).values(values)).rowcount:
                audit.record(connection, "withdraw", message.key, ordered_by=person, now=now)
                self._schedule_withdrawal(connection, message, now)

    def _schedule_withdrawal(
        self, connection: sa.Connection, message: OutboxMessage, now: datetime
    ) -> None:
        team, payload = message.team, {"team": message.team, "key": message.key}
        key = f"{team}/{message.id}"
        self._jobs.add("withdraw", key, payload, due_at=now, team=team, connection=connection)

    def cancel(self, connection: sa.Connection, team: str, key: str) -> bool:
        """Delete the message with a key if it was never sent; False if it may have been posted."""
        has_key = outbox.c.team == team, outbox.c.key == key
        never_sent = outbox.c.state.in_(("waiting", "dead"))
        connection.execute(sa.delete(outbox).where(*has_key, never_sent))
        return connection.scalar(sa.select(outbox.c.id).where(*has_key)) is None

    # -- reading

    def by_key(self, team: str, key: str) -> OutboxMessage | None:
        """Read a message by its key."""
        return self._read_one(sa.select(outbox).where(outbox.c.team == team, outbox.c.key == key))

    def by_message(self, message_key: MessageKey) -> OutboxMessage | None:
        """Read the row of a message posted in Slack, if we posted it."""
        return self._read_one(sa.select(outbox).where(*message_conditions(message_key)))

    def pending_channels(self, team: str) -> dict[str, datetime]:
        """The channels of a workspace with pending messages, each with its earliest due time."""
        query = sa.select(outbox.c.channel, sa.func.min(outbox.c.due_at).label("due_at"))
        query = query.where(outbox.c.team == team, IS_PENDING).group_by(outbox.c.channel)
        return {row.channel: row.due_at for row in self._db.fetch_all(query)}

    def ensure_send_jobs(self, team: str | None) -> None:
        """Make sure that every channel of a workspace with pending messages has a job."""
        for team_id in (team, ANY_TEAM) if team else ():
            for channel, due_at in self.pending_channels(team_id).items():
                with self._db.write() as connection:
                    schedule_send(self._jobs, connection, team_id, channel, due_at)

    # -- helpers

    def _reschedule(self, message: OutboxMessage, values: dict[str, Any]) -> None:
        """Update a message and schedule its channel's job, which may have been postponed until the
        end of a worker's lease."""
        with self._db.write() as connection:
            if self._update_if_unchanged(connection, message, values):
                due_at = values["due_at"]
                schedule_send(self._jobs, connection, message.team, message.channel, due_at)

    def _update_if_unchanged(
        self, connection: sa.Connection, message: OutboxMessage, values: dict[str, Any]
    ) -> OutboxMessage | None:
        """Update a message if its row has not changed since it was read, or return None."""
        update = sa.update(outbox).where(*_is_unchanged(message)).values(**values)
        row = connection.execute(update.returning(outbox.c.id)).first()
        return replace(message, **values) if row else None

    def _read_one(self, query: sa.Select[Any]) -> OutboxMessage | None:
        with self._db.read() as connection:
            row = connection.execute(query).first()
            return message_from_row(connection, row) if row else None


def _is_unchanged(message: OutboxMessage) -> tuple[sa.ColumnElement[bool], ...]:
    return (
        outbox.c.id == message.id,
        outbox.c.state == message.state,
        outbox.c.due_at == message.due_at,
        outbox.c.key == message.key,
    )
