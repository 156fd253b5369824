"""The database itself, apart from what is stored in it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa

from bot.errors import StoreBusyError, StoreError
from bot.store import sqlite_file
from bot.store.database import Database
from bot.store.failures import store_error
from bot.store.schema import store_state


def test_a_log_that_a_reader_keeps_from_being_emptied_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite_file, "PRAGMAS", ("busy_timeout = 0", *sqlite_file.PRAGMAS[1:]))
    with closing(Database(f"sqlite:///{tmp_path / 'store.sqlite3'}")) as database:
        database.migrate()
        with database.read() as reader:
            reader.execute(sa.select(store_state)).all()
            with pytest.raises(StoreBusyError, match="another program is reading it"):
                database.compact()
        database.compact()


@pytest.mark.parametrize("use", [Database.require_current, Database.migrate])
def test_tables_of_a_newer_version_are_refused(
    database_url: str, use: Callable[[Database], None], migrated: None
) -> None:
    with closing(Database(database_url)) as database:
        database.migrate()
        with database.write() as connection:
            connection.exec_driver_sql("UPDATE alembic_version SET version_num = 'v9999'")
        with pytest.raises(StoreError, match=r"a newer Claimdesk made it \(revision v9999\)"):
            use(database)


def test_new_tables_are_made_without_a_word_in_the_log(tmp_path: Path) -> None:
    # In a process of its own, since Alembic logs when it is imported.
    program = (
        "import logging, sys; from bot.store import Database;"
        "logging.basicConfig(level=logging.INFO);"
        "Database(f'sqlite:///{sys.argv[1]}/x.sqlite3').migrate()"
    )
    command = [sys.executable, "-c", program, str(tmp_path)]
    assert subprocess.run(command, check=True, capture_output=True, text=True).stderr == ""


@pytest.mark.parametrize("doing", ["starting up", "shutting down", "in recovery mode"])
def test_a_server_that_is_being_restarted_is_named(doing: str) -> None:
    error = psycopg.OperationalError(f"FATAL:  the database system is {doing}")
    assert "being restarted: try again" in str(store_error(error))
