"""What happens when a PostgreSQL server is slow, full, restarted or gone."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from typing import Any

import psycopg
import pytest
import sqlalchemy as sa

from bot.config import StoreSettings
from bot.errors import StoreBusyError, StoreError
from bot.store import Database, awaited_by_a_person, postgres
from bot.store.schema import hosts
from tests.postgres import Server, new_server

pytestmark = pytest.mark.parametrize("database_url", ["postgres"], indirect=True)

PATIENCE = 60
STATEMENT_TIMEOUT = sa.text("SHOW statement_timeout")


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    settings = StoreSettings(connections=2, statement_seconds=1)
    with closing(Database(database_url, settings)) as opened:
        opened.migrate()
        yield opened


def add_host(connection: sa.Connection, name: str) -> None:
    connection.execute(sa.insert(hosts).values(host=name))


def add_hosts_around(
    database: Database, interrupt: Callable[[sa.Connection], None], max_wait: float | None = None
) -> None:
    """Add two hosts in one transaction, with something in between."""
    with database.write(max_wait=max_wait) as connection:
        add_host(connection, "half.example")
        interrupt(connection)
        add_host(connection, "other-half.example")


def stored_hosts(database: Database) -> list[str]:
    return sorted(database.fetch_values(sa.select(hosts.c.host)))


@contextmanager
def locked(database_url: str) -> Iterator[None]:
    """Let another session hold a lock on the table of hosts."""
    address = database_url.replace("+psycopg", "")
    with psycopg.connect(address) as other:
        other.execute("LOCK TABLE hosts IN ACCESS EXCLUSIVE MODE")
        yield


def end_session(database_url: str, process: int) -> None:
    with psycopg.connect(database_url.replace("+psycopg", ""), autocommit=True) as operator:
        operator.execute("SELECT pg_terminate_backend(%s, 5000)", [process])


def session_of(connection: sa.Connection) -> int:
    number: int = connection.exec_driver_sql("SELECT pg_backend_pid()").scalar_one()
    return number


def test_an_exhausted_pool_is_named_and_works_again(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres, "FREE_CONNECTION_SECONDS", 0.05)
    with closing(Database(database_url, StoreSettings(connections=2))) as database:
        with database.read(), database.read():
            told = "all connections of this process are in use.*store.connections in bot.yml"
            with pytest.raises(StoreError, match=told), database.read():
                pass
        with database.read():
            pass


def test_a_server_without_a_free_connection_is_named(database_url: str) -> None:
    with closing(psycopg.connect(database_url.replace("+psycopg", ""), autocommit=True)) as server:
        with server.cursor() as cursor:
            cursor.execute("DROP ROLE IF EXISTS lone")
            cursor.execute("CREATE ROLE lone LOGIN CONNECTION LIMIT 0")
        url = sa.make_url(database_url).set(username="lone")
        told = r"too many connections.*Raise max_connections of its server"
        with (
            closing(Database(url.render_as_string(hide_password=False))) as database,
            pytest.raises(StoreError, match=told),
            database.read(),
        ):
            pass
        server.execute("DROP ROLE lone")


def test_what_a_person_waits_for_ends_in_time(database: Database, database_url: str) -> None:
    told = r"statement timeout.*store\.statement_seconds"
    with locked(database_url), awaited_by_a_person(), pytest.raises(StoreError, match=told):
        stored_hosts(database)
    assert stored_hosts(database) == []


async def test_nobody_waits_for_ever_for_a_halted_server(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres, "LATE_SECONDS", 0)

    def read_while_halted() -> None:
        with database.read() as connection:
            session = session_of(connection)
            halting.callback(os.kill, session, signal.SIGCONT)
            os.kill(session, signal.SIGSTOP)
            session_of(connection)

    with (
        closing(Database(database_url, StoreSettings(statement_seconds=1))) as database,
        ExitStack() as halting,
    ):
        async with asyncio.timeout(PATIENCE):
            told = "has not answered for 1 seconds"
            with awaited_by_a_person(), pytest.raises(StoreError, match=told):
                await asyncio.to_thread(read_while_halted)
        assert database.fetch_value(sa.select(sa.literal(1))) == 1


def test_a_connection_notices_that_its_server_is_gone(database: Database) -> None:
    with database.read() as connection:
        parameters = connection.connection.driver_connection.info.get_parameters()  # type: ignore[union-attr]
    assert int(parameters["keepalives_idle"]) <= 60
    assert int(parameters["tcp_user_timeout"]) <= 60_000


def test_only_what_a_person_waits_for_has_a_limit(database: Database) -> None:
    assert database.fetch_value(STATEMENT_TIMEOUT) == "0"  # type: ignore[call-overload]
    with awaited_by_a_person(), database.write() as connection:
        assert connection.scalar(STATEMENT_TIMEOUT) == "1s"
    # On the same connection, which the pool has kept.
    with database.write() as connection:
        assert connection.scalar(STATEMENT_TIMEOUT) == "0"


def test_a_lock_that_is_held_too_long_is_told_as_busy(
    database: Database, database_url: str
) -> None:
    with locked(database_url), pytest.raises(StoreBusyError, match="lock timeout"):
        add_hosts_around(database, lambda _: None, max_wait=0.05)
    assert stored_hosts(database) == []


def test_deadlocked_transactions_are_told_as_busy(database: Database) -> None:
    with database.write() as connection:
        add_host(connection, "a.example")
        add_host(connection, "b.example")
    failures: list[StoreError] = []
    both_have_one = threading.Barrier(2)

    def update(*names: str) -> None:
        try:
            with database.write() as connection:
                for name in names:
                    connection.execute(
                        sa.update(hosts).where(hosts.c.host == name).values(robots=names[0])
                    )
                    if name == names[0]:
                        both_have_one.wait(60)
        except StoreError as error:
            failures.append(error)

    threads = [
        threading.Thread(target=update, args=order)
        for order in (("a.example", "b.example"), ("b.example", "a.example"))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [type(failure) for failure in failures] == [StoreBusyError]
    robots = set(database.fetch_values(sa.select(hosts.c.robots)))
    assert robots in ({"a.example"}, {"b.example"})  # one of both, as a whole


def test_a_session_ended_in_a_transaction_leaves_nothing_half_done(
    database: Database, database_url: str
) -> None:
    with pytest.raises(StoreError, match="being restarted: try again"):
        add_hosts_around(database, lambda c: end_session(database_url, session_of(c)))
    with database.write() as connection:
        add_host(connection, "c.example")
    assert stored_hosts(database) == ["c.example"]


def test_a_halted_transaction_gives_up_its_locks(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(Database(database_url)) as database:
        database.migrate()
    monkeypatch.setattr(postgres, "HALTED_SECONDS", 1)
    with closing(Database(database_url)) as database:
        with pytest.raises(StoreError, match=r"idle-in-transaction timeout.*halted"):
            add_hosts_around(database, lambda c: await_end(database_url, session_of(c)))
        assert stored_hosts(database) == []


def await_end(database_url: str, process: int) -> None:
    """Wait until a session has ended."""
    query = "SELECT count(*) FROM pg_stat_activity WHERE pid = %s"
    with psycopg.connect(database_url.replace("+psycopg", ""), autocommit=True) as operator:
        while operator.execute(query, [process]).fetchone() != (0,):
            time.sleep(0.05)


def test_a_read_only_server_is_named(database: Database, database_url: str) -> None:
    read_only = f"{database_url}?options=-c%20default_transaction_read_only%3Don"
    told = "it must be the primary"
    with closing(Database(read_only)) as replica, pytest.raises(StoreError, match=told):
        add_hosts_around(replica, lambda _: None)


@pytest.fixture(scope="module")
def own_server() -> Iterator[Server]:
    """A server that a test may stop."""
    server = new_server()
    if server is None:
        pytest.skip("skipped: PostgreSQL is not installed")
    yield server
    server.delete()


def test_a_restart_in_a_transaction_loses_nothing(own_server: Server, database_url: str) -> None:
    def start() -> subprocess.Popen[bytes]:
        started = own_server.start()
        own_server.await_ready(started)
        return started

    def stop(server: subprocess.Popen[Any]) -> None:
        own_server.send_signal(signal.SIGQUIT)
        server.wait(60)

    server = start()
    url = f"{own_server.url}/postgres".replace("postgresql:", "postgresql+psycopg:")
    try:
        with closing(Database(url)) as database:
            database.migrate()
            with database.write() as connection:
                add_host(connection, "before.example")
            running = server
            with pytest.raises(StoreError, match="try again in a minute"):
                add_hosts_around(database, lambda _: stop(running))
            with pytest.raises(StoreError, match="whether its server runs"):
                stored_hosts(database)
            server = start()
            assert stored_hosts(database) == ["before.example"]
    finally:
        if server.poll() is None:
            stop(server)


def test_the_planner_is_told_how_many_claims_articles_have(database: Database) -> None:
    query = sa.text(
        "SELECT attrelid::regclass::text FROM pg_attribute "
        "WHERE attname = 'article_id' AND attoptions = '{n_distinct=-0.03}'"
    )
    assert set(database.fetch_values(query)) == {"claims", "bands"}  # type: ignore[arg-type]
