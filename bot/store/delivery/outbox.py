"""What is to be posted in Slack: one row for each message, sent once, in order in each channel.

A row goes waiting → sending → sent. `sending` is written before Slack is asked, with the hour at
which somebody is to look what came of it. So whatever happens between asking and recording (a
crash, an answer that is lost), the row says so, and the message is looked for in the channel by
the key that it carries before it is asked for again. One that cannot be looked for becomes
`uncertain` and is not sent again; one that Slack refuses for good is `dead`. Both stay until a
person drops or retries them (one that is uncertain is looked for once more then), and whoever asked
for it is told in the transaction that gives it up.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Literal

import sqlalchemy as sa

from bot.store.database import Database
from bot.store.delivery.channels import Channels
from bot.store.delivery.jobs import Jobs
from bot.store.delivery.outbox_contents import (
    MessageContents,
    record_wording_hashes,
    set_claims,
    set_contents,
)
from bot.store.delivery.outbox_message import (
    ANY_TEAM,
    OutboxMessage,
    message_from_row,
    schedule_send,
)
from bot.store.delivery.payloads import Payload, TextPayload, payload_to_json
from bot.store.delivery.posted import MessageKey, PostedMessages
from bot.store.schema import outbox

SEND_LEASE = timedelta(minutes=2)
"""How long one may be asking Slack before others look what came of it: longer than a call lasts."""


class Outbox:
    """The messages of all workspaces."""

    def __init__(
        self, database: Database, jobs: Jobs, posted: PostedMessages, channels: Channels
    ) -> None:
        self._db, self._jobs, self._posted, self._channels = database, jobs, posted, channels

    # -- asking

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
        """Ask for a message in a channel or to a person by their id, over a `connection` as part of
        its transaction; False if it has been asked for already.

        `key` has at most 200 characters. One that is dead is tried anew.
        """
        values = {
            **{"channel": channel, "thread_ts": thread_ts},
            **{"kind": payload.kind, "payload": payload_to_json(payload)},
            **{"person": person, "state": "waiting", "asked_at": now, "due_at": now},
            **{"attempts": 0, "tried_at": None, "failure": None},
        }
        insert = self._db.insert(outbox).values(team=team, key=key, **values)
        anew = insert.on_conflict_do_update(
            index_elements=["team", "key"], set_=values, where=outbox.c.state == "dead"
        )
        with self._writing(connection) as open_connection:
            added = open_connection.scalar(anew.returning(outbox.c.id))
            if added is None:
                return False
            set_claims(open_connection, added, claims)
            schedule_send(self._jobs, open_connection, team, channel, now)
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
        """Let a message say something else, whether it stands in its channel already or not, in the
        transaction of `connection`; False where none has this key."""
        named = outbox.c.team == team, outbox.c.key == key
        change = sa.update(outbox).where(*named).values(payload=payload_to_json(payload))
        row = connection.execute(change.returning(outbox)).first()
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
        """Note that claims are shown below a message of somebody else, so that these are mended as
        those of our own are. What was noted with the same key before is forgotten."""
        stands = {
            **{"channel": channel, "ts": ts, "state": "sent"},
            **{"kind": payload.kind, "payload": payload_to_json(payload)},
            **{"asked_at": now, "due_at": now, "attempts": 0},
        }
        insert = self._db.insert(outbox).values(team=team, key=key, **stands)
        noted = insert.on_conflict_do_update(index_elements=["team", "key"], set_=stands)
        with self._db.write() as connection:
            row_id = connection.scalar(noted.returning(outbox.c.id))
            set_claims(connection, row_id, claims)

    # -- sending

    def next_in_channel(self, team: str, channel: str) -> OutboxMessage | None:
        """The message that is next in a channel, due or not; None where nothing is to be sent."""
        unsettled = outbox.c.state.in_(("waiting", "sending"))
        query = sa.select(outbox).where(outbox.c.team == team, outbox.c.channel == channel)
        query = query.where(unsettled).order_by(outbox.c.id).limit(1)
        with self._db.read() as connection:
            row = connection.execute(query).first()
            return message_from_row(connection, row) if row else None

    def begin_sending(
        self, one: OutboxMessage, now: datetime, contents: MessageContents | None = None
    ) -> OutboxMessage | datetime | None:
        """Note that Slack will be asked for a waiting message now, with its claims as they are
        shown, or its `contents` where these are known only now. When the channel has its next turn,
        where that is later; None if the message is not this caller's to send any more."""
        asking: dict[str, Any] = {"state": "sending", "due_at": now + SEND_LEASE, "tried_at": now}
        with self._db.write() as connection:
            if later := self._channels.reserve_slot(one.team, one.channel, now, connection):
                return later
            if not (begun := self._hold(connection, one, asking)):
                return None
            if contents is None:
                record_wording_hashes(connection, begun)
                return begun
            return set_contents(connection, begun, contents)

    def take_for_lookup(self, one: OutboxMessage, now: datetime) -> OutboxMessage | None:
        """Take a message whose outcome is open, to look for it in its channel; None if another
        does."""
        with self._db.write() as connection:
            return self._hold(connection, one, {"due_at": now + SEND_LEASE})

    def mark_sent(
        self,
        one: OutboxMessage,
        *,
        channel: str,
        ts: str,
        now: datetime,
        then: Callable[[sa.Connection, MessageKey], None] | None = None,
    ) -> None:
        """Note as which message one stands, with its claims as they are `shown` there, and have it
        mended if they have changed meanwhile; `then` follows in the same transaction. Slack lets us
        in, then."""
        stands = {"state": "sent", "channel": channel, "ts": ts, "due_at": now, "failure": None}
        message = MessageKey(one.team, channel, ts)
        with self._db.write() as connection:
            if self._hold(connection, one, stands) is None:
                return
            record_wording_hashes(connection, one)
            self._channels.clear_failure(connection, one.team)
            self._posted.schedule_update_if_changed(connection, message, now)
            # What it is to say may have changed while Slack was asked.
            row = connection.execute(sa.select(outbox).where(outbox.c.id == one.id)).one()
            present = message_from_row(connection, row)
            if (present.payload, present.shown) != (one.payload, one.shown):
                self._posted.schedule_update(connection, message, now)
            if then:
                then(connection, message)

    def retry_later(self, one: OutboxMessage, *, failure: str | None, due_at: datetime) -> None:
        """Let a message wait that Slack has not posted."""
        self._have_wait(one, {"state": "waiting", "due_at": due_at, "failure": failure})

    def mark_outcome_unknown(self, one: OutboxMessage, *, failure: str, due_at: datetime) -> None:
        """Note that it is not known what came of a message; it is looked for at `due_at`."""
        self._have_wait(one, {"due_at": due_at, "failure": failure})

    def record_attempt(self, one: OutboxMessage, *, failure: str, due_at: datetime) -> None:
        """The same after Slack has been asked for it, which counts as an attempt."""
        values = {"due_at": due_at, "failure": failure, "attempts": one.attempts + 1}
        self._have_wait(one, values)

    def give_up(
        self,
        one: OutboxMessage,
        state: Literal["dead", "uncertain"],
        *,
        failure: str,
        notice: TextPayload | None,
        now: datetime,
    ) -> None:
        """Note that a message was not posted, or that it may have been and nobody will know; its
        person is `notice` so, by a message of that kind."""
        values = {"state": state, "failure": failure, "due_at": now}
        with self._db.write() as connection:
            if self._hold(connection, one, values) and notice and one.person:
                self.add(
                    connection,
                    team=one.team,
                    channel=one.person,
                    key=f"notice/{one.id}/{now:%Y%m%d%H%M%S}",
                    payload=notice,
                    now=now,
                )

    def drop(self, one: OutboxMessage, connection: sa.Connection | None = None) -> bool:
        """Forget a message that has nothing to say any more, over a `connection` as part of its
        transaction; False if somebody has changed it meanwhile."""
        with self._writing(connection) as open_connection:
            gone = open_connection.execute(sa.delete(outbox).where(*_as_it_was(one)))
        return gone.rowcount > 0

    def withdraw(self, connection: sa.Connection, team: str, key: str) -> bool:
        """Forget the message with a key, if there is one and it has never been asked for; False
        where it may stand."""
        named = outbox.c.team == team, outbox.c.key == key
        never_sent = outbox.c.state.in_(("waiting", "dead"))
        connection.execute(sa.delete(outbox).where(*named, never_sent))
        return connection.scalar(sa.select(outbox.c.id).where(*named)) is None

    # -- finding

    def by_key(self, team: str, key: str) -> OutboxMessage | None:
        """A message by its key."""
        return self._first(outbox.c.team == team, outbox.c.key == key)

    def by_message(self, message: MessageKey) -> OutboxMessage | None:
        """What stands in a channel as a message, if it came from here."""
        at = outbox.c.channel == message.channel, outbox.c.ts == message.ts
        return self._first(outbox.c.team == message.team, *at)

    def pending_channels(self, team: str) -> dict[str, datetime]:
        """The channels of a workspace where something is to be sent, with when."""
        unsettled = outbox.c.state.in_(("waiting", "sending"))
        query = sa.select(outbox.c.channel, sa.func.min(outbox.c.due_at).label("due_at"))
        query = query.where(outbox.c.team == team, unsettled).group_by(outbox.c.channel)
        with self._db.read() as connection:
            return {row.channel: row.due_at for row in connection.execute(query)}

    def ensure_send_jobs(self, team: str | None) -> None:
        """Make sure that there is a job for every channel of a workspace where something waits."""
        for one in (team, ANY_TEAM) if team else ():
            for channel, due_at in self.pending_channels(one).items():
                with self._db.write() as connection:
                    schedule_send(self._jobs, connection, one, channel, due_at)

    # -- the rest

    def _have_wait(self, one: OutboxMessage, values: dict[str, Any]) -> None:
        """Let a message wait as `values` say, and its channel's job take it up then: in somebody's
        hands, the job may have put it off until their lease ends."""
        with self._db.write() as connection:
            if self._hold(connection, one, values):
                schedule_send(self._jobs, connection, one.team, one.channel, values["due_at"])

    def _hold(
        self, connection: sa.Connection, one: OutboxMessage, values: dict[str, Any]
    ) -> OutboxMessage | None:
        """Change a message that nobody has changed meanwhile; None if somebody has."""
        change = sa.update(outbox).where(*_as_it_was(one)).values(**values)
        changed = connection.execute(change.returning(outbox.c.id)).first()
        return replace(one, **values) if changed else None

    def _first(self, *where: sa.ColumnElement[bool]) -> OutboxMessage | None:
        with self._db.read() as connection:
            row = connection.execute(sa.select(outbox).where(*where)).first()
            return message_from_row(connection, row) if row else None

    def _writing(self, connection: sa.Connection | None) -> AbstractContextManager[sa.Connection]:
        return self._db.write() if connection is None else nullcontext(connection)


def _as_it_was(one: OutboxMessage) -> tuple[sa.ColumnElement[bool], ...]:
    same = outbox.c.id == one.id, outbox.c.state == one.state, outbox.c.due_at == one.due_at
    return (*same, outbox.c.key == one.key)
