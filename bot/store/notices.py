"""Tell other processes at once that something has changed, by PostgreSQL's LISTEN and NOTIFY.

Nobody relies on it: whoever waits for a change also looks for it by itself. So a notice that is
lost, or that a pooler between the bot and the server swallows, costs a second.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from typing import Any, Literal

import sqlalchemy as sa

from bot.log_limit import LogLimit
from bot.store.database import Database
from bot.store.postgres import CONNECT_SECONDS, KEEPALIVES

log = logging.getLogger(__name__)

Topic = Literal["changes", "jobs"]

CHANNEL = "claimdesk"
REOPEN_SECONDS = 5.0
"""How long to wait before a lost connection is opened again."""


def notice_of(connection: sa.Connection, topic: Topic) -> list[sa.ColumnElement[Any]]:
    """Return what a statement of a transaction must also return, so that its commit tells the
    processes that listen; nothing on SQLite."""
    if connection.dialect.name == "sqlite":
        return []
    return [sa.func.pg_notify(CHANNEL, topic)]


class Notices:
    """What other processes tell about the store."""

    def __init__(self, database: Database) -> None:
        self._db = database
        self._losses = LogLimit(log)

    @property
    def can_arrive(self) -> bool:
        """Whether the database can send any: SQLite can't."""
        return not self._db.is_sqlite

    async def listen(self, wake: Mapping[Topic, Callable[[], None]]) -> None:
        """Call the function of a topic whenever there is a notice of it, until cancelled.

        After a lost connection all are called, since notices may have been missed.
        """
        import psycopg

        while True:
            try:
                await self._listen_once(wake)
            except (psycopg.Error, OSError) as error:
                cause = str(error).splitlines()[0] if str(error) else type(error).__name__
                message = "changes by other processes are noticed up to a second late: %s"
                self._losses.warning(message, cause)
            await asyncio.sleep(REOPEN_SECONDS)

    async def _listen_once(self, wake: Mapping[Topic, Callable[[], None]]) -> None:
        import psycopg

        engine = self._db.engine
        _, address = engine.dialect.create_connect_args(engine.url)
        options: dict[str, Any] = {"connect_timeout": CONNECT_SECONDS, **KEEPALIVES, **address}
        # Outside the pool, whose connections are lent for one transaction.
        async with await psycopg.AsyncConnection.connect(**options, autocommit=True) as connection:
            await connection.execute(f"LISTEN {CHANNEL}")
            for call in wake.values():
                call()
            async for notice in connection.notifies():
                for topic, call in wake.items():
                    if topic == notice.payload:
                        call()
