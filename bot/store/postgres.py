"""Connections to a PostgreSQL server: how many, and how long they wait."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event

from bot.config import StoreSettings

KEPT_CONNECTIONS = 5
"""How many idle connections stay open."""
FREE_CONNECTION_SECONDS = 20
"""How long to wait for a connection while all are in use."""
CONNECT_SECONDS = 5
SILENT_MILLISECONDS = 30_000
"""How long a server may leave what was sent unacknowledged before the connection counts as lost."""
HALTED_SECONDS = 300
"""How long a transaction may wait for its process. One that was halted, with its locks, would hold
up all others."""

_awaited: ContextVar[bool] = ContextVar("awaited", default=False)


@contextmanager
def awaited_by_a_person() -> Iterator[None]:
    """Limit how long the statements of this block, and of the tasks and threads that it starts,
    may run on a server: `store.statement_seconds`."""
    token = _awaited.set(True)
    try:
        yield
    finally:
        _awaited.reset(token)


def is_awaited() -> bool:
    """Whether a person waits for what is running."""
    return _awaited.get()


def create_engine(
    url: sa.URL,
    settings: StoreSettings,
    *,
    connect_seconds: int = CONNECT_SECONDS,
    silent_milliseconds: int = SILENT_MILLISECONDS,
) -> sa.Engine:
    """Create the engine of a server, which opens connections when they are needed.

    What a URL sets itself, such as `?connect_timeout=1`, stays.
    """
    waits = {"connect_timeout": connect_seconds, "tcp_user_timeout": silent_milliseconds}
    kept = min(KEPT_CONNECTIONS, settings.connections)
    engine = sa.create_engine(
        url,
        hide_parameters=True,
        pool_pre_ping=True,  # the server may have closed an idle connection
        pool_size=kept,
        max_overflow=settings.connections - kept,
        pool_timeout=FREE_CONNECTION_SECONDS,
        connect_args={name: value for name, value in waits.items() if name not in url.query},
    )
    event.listen(engine, "connect", _limit_halts)
    return engine


def _limit_halts(connection: Any, _record: Any) -> None:
    connection.execute(f"SET idle_in_transaction_session_timeout = '{HALTED_SECONDS}s'")
    connection.commit()


def begin(
    connection: sa.Connection, *, seconds: int, light: bool = False, max_wait: float | None = None
) -> None:
    """Set the limits of a transaction: statements end after `seconds` if a person waits for them,
    and no lock is waited for longer than `max_wait`. A `light` one doesn't wait for the disk."""
    limits = []
    if _awaited.get():
        limits.append(f"set_config('statement_timeout', '{seconds}s', true)")
    if light:
        limits.append("set_config('synchronous_commit', 'off', true)")
    if max_wait is not None:
        # 0 would mean no limit.
        milliseconds = max(1, round(max_wait * 1000))
        limits.append(f"set_config('lock_timeout', '{milliseconds}ms', true)")
    if limits:
        connection.exec_driver_sql(f"SELECT {', '.join(limits)}")
