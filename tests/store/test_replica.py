"""Searches read from a replica, and never anything older than the primary has."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import signal
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import psycopg
import pytest
import sqlalchemy as sa

from bot.config import StoreSettings
from bot.model import Article, Claim
from bot.store import FiledArticle, Store, replica
from bot.store.schema import name_rulings
from tests.postgres import ReplicaServer, Server, new_replica, new_server

NOON = datetime(2026, 11, 28, 12, tzinfo=UTC)
IS_REPLICA = sa.text("SELECT pg_is_in_recovery()")
PATIENCE = 60


@dataclass
class Pair:
    """A primary and its replica, both running."""

    primary: Server
    replica: ReplicaServer
    process: subprocess.Popen[bytes]

    def pause(self) -> None:
        """Let the replica fall behind."""
        self._execute("SELECT pg_wal_replay_pause()")

    def follow(self) -> None:
        """Let the replica apply everything, and wait until it has."""
        with psycopg.connect(f"{self.primary.url}/postgres", autocommit=True) as connection:
            (end,) = connection.execute("SELECT pg_current_wal_insert_lsn()::text").fetchone() or ()
        self._execute("SELECT pg_wal_replay_resume()")
        while self._execute("SELECT pg_last_wal_replay_lsn() >= %s::pg_lsn", end) != (True,):
            time.sleep(0.02)

    def stop(self) -> None:
        self.replica.send_signal(signal.SIGQUIT)
        self.process.wait(60)

    def start(self) -> None:
        self.process = self.replica.start()
        self.replica.await_ready(self.process)

    def _execute(self, query: str, *values: Any) -> Any:
        with psycopg.connect(f"{self.replica.url}/postgres", autocommit=True) as connection:
            return connection.execute(query, values).fetchone()


@pytest.fixture(scope="module")
def pair() -> Iterator[Pair]:
    primary = new_server()
    if primary is None:
        pytest.skip("skipped: PostgreSQL is not installed")
    with contextlib.ExitStack() as stack:
        stack.callback(primary.delete)
        process = primary.start()
        stack.callback(process.wait, 60)
        stack.callback(primary.send_signal, signal.SIGQUIT)
        primary.await_ready(process)
        copy = new_replica(primary)
        if copy is None:
            pytest.skip("skipped: pg_basebackup is not installed")
        stack.callback(copy.delete)
        pair = Pair(primary, copy, copy.start())
        copy.await_ready(pair.process)
        stack.callback(pair.stop)
        yield pair


@pytest.fixture(autouse=True)
def _patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give the replica time to answer, however busy this machine is; it is always tried again."""
    monkeypatch.setattr(replica, "AWAY_SECONDS", 0.0)
    set_limits(monkeypatch, 30)


def set_limits(monkeypatch: pytest.MonkeyPatch, seconds: int) -> None:
    """Set how long stores that are opened from now on wait for the replica."""
    monkeypatch.setattr(replica, "CONNECT_SECONDS", seconds)
    monkeypatch.setattr(replica, "ANSWER_SECONDS", seconds)


@pytest.fixture
def store(pair: Pair) -> Iterator[Store]:
    """A store that reads from a replica, which has everything."""
    store = new_store(pair)
    yield store
    store.close()


def new_store(pair: Pair, statement_seconds: int = 20) -> Store:
    url = f"{pair.primary.url}/postgres".replace("postgresql:", "postgresql+psycopg:")
    copy = f"{pair.replica.url}/postgres".replace("postgresql:", "postgresql+psycopg:")
    settings = StoreSettings(statement_seconds=statement_seconds, replica_url=copy)
    store = Store(url, settings=settings)
    store.database.migrate()
    pair.follow()
    return store


def file_article(store: Store, name: str) -> None:
    """File an article and its claim under one id."""
    article = Article(id=name, origin=f"{name}.txt", text=f"It is {name}, Ada Roe said.")
    claim = Claim(
        id=name, article_id=name, kind="attribution", text=name, source_kind="named", stance="said"
    )
    filed = FiledArticle(article, [claim], ((0, 5),), is_known=False)
    store.archive.apply_steps([filed], arrival="single", now=lambda: NOON)


def session_of(connection: sa.Connection) -> int:
    number: int = connection.exec_driver_sql("SELECT pg_backend_pid()").scalar_one()
    return number


def reads_from_replica(store: Store) -> bool:
    return store.database.read_for_search(lambda c: bool(c.scalar(IS_REPLICA)))


async def replica_session(store: Store) -> int:
    """The session in which a store reads from the replica, once that answers within its limits."""
    async with asyncio.timeout(PATIENCE):
        while True:
            is_replica, session = await asyncio.to_thread(
                store.database.read_for_search, lambda c: (c.scalar(IS_REPLICA), session_of(c))
            )
            if is_replica:
                return session
            await asyncio.sleep(0.05)


def test_searches_read_from_the_replica(store: Store, pair: Pair) -> None:
    file_article(store, "one")
    pair.follow()
    assert reads_from_replica(store)
    assert set(store.archive.claims_by_id(["one"])) == {"one"}
    assert set(store.archive.texts(["one"])) == {"one"}
    assert set(store.archive.cards(["one"])) == {"one"}


def test_a_withdrawn_article_is_never_read_from_a_replica_that_is_behind(
    store: Store, pair: Pair, caplog: pytest.LogCaptureFixture
) -> None:
    file_article(store, "two")
    pair.follow()
    pair.pause()
    store.archive.remove(["two"], reason="wrong", block_reimport=True, removed_at=NOON)
    with caplog.at_level(logging.WARNING):
        assert store.archive.claims_by_id(["two"]) == {}
        assert store.archive.texts(["two"]) == {}
    assert "the replica is 1 changes behind" in caplog.text
    pair.follow()
    assert reads_from_replica(store)
    assert store.archive.claims_by_id(["two"]) == {}


def test_a_replica_that_is_away_is_replaced_by_the_primary(
    store: Store, pair: Pair, caplog: pytest.LogCaptureFixture
) -> None:
    file_article(store, "three")
    assert set(store.archive.claims_by_id(["three"])) == {"three"}
    pair.follow()
    assert reads_from_replica(store)
    pair.stop()
    with caplog.at_level(logging.WARNING):
        assert set(store.archive.claims_by_id(["three"])) == {"three"}
    assert "the replica cannot be read, so searches read from the primary" in caplog.text
    pair.start()
    pair.follow()
    assert reads_from_replica(store)


@contextlib.contextmanager
def halted(pair: Pair, session: int) -> Iterator[None]:
    """Halt the replica and one of its sessions, whose connection stays open."""
    processes = [pair.replica.main_process, session]
    for process in processes:
        os.kill(process, signal.SIGSTOP)
    try:
        yield
    finally:
        # `runuser`, which started the replica, has halted as well.
        for process in (*processes, pair.process.pid):
            os.kill(process, signal.SIGCONT)


async def test_a_halted_replica_keeps_nobody_waiting(
    pair: Pair, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    set_limits(monkeypatch, 2)
    with caplog.at_level(logging.WARNING), contextlib.closing(new_store(pair)) as store:
        file_article(store, "four")
        pair.follow()
        session = await replica_session(store)
        with halted(pair, session):
            async with asyncio.timeout(PATIENCE):
                found = await asyncio.to_thread(store.archive.claims_by_id, ["four"])
        assert set(found) == {"four"}
        assert "the replica cannot be read, so searches read from the primary" in caplog.text
        assert await replica_session(store)


def test_one_search_at_a_time_tries_a_replica_again(
    store: Store, pair: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    pair.stop()
    assert not reads_from_replica(store)
    pair.start()
    pair.follow()
    monkeypatch.setattr(replica, "AWAY_SECONDS", 3600.0)
    read_numbers, others = replica.read_numbers, list[bool]()

    def read_beside_another(connection: sa.Connection) -> replica.Numbers:
        if not others:
            others.append(False)
            others.append(reads_from_replica(store))  # what another thread does meanwhile
        return read_numbers(connection)

    monkeypatch.setattr(replica, "read_numbers", read_beside_another)
    assert reads_from_replica(store)
    assert others == [False, False]
    assert reads_from_replica(store)


async def test_a_replica_that_is_halted_in_a_search_keeps_nobody_waiting(
    pair: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    def halt_and_read(connection: sa.Connection) -> bool:
        if connection.scalar(IS_REPLICA):
            halting.enter_context(halted(pair, session_of(connection)))
        return bool(connection.scalar(IS_REPLICA))

    set_limits(monkeypatch, 2)
    with contextlib.closing(new_store(pair, statement_seconds=1)) as store:
        await replica_session(store)
        async with asyncio.timeout(PATIENCE):
            with contextlib.ExitStack() as halting:
                reading = asyncio.to_thread(store.database.read_for_search, halt_and_read)
                assert not await reading


def test_a_search_has_its_whole_time_on_a_replica(pair: Pair) -> None:
    def answer_seconds(connection: sa.Connection) -> Any:
        return connection.connection.driver_connection.answer_seconds  # type: ignore[union-attr]

    with contextlib.closing(new_store(pair, statement_seconds=7)) as store:
        assert store.database.read_for_search(answer_seconds) == 7


def test_a_copy_of_another_store_is_not_read(
    store: Store, pair: Pair, caplog: pytest.LogCaptureFixture
) -> None:
    pair.pause()
    with store.database.write() as connection:
        connection.exec_driver_sql("UPDATE store_state SET store_id = 'another'")
    with caplog.at_level(logging.WARNING):
        assert not reads_from_replica(store)
    assert "a copy of another store" in caplog.text
    pair.follow()


def test_a_ruling_on_names_is_never_read_from_a_replica_that_is_behind(
    store: Store, pair: Pair, caplog: pytest.LogCaptureFixture
) -> None:
    assert reads_from_replica(store)
    pair.pause()
    ruling = {"id": "r1", "team": "T", "press": "p1", "kind": "merged", "number": 1}
    ruling |= {"sides": [["Ada", "Ada Roe"]], "person": "U", "person_name": "U", "ruled_at": NOON}
    store.database.execute(sa.insert(name_rulings).values(ruling))
    with caplog.at_level(logging.WARNING):
        assert not reads_from_replica(store)
    assert "the replica is 1 changes behind" in caplog.text
    pair.follow()
    assert reads_from_replica(store)
    pair.pause()
    store.database.execute(sa.update(name_rulings).values(undone_by="U", undone_at=NOON))
    assert not reads_from_replica(store)
    pair.follow()
    assert reads_from_replica(store)
