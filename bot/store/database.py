"""Open, migrate and query the database. SQLAlchemy's errors become StoreError."""

from __future__ import annotations

import fcntl
import json
import operator
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy import exc
from sqlalchemy.dialects import postgresql, sqlite

from bot.config import StoreSettings
from bot.errors import StoreBusyError, StoreError
from bot.store import postgres, schema, sqlite_file, upgrade
from bot.store.failures import store_error, store_errors

BATCH_SIZE = 500
"""The most values in one `IN (…)`."""

T = TypeVar("T")


class Database:
    """One engine. `read` and `write` open a connection inside a transaction.

    All methods raise StoreError if the database cannot be reached or refuses a statement.
    """

    def __init__(self, url: str, settings: StoreSettings | None = None) -> None:
        settings = settings or StoreSettings()
        self._statement_seconds = settings.statement_seconds
        try:
            parsed = sa.make_url(url)
            self.is_sqlite = parsed.get_backend_name() == "sqlite"
            if self.is_sqlite:
                self.engine = sa.create_engine(parsed, hide_parameters=True)
                sqlite_file.prepare(self.engine)
            else:
                self.engine = postgres.create_engine(parsed, settings)
                limit = settings.statement_seconds + postgres.LATE_SECONDS
                postgres.limit_answers(self.engine, limit)
        except (exc.SQLAlchemyError, ImportError) as error:
            raise store_error(error) from error
        self._durable_writer = self.engine.execution_options(writes="durable")
        self._light_writer = self.engine.execution_options(writes="light")
        # SQLite has one writer at a time, and the others poll with growing pauses. The threads of
        # one process can queue instead.
        self._write_lock = threading.RLock()
        self._shared = threading.local()

    @contextmanager
    def read(self, *, snapshot: bool = False) -> Iterator[sa.Connection]:
        """Open a read transaction. Each statement sees one state of the store; if `snapshot`, and
        always on SQLite, all see the same."""
        if not snapshot and (shared := getattr(self._shared, "connection", None)):
            yield shared
            return
        with store_errors(), self.engine.connect() as connection:
            if not self.is_sqlite:
                if snapshot:
                    connection.exec_driver_sql(
                        "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"
                    )
                postgres.begin(connection, seconds=self._statement_seconds)
            yield connection

    @contextmanager
    def one_read(self) -> Iterator[None]:
        """Let whatever this thread reads within share one transaction."""
        outer = getattr(self._shared, "connection", None)
        with self.read() as connection:
            self._shared.connection = connection
            try:
                yield
            finally:
                self._shared.connection = outer

    @contextmanager
    def write(
        self, *, light: bool = False, max_wait: float | None = None
    ) -> Iterator[sa.Connection]:
        """Open a transaction that commits at the end, or rolls back on an error.

        A `light` one does not wait for the disk: a power failure may undo it as a whole. Raises
        StoreBusyError if another writer holds the database, or a table, for `max_wait` seconds.
        """
        writer = self._light_writer if light else self._durable_writer
        if max_wait is not None:
            writer = writer.execution_options(max_wait=max_wait)
        with store_errors(), self._write_turn(max_wait), writer.begin() as connection:
            if not self.is_sqlite:
                seconds = self._statement_seconds
                postgres.begin(connection, seconds=seconds, light=light, max_wait=max_wait)
            yield connection

    @contextmanager
    def _write_turn(self, max_wait: float | None) -> Iterator[None]:
        """Wait for the other writing threads of this process, if the database is SQLite."""
        if not self.is_sqlite:
            yield
        elif self._write_lock.acquire(timeout=-1 if max_wait is None else max_wait):
            try:
                yield
            finally:
                self._write_lock.release()
        else:
            raise store_error(TimeoutError("another thread is writing"))

    def write_in(self, connection: sa.Connection | None) -> AbstractContextManager[sa.Connection]:
        """Write as part of the transaction of `connection`, or in a new one if it is None."""
        return self.write() if connection is None else nullcontext(connection)

    def fetch_all(self, query: sa.Select[Any]) -> Sequence[Any]:
        """Read all rows of a query in a transaction of its own."""
        with self.read() as connection:
            return connection.execute(query).all()

    def fetch_first(self, query: sa.Select[Any]) -> sa.Row[Any] | None:
        """Read the first row of a query, or None."""
        with self.read() as connection:
            return connection.execute(query).first()

    def fetch_value(self, query: sa.Select[T]) -> T | None:
        """Read the first column of the first row of a query, or None."""
        with self.read() as connection:
            return connection.scalar(query)

    def fetch_values(self, query: sa.Select[T]) -> list[T]:
        """Read the first column of all rows of a query."""
        with self.read() as connection:
            return list(connection.scalars(query))

    def execute(self, statement: sa.Insert | sa.Update | sa.Delete) -> int:
        """Run one statement in a transaction of its own; returns the number of rows affected."""
        with self.write() as connection:
            return connection.execute(statement).rowcount

    def insert(self, table: sa.Table) -> Any:
        """Make an INSERT with ON CONFLICT methods: SQLite's or PostgreSQL's, which are alike."""
        return (sqlite if self.is_sqlite else postgresql).insert(table)

    def bulk_insert(
        self, connection: sa.Connection, insert: Any, rows: Sequence[dict[str, Any]]
    ) -> None:
        """Insert hundreds of thousands of rows without SQLAlchemy, which would check every value.

        Values are strings, numbers, dates, datetimes and None. The rows are changed in place.
        """
        dialect = self.engine.dialect
        compiled = insert.compile(dialect=dialect, column_keys=list(rows[0]))
        for name in rows[0]:
            column = insert.table.columns[name]
            if not isinstance(column.type, (sa.Date, schema.Instant)):
                continue
            if convert := column.type.dialect_impl(dialect).bind_processor(dialect):
                # Thousands of rows share a few dates.
                converted = {value: convert(value) for value in {row[name] for row in rows}}
                for row in rows:
                    row[name] = converted[row[name]]
        if compiled.positional:
            in_order = operator.itemgetter(*compiled.positiontup)
            connection.exec_driver_sql(str(compiled), [in_order(row) for row in rows])
        else:
            connection.exec_driver_sql(str(compiled), rows)

    def migrate(self, revision: str = schema.REVISION) -> None:
        """Bring the schema up to date, or to an earlier revision that it hasn't reached yet.

        If two processes do so at once, one waits. Raises StoreBusyError if another process does
        not stop reading a table that has to be changed.
        """
        file = Path(self.engine.url.database or "") if self.is_sqlite else None
        with store_errors():
            if file:
                make_private_folder(file.parent)
                # The file gets its folder's permissions; SQLite's other files copy those.
                file.touch(file.parent.stat().st_mode & 0o666)
            current = self.revision()
            if current in (revision, schema.REVISION):
                return
            upgrade.require_known(current)
            if not file:
                self._upgrade(revision)
                return
            with file.with_suffix(".lock").open("w") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX)
                self._upgrade(revision)

    def _upgrade(self, revision: str) -> None:
        upgrade.upgrade(self._durable_writer, revision)

    def require_current(self) -> None:
        """Raise StoreError unless the schema is at this program's revision."""
        revision = self.revision()
        upgrade.require_known(revision)
        if revision != schema.REVISION:
            raise StoreError(
                "the store's tables are not up to date",
                cause=f"they are at revision {revision or 'none'}, this version needs "
                f"{schema.REVISION}",
                remedy="Run claimdesk migrate.",
            )

    def revision(self) -> str | None:
        """Return the revision of the tables; None if there are none."""
        with self.read() as connection:
            return upgrade.revision_of(connection)

    def compact(self) -> None:
        """Rewrite a SQLite file without what was deleted; PostgreSQL does so by itself, later.

        Raises StoreBusyError if another process is reading an older state of it.
        """
        if not self.is_sqlite:
            return
        with store_errors(), self._write_lock, self.engine.connect() as connection:
            execute = connection.connection.driver_connection.execute  # type: ignore[union-attr]
            execute("VACUUM")
            is_busy, *_ = execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        if is_busy:
            raise StoreBusyError(
                "what was deleted is still in the store's files",
                cause="another program is reading it",
                remedy="Stop the bot, and give the same command again.",
            )

    def close(self) -> None:
        """Close all connections."""
        self.engine.dispose()


def make_private_folder(folder: Path) -> None:
    """Create a folder that only its owner can read, unless it exists: embargoed texts go there.

    Raises OSError.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)


def batches(values: Iterable[T]) -> Iterator[list[T]]:
    """Split values into lists that are short enough for the parameters of one query."""
    ordered = list(values)
    for start in range(0, len(ordered), BATCH_SIZE):
        yield ordered[start : start + BATCH_SIZE]


def select_in_batches(
    connection: sa.Connection, query: sa.Select[Any], column: Any, values: Iterable[Any]
) -> Iterator[Any]:
    """Yield the rows of `query` whose `column` is one of `values`."""
    for batch in batches(values):
        given: Any = batch
        if connection.dialect.name == "sqlite":  # one parameter takes SQLAlchemy less time
            given = sa.select(sa.func.json_each(json.dumps(batch)).table_valued("value"))
        yield from connection.execute(query.where(column.in_(given))).all()


def delete_in_batches(
    connection: sa.Connection, column: sa.Column[Any], values: Iterable[Any]
) -> None:
    """Delete the rows of a table whose `column` is one of `values`."""
    for batch in batches(values):
        connection.execute(sa.delete(column.table).where(column.in_(batch)))


def insert_rows(connection: sa.Connection, table: sa.Table, rows: Sequence[dict[str, Any]]) -> None:
    """Insert rows into a table, if there are any."""
    if rows:
        connection.execute(sa.insert(table), rows)
