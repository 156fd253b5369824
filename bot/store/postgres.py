"""Connections to a PostgreSQL server: how many, and how long they wait."""

from __future__ import annotations

import time
from collections.abc import Generator, Iterator
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
# A connection on which nothing comes must notice by itself that the other side is gone.
KEEPALIVES = {"keepalives_idle": 30, "keepalives_interval": 10, "keepalives_count": 3}
LATE_SECONDS = 10
"""How much longer than a statement may run a person waits for its server, which may be halted."""
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


def create_engine(url: sa.URL, settings: StoreSettings) -> sa.Engine:
    """Create the engine of a server, which opens connections when they are needed.

    What a URL sets itself, such as `?connect_timeout=1`, stays.
    """
    waits = {"connect_timeout": CONNECT_SECONDS, "tcp_user_timeout": SILENT_MILLISECONDS}
    waits |= KEEPALIVES
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


def limit_answers(engine: sa.Engine, seconds: float) -> None:
    """Let new connections of an engine be lost if the server does not answer for `seconds` while a
    person waits.

    The system of a server that is halted still acknowledges what is sent, so no other limit helps.
    """
    import psycopg

    class LimitedConnection(psycopg.Connection[Any]):
        def wait(self, gen: Any, *arguments: Any, **options: Any) -> Any:
            if not is_awaited():
                return super().wait(gen, *arguments, **options)
            try:
                return super().wait(_limited(gen, seconds), *arguments, **options)
            except TimeoutError as error:
                self.close()  # nothing else can be asked on it
                raise psycopg.OperationalError(str(error)) from error

    @event.listens_for(engine, "do_connect")
    def connect(_dialect: Any, _record: Any, arguments: Any, options: Any) -> LimitedConnection:
        return LimitedConnection.connect(*arguments, **options)


def _limited(waiting: Generator[Any, Any, Any], seconds: float) -> Generator[Any, Any, Any]:
    """Wait as psycopg's generator does, but raise TimeoutError if nothing comes for `seconds`.

    psycopg resumes this one every tenth of a second, and says whether anything has come.
    """
    deadline, has_come = time.monotonic() + seconds, None
    while True:
        try:
            has_come = yield waiting.send(has_come)
        except StopIteration as end:
            return end.value
        if has_come:
            deadline = time.monotonic() + seconds
        elif time.monotonic() >= deadline:
            raise TimeoutError(f"the server has not answered for {seconds:g} seconds")


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
