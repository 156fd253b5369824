from __future__ import annotations

from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from bot.errors import StoreBusyError, StoreError
from bot.store import Integrity, Store, integrity
from bot.store.database import Database
from tests.store.locks import locked, read_only


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    database = Database(database_url)
    database.migrate()
    yield database
    database.close()


def test_a_sound_store_is_whole_and_writable(database: Database, database_url: str) -> None:
    checks = Integrity(database)
    checks.require_whole()
    checks.require_writable()
    Store(database_url).close()  # it can still be used


def test_a_store_that_refuses_writes_is_not_writable(database: Database, database_url: str) -> None:
    refusing = Database(read_only(database_url))
    with pytest.raises(StoreError):
        Integrity(refusing).require_writable()
    refusing.close()


def test_a_store_that_stays_locked_is_not_writable(
    database: Database, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(integrity, "TEST_WRITE_SECONDS", 0.1)
    with locked(database_url, "store_state"), pytest.raises(StoreBusyError):
        Integrity(database).require_writable()


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
def test_an_unreadable_table_of_postgresql_is_named(database: Database) -> None:
    with database.write() as connection:
        connection.execute(sa.text("ALTER TABLE answers RENAME TO hidden"))
    try:
        with pytest.raises(StoreError, match="table answers"):
            Integrity(database).require_whole()
    finally:
        with database.write() as connection:
            connection.execute(sa.text("ALTER TABLE hidden RENAME TO answers"))


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
def test_indexes_of_postgresql_are_checked_with_amcheck(database: Database) -> None:
    try:
        with database.write() as connection:
            connection.execute(sa.text("CREATE EXTENSION IF NOT EXISTS amcheck"))
    except StoreError:
        pytest.skip("skipped: amcheck is not installed")
    Integrity(database).require_whole()
