"""Connections to a SQLite file, also on a full disk."""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path
from typing import Any
from urllib.parse import quote

import sqlalchemy as sa
from sqlalchemy import event

BUSY_TIMEOUT_SECONDS = 30
"""How long a SQLite connection waits for another process's write."""

RETRY_SECONDS = 0.01

CACHE_KILOBYTES = 65_536
"""SQLite's page cache. Ids are hashes, so an import touches pages all over the store."""

PRAGMAS = (
    f"busy_timeout = {BUSY_TIMEOUT_SECONDS * 1000}",
    "foreign_keys = ON",
    f"cache_size = -{CACHE_KILOBYTES}",
)
UNWRITABLE_CODES = (sqlite3.SQLITE_IOERR, sqlite3.SQLITE_FULL, sqlite3.SQLITE_CANTOPEN)
"""SQLite needs a few kilobytes beside the file to open it; there are none on a full disk."""


def prepare(engine: sa.Engine) -> None:
    """Set up all connections of an engine for a SQLite file."""
    event.listen(engine, "do_connect", _connect)
    event.listen(engine, "checkin", _close_frozen)
    event.listen(engine, "begin", _begin)


def _connect(
    dialect: sa.Dialect, record: Any, arguments: list[Any], options: dict[str, Any]
) -> Any:
    """Open the file; where nothing can be written beside it, as a frozen file, for reading."""
    connection: Any = dialect.connect(*arguments, **options)
    try:
        # The driver's own transactions do not cover DDL, so _begin sends BEGIN instead.
        connection.isolation_level = None
        _execute(connection, *PRAGMAS)
        _switch_to_wal(connection)
        connection.execute("SELECT 1 FROM sqlite_master LIMIT 1")
    except sqlite3.OperationalError as error:
        connection.close()
        path = Path(arguments[0])
        if error.sqlite_errorcode & 0xFF not in UNWRITABLE_CODES or not _is_complete(path):
            raise
        address = f"file:{quote(str(path.absolute()))}?immutable=1"
        connection = dialect.connect(address, **{**options, "uri": True})
        connection.isolation_level = None
        _execute(connection, *PRAGMAS)
        record.info["is_frozen"] = True
    return connection


def _execute(connection: Any, *pragmas: str) -> None:
    for pragma in pragmas:
        connection.execute(f"PRAGMA {pragma}")


def _switch_to_wal(connection: Any) -> None:
    """Let readers and a writer work at once. A new file is switched by whoever is first, for whom
    SQLite does not wait."""
    deadline = time.monotonic() + BUSY_TIMEOUT_SECONDS
    while True:
        try:
            _execute(connection, "journal_mode = WAL")
        except sqlite3.OperationalError as error:
            is_busy = error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY
            if not is_busy or time.monotonic() > deadline:
                raise
            time.sleep(RETRY_SECONDS)
        else:
            return


def _is_complete(path: Path) -> bool:
    """Tell whether all that was written is in the file itself, and nobody has it open."""
    log = path.with_name(f"{path.name}-wal")
    return path.is_file() and not (log.exists() and log.stat().st_size)


def _close_frozen(_connection: Any, record: Any) -> None:
    """Close a connection that would not notice what others write once there is room again."""
    if record.info.pop("is_frozen", False):
        record.invalidate()


def _begin(connection: sa.Connection) -> None:
    # Sent to the driver directly: through SQLAlchemy it takes as long as a query.
    execute = connection.connection.driver_connection.execute  # type: ignore[union-attr]
    writes = connection.get_execution_options().get("writes")
    if not writes:
        execute("BEGIN")
        return
    # For example, the `sending` state of a message must survive a power failure.
    synchronous = "FULL" if writes == "durable" else "NORMAL"
    execute(f"PRAGMA synchronous = {synchronous}")
    max_wait = connection.get_execution_options().get("max_wait", BUSY_TIMEOUT_SECONDS)
    execute(f"PRAGMA busy_timeout = {round(max_wait * 1000)}")
    try:
        # A writer takes its lock at once: a transaction that upgrades later can be refused as busy.
        execute("BEGIN IMMEDIATE")
    finally:
        execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_SECONDS * 1000}")
