"""A store on a full disk is read, and written to again once there is room."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.errors import StoreError
from bot.store.database import Database
from bot.store.schema import answers
from tests.small_disk import fill, small_disk

NOW = datetime(2026, 11, 25, tzinfo=UTC)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    with small_disk(tmp_path / "disk", megabytes=8) as disk:
        yield disk


@contextlib.contextmanager
def opened(disk: Path) -> Iterator[Database]:
    with contextlib.closing(Database(f"sqlite:///{disk / 'store.sqlite3'}")) as database:
        yield database


def ask(database: Database, query: str) -> None:
    row = {"team": "T1", "id": query, "person": "U1", "query": query, "asked_at": NOW}
    database.execute(sa.insert(answers).values(row))


def asked(database: Database) -> list[str]:
    return database.fetch_values(sa.select(answers.c.query).order_by(answers.c.query))


def test_a_store_on_a_full_disk_is_opened_for_reading(disk: Path) -> None:
    with opened(disk) as database:
        database.migrate()
        ask(database, "harbour")
    filler = fill(disk)
    with opened(disk) as database:
        database.migrate()
        database.require_current()
        assert asked(database) == ["harbour"]
        with pytest.raises(StoreError, match="Free some space on its disk"):
            ask(database, "yuan")
        filler.unlink()
        ask(database, "yuan")
        with opened(disk) as other:
            ask(other, "quay")
        assert asked(database) == ["harbour", "quay", "yuan"]


def test_a_file_that_lacks_what_its_log_has_is_not_read_alone(disk: Path) -> None:
    with opened(disk) as database:
        database.migrate()
        ask(database, "harbour")
    (disk / "store.sqlite3-wal").write_bytes(b"written, but not copied into the file")
    fill(disk)
    with opened(disk) as database, pytest.raises(StoreError):
        asked(database)


def test_a_new_file_that_another_process_is_writing_is_waited_for(tmp_path: Path) -> None:
    """SQLite itself does not wait in this case, in spite of its busy timeout."""
    writer = sqlite3.connect(tmp_path / "store.sqlite3", isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")
    with (
        contextlib.closing(writer),
        opened(tmp_path) as database,
        ThreadPoolExecutor(1) as thread,
    ):
        read = thread.submit(database.fetch_value, sa.select(1))
        with pytest.raises(TimeoutError):
            read.result(timeout=0.2)
        writer.execute("COMMIT")
        assert read.result() == 1
