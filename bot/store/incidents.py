"""What goes wrong again and again in any process, for `claimdesk doctor` and the Home tab."""

from __future__ import annotations

from datetime import datetime, timedelta

import sqlalchemy as sa

from bot.model import Incident, IncidentKind
from bot.store.database import Database
from bot.store.schema import Instant, incidents

MEMORY = timedelta(hours=1)
"""How long after its last occurrence an incident is reported; after that it is counted anew."""


class Incidents:
    """One row per kind of incident."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def record(self, kind: IncidentKind, count: int, detail: str, *, now: datetime) -> None:
        """Add `count` occurrences, the last of them now."""
        row = {"kind": kind, "count": count, "detail": detail, "first_at": now, "last_at": now}
        is_over = incidents.c.last_at < now - MEMORY
        first_at = sa.case((is_over, sa.literal(now, Instant)), else_=incidents.c.first_at)
        upsert = (
            self._db.insert(incidents)
            .values(row)
            .on_conflict_do_update(
                index_elements=["kind"],
                set_={
                    "count": sa.case((is_over, count), else_=incidents.c.count + count),
                    "detail": detail,
                    "first_at": first_at,
                    "last_at": now,
                },
            )
        )
        self._db.execute(upsert)

    def clear(self, kind: IncidentKind) -> None:
        """Forget a kind of incident, since it is over."""
        self._db.execute(sa.delete(incidents).where(incidents.c.kind == kind))

    def recent(self, *, now: datetime) -> list[Incident]:
        """Return the incidents of the last hour, the oldest first."""
        query = sa.select(incidents).where(incidents.c.last_at >= now - MEMORY)
        query = query.order_by(incidents.c.first_at, incidents.c.kind)
        return [Incident(**row._mapping) for row in self._db.fetch_all(query)]
