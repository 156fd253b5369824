"""The deliveries from Slack that some process has received, so that each is handled once."""

from __future__ import annotations

from datetime import datetime, timedelta

import sqlalchemy as sa

from bot.store.database import Database
from bot.store.schema import deliveries

WRITE_TIMEOUT = 0.2
"""Seconds to wait for another process's write: Slack waits for an acknowledgement."""


class Deliveries:
    """The ids of the latest deliveries."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def add(self, delivery_id: str, now: datetime) -> bool:
        """Record a delivery; False if it was recorded before. Raises StoreError, also if another
        process is writing for longer than a moment."""
        insert = self._db.insert(deliveries).values(id=delivery_id, received_at=now)
        insert = insert.on_conflict_do_nothing(index_elements=["id"]).returning(deliveries.c.id)
        with self._db.write(light=True, max_wait=WRITE_TIMEOUT) as connection:
            return connection.scalar(insert) is not None

    def prune(self, now: datetime, max_age: timedelta) -> int:
        """Delete the deliveries that are older than `max_age`; returns how many."""
        # Those of the future were recorded when the clock was wrong.
        is_recent = deliveries.c.received_at.between(now - max_age, now + max_age)
        with self._db.write(light=True, max_wait=WRITE_TIMEOUT) as connection:
            return connection.execute(sa.delete(deliveries).where(~is_recent)).rowcount
