"""Count messages and digests by what became of them, for monitoring."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta

import sqlalchemy as sa

from bot.store.database import Database
from bot.store.delivery.ledger_row import digest_key_from_row, ledger_row, outbox_key
from bot.store.delivery.payloads import DigestPayload
from bot.store.schema import digests, outbox


class DeliveryCounts:
    """The numbers of messages and digests in all workspaces."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def messages(self) -> dict[str, int]:
        """Count the messages in the outbox by state."""
        query = sa.select(outbox.c.state, sa.func.count()).group_by(outbox.c.state)
        return {row[0]: row[1] for row in self._db.fetch_all(query)}

    def waiting_since(self) -> datetime | None:
        """Return the earliest due time of the waiting messages; None if none waits."""
        is_waiting = outbox.c.state == "waiting"
        return self._db.fetch_value(sa.select(sa.func.min(outbox.c.due_at)).where(is_waiting))

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
