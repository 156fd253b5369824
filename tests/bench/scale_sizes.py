"""Measure how many rows and bytes a store and an index have, and a server's CPU time."""

from __future__ import annotations

import os
import sqlite3
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import psycopg

SMALL = 0.002
"""Tables with a smaller share of all bytes are printed together."""


class TableSize(NamedTuple):
    """A table's rows, and the bytes of it and of its indexes."""

    name: str
    rows: int
    table_bytes: int
    index_bytes: int


class ServerTime:
    """The CPU time of a PostgreSQL server on this machine, without that of open connections' own
    processes until they end."""

    def __init__(self, url: str | None) -> None:
        self._postmaster = 0
        if url:
            with psycopg.connect(f"{url}/postgres") as connection:
                row = connection.execute("SHOW data_directory").fetchone()
            folder = Path(row[0]) if row else Path()
            self._postmaster = int((folder / "postmaster.pid").read_text().split()[0])
        self._last = self._seconds()

    def since_last(self, number: int) -> str:
        """Say how much it took since the last call, for each of `number`; "" if there is none."""
        if not self._postmaster:
            return ""
        last, self._last = self._last, self._seconds()
        return f" and {1e6 * (self._last - last) / number:.0f} µs of the server's"

    def _seconds(self) -> float:
        if not self._postmaster:
            return 0.0
        ticks = sum(map(_ticks, [self._postmaster, *_children(self._postmaster)]))
        return ticks / os.sysconf("SC_CLK_TCK")


def _ticks(pid: int) -> int:
    """The ticks of a process and of its children that ended."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return sum(map(int, fields[11:15]))


def _children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def print_sizes(label: str, data: Path, url: str, claims: int) -> None:
    """Print the rows and bytes of each table, and the bytes for each claim."""
    sizes = sorted(
        _postgres_sizes(url) if url else _sqlite_sizes(data / "claimdesk.sqlite3"),
        key=lambda size: -size.table_bytes - size.index_bytes,
    )
    total = sum(size.table_bytes + size.index_bytes for size in sizes)
    for size in sizes:
        table_and_index = size.table_bytes + size.index_bytes
        if table_and_index > SMALL * total:
            print(
                f"{label}: {size.name:12} {size.rows:>10,} rows, {table_and_index:>13,} bytes, "
                f"{size.index_bytes:>13,} of them indexes, {table_and_index / claims:.0f} a claim"
            )
    print(f"{label}: {total:,} bytes, {total / claims:.0f} a claim")


def _sqlite_sizes(file: Path) -> Iterator[TableSize]:
    connection = sqlite3.connect(file)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    table_of = dict(connection.execute("SELECT name, tbl_name FROM sqlite_master"))
    table_bytes, index_bytes = Counter[str](), Counter[str]()
    pages = connection.execute("SELECT name, sum(pgsize) FROM dbstat GROUP BY name").fetchall()
    for name, size in pages:
        table = table_of.get(name, name)
        (table_bytes if name == table else index_bytes)[table] += size
    for table in table_bytes:
        (rows,) = connection.execute(f'SELECT count(*) FROM "{table}"').fetchone()
        yield TableSize(table, rows, table_bytes[table], index_bytes[table])
    connection.close()


def _postgres_sizes(url: str) -> Iterator[TableSize]:
    with psycopg.connect(url) as connection:
        found = connection.execute(
            "SELECT relname, pg_table_size(oid), pg_indexes_size(oid) FROM pg_class "
            "WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
        ).fetchall()
        for table, table_bytes, index_bytes in found:
            row = connection.execute(f'SELECT count(*) FROM "{table}"').fetchone()
            yield TableSize(table, row[0] if row else 0, table_bytes, index_bytes)


def tree_bytes(folder: Path, claims: int) -> str:
    """Say how many bytes the files of a folder have, by their names' ends, largest first."""
    sizes = Counter[str]()
    for file in folder.rglob("*"):
        if file.is_file():
            sizes[file.suffix or file.name] += file.stat().st_size
    parts = ", ".join(f"{name} {size:,}" for name, size in sizes.most_common(8))
    return f"{sizes.total():,} bytes, {sizes.total() / claims:.0f} a claim: {parts}"
