"""A message of the outbox: its row, its payload and the claims that it shows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime, timedelta
from typing import Any, Literal, NamedTuple, TypeVar

import sqlalchemy as sa

from bot.errors import StoreError
from bot.store.database import insert_rows
from bot.store.delivery.jobs import Jobs
from bot.store.delivery.payloads import (
    Payload,
    UnreadablePayload,
    payload_from_json,
    payload_to_json,
)
from bot.store.delivery.posted import DigestClaim, MessageClaim, wording_hashes
from bot.store.schema import outbox, outbox_claims

SEND_JOB = "send"
"""The kind of the jobs, one per channel, that send the channel's messages."""

ANY_TEAM = ""
"""The team of messages that any workspace's worker may send: to the owners named in feeds.yml, who
belong to the only workspace."""

MAX_DELAY = timedelta(days=1)
"""A message due later than this counts as due: a wrong clock has set the time."""

MessageState = Literal["waiting", "sending", "sent", "uncertain", "dead", "withdrawn"]

P = TypeVar("P", bound=Payload)


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboxMessage:
    """A message to post in `channel`, or posted there as `ts`.

    `key` identifies it in its workspace. `kind` chooses the renderer of its `payload` and of
    `shown`, its claims: as they are now or, once it is sent, as they were then. `person` is
    notified if it cannot be posted. It was queued at `asked_at`. `attempts` counts the attempts
    with an unknown outcome; the last attempt began at `tried_at`.
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
        """Return the payload as this class.

        Raises StoreError if it is of another class or unreadable.
        """
        payload = self.payload
        if isinstance(payload, payload_class):
            return payload
        cause = payload.reason if isinstance(payload, UnreadablePayload) else self.kind
        raise StoreError("a message of the outbox can't be read", subject=self.key, cause=cause)


class MessageContents(NamedTuple):
    """The contents of a message that are decided when it is sent: payload and placed claims."""

    payload: Payload
    shown: Sequence[DigestClaim]


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
    jobs.add(SEND_JOB, key, payload, due_at=due_at, team=team or None, connection=connection)


def set_claims(connection: sa.Connection, row_id: int, claim_ids: Sequence[str]) -> None:
    """Replace the claims of a message; those that it already had keep their wording hashes."""
    stored = sa.select(outbox_claims.c.claim_id, outbox_claims.c.wording)
    stored = stored.where(outbox_claims.c.outbox_id == row_id)
    hashes = wording_hashes(connection, claim_ids)
    hashes |= {row.claim_id: row.wording for row in connection.execute(stored)}
    distinct_ids = dict.fromkeys(claim_ids)
    shown = [DigestClaim(id_, hashes.get(id_), None) for id_ in distinct_ids]
    _replace_claims(connection, row_id, shown)


def set_contents(
    connection: sa.Connection, message: OutboxMessage, contents: MessageContents
) -> OutboxMessage:
    """Store the contents of a message; returns the updated message."""
    payload = payload_to_json(contents.payload)
    update = sa.update(outbox).where(outbox.c.id == message.id)
    connection.execute(update.values(payload=payload))
    _replace_claims(connection, message.id, contents.shown)
    hashes = {claim.claim_id: claim.wording for claim in contents.shown}
    shown = tuple(MessageClaim(*pair) for pair in hashes.items())
    return replace(message, payload=contents.payload, shown=shown)


def record_wording_hashes(connection: sa.Connection, message: OutboxMessage) -> None:
    """Store the wording hashes of a message's claims, as the message shows them."""
    for claim in message.shown:
        update = sa.update(outbox_claims).where(
            outbox_claims.c.outbox_id == message.id, outbox_claims.c.claim_id == claim.claim_id
        )
        connection.execute(update.values(wording=claim.wording))


def _replace_claims(connection: sa.Connection, row_id: int, shown: Iterable[DigestClaim]) -> None:
    connection.execute(sa.delete(outbox_claims).where(outbox_claims.c.outbox_id == row_id))
    rows = [
        {"outbox_id": row_id, "position": position, **claim._asdict()}
        for position, claim in enumerate(shown)
    ]
    insert_rows(connection, outbox_claims, rows)
