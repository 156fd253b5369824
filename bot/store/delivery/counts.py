"""Count messages and digests by what became of them, for monitoring."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from typing import NamedTuple

import sqlalchemy as sa

from bot.store.database import Database
from bot.store.delivery.ledger_row import digest_key_from_row, ledger_row, outbox_key
from bot.store.delivery.payloads import DigestPayload
from bot.store.schema import digests, outbox


class MessageCount(NamedTuple):
    """How many messages of a kind are in a state; `due_since` is the earliest due time of those
    that wait."""

    kind: str
    state: str
    number: int
    due_since: datetime | None


class DeliveryCounts:
    """The numbers of messages and digests in all workspaces."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def messages(self) -> list[MessageCount]:
        """Count the messages in the outbox by kind and state."""
        due_since = sa.func.min(outbox.c.due_at).filter(outbox.c.state == "waiting")
        query = sa.select(outbox.c.kind, outbox.c.state, sa.func.count(), due_since)
        rows = self._db.fetch_all(query.group_by(outbox.c.kind, outbox.c.state))
        return [MessageCount(*row) for row in rows]

    def digests(self, since: datetime) -> Counter[str]:
        """Count the digests that were due at `since` or later by their states, as the ledger has
        them; "waiting" are those whose message is in the outbox."""
        asked_since = since - timedelta(days=1)  # some are posted by hand before they are due
        is_recent = digests.c.posting_time >= since
        messages = sa.select(outbox.c.team, outbox.c.key, outbox.c.state)
        is_digest = outbox.c.kind == DigestPayload.kind
        messages = messages.where(is_digest, outbox.c.asked_at >= asked_since)
        with self._db.read() as connection:
            rows = connection.execute(sa.select(digests).where(is_recent)).all()
            states = {(row.team, row.key): row.state for row in connection.execute(messages)}
        counts = Counter[str]()
        for row in rows:
            state = states.get((row.team, outbox_key(digest_key_from_row(row))))
            counts["waiting" if state == "waiting" else ledger_row(row, state).state] += 1
        return counts
