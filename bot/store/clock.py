"""The database server's clock, and when a person last confirmed the newsroom's."""

from __future__ import annotations

from datetime import UTC, datetime

import sqlalchemy as sa

from bot.store.database import Database
from bot.store.schema import store_state


class ClockRecords:
    """What the store knows about the time."""

    def __init__(self, database: Database) -> None:
        self._db = database

    @property
    def has_server(self) -> bool:
        """Tell whether the database has a server, whose clock all its processes share."""
        return not self._db.is_sqlite

    def server_time(self) -> datetime:
        """Return what the server's clock says."""
        with self._db.read() as connection:
            moment: datetime = connection.exec_driver_sql("SELECT clock_timestamp()").scalar_one()
        return moment.astimezone(UTC)

    def confirmed_at(self) -> datetime | None:
        """Return what the clock said when a person last confirmed it; None if nobody has."""
        return self._db.fetch_value(sa.select(store_state.c.clock_confirmed_at))

    def confirm(self, at: datetime) -> None:
        """Record that a person has confirmed the clock when it said `at`."""
        self._db.execute(sa.update(store_state).values(clock_confirmed_at=at))
