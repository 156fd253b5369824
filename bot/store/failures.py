"""What the errors of the databases' drivers mean, and what to do about each."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import exc

from bot.errors import StoreBusyError, StoreError
from bot.store.sqlite_file import UNWRITABLE_CODES
from bot.store.upgrade import POSTGRES_LOCK_TIMEOUT

SQLITE_BUSY_CODES = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
POSTGRES_BUSY_CODES = (POSTGRES_LOCK_TIMEOUT, "40P01", "40001")  # also deadlocks

UNREACHABLE = "Check DATABASE_URL and whether its server runs, or CLAIMDESK_DATA and its disk."
UNWRITABLE = "Free some space on its disk, and check that its folder can be written to."
BUSY = "Another program is writing to it: try again when it has finished."
NO_FREE_CONNECTION = (
    "Try again in a minute. If it happens often, raise store.connections in bot.yml."
)
_RESTARTING = "Its server is being restarted: try again in a minute."
_TOO_MANY = "Raise max_connections of its server, or lower store.connections in bot.yml."
POSTGRES_REMEDIES = {
    "25006": "DATABASE_URL leads to a read-only server, such as a replica: it must be the primary.",
    "25P03": "Try again. The process was halted, or its machine is overloaded.",
    "53100": "Free some space on the disk of its server.",
    "57014": "Try again. If it happens often, its server is overloaded, or another program holds a "
    "lock; store.statement_seconds in bot.yml is the limit.",
    **dict.fromkeys(("57P01", "57P02"), _RESTARTING),
}
"""What to do about an error of PostgreSQL, by its SQLSTATE."""
CONNECTION_REMEDIES = {
    "too many c": _TOO_MANY,  # clients, or connections of a role or to a database
    "remaining connection slots are reserved": _TOO_MANY,
    "the database system is ": _RESTARTING,  # starting up, or shutting down
    "server closed the connection unexpectedly": _RESTARTING,
}
"""What to do about an error of PostgreSQL's client library, which has no SQLSTATE, by its words."""


@contextmanager
def store_errors() -> Iterator[None]:
    """Turn the errors of SQLAlchemy and of drivers into StoreError."""
    try:
        yield
    except (exc.SQLAlchemyError, sqlite3.Error, OSError) as error:
        raise store_error(error) from error


def store_error(error: Exception) -> StoreError:
    """Repeat the driver's message, without the statement's parameters (they hold article text)."""
    original = getattr(error, "orig", None) or error
    message, cause = "the store cannot be used", str(original).splitlines()[0]
    if isinstance(original, exc.TimeoutError):
        cause = "all connections of this process are in use"
        return StoreError(message, cause=cause, remedy=NO_FREE_CONNECTION)
    if _is_busy(original):
        return StoreBusyError("the store cannot be written to", cause=cause, remedy=BUSY)
    remedy = UNWRITABLE if _is_unwritable(original) else UNREACHABLE
    if sqlstate := getattr(original, "sqlstate", None):
        remedy = POSTGRES_REMEDIES.get(sqlstate, remedy)
    else:
        remedies = (told for words, told in CONNECTION_REMEDIES.items() if words in cause)
        remedy = next(remedies, remedy)
    return StoreError(message, cause=cause, remedy=remedy)


def _is_unwritable(error: BaseException) -> bool:
    code = getattr(error, "sqlite_errorcode", None)
    return code is not None and code & 0xFF in (*UNWRITABLE_CODES, sqlite3.SQLITE_READONLY)


def _is_busy(error: BaseException) -> bool:
    """Tell whether an error of a driver means that another writer held a lock for too long."""
    if isinstance(error, TimeoutError):
        return True
    sqlite_code = getattr(error, "sqlite_errorcode", None)
    if sqlite_code is not None:
        return sqlite_code & 0xFF in SQLITE_BUSY_CODES  # the rest are extended codes
    return getattr(error, "sqlstate", None) in POSTGRES_BUSY_CODES
