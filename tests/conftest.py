from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from hypothesis import settings

from tests import postgres

# No test asserts on time: a machine may have other things to do.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")


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
        connection.execute("DROP SCHEMA public CASCADE")
        connection.execute("CREATE SCHEMA public")
    return url.replace("postgresql:", "postgresql+psycopg:")


OTHERS_GO = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()
"""
"""Ends the connections that tests before have left."""
