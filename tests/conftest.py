from __future__ import annotations

import contextlib
import gc
import importlib
import re
import sqlite3
import uuid
from collections.abc import Callable, Iterable, Iterator
from functools import cache, partial
from pathlib import Path
from typing import Any

import psycopg
import pytest
import sqlalchemy as sa
from hypothesis import settings
from sqlalchemy.engine.default import DefaultDialect
from sqlalchemy.util import LRUCache
from xdist.scheduler import LoadScopeScheduling

from bot import ingest, onnx
from bot.store import Store, schema
from bot.store.database import Database
from tests import postgres
from tests.opensearch.launcher import patient_searches, start_cluster
from tests.soak import SOAK, examples

# No deadline: the machine may be busy. `make test` tries the same examples each time, so that it
# never fails by chance; a soak tries new ones.
settings.register_profile(
    "test", deadline=None, derandomize=True, database=None, max_examples=examples(50)
)
settings.register_profile("soak", deadline=None, max_examples=examples(50))
settings.load_profile("soak" if SOAK else "test")

SLOW_TESTS = (
    "tests/simulations/",
    "tests/cli/test_kill.py",
    "tests/slack/conversations/test_whole_conversation.py",
    "tests/newsroom/articles/test_versions_in_any_order.py",
    "tests/slack/test_in_browser.py",
    "tests/cli/test_commands.py",
    "tests/newsroom/digests/test_digests.py",
    "tests/slack/surfaces/answers/test_conversation.py",
    "tests/newsroom/feeds/test_polls.py",
    "tests/extract/test_extractor.py",
    "tests/articles/test_authority.py",
    "tests/test_wheel.py",
)
"""The slowest tests, which start first so that no process runs them alone at the end."""
SPLIT_FILES = SLOW_TESTS[:4]
"""Files whose tests may run in different processes."""
CLUSTER_TESTS = re.compile(r"tests/search/engine/cluster/|.*\[(postgres-)?cluster[-\]]")
"""Tests that run in one process, so that one OpenSearch cluster is enough; among the first, since
that process has nothing else to do."""
OTHER_COMBINATIONS = re.compile(r".*\[(cluster|postgres-embedded|postgres-cluster)-")
"""Cases of tests on another store or index than the one that everyone starts with."""


def pytest_sessionstart(session: pytest.Session) -> None:
    """Import the test files, each process from another place on.

    The first import compiles a file, which takes longer than all else in collecting. The other
    processes then read what was compiled.
    """
    gc.disable()  # until all tests are collected: nothing of them becomes garbage
    worker: dict[str, Any] | None = getattr(session.config, "workerinput", None)
    if worker is None:
        return
    root = session.config.rootpath
    folders = [folder for argument in session.config.args if (folder := root / argument).is_dir()]
    files = sorted(file for folder in folders for file in folder.rglob("test_*.py"))
    start = len(files) * int(worker["workerid"].removeprefix("gw")) // worker["workercount"]
    for file in [*files[start:], *files[:start]]:
        name = ".".join(file.relative_to(root).with_suffix("").parts)
        with contextlib.suppress(Exception):  # collecting the file says what is wrong with it
            importlib.import_module(name)


def pytest_collection_finish() -> None:
    """Let garbage be collected again, without looking at 10,000 tests each time."""
    gc.freeze()
    gc.enable()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Run the slowest tests first, and leave out what only a soak tries."""

    def rank(item: pytest.Item) -> int:
        if CLUSTER_TESTS.match(item.nodeid):
            return len(SPLIT_FILES)
        return next((n for n, path in enumerate(SLOW_TESTS) if item.nodeid.startswith(path)), 99)

    left_out = set() if SOAK else set(_further_cases(items))
    config.hook.pytest_deselected(items=[*left_out])
    items[:] = sorted((item for item in items if item not in left_out), key=rank)


def _further_cases(items: Iterable[pytest.Item]) -> Iterator[pytest.Item]:
    """Yield all cases but the first of each parametrised test on another store or index, which the
    embedded index on SQLite passes; only the contract of indexes is always tried whole."""
    seen = set()
    for item in items:
        found = OTHER_COMBINATIONS.match(item.nodeid)
        if found and not item.nodeid.startswith("tests/search/test_contract.py"):
            if found[0] in seen:
                yield item
            seen.add(found[0])


class FileScheduling(LoadScopeScheduling):  # type: ignore[misc]
    """Gives all tests of a file to one process, so that each fixture of a file is made once.

    xdist's own loadgroup adds the group to a test's id, which pytest 9.2 passes over.
    """

    def _split_scope(self, nodeid: str) -> str:
        if nodeid.startswith(SPLIT_FILES):
            return nodeid
        return "cluster" if CLUSTER_TESTS.match(nodeid) else nodeid.partition("::")[0]


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> FileScheduling:
    return FileScheduling(config, log)


MIGRATE = Database._upgrade


@pytest.fixture(scope="session", autouse=True)
def _copy_tables(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Copy the tables of new SQLite stores from one that was migrated once.

    Migrations take a tenth of a second, and hundreds of tests start with a new store.
    """
    file = tmp_path_factory.mktemp("tables") / "store.sqlite3"
    Store(f"sqlite:///{file}").close()

    def copy_tables(self: Database, revision: str) -> None:
        is_new = self.is_sqlite and not self.revision()
        if not is_new or revision != schema.REVISION:
            MIGRATE(self, revision)
            return
        with contextlib.closing(sqlite3.connect(file)) as tables, self.engine.connect() as new:
            tables.backup(new.connection.driver_connection)
        with self.write() as connection:
            connection.execute(sa.update(schema.store_state).values(store_id=uuid.uuid4().hex))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Database, "_upgrade", copy_tables)
        yield


@pytest.fixture(scope="session", autouse=True)
def _keep_the_reader() -> Iterator[None]:
    """Keep the process that reads files when a newsroom is closed, for the next test's newsroom.

    Starting one takes half a second, and hundreds of tests read a page or a feed.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ingest, "close", lambda: None)
        yield


@pytest.fixture(scope="session", autouse=True)
def _compile_statements_once() -> Iterator[None]:
    """Let the stores of all tests share the statements that SQLAlchemy has compiled.

    It keeps them for each engine, because they depend on the dialect; engines of one kind of
    database have equal dialects here.
    """
    create = partial(sa.create_engine, execution_options={"compiled_cache": LRUCache(1000)})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sa, "create_engine", create)
        patch.setattr(DefaultDialect, "__eq__", lambda self, other: type(self) is type(other))
        patch.setattr(DefaultDialect, "__hash__", lambda self: hash(type(self)))
        yield


@pytest.fixture(scope="session", autouse=True)
def _load_models_once() -> Iterator[None]:
    """Load each ONNX model once in a test process: a session has no state between calls."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(onnx, "load_session", cache(onnx.load_session))
        yield


@pytest.fixture
def migrated(monkeypatch: pytest.MonkeyPatch) -> None:
    """Create the tables of new stores by the migrations, to test these."""
    monkeypatch.setattr(Database, "_upgrade", MIGRATE)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The URL of a PostgreSQL server, without a database name."""
    with postgres.run_server() as url:
        if url is None:
            pytest.skip("skipped: PostgreSQL is not installed")
        yield url


@pytest.fixture(scope="session")
def cluster_nodes(request: pytest.FixtureRequest) -> Iterator[list[str]]:
    """The addresses of the three nodes of an OpenSearch cluster, which may be slow."""
    cache = Path(request.config.cache.mkdir("opensearch"))
    with patient_searches(), start_cluster(cache, 3) as nodes:
        yield list(nodes)


@pytest.fixture(scope="session")
def cluster_address(cluster_nodes: list[str]) -> str:
    """The address of one node of the cluster."""
    return cluster_nodes[0]


@pytest.fixture(scope="session")
def empty_postgres(postgres_server: str) -> Callable[..., str]:
    """Empty a PostgreSQL database, the same one each time, and return its URL.

    Creating or dropping a database touches 1,000 files. With `tables`, those of the current version
    may be left.
    """

    def empty(*, tables: bool = True) -> str:
        url = f"{postgres_server}/postgres"
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(CLOSE_OTHER_CONNECTIONS)
            if tables and _has_tables(connection):
                connection.execute(DELETE_ALL_ROWS)
            else:
                connection.execute("DROP SCHEMA public CASCADE")
                connection.execute("CREATE SCHEMA public")
        return url.replace("postgresql:", "postgresql+psycopg:")

    return empty


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of an empty database, of each supported kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'store.sqlite3'}"
    empty: Callable[..., str] = request.getfixturevalue("empty_postgres")
    return empty(tables="migrated" not in request.fixturenames)


def _has_tables(connection: psycopg.Connection) -> bool:
    """Tell whether another test has left the tables of the current version."""
    with contextlib.suppress(psycopg.errors.UndefinedTable):
        revisions = connection.execute("SELECT version_num FROM alembic_version").fetchall()
        return revisions == [(schema.REVISION,)]
    return False


CLOSE_OTHER_CONNECTIONS = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()
"""
"""Closes the connections that earlier tests have left open."""

DELETE_ALL_ROWS = """
DO $$
DECLARE name text;
BEGIN
    SET LOCAL session_replication_role = replica;  -- ignore foreign keys
    FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
        IF name NOT IN ('alembic_version', 'store_state') THEN
            EXECUTE format('DELETE FROM %I', name);
        END IF;
    END LOOP;
    UPDATE store_state
        SET store_id = md5(random()::text), seq = 0, naming = NULL, watching = 0,
            clock_confirmed_at = NULL;
    PERFORM setval(oid, 1, false) FROM pg_class WHERE relkind = 'S';
END $$
"""
"""Deletes all rows and resets all counters. Creating the tables again takes ten times as long, and
TRUNCATE creates files."""
