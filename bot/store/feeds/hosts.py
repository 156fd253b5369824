"""When each host may be asked again, and its robots.txt, for all processes together."""

from __future__ import annotations

from datetime import datetime, timedelta

import sqlalchemy as sa

from bot.store.database import Database
from bot.store.schema import hosts

ROBOTS_TTL = timedelta(days=1)
"""RFC 9309 lets a copy of robots.txt stand for a day."""


class Hosts:
    """Every request to a host is claimed here first; a host is named as in an address, with its
    port."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def reserve(self, host: str, *, now: datetime, gap: timedelta) -> datetime | None:
        """Take a host for one request, so that nobody else asks it within the gap.

        Returns None where it was free, otherwise the moment at which it will be.
        """
        insert = self._db.insert(hosts).values(host=host, free_at=now + gap)
        free = sa.or_(hosts.c.free_at.is_(None), hosts.c.free_at <= now)
        # A clock that was set back must not shut a host for years. Twice the gap, since another
        # machine's may be a little ahead.
        free = sa.or_(free, hosts.c.free_at > now + 2 * gap)
        claim = insert.on_conflict_do_update(
            index_elements=["host"], set_={"free_at": now + gap}, where=free
        ).returning(hosts.c.host)
        with self._db.write() as connection:
            if connection.execute(claim).first():
                return None
            free_at: datetime | None = connection.scalar(
                sa.select(hosts.c.free_at).where(hosts.c.host == host)
            )
        return free_at or now

    def robots(self, host: str, *, now: datetime) -> str | None:
        """The host's robots.txt, empty where it has none; None where it has to be asked for."""
        kept = sa.select(hosts.c.robots).where(
            hosts.c.host == host, hosts.c.robots_at > now - ROBOTS_TTL, hosts.c.robots_at <= now
        )
        with self._db.read() as connection:
            text: str | None = connection.scalar(kept)
        return text

    def cache_robots(self, host: str, text: str, *, now: datetime) -> None:
        """Keep a host's robots.txt for a day."""
        values = {"robots": text, "robots_at": now}
        insert = self._db.insert(hosts).values(host=host, **values)
        with self._db.write() as connection:
            connection.execute(insert.on_conflict_do_update(index_elements=["host"], set_=values))
