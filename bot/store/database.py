"""Open, migrate and speak to the database; SQLAlchemy's errors become StoreError here."""

from __future__ import annotations

import contextlib
import fcntl
import logging
import operator
import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event, exc
from sqlalchemy.dialects import postgresql, sqlite

from bot.errors import StoreError
from bot.store import schema

BUSY_SECONDS = 30
"""How long a SQLite connection waits for another process's write."""

CACHE_KILOBYTES = 65_536
"""Most memory for pages of a SQLite store: ids are hashes, so that an import touches them all."""


class Database:
    """One engine; `read` and `write` give a connection inside a transaction.

    Raises StoreError where the database cannot be reached or refuses.
    """

    def __init__(self, url: str) -> None:
        try:
            # A server may have closed a connection that waited; a file has not.
            served = sa.make_url(url).get_backend_name() != "sqlite"
            self.engine = sa.create_engine(url, pool_pre_ping=served, hide_parameters=True)
        except (exc.SQLAlchemyError, ImportError) as error:
            raise _unusable(error) from error
        self.is_sqlite = self.engine.dialect.name == "sqlite"
        if self.is_sqlite:
            event.listen(self.engine, "connect", _prepare_sqlite)
            event.listen(self.engine, "begin", _begin_sqlite)
        self._writer = self.engine.execution_options(writes="lasting")
        self._light_writer = self.engine.execution_options(writes="light")
        # SQLite lets one write, and the others look again after ever longer pauses. In one process
        # they can queue instead.
        self._turn = threading.RLock() if self.is_sqlite else contextlib.nullcontext()

    @contextmanager
    def read(self) -> Iterator[sa.Connection]:
        """A transaction that only reads: it sees one state of the store throughout."""
        with _wrapped(), self.engine.connect() as connection:
            yield connection

    @contextmanager
    def write(self, *, light: bool = False) -> Iterator[sa.Connection]:
        """A transaction that commits at the end, or leaves nothing behind. One that is `light` does
        not wait for the disk: a power failure may undo it, as if it had not been."""
        writer = self._light_writer if light else self._writer
        with _wrapped(), self._turn, writer.begin() as connection:
            if light and not self.is_sqlite:
                connection.exec_driver_sql("SET LOCAL synchronous_commit = off")
            yield connection

    def insert(self, table: sa.Table) -> Any:
        """An INSERT that can say what to do on a conflict; each of the two databases has its own,
        with the same methods."""
        return (sqlite if self.is_sqlite else postgresql).insert(table)

    def execute_plain(
        self, connection: sa.Connection, insert: Any, rows: Sequence[dict[str, Any]]
    ) -> None:
        """Insert rows of strings, numbers, days, instants and None, as fresh dicts.

        For hundreds of thousands of rows: SQLAlchemy would look at every value of every row.
        """
        dialect = self.engine.dialect
        compiled = insert.compile(dialect=dialect, column_keys=list(rows[0]))
        for column in insert.table.columns:
            if column.name in rows[0] and isinstance(column.type, (sa.Date, schema.Instant)):
                plain = column.type.dialect_impl(dialect).bind_processor(dialect)
                _make_plain(rows, column.name, plain)
        if compiled.positional:
            pick = operator.itemgetter(*compiled.positiontup)
            connection.exec_driver_sql(str(compiled), [pick(row) for row in rows])
        else:
            connection.exec_driver_sql(str(compiled), rows)

    def migrate(self) -> None:
        """Bring the schema up to date. Two processes may do so at once: one waits."""
        file = Path(self.engine.url.database or "") if self.is_sqlite else None
        with _wrapped():
            if file:
                make_private_folder(file.parent)
                # As open as its folder is; the files that SQLite makes beside it get its mode.
                file.touch(file.parent.stat().st_mode & 0o666)
            with self.read() as connection:
                if self._revision(connection) == schema.REVISION:
                    return
            if not file:
                self._upgrade()
                return
            with file.with_suffix(".lock").open("w") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX)
                self._upgrade()

    def _upgrade(self) -> None:
        # Alembic takes a quarter of a second to import; a question need not wait for it.
        import alembic.command
        import alembic.config
        import alembic.util

        logging.getLogger("alembic").setLevel(logging.WARNING)
        config = alembic.config.Config()
        config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
        with self._writer.begin() as connection:
            if not self.is_sqlite:
                # Any number will do, as long as no other program takes it.
                connection.exec_driver_sql("SELECT pg_advisory_xact_lock(7236110)")
            config.attributes["connection"] = connection
            try:
                alembic.command.upgrade(config, "head")
            except alembic.util.CommandError as error:
                raise StoreError(
                    "the store's tables cannot be updated",
                    cause=f"they are at revision {self._revision(connection)}, which this "
                    "version doesn't know",
                    remedy="A newer Claimdesk made them: use that version.",
                ) from error

    def require_current(self) -> None:
        """Raise StoreError unless the schema is the one that this program knows."""
        with self.read() as connection:
            found = self._revision(connection)
        if found != schema.REVISION:
            raise StoreError(
                "the store's tables are not up to date",
                cause=f"they are at revision {found or 'none'}, this version needs "
                f"{schema.REVISION}",
                remedy="Run claimdesk migrate.",
            )

    def _revision(self, connection: sa.Connection) -> str | None:
        if not sa.inspect(connection).has_table("alembic_version"):
            return None
        return connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()

    def close(self) -> None:
        """Give all connections back."""
        self.engine.dispose()


def make_private_folder(folder: Path) -> None:
    """Make a folder that nobody else may look into, unless it is there: it will hold texts under
    an embargo. Raises OSError."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)


def batches(values: Sequence[str], size: int = 500) -> Iterator[Sequence[str]]:
    """Split values into lists that are short enough for the parameters of one query."""
    for start in range(0, len(values), size):
        yield values[start : start + size]


def _make_plain(
    rows: Sequence[dict[str, Any]], name: str, plain: Callable[[Any], Any] | None
) -> None:
    """Turn days or instants into what the driver takes; thousands of rows share a few."""
    if plain:
        made = {value: plain(value) for value in {row[name] for row in rows}}
        for row in rows:
            row[name] = made[row[name]]


def _prepare_sqlite(connection: Any, _record: object) -> None:
    # The driver's own transactions do not cover DDL; _begin_sqlite says BEGIN instead.
    connection.isolation_level = None
    for pragma in (
        f"busy_timeout = {BUSY_SECONDS * 1000}",
        "journal_mode = WAL",
        "foreign_keys = ON",
        f"cache_size = -{CACHE_KILOBYTES}",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: sa.Connection) -> None:
    # Said to the driver itself: by way of SQLAlchemy it takes as long as a query.
    execute = connection.connection.driver_connection.execute  # type: ignore[union-attr]
    writes = connection.get_execution_options().get("writes")
    if not writes:
        execute("BEGIN")
        return
    # That a message is `sending` must outlive a power failure.
    durable = "FULL" if writes == "lasting" else "NORMAL"
    execute(f"PRAGMA synchronous = {durable}")
    # A writer takes its lock at once: one that upgrades later can be refused as busy.
    execute("BEGIN IMMEDIATE")


@contextmanager
def _wrapped() -> Iterator[None]:
    try:
        yield
    except (exc.SQLAlchemyError, sqlite3.Error, OSError) as error:
        raise _unusable(error) from error


def _unusable(error: Exception) -> StoreError:
    """Say what the driver said, without the statement's parameters (they hold article text)."""
    cause = str(getattr(error, "orig", None) or error).splitlines()[0]
    return StoreError(
        "the store cannot be used",
        cause=cause,
        remedy="Check DATABASE_URL and whether its server runs, or CLAIMDESK_DATA and its disk.",
    )
