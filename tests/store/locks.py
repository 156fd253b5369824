"""Another process's lock on a database, and a database that cannot be written to."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator

import psycopg
import sqlalchemy as sa


@contextlib.contextmanager
def locked(url: str, table: str = "answers") -> Iterator[None]:
    """Hold the lock of a writer: on the whole of SQLite, on one table of PostgreSQL."""
    if url.startswith("sqlite"):
        path = sa.make_url(url).database
        with contextlib.closing(sqlite3.connect(str(path), isolation_level=None)) as connection:
            connection.execute("BEGIN EXCLUSIVE")
            yield
        return
    with psycopg.connect(url.replace("+psycopg", "")) as connection:
        connection.execute(f"LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE")
        yield


def read_only(url: str) -> str:
    """Return the URL of the same database, which refuses every write."""
    if url.startswith("sqlite"):
        path = sa.make_url(url).database
        return f"sqlite:///file:{path}?mode=ro&uri=true"
    return f"{url}?options=-c%20default_transaction_read_only%3Don"
