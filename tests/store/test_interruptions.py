"""What an interruption leaves of a store: a migration that breaks off, a server that restarts."""

from __future__ import annotations

from pathlib import Path

import alembic.command
import alembic.config
import psycopg
import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from bot.errors import StoreError
from bot.store import Store, schema
from bot.store.database import Database
from tests.conftest import CLOSE_OTHER_CONNECTIONS

OLD = "0001"


def make_old_store(database: Database) -> None:
    """Make the tables of the first version, with a query that somebody asked."""
    config = alembic.config.Config()
    config.set_main_option("script_location", str(Path(schema.__file__).with_name("migrations")))
    with database.write() as connection:
        config.attributes["connection"] = connection
        alembic.command.upgrade(config, OLD)
        values = "'T', 'q', 'U', 'yuan', '2026-11-03 12:00:00'"
        connection.execute(
            sa.text(f"INSERT INTO answers (team, id, person, query, asked_at) VALUES ({values})")
        )


def columns(database: Database) -> dict[str, set[str]]:
    """Return the names of the columns of each table."""
    with database.read() as connection:
        inspector = sa.inspect(connection)
        return {
            table: {column["name"] for column in inspector.get_columns(table)}
            for table in inspector.get_table_names()
        }


@pytest.mark.usefixtures("migrated")
@pytest.mark.parametrize("statements", [5, 40, 80])
def test_an_interrupted_migration_leaves_the_old_store(database_url: str, statements: int) -> None:
    database = Database(database_url)
    make_old_store(database)
    old = columns(database)
    executed = 0

    @sa.event.listens_for(database.engine, "before_cursor_execute")
    def break_off(*_: object) -> None:
        nonlocal executed
        executed += 1
        if executed == statements:
            raise OSError("no space left on device")

    with pytest.raises(StoreError, match="no space left"):
        database.migrate()
    assert columns(database) == old
    assert database.revision() == OLD
    database.close()
    store = Store(database_url)
    store.database.migrate()
    assert store.conversations.recall("T", "U", "q") == "yuan"
    with store.database.read() as connection:
        assert compare_metadata(MigrationContext.configure(connection), schema.metadata) == []
    store.close()


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
def test_connections_that_the_server_closed_are_replaced(
    database_url: str, postgres_server: str
) -> None:
    store = Store(database_url)
    store.database.migrate()
    with psycopg.connect(f"{postgres_server}/postgres", autocommit=True) as operator:
        operator.execute(CLOSE_OTHER_CONNECTIONS)
    assert store.archive.coverage().articles == 0
    store.close()
