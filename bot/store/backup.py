"""Back up all tables to a file, and restore a backup into an empty database.

A backup is a gzip file of JSON lines: a header with the revision of the tables and their columns,
a line for each row, and a last line with the counts and a digest of all lines before it. It is
the same for SQLite and PostgreSQL, so a backup of one can be restored into the other.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import groupby, islice
from operator import itemgetter
from pathlib import Path
from typing import IO, Any
from uuid import uuid4

import sqlalchemy as sa

from bot.errors import StoreError
from bot.store import upgrade
from bot.store.database import Database
from bot.store.schema import REVISION, Instant, NullableJSON, metadata, outbox, store_state

FORMAT_KEY = "claimdesk_backup"
"""The key in the header of a backup; its value is the version of the format."""
FORMAT_VERSION = 1
ROW_BATCH = 1000
MAX_LINE = 64 * 2**20
"""The longest line that is read, in characters; the longest article has a tenth of that."""

Json = dict[str, Any]


@dataclass(frozen=True)
class _ColumnType:
    """How the values of a column are written in JSON, and read again."""

    type: sa.types.TypeEngine[Any]
    encode: Callable[[Any], Any] = lambda value: value
    decode: Callable[[Any], Any] = lambda value: value
    restored_as: sa.types.TypeEngine[Any] | None = None
    """The type to insert values with, if not `type`."""


TYPES = {
    "instant": _ColumnType(Instant(), datetime.isoformat, datetime.fromisoformat),
    "date": _ColumnType(sa.Date(), date.isoformat, date.fromisoformat),
    "time": _ColumnType(sa.Time(), time.isoformat, time.fromisoformat),
    "bytes": _ColumnType(
        sa.LargeBinary(), lambda value: base64.b64encode(value).decode("ascii"), base64.b64decode
    ),
    "json": _ColumnType(NullableJSON),
    "boolean": _ColumnType(sa.Boolean()),
    # PostgreSQL is told a type with each value, and one that is too small would refuse large ones.
    "integer": _ColumnType(sa.Integer(), restored_as=sa.BigInteger()),
    "number": _ColumnType(sa.Float()),
    "text": _ColumnType(sa.String()),
}
"""The names of column types in a header. The first that fits a column is its type."""


@dataclass(frozen=True)
class BackupContents:
    """What a whole, undamaged backup contains: the revision of its tables, and rows by table."""

    revision: str
    rows: Mapping[str, int]


@dataclass(frozen=True)
class _Columns:
    """A table's columns with the names of their types, in the order of a row's values."""

    table: str
    kinds: tuple[tuple[str, str], ...]


class Backups:
    """Backs up a database, and restores a backup into it."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def write(self, output: IO[bytes]) -> Mapping[str, int]:
        """Write all tables, as they are at one moment; returns the number of rows by table.

        Others may write to the database meanwhile. Raises StoreError, or OSError of `output`.
        """
        self._db.require_current()
        rows: Counter[str] = Counter()
        digest = hashlib.sha256()
        with gzip.open(output, "wb", compresslevel=5) as packed, self._db.read() as connection:
            self._hold_snapshot(connection)
            for line in _lines(connection, rows):
                digest.update(line)
                packed.write(line)
            packed.write(_json_line({"rows": rows, "sha256": digest.hexdigest()}))
        return rows

    def _hold_snapshot(self, connection: sa.Connection) -> None:
        """Let all queries of a transaction see one state; SQLite does so by itself."""
        if not self._db.is_sqlite:
            connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")

    def restore(self, file: Path) -> BackupContents:
        """Restore a backup into a database that has no tables, or empty ones.

        The tables are brought up to date afterwards. Nothing is changed if the backup is damaged
        or the database is not empty. The store gets a new id, so that no index of another is taken
        for its own. A message that was waiting may have been posted after the backup was made: it
        is looked up in its channel before it is sent. Raises StoreError.
        """
        contents = check_backup(file)
        self._db.migrate(contents.revision)
        if self._db.revision() != contents.revision:
            self._drop_tables(file)
            self._db.migrate(contents.revision)
        with self._db.write() as connection:
            self._require_empty(connection, file)
            connection.execute(sa.delete(store_state))
            for columns, rows in _rows_by_table(file):
                self._insert(connection, columns, rows)
            connection.execute(sa.update(store_state).values(store_id=uuid4().hex))
            is_waiting = outbox.c.state == "waiting"
            connection.execute(sa.update(outbox).where(is_waiting).values(state="sending"))
            if not self._db.is_sqlite:
                _advance_sequences(connection, contents.rows)
        self._db.migrate()
        return contents

    def _drop_tables(self, file: Path) -> None:
        """Drop empty tables that are newer than a backup: the rows of the backup have to be there
        while the tables are brought up to date, since some migrations change rows."""
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
                    "the backup cannot be restored",
                    subject=str(file),
                    cause="the store is not empty",
                    remedy="Restore it --into a new folder, or an empty PostgreSQL database.",
                )

    def _insert(self, connection: sa.Connection, columns: _Columns, rows: list[list[Any]]) -> None:
        types = [(name, TYPES[kind]) for name, kind in columns.kinds]
        table = sa.table(
            columns.table, *(sa.column(name, one.restored_as or one.type) for name, one in types)
        )
        decoders = [(name, one.decode) for name, one in types]
        connection.execute(
            sa.insert(table),
            [
                {
                    name: None if value is None else decode(value)
                    for (name, decode), value in zip(decoders, row, strict=True)
                }
                for row in rows
            ],
        )


def check_backup(file: Path) -> BackupContents:
    """Read a backup from beginning to end.

    Raises StoreError if it is not a backup, is damaged, or was made by a newer version.
    """
    lines = _read_lines(file)
    header_line = next(lines, b"")
    header = _read_header(file, header_line)
    digest = hashlib.sha256(header_line)
    rows: Counter[str] = Counter()
    last = next(lines, b"")
    for line in lines:
        digest.update(last)
        rows[_table_of(last)] += 1
        last = line
    if last != _json_line({"rows": rows, "sha256": digest.hexdigest()}):
        raise _unusable(file, "it is incomplete or damaged")
    return BackupContents(header["revision"], rows)


def _lines(connection: sa.Connection, rows: Counter[str]) -> Iterator[bytes]:
    """Yield the header and all rows as lines, and count the rows by table."""
    tables = metadata.sorted_tables  # a table comes after those that its rows refer to
    kinds = {table.name: [(c.name, _kind(c)) for c in table.columns] for table in tables}
    yield _json_line({FORMAT_KEY: FORMAT_VERSION, "revision": REVISION, "tables": kinds})
    for table in tables:
        encoders = [TYPES[kind].encode for _, kind in kinds[table.name]]
        # The order of ids is the order in which messages are sent.
        query = sa.select(table).order_by(*table.primary_key.columns)
        found = connection.execution_options(yield_per=ROW_BATCH).execute(query)
        for row in found:
            values = [
                None if value is None else encode(value)
                for encode, value in zip(encoders, row, strict=True)
            ]
            rows[table.name] += 1
            yield _json_line([table.name, values])


def _kind(column: sa.Column[Any]) -> str:
    return next(kind for kind, one in TYPES.items() if isinstance(column.type, type(one.type)))


def _json_line(value: Any) -> bytes:
    line = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    # What Slack sent may have half a character, which is escaped in the database.
    return line.encode("utf-8", "surrogatepass") + b"\n"


def _table_of(line: bytes) -> str:
    """Return the table of a row's line, without parsing the row."""
    return line[2 : line.find(b'"', 2)].decode("utf-8", "replace")


def _read_lines(file: Path) -> Iterator[bytes]:
    try:
        with gzip.open(file, "rb") as packed:
            while line := packed.readline(MAX_LINE):
                if not line.endswith(b"\n"):
                    raise _unusable(file, "it is incomplete or damaged")
                yield line
    except gzip.BadGzipFile as error:
        raise _unusable(file, "it is not a Claimdesk backup, or damaged") from error
    except (EOFError, zlib.error) as error:
        raise _unusable(file, "it is incomplete or damaged") from error
    except OSError as error:
        raise _unusable(file, error.strerror or str(error)) from error


def _read_header(file: Path, line: bytes) -> Json:
    try:
        header = json.loads(line)
        version, revision = header[FORMAT_KEY], str(header["revision"])
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise _unusable(file, "it is not a Claimdesk backup") from error
    if version != FORMAT_VERSION:
        raise _unusable(file, "a newer Claimdesk made it")
    upgrade.require_known(revision, "the backup cannot be restored", str(file))
    return dict(header)


def _rows_by_table(file: Path) -> Iterator[tuple[_Columns, list[list[Any]]]]:
    """Yield the rows of a backup that has been checked, in batches of one table."""
    lines = _read_lines(file)
    kinds = json.loads(next(lines))["tables"]
    rows = (json.loads(line) for line in lines if not line.startswith(b"{"))
    for table, group in groupby(rows, key=itemgetter(0)):
        columns = _Columns(table, tuple(map(tuple, kinds[table])))
        values = (row for _, row in group)
        while batch := list(islice(values, ROW_BATCH)):
            yield columns, batch


def _advance_sequences(connection: sa.Connection, tables: Iterable[str]) -> None:
    """Let PostgreSQL give new rows ids above the restored ones."""
    for name in tables:
        if name not in metadata.tables or "id" not in metadata.tables[name].columns:
            continue
        sequence = connection.execute(
            sa.select(sa.func.pg_get_serial_sequence(name, "id"))
        ).scalar()
        if sequence:
            newest = sa.select(sa.func.max(metadata.tables[name].c.id)).scalar_subquery()
            connection.execute(sa.select(sa.func.setval(sequence, newest)))


def _unusable(file: Path, cause: str) -> StoreError:
    return StoreError(
        "the backup cannot be restored",
        subject=str(file),
        cause=cause,
        remedy="Nothing was changed. Restore another backup.",
    )
