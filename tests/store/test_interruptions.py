"""What an interruption leaves of a store: a migration that breaks off, a server that restarts."""

from __future__ import annotations

import psycopg
import pytest

from bot.store import Store
from tests.conftest import CLOSE_OTHER_CONNECTIONS


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
