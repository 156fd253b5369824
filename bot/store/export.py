"""Write the whole store as an export, and restore an export into an empty store.

An export is JSON lines: a header with the revision of the tables and the kinds of their columns,
an object `{"table": {"column": value}}` for each row, without NULLs, and an end with the number of
rows and a digest of all lines before it. It is the same for SQLite and PostgreSQL.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, time
from itertools import groupby, islice
from operator import itemgetter
from pathlib import Path
from typing import IO, Any
from uuid import uuid4

import sqlalchemy as sa
from sqlalchemy import exc

from bot.errors import StoreError
from bot.store import schema, upgrade
from bot.store.articles import copies
from bot.store.database import Database
from bot.store.schema import Instant, NullableJSON, jobs, metadata, outbox, store_state

HEADER, END = "claimdesk_export", "end"
"""The keys of the first and the last line."""
FORMAT_VERSION = 1
ROW_BATCH = 1000
MAX_LINE = 64 * 2**20
"""The longest line that is read, in bytes; the longest article has a tenth of that."""

KINDS: Mapping[str, tuple[sa.types.TypeEngine[Any], Callable[[Any], Any] | None]] = {
    "instant": (Instant(), datetime.fromisoformat),
    "date": (sa.Date(), date.fromisoformat),
    "time": (sa.Time(), time.fromisoformat),
    "json": (NullableJSON, None),
    "boolean": (sa.Boolean(), None),
    "integer": (sa.Integer(), None),
    "number": (sa.Float(), None),
    "text": (sa.String(), None),
}
"""The types of columns, with how their values are read from JSON. The first that fits is used."""

TABLES = [
    table
    for table in metadata.sorted_tables  # a table comes after those that its rows refer to
    # Rebuilt (the bands below, the names with the index), a cache, and whose turn it is.
    if table.name not in ("bands", "names", "hosts", "job_turns")
]
LEFT_OUT = (store_state.c.store_id, store_state.c.naming, jobs.c.worker, jobs.c.lease_until)
"""The store's id, by which no index of another store is taken for its own, the rules by which names
were grouped, and leases."""
COLUMNS = {
    table: [column for column in table.columns if not any(column is one for one in LEFT_OUT)]
    for table in TABLES
}
# A message that waits may be posted after the export, so it is looked up before it is sent.
LOOKED_UP = sa.case((outbox.c.state == "waiting", "sending"), else_=outbox.c.state)

_encode = json.JSONEncoder(
    ensure_ascii=False, separators=(",", ":"), default=lambda value: value.isoformat()
).encode


class Exports:
    """Exports a store, and restores an export into it."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def write(self, output: IO[bytes]) -> Mapping[str, int]:
        """Write the store as it is at one moment; returns the number of rows by table.

        Others may write to it meanwhile. Raises StoreError, or OSError of `output`.
        """
        self._db.require_current()
        rows: Counter[str] = Counter()
        digest = hashlib.sha256()

        def write_line(key: str, value: Any) -> None:
            # What Slack sent may have half a character, which JSON can escape.
            line = _encode({key: value}).encode("utf-8", "backslashreplace") + b"\n"
            digest.update(line)
            output.write(line)

        kinds = {
            table.name: {column.name: _kind(column) for column in columns}
            for table, columns in COLUMNS.items()
        }
        header = {"format": FORMAT_VERSION, "revision": schema.REVISION, "tables": kinds}
        with self._db.read(snapshot=True) as connection:
            write_line(HEADER, header)
            for table, columns in COLUMNS.items():
                selected = [LOOKED_UP if one is outbox.c.state else one for one in columns]
                names = [column.name for column in columns]
                query = sa.select(*selected).order_by(*map(self._in_order, table.primary_key))
                for row in connection.execute(query, execution_options={"yield_per": ROW_BATCH}):
                    pairs = zip(names, row, strict=True)
                    write_line(table.name, {name: one for name, one in pairs if one is not None})
                    rows[table.name] += 1
        write_line(END, {"rows": rows, "sha256": digest.hexdigest()})
        return rows

    def _in_order(self, column: sa.Column[Any]) -> sa.ColumnElement[Any]:
        """Sort by the characters' numbers, as SQLite does, whatever the language of a server."""
        is_text = not self._db.is_sqlite and isinstance(column.type, sa.String)
        return sa.collate(column, "C") if is_text else column

    def restore(self, file: Path) -> Mapping[str, int]:
        """Restore an export into a store without rows; returns the number of rows by table.

        All rows are one transaction, so that a store is empty or whole. The tables are brought up
        to date afterwards. Raises StoreError, which names the line.
        """
        lines = _read(file)
        _, key, header = next(lines)
        if key != HEADER or not isinstance(header, dict):
            raise _unusable(str(file), *NO_EXPORT)
        if header.get("format") != FORMAT_VERSION:
            raise _unusable(str(file), "a newer Claimdesk made it", "Use that version.")
        revision, tables = header.get("revision"), header.get("tables")
        if not (revision and isinstance(revision, str) and isinstance(tables, dict)):
            raise _unusable(str(file), *NO_EXPORT)
        upgrade.require_known(revision, FAILURE, str(file))
        self._db.migrate(revision)
        if self._db.revision() != revision:
            self._drop_tables(file)
            self._db.migrate(revision)
        rows: Counter[str] = Counter()
        with self._db.write() as connection:
            self._require_empty(connection, file)
            names = {*sa.inspect(connection).get_table_names()} - {"alembic_version"}
            kinds = {name: one for name, one in tables.items() if name in names}
            for table, found in groupby(lines, key=itemgetter(1)):
                while batch := list(islice(found, ROW_BATCH)):
                    first, last = batch[0][0], batch[-1][0]
                    place = f"{file}, line {first}" + (f" to {last}" if last > first else "")
                    try:
                        self._insert(connection, table, kinds[table], [row for *_, row in batch])
                    except MISFITS as error:
                        raise _unusable(place, "what it holds does not fit the store") from error
                    rows[table] += len(batch)
            connection.execute(sa.update(store_state).values(store_id=uuid4().hex))
            if not self._db.is_sqlite:
                _advance_sequences(connection, rows)
        self._db.migrate()
        return rows

    def _drop_tables(self, file: Path) -> None:
        """Drop empty tables that are newer than an export: its rows have to be there while the
        tables are brought up to date, since some migrations change rows."""
        with self._db.write() as connection:
            self._require_empty(connection, file)
            metadata.drop_all(connection)
            connection.exec_driver_sql("DROP TABLE alembic_version")

    def _require_empty(self, connection: sa.Connection, file: Path) -> None:
        for name in sa.inspect(connection).get_table_names():
            if name in ("alembic_version", store_state.name):
                continue
            if connection.execute(sa.select(sa.literal(1)).select_from(sa.table(name))).first():
                raise StoreError(
                    FAILURE,
                    subject=str(file),
                    cause=f"the store is not empty: there are {name.replace('_', ' ')}",
                    remedy="Restore it --into a new folder, or an empty PostgreSQL database.",
                )

    def _insert(
        self, connection: sa.Connection, name: str, kinds: Mapping[str, str], rows: list[Any]
    ) -> None:
        # PostgreSQL is told a type with each value, and a smaller one would refuse large values.
        types = {kind: one for kind, (one, _) in KINDS.items()} | {"integer": sa.BigInteger()}
        table = sa.table(name, *(sa.column(column, types[kind]) for column, kind in kinds.items()))
        decoders = [(column, KINDS[kind][1]) for column, kind in kinds.items()]
        values = [
            {
                column: decode(value) if decode and value is not None else value
                for column, decode in decoders
                for value in (row.get(column),)
            }
            for row in rows
        ]
        if name == store_state.name:
            connection.execute(sa.update(table).values(values[0]))
            return
        connection.execute(sa.insert(table), values)
        if name == "articles":
            copies.add_bands(
                connection, [(r["id"], r["text"]) for r in rows if not r.get("review")]
            )


def _kind(column: sa.Column[Any]) -> str:
    return next(kind for kind, (one, _) in KINDS.items() if isinstance(column.type, type(one)))


DAMAGES = (ValueError, AttributeError, RecursionError, EOFError, zlib.error, gzip.BadGzipFile)
"""What a line raises that is none, and a compressed file that is cut short or was changed."""
MISFITS = (
    *(KeyError, TypeError, AttributeError, ValueError, OverflowError),
    *(exc.IntegrityError, exc.DataError, exc.InterfaceError, exc.ProgrammingError),
)
"""What rows raise that were not exported from such a store."""
FAILURE = "the export cannot be restored"
NO_EXPORT = (
    "it does not begin as an export does",
    "Restore takes what claimdesk export writes, without --format csv or annotations.",
)


def _read(file: Path) -> Iterator[tuple[int, str, Any]]:
    """Yield the number, the key and the value of each line but the last.

    Raises StoreError at a line that is none, and at the end unless all lines are there unchanged.
    """
    digest, rows, number = hashlib.sha256(), Counter[str](), 1
    failure: Exception | None = None
    try:
        with file.open("rb") as raw:
            is_packed = raw.peek(2)[:2] == b"\x1f\x8b"
            lines = gzip.GzipFile(fileobj=raw) if is_packed else raw
            while line := lines.readline(MAX_LINE):
                ((key, value),) = json.loads(line).items()
                if number > 1 and key == END:
                    if value == {"rows": rows, "sha256": digest.hexdigest()} and not lines.read(1):
                        return
                    break
                digest.update(line)
                rows.update([key] if number > 1 else [])
                yield number, key, value
                number += 1
    except DAMAGES as error:
        failure = error
    except OSError as error:
        cause = error.strerror or str(error)
        raise _unusable(str(file), cause, "Check its name, and that you may read it.") from error
    why = NO_EXPORT if number == 1 else ("it is cut short, or lines before it were changed",)
    raise _unusable(f"{file}, line {number}", *why) from failure


def _advance_sequences(connection: sa.Connection, tables: Mapping[str, int]) -> None:
    """Let PostgreSQL give new rows ids above the restored ones."""
    for name in tables:
        if name not in metadata.tables or "id" not in metadata.tables[name].columns:
            continue
        query = sa.select(sa.func.pg_get_serial_sequence(name, "id"))
        if sequence := connection.scalar(query):
            newest = sa.select(sa.func.max(metadata.tables[name].c.id)).scalar_subquery()
            connection.execute(sa.select(sa.func.setval(sequence, newest)))


def _unusable(place: str, cause: str, remedy: str = "") -> StoreError:
    return StoreError(
        FAILURE,
        subject=place,
        cause=cause,
        remedy=f"{remedy or 'Export the store again, or restore another export.'} "
        "Nothing was restored.",
    )
