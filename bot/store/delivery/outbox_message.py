"""A message that is to be posted, as its row in the outbox has it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from typing import Any, Literal, TypeVar

import sqlalchemy as sa

from bot.errors import StoreError
from bot.store.delivery.jobs import Jobs
from bot.store.delivery.payloads import Payload, UnreadablePayload, payload_from_json
from bot.store.delivery.posted import MessageClaim, wording_hashes
from bot.store.schema import outbox_claims

SEND = "send"
"""The kind of the jobs, one for each channel, that send what waits there."""

ANY_TEAM = ""
"""Stands for the workspace of what any workspace's worker may send: the owners that feeds.yml names
are people of the only one."""

MAX_DELAY = timedelta(days=1)
"""A row that is due later has its hour from a clock that was wrong."""

MessageState = Literal["waiting", "sending", "sent", "uncertain", "dead"]

P = TypeVar("P", bound=Payload)


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboxMessage:
    """A message that is to be posted, or stands in its channel as message `ts`.

    `key` makes it one in its workspace; `kind` says what makes a message of its `payload` and of
    the claims that are `shown`: as they are now or, from when it is sent, as they were then.
    `person` hears if it can't be posted. `attempts` counts those that Slack left open.
    """

    id: int
    team: str
    key: str
    channel: str
    thread_ts: str | None
    kind: str
    payload: Payload | UnreadablePayload
    person: str | None
    state: MessageState
    asked_at: datetime
    due_at: datetime
    attempts: int
    tried_at: datetime | None
    ts: str | None
    failure: str | None
    shown: tuple[MessageClaim, ...] = ()

    def is_due(self, now: datetime) -> bool:
        """Whether its hour has come."""
        return not now < self.due_at <= now + MAX_DELAY

    def payload_as(self, kind: type[P]) -> P:
        """The payload of a message of this kind. Raises StoreError for one that can't be read."""
        if isinstance(self.payload, kind):
            return self.payload
        cause = self.payload.reason if isinstance(self.payload, UnreadablePayload) else self.kind
        raise StoreError("a message of the outbox can't be read", subject=self.key, cause=cause)


def message_from_row(connection: sa.Connection, row: sa.Row[Any]) -> OutboxMessage:
    """The message of a row."""
    query = sa.select(outbox_claims.c.claim_id, outbox_claims.c.wording)
    query = query.where(outbox_claims.c.outbox_id == row.id)
    shown = connection.execute(query.order_by(outbox_claims.c.position)).all()
    known: Mapping[str, str | None] = {one.claim_id: one.wording for one in shown}
    if row.state == "waiting":
        known = dict.fromkeys(known) | wording_hashes(connection, list(known))
    names = [
        field.name for field in fields(OutboxMessage) if field.name not in ("payload", "shown")
    ]
    return OutboxMessage(
        **{name: getattr(row, name) for name in names},
        payload=payload_from_json(row.kind, row.payload),
        shown=tuple(MessageClaim(*pair) for pair in known.items()),
    )


def schedule_send(
    jobs: Jobs, connection: sa.Connection, team: str, channel: str, at: datetime
) -> None:
    """Have what waits in a channel sent, in the transaction of a `connection`."""
    key, payload = f"{team}/{channel}", {"team": team, "channel": channel}
    jobs.add(SEND, key, payload, due_at=at, team=team or None, connection=connection)
