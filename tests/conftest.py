from __future__ import annotations

import contextlib
import sqlite3
import uuid
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa
from hypothesis import settings

from bot.store import Store, schema
from bot.store.database import Database
from tests import postgres
from tests.soak import SOAK, examples

# No test asserts on time: a machine may have other things to do. What `make test` tries is the same
# each time, so that it is never red by chance; a soak tries something else each time.
settings.register_profile(
    "test", deadline=None, derandomize=True, database=None, max_examples=examples(50)
)
settings.register_profile("soak", deadline=None, max_examples=examples(50))
settings.load_profile("soak" if SOAK else "test")

SLOWEST = (
    "tests/simulations/",
    "tests/cli/test_kill.py",
    "tests/slack/conversations/test_whole_conversation.py",
    "tests/newsroom/articles/test_versions_in_any_order.py",
    "tests/slack/test_in_browser.py",
    "tests/store/older_store/test_messages.py",
    "tests/cli/test_commands.py",
    "tests/newsroom/digests/test_digests.py",
    "tests/slack/surfaces/answers/test_conversation.py",
    "tests/newsroom/feeds/test_polls.py",
    "tests/extract/test_extractor.py",
    "tests/articles/test_authority.py",
    "tests/test_wheel.py",
)
"""What takes longest, which begins first: else one process works it off while the others idle."""
APART = SLOWEST[:4]
"""Of these, each test may go to another process."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give the tests of a file to one process, which keeps what they share, the slowest first."""

    def place(item: pytest.Item) -> int:
        return next((n for n, one in enumerate(SLOWEST) if item.nodeid.startswith(one)), 99)

    items.sort(key=place)
    for item in items:
        group = item.nodeid if item.nodeid.startswith(APART) else item.nodeid.partition("::")[0]
        item.add_marker(pytest.mark.xdist_group(group))


MIGRATE = Database._upgrade


@pytest.fixture(scope="session", autouse=True)
def _tables_are_copied(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Give a new SQLite store the tables that the migrations have made once: they take a tenth of
    a second, and hundreds of tests begin with a new store."""
    file = tmp_path_factory.mktemp("tables") / "store.sqlite3"
    Store(f"sqlite:///{file}").close()

    def copied(self: Database) -> None:
        with self.read() as connection:
            is_new = self.is_sqlite and not self._revision(connection)
        if not is_new:
            MIGRATE(self)
            return
        with contextlib.closing(sqlite3.connect(file)) as tables, self.engine.connect() as new:
            tables.backup(new.connection.driver_connection)
        with self.write() as connection:
            connection.execute(sa.update(schema.store_state).values(store_id=uuid.uuid4().hex))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Database, "_upgrade", copied)
        yield


@pytest.fixture
def migrated(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the tables of new stores made by the migrations: for tests of these."""
    monkeypatch.setattr(Database, "_upgrade", MIGRATE)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The URL of a PostgreSQL server of our own, without a database's name."""
    with postgres.serving() as url:
        if url is None:
            pytest.skip("skipped: PostgreSQL is not installed")
        yield url


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database of each kind that Claimdesk knows, one after the other."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'store.sqlite3'}"
    url = f"{request.getfixturevalue('postgres_server')}/postgres"
    # One database, emptied for each test: making one copies, and dropping it deletes, 1,000 files.
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(OTHERS_GO)
        if _has_tables(connection) and "migrated" not in request.fixturenames:
            connection.execute(EMPTY)
        else:
            connection.execute("DROP SCHEMA public CASCADE")
            connection.execute("CREATE SCHEMA public")
    return url.replace("postgresql:", "postgresql+psycopg:")


def _has_tables(connection: psycopg.Connection) -> bool:
    """Whether the tables of this version are there, as another test has left them."""
    with contextlib.suppress(psycopg.errors.UndefinedTable):
        found = connection.execute("SELECT version_num FROM alembic_version").fetchall()
        return found == [(schema.REVISION,)]
    return False


OTHERS_GO = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()
"""
"""Ends the connections that tests before have left."""

EMPTY = """
DO $$
DECLARE name text;
BEGIN
    SET LOCAL session_replication_role = replica;  -- rows go in any order
    FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
        IF name NOT IN ('alembic_version', 'store_state') THEN
            EXECUTE format('DELETE FROM %I', name);
        END IF;
    END LOOP;
    UPDATE store_state
        SET store_id = md5(random()::text), seq = 0, naming = NULL, watching = 0;
    PERFORM setval(oid, 1, false) FROM pg_class WHERE relkind = 'S';
END $$
"""
"""Takes all rows out, and begins each count anew. To make the tables anew takes ten times as long,
and TRUNCATE makes files."""
