"""A store of any earlier revision is brought up to date with everything that is in it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from bot import config
from bot.cli.checks.archive import check_index, check_store
from bot.errors import StoreBusyError, StoreError
from bot.model import OPERATOR
from bot.newsroom import Newsroom
from bot.store import schema, upgrade
from bot.store.database import Database
from tests.store.revisions import REVISIONS, SPEAKERS, Rows, fill, rows_of, tables_of, walk

pytestmark = pytest.mark.usefixtures("migrated")

MOVED = ("shares", "digest_rows")
"""Tables that there were, whose rows are in those of the outbox now."""
CHANGED = {"store_state.seq", "store_state.naming", "digests.state", "articles.url"}
"""Columns whose values migrations change on purpose."""
ROLLING = "0010"
"""A process of this revision or a later one goes on while the tables are brought up to date."""


on_postgres = pytest.mark.parametrize("database_url", ["postgres"], indirect=True)


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    with closing(Database(database_url)) as database:
        yield database


def test_rows_of_every_earlier_revision_are_kept(
    database: Database, database_url: str, tmp_path: Path
) -> None:
    """Each revision adds two rows to each of its tables, which all later migrations find."""
    old: list[tuple[str, Rows]] = []
    for place, (revision, tables) in enumerate(walk(database)):
        numbers = (100 * place + 1, 100 * place + 2)  # between them are messages that moved
        before = rows_of(database, tables)
        with database.write() as connection:
            for table in tables.sorted_tables:
                if table.name != "store_state":
                    fill(connection, table, numbers)
        after = rows_of(database, tables)
        added = {
            name: {key: row for key, row in rows.items() if key not in before[name]}
            for name, rows in after.items()
        }
        assert all(len(rows) == 2 for name, rows in added.items() if name != "store_state")
        old.append((revision, added))
    with database.read() as connection:
        assert compare_metadata(MigrationContext.configure(connection), schema.metadata) == []
        if database.is_sqlite:  # the other checks foreign keys by itself
            assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
        new = rows_of(database, tables_of(connection))
    assert len(old) == len(REVISIONS)
    for revision, added in old:
        assert_that_rows_are_kept(revision, added, new)
    assert_that_it_works(database_url, tmp_path)


def assert_that_rows_are_kept(revision: str, old: Rows, new: Rows) -> None:
    messages = {row["key"]: row for row in new["outbox"].values()}
    for name, rows in old.items():
        for key, row in rows.items():
            if name == "jobs" and row["kind"] == "tell" and revision < "0005":
                assert messages[f"feed/{row['key']}"]["payload"] == row["payload"]
            elif name not in MOVED:
                assert same_columns(name, new[name][key], row) == same_columns(name, row, row)
    for row in old.get("shares", {}).values():
        message = messages["share/{channel}/{press}/{claim_id}".format(**row)]
        assert message["state"] == ("sent" if row["ts"] else "uncertain")
        assert new["outbox_claims"][message["id"], 0]["claim_id"] == row["claim_id"]
    for key, row in old["digests"].items():
        is_posted = row["state"] == "posted" and revision < ROLLING
        assert new["digests"][key]["state"] == ("planned" if is_posted else row["state"])
    for (team, channel, day, position), row in old.get("digest_rows", {}).items():
        if old["digests"][team, channel, day]["state"] == "posted":  # the other was missed
            message = messages[f"digest/{channel}/{day}"]
            shown = new["outbox_claims"][message["id"], position]
            assert (message["state"], shown["claim_id"]) == ("sent", row["claim_id"])


def same_columns(table: str, row: dict[str, Any], like: dict[str, Any]) -> dict[str, Any]:
    """The values of those columns that are in the program's tables and in a row `like` this."""
    names = {column.name for column in schema.metadata.tables[table].columns} & set(like)
    return {name: row[name] for name in names if f"{table}.{name}" not in CHANGED}


def assert_that_it_works(database_url: str, folder: Path) -> None:
    """The store is whole, and what was in it is found."""
    settings = config.load({"CLAIMDESK_DATA": str(folder), "DATABASE_URL": database_url})
    with Newsroom(settings) as newsroom:
        newsroom.open()
        assert check_store(newsroom).verdict == "ok"
        assert check_index(newsroom).verdict == "ok"
        hits = newsroom.search.find(f"harbour by:{SPEAKERS[0].split()[1]}", viewer=OPERATOR).hits
        assert {hit.claim.speaker for hit in hits} == {SPEAKERS[0]}


@on_postgres
def test_a_process_of_an_earlier_revision_goes_on(database: Database) -> None:
    """It reads and writes the tables that it knows, after they were brought up to date."""
    refused: dict[str, set[str]] = {}
    for place, (revision, tables) in enumerate(list(walk(database))):
        for table in tables.sorted_tables:
            try:
                use(database, table, 100 * place + 1)
            except StoreError:
                refused.setdefault(revision, set()).add(table.name)
    assert refused.keys() == {one for one in REVISIONS if one < ROLLING}
    assert set.union(*refused.values()) == {*MOVED, "digests"}


def use(database: Database, table: sa.Table, number: int) -> None:
    """Write a row, change it, and read all rows. Raises StoreError."""
    with database.write() as connection:
        if table.name == "store_state":
            connection.execute(sa.update(table).values(seq=table.c.seq + 1))
        else:
            fill(connection, table, [number])
            unchanged = {column.name: column for column in table.columns}
            connection.execute(sa.update(table).values(unchanged))
        assert connection.execute(sa.select(table)).all()


@on_postgres
def test_no_table_is_rewritten_while_others_wait(database: Database) -> None:
    """A migration that changes a table holds a lock on it that keeps out readers, too."""
    files = "SELECT relname, relfilenode FROM pg_class WHERE relnamespace = 'public'::regnamespace"

    def files_of_tables() -> dict[str, int]:
        with database.read() as connection:
            rows = connection.exec_driver_sql(f"{files} AND relkind = 'r'").all()
        return {str(name): int(file) for name, file in rows}

    database.migrate(ROLLING)
    before = files_of_tables()
    database.migrate()
    assert before.items() <= files_of_tables().items()
    assert {"articles", "claims", "outbox"} <= before.keys()


@on_postgres
def test_tables_are_changed_once_nobody_reads_them(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Meanwhile others can read them, too, although the migration waits."""
    database.migrate("0017")
    with database.engine.connect() as backup:
        backup.exec_driver_sql("SELECT * FROM claims")
        pauses = 0

        def pause(_seconds: float) -> None:
            nonlocal pauses
            pauses += 1
            with database.write(max_wait=1) as other:  # waits no longer for a lock
                other.exec_driver_sql("SELECT * FROM claims")
            if pauses == 2:
                backup.rollback()

        monkeypatch.setattr(upgrade, "pause", pause)
        database.migrate()
    assert pauses == 2
    database.require_current()


@on_postgres
def test_a_table_that_is_read_for_ever_leaves_the_old_store(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(upgrade, "LOCK_ATTEMPTS", 2)
    monkeypatch.setattr(upgrade, "LOCK_PAUSE", 0.0)
    database.migrate("0012")
    with database.engine.connect() as backup:
        backup.exec_driver_sql("SELECT * FROM claims")
        with pytest.raises(StoreBusyError, match="it may be a backup"):
            database.migrate()
    assert database.revision() == "0012"
    database.migrate()
    database.require_current()
