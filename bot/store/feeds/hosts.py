"""When each host may be sent the next request, and its robots.txt, for all processes."""

from __future__ import annotations

from datetime import datetime, timedelta

import sqlalchemy as sa

from bot.store.database import Database
from bot.store.schema import hosts

ROBOTS_TTL = timedelta(days=1)
"""RFC 9309 allows caching robots.txt for a day."""


class Hosts:
    """Rate limits of hosts; a host's name includes its port, as in "example.org:443"."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def reserve(self, host: str, *, now: datetime, gap: timedelta) -> datetime | None:
        """Reserve a host for one request, so that no other is sent within the gap.

        Returns None, or the time at which the host will be free.
        """
        insert = self._db.insert(hosts).values(host=host, free_at=now + gap)
        is_free = sa.or_(hosts.c.free_at.is_(None), hosts.c.free_at <= now)
        # A clock that was set back must not block a host for years. Twice the gap, since another
        # machine's clock may be slightly ahead.
        is_free = sa.or_(is_free, hosts.c.free_at > now + 2 * gap)
        upsert = insert.on_conflict_do_update(
            index_elements=["host"], set_={"free_at": now + gap}, where=is_free
        )
        with self._db.write() as connection:
            if connection.execute(upsert.returning(hosts.c.host)).first():
                return None
            query = sa.select(hosts.c.free_at).where(hosts.c.host == host)
            return connection.scalar(query) or now

    def robots(self, host: str, *, now: datetime) -> str | None:
        """The cached robots.txt of a host, "" if it has none, or None if it is not cached."""
        is_fresh = hosts.c.robots_at > now - ROBOTS_TTL, hosts.c.robots_at <= now
        return self._db.fetch_value(
            sa.select(hosts.c.robots).where(hosts.c.host == host, *is_fresh)
        )

    def cache_robots(self, host: str, text: str, *, now: datetime) -> None:
        """Cache a host's robots.txt for a day."""
        values = {"robots": text, "robots_at": now}
        insert = self._db.insert(hosts).values(host=host, **values)
        self._db.execute(insert.on_conflict_do_update(index_elements=["host"], set_=values))
