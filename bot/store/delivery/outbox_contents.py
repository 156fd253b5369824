"""What messages of the outbox are made of: their payloads, and the claims that they show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

import sqlalchemy as sa

from bot.store.delivery.outbox_message import OutboxMessage
from bot.store.delivery.payloads import Payload, payload_to_json
from bot.store.delivery.posted import DigestClaim, MessageClaim, wording_hashes
from bot.store.schema import outbox, outbox_claims


class MessageContents(NamedTuple):
    """What a message is made of, where that is decided when it is sent: the payload, and the claims
    that it shows, each with its place."""

    payload: Payload
    shown: Sequence[DigestClaim]


def set_claims(connection: sa.Connection, row_id: int, claims: Sequence[str]) -> None:
    """Let a message show these claims, keeping what is known of those that it has shown."""
    mine = outbox_claims.c.outbox_id == row_id
    known = sa.select(outbox_claims.c.claim_id, outbox_claims.c.wording).where(mine)
    wording = wording_hashes(connection, claims)
    wording |= {row.claim_id: row.wording for row in connection.execute(known)}
    distinct = dict.fromkeys(claims)
    _put(connection, row_id, [DigestClaim(one, wording.get(one), None) for one in distinct])


def set_contents(
    connection: sa.Connection, one: OutboxMessage, contents: MessageContents
) -> OutboxMessage:
    """Note what a message is made of; returns it so."""
    mine, payload = outbox.c.id == one.id, payload_to_json(contents.payload)
    connection.execute(sa.update(outbox).where(mine).values(payload=payload))
    _put(connection, one.id, contents.shown)
    known = {placed.claim_id: placed.wording for placed in contents.shown}
    shown = tuple(MessageClaim(*pair) for pair in known.items())
    return replace(one, payload=contents.payload, shown=shown)


def record_wording_hashes(connection: sa.Connection, one: OutboxMessage) -> None:
    """Note how the claims of a message read, as it shows them."""
    for shown in one.shown:
        mine = outbox_claims.c.outbox_id == one.id, outbox_claims.c.claim_id == shown.claim_id
        change = sa.update(outbox_claims).where(*mine)
        connection.execute(change.values(wording=shown.wording))


def _put(connection: sa.Connection, row_id: int, shown: Sequence[DigestClaim]) -> None:
    connection.execute(sa.delete(outbox_claims).where(outbox_claims.c.outbox_id == row_id))
    rows = [
        {"outbox_id": row_id, "position": n, **placed._asdict()} for n, placed in enumerate(shown)
    ]
    if rows:
        connection.execute(sa.insert(outbox_claims), rows)
