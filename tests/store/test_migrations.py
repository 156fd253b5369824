"""A store is brought up to date by a second migration; one from before the first is refused."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from bot.errors import StoreBusyError, StoreError
from bot.store import Exports, Store, schema, upgrade
from bot.store.database import Database
from tests.store.rows import value_of

pytestmark = pytest.mark.usefixtures("migrated")

FIRST, SECOND = schema.REVISION, "v0003"
SECOND_MIGRATION = '''"""Keep in which mood a claim was made."""

import sqlalchemy as sa
from alembic import op

revision = "v0003"
down_revision = "v0002"


def upgrade() -> None:
    """Add the column, and fill it."""
    with op.batch_alter_table("claims") as table:
        table.add_column(sa.Column("mood", sa.Text(), nullable=True))
    op.execute("UPDATE claims SET mood = 'calm'")
'''

on_postgres = pytest.mark.parametrize("database_url", ["postgres"], indirect=True)

Rows = dict[str, list[dict[str, object]]]


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """A store of this version, with a row in each table."""
    with closing(Database(database_url)) as database:
        database.migrate()
        with database.write() as connection:
            for table in schema.metadata.sorted_tables:
                if table is not schema.store_state:
                    row = {column.name: value_of(column, 1) for column in table.columns}
                    connection.execute(sa.insert(table).values(row))
        yield database


@pytest.fixture
def next_version(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[[], None]:
    """Let this program need a second migration from now on."""
    folder = tmp_path / "migrations"
    shutil.copytree(upgrade.MIGRATIONS, folder)
    (folder / "versions" / f"{SECOND}_moods.py").write_text(SECOND_MIGRATION)

    def begin() -> None:
        monkeypatch.setattr(upgrade, "MIGRATIONS", folder)
        monkeypatch.setattr(schema, "REVISION", SECOND)
        monkeypatch.setattr(Database.migrate, "__defaults__", (SECOND,))

    return begin


def rows_of(database: Database) -> Rows:
    with database.read() as connection:
        return {
            table.name: [dict(row) for row in connection.execute(sa.select(table)).mappings()]
            for table in schema.metadata.sorted_tables
        }


def moods(database: Database) -> list[str]:
    with database.read() as connection:
        return [row.mood for row in connection.exec_driver_sql("SELECT mood FROM claims")]


def test_the_next_migration_keeps_every_row(
    database: Database, database_url: str, next_version: Callable[[], None]
) -> None:
    before = rows_of(database)
    assert all(len(rows) == 1 for rows in before.values())
    next_version()
    with pytest.raises(StoreError, match="claimdesk migrate"):
        database.require_current()
    database.migrate()
    database.require_current()
    assert rows_of(database) == before
    assert moods(database) == ["calm"]
    with database.read() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), schema.metadata)
    assert [difference[0] for difference in differences] == ["remove_column"]
    with closing(Store(database_url)) as store:
        assert store.archive.coverage().articles == 1


@pytest.mark.parametrize("opened_before", [False, True])
def test_an_export_from_before_the_next_migration_is_brought_up_to_date(
    database: Database, next_version: Callable[[], None], tmp_path: Path, opened_before: bool
) -> None:
    with (tmp_path / "export").open("wb") as file:
        Exports(database).write(file)
    next_version()
    with closing(Database(f"sqlite:///{tmp_path / 'other.sqlite3'}")) as other:
        if opened_before:
            other.migrate()
        Exports(other).restore(tmp_path / "export")
        other.require_current()
        assert moods(other) == ["calm"]


@pytest.mark.parametrize("use", [Database.require_current, Database.migrate])
def test_a_store_from_before_the_first_migration_is_refused(
    database: Database, use: Callable[[Database], None]
) -> None:
    with database.write() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0024'")
    with pytest.raises(StoreError, match=r"read the articles again with claimdesk ingest"):
        use(database)


def test_a_newer_version_may_migrate_while_this_one_waits(
    database: Database, next_version: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    next_version()
    with database.write() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = 'v9999'")
    # What it reads before it waits for its turn.
    monkeypatch.setattr(Database, "revision", lambda _: FIRST)
    with pytest.raises(StoreError, match=r"a newer Claimdesk made it \(revision v9999\)"):
        database.migrate()


@pytest.mark.parametrize("statements", [3, 6])
def test_an_interrupted_migration_leaves_the_old_store(
    database: Database, next_version: Callable[[], None], statements: int
) -> None:
    before = rows_of(database)
    next_version()
    executed = 0

    @sa.event.listens_for(database.engine, "before_cursor_execute")
    def break_off(*_: object) -> None:
        nonlocal executed
        executed += 1
        if executed == statements:
            raise OSError("no space left on device")

    with pytest.raises(StoreError, match="no space left"):
        database.migrate()
    assert database.revision() == FIRST
    assert rows_of(database) == before
    database.migrate()
    assert moods(database) == ["calm"]


@on_postgres
def test_tables_are_changed_once_nobody_reads_them(
    database: Database, next_version: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Meanwhile others can read them, too, although the migration waits."""
    next_version()
    with database.engine.connect() as reader:
        reader.exec_driver_sql("SELECT * FROM claims")
        pauses = 0

        def pause(_seconds: float) -> None:
            nonlocal pauses
            pauses += 1
            with database.write(max_wait=1) as other:  # waits no longer for a lock
                other.exec_driver_sql("SELECT * FROM claims")
            if pauses == 2:
                reader.rollback()

        monkeypatch.setattr(upgrade, "pause", pause)
        database.migrate()
    assert pauses == 2
    database.require_current()


@on_postgres
def test_a_table_that_is_read_for_ever_leaves_the_old_store(
    database: Database, next_version: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(upgrade, "LOCK_ATTEMPTS", 2)
    monkeypatch.setattr(upgrade, "LOCK_PAUSE", 0.0)
    next_version()
    with database.engine.connect() as reader:
        reader.exec_driver_sql("SELECT * FROM claims")
        with pytest.raises(StoreBusyError, match="it may be an export"):
            database.migrate()
    assert database.revision() == FIRST
    database.migrate()
    database.require_current()
