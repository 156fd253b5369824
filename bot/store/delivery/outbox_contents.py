"""Write the payloads of outbox messages and the claims that they show."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

import sqlalchemy as sa

from bot.store.database import insert_rows
from bot.store.delivery.outbox_message import OutboxMessage
from bot.store.delivery.payloads import Payload, payload_to_json
from bot.store.delivery.posted import DigestClaim, MessageClaim, wording_hashes
from bot.store.schema import outbox, outbox_claims


class MessageContents(NamedTuple):
    """The contents of a message that are decided when it is sent: payload and placed claims."""

    payload: Payload
    shown: Sequence[DigestClaim]


def set_claims(connection: sa.Connection, row_id: int, claim_ids: Sequence[str]) -> None:
    """Replace the claims of a message; those it had already keep their wording hashes."""
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
    """Store the contents of a message; returns it with them."""
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
