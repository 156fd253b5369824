"""A message of the outbox, as in its row."""

from __future__ import annotations

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
"""The kind of the jobs, one per channel, that send the channel's messages."""

ANY_TEAM = ""
"""The team of messages that any workspace's worker may send: to the owners named in feeds.yml, who
belong to the only workspace."""

MAX_DELAY = timedelta(days=1)
"""A message due later than this counts as due: a wrong clock has set the time."""

MessageState = Literal["waiting", "sending", "sent", "uncertain", "dead"]

P = TypeVar("P", bound=Payload)


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboxMessage:
    """A message to post in `channel`, or posted there as `ts`.

    `key` identifies it in its workspace. `kind` chooses the renderer of its `payload` and of the
    claims `shown`, which are read from the store until it is sent. `person` is notified if it
    cannot be posted. `attempts` counts the attempts with an unknown outcome.
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
        """Tell whether the message is due."""
        return not now < self.due_at <= now + MAX_DELAY

    def payload_as(self, payload_class: type[P]) -> P:
        """Return the payload as this class. Raises StoreError if it is unreadable or another."""
        payload = self.payload
        if isinstance(payload, payload_class):
            return payload
        cause = payload.reason if isinstance(payload, UnreadablePayload) else self.kind
        raise StoreError("a message of the outbox can't be read", subject=self.key, cause=cause)


def message_from_row(connection: sa.Connection, row: sa.Row[Any]) -> OutboxMessage:
    """Read the message of a row, with its claims."""
    query = sa.select(outbox_claims.c.claim_id, outbox_claims.c.wording)
    query = query.where(outbox_claims.c.outbox_id == row.id).order_by(outbox_claims.c.position)
    hashes: dict[str, str | None] = {
        claim.claim_id: claim.wording for claim in connection.execute(query)
    }
    if row.state == "waiting":
        hashes = dict.fromkeys(hashes) | wording_hashes(connection, list(hashes))
    names = (
        field.name for field in fields(OutboxMessage) if field.name not in ("payload", "shown")
    )
    return OutboxMessage(
        **{name: getattr(row, name) for name in names},
        payload=payload_from_json(row.kind, row.payload),
        shown=tuple(MessageClaim(*pair) for pair in hashes.items()),
    )


def schedule_send(
    jobs: Jobs, connection: sa.Connection, team: str, channel: str, due_at: datetime
) -> None:
    """Schedule the sending of a channel's messages, in the transaction of `connection`."""
    key, payload = f"{team}/{channel}", {"team": team, "channel": channel}
    jobs.add(SEND, key, payload, due_at=due_at, team=team or None, connection=connection)
