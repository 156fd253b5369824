"""Measure how many rows and bytes a store and an index have."""

from __future__ import annotations

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
