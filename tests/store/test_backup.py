"""Backups: everything comes back, in either database, and nothing else is touched."""

from __future__ import annotations

import gzip
import hashlib
import json
import threading
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
import pytest
import sqlalchemy as sa

from bot.errors import StoreError
from bot.store import Backups
from bot.store.backup import TYPES
from bot.store.database import Database
from bot.store.schema import metadata, outbox, store_state
from tests.store.rows import NOON, value_of

TARGET = "restored"


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    with closing(Database(database_url)) as database:
        database.migrate()
        yield database


@pytest.fixture
def filled(database: Database) -> Database:
    """A database with two rows in each table; the second has NULL wherever that is allowed."""
    with database.write() as connection:
        for table in metadata.sorted_tables:
            if table is store_state:
                connection.execute(sa.update(table).values(seq=7, naming="rules"))
                continue
            for number in (1, 2):
                row = {column.name: value_of(column, number) for column in table.columns}
                connection.execute(sa.insert(table).values(row))
    return database


@pytest.fixture(params=["sqlite", "postgres"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A database without tables."""
    url = f"sqlite:///{tmp_path / 'restored.sqlite3'}"
    if request.param == "postgres":
        server = request.getfixturevalue("postgres_server")
        with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
            connection.execute(f"DROP DATABASE IF EXISTS {TARGET} WITH (FORCE)")
            connection.execute(f"CREATE DATABASE {TARGET}")
        url = f"{server}/{TARGET}".replace("postgresql:", "postgresql+psycopg:")
    with closing(Database(url)) as database:
        yield database


def back_up(database: Database, file: Path) -> Mapping[str, int]:
    with file.open("wb") as output:
        return Backups(database).write(output)


def rows_of(database: Database) -> dict[str, list[Any]]:
    """Return all rows by table, without the id of the store."""
    found = {}
    with database.read() as connection:
        for table in metadata.sorted_tables:
            columns = [column for column in table.columns if column.name != "store_id"]
            found[table.name] = sorted(connection.execute(sa.select(*columns)).all(), key=repr)
    return found


def store_id(database: Database) -> str:
    return str(database.fetch_value(sa.select(store_state.c.store_id)))


def test_everything_is_restored_in_either_database(
    filled: Database, empty: Database, tmp_path: Path
) -> None:
    expected = rows_of(filled)
    counted = back_up(filled, tmp_path / "backup")
    contents = Backups(empty).restore(tmp_path / "backup")
    assert rows_of(empty) == expected
    assert rows_of(filled) == expected
    assert contents.rows == counted == {name: len(rows) for name, rows in expected.items()}


def test_a_restored_store_is_another_with_ids_of_its_own(
    filled: Database, empty: Database, tmp_path: Path
) -> None:
    back_up(filled, tmp_path / "backup")
    Backups(empty).restore(tmp_path / "backup")
    assert store_id(empty) != store_id(filled)
    with empty.write() as connection:
        row = {**dict.fromkeys(("team", "key", "channel", "kind"), "new"), "state": "waiting"}
        row |= {"payload": {}, "asked_at": NOON, "due_at": NOON, "attempts": 0}
        new = connection.scalar(sa.insert(outbox).values(row).returning(outbox.c.id))
    assert new == 3


def test_restored_messages_are_looked_up_before_they_are_sent(
    filled: Database, empty: Database, tmp_path: Path
) -> None:
    filled.execute(sa.update(outbox).where(outbox.c.id == 1).values(state="waiting"))
    filled.execute(sa.update(outbox).where(outbox.c.id == 2).values(state="sent"))
    back_up(filled, tmp_path / "backup")
    Backups(empty).restore(tmp_path / "backup")
    states = empty.fetch_values(sa.select(outbox.c.state).order_by(outbox.c.id))
    assert states == ["sending", "sent"]


def test_half_a_character_is_restored(filled: Database, tmp_path: Path) -> None:
    payload = {"text": "half \ud83d"}
    filled.execute(sa.update(outbox).where(outbox.c.id == 1).values(payload=payload))
    back_up(filled, tmp_path / "backup")
    with closing(Database(f"sqlite:///{tmp_path / 'new.sqlite3'}")) as new:
        Backups(new).restore(tmp_path / "backup")
        found = new.fetch_value(sa.select(outbox.c.payload).where(outbox.c.id == 1))
        assert found == payload


def test_a_backup_has_one_state_of_a_busy_store(
    database: Database, empty: Database, tmp_path: Path
) -> None:
    """Each writer commits a row in each of two tables, which the backup must have both or not."""
    first, second = metadata.tables["deliveries"], metadata.tables["hosts"]
    is_over = threading.Event()
    committed: list[int] = []

    def write() -> None:
        while not is_over.is_set():
            number = len(committed)
            with database.write(light=True) as connection:
                connection.execute(sa.insert(second).values(host_row(number)))
                connection.execute(sa.insert(first).values(id=f"{number:06}", received_at=NOON))
            committed.append(number)

    def host_row(number: int) -> dict[str, Any]:
        row = {column.name: value_of(column, 1) for column in second.columns}
        return {**row, next(iter(second.primary_key.columns)).name: f"{number:06}"}

    writer = threading.Thread(target=write)
    writer.start()
    try:
        while len(committed) < 50:
            is_over.wait(0.01)
        before = len(committed)
        for _ in range(3):
            back_up(database, tmp_path / "backup")
    finally:
        is_over.set()
        writer.join()
    contents = Backups(empty).restore(tmp_path / "backup")
    assert contents.rows["deliveries"] == contents.rows["hosts"] >= before


def test_a_store_with_rows_is_never_overwritten(filled: Database, tmp_path: Path) -> None:
    back_up(filled, tmp_path / "backup")
    expected, known_id = rows_of(filled), store_id(filled)
    with pytest.raises(StoreError, match="the store is not empty"):
        Backups(filled).restore(tmp_path / "backup")
    assert (rows_of(filled), store_id(filled)) == (expected, known_id)


@pytest.mark.parametrize(
    ("damage", "cause"),
    [
        (lambda packed: b"", "not a Claimdesk backup"),
        (lambda packed: b"SQLite format 3\0", "not a Claimdesk backup"),
        (lambda packed: gzip.compress(b"[1]\n"), "not a Claimdesk backup"),
        (lambda packed: packed[:-9], "damaged"),
        (lambda packed: packed[: len(packed) // 2], "damaged"),
        (lambda packed: changed(packed, lambda lines: lines[:-1]), "damaged"),
        (lambda packed: changed(packed, lambda lines: [*lines[:2], *lines[3:]]), "damaged"),
        (lambda packed: changed(packed, lambda lines: [*lines, lines[1]]), "damaged"),
        (lambda packed: packed[:200] + bytes([packed[200] ^ 255]) + packed[201:], "damaged"),
        (lambda packed: changed(packed, of_a_newer_version), "a newer Claimdesk made it"),
    ],
)
def test_a_damaged_or_foreign_file_changes_nothing(
    filled: Database, tmp_path: Path, damage: Any, cause: str
) -> None:
    file = tmp_path / "backup"
    back_up(filled, file)
    file.write_bytes(damage(file.read_bytes()))
    target = tmp_path / "restored.sqlite3"
    with (
        closing(Database(f"sqlite:///{target}")) as database,
        pytest.raises(StoreError, match=cause),
    ):
        Backups(database).restore(file)
    assert not target.exists()


def changed(packed: bytes, change: Any) -> bytes:
    lines = gzip.decompress(packed).splitlines(keepends=True)
    return gzip.compress(b"".join(change(lines)))


def of_a_newer_version(lines: list[bytes]) -> list[bytes]:
    header = {**json.loads(lines[0]), "revision": "v9999"}
    return [json.dumps(header).encode() + b"\n", *lines[1:]]


def write_backup(file: Path, lines: list[Any]) -> None:
    """Write a backup whose first line is `lines[0]`, with these rows."""
    body = b"".join(json.dumps(line).encode() + b"\n" for line in lines)
    rows = Counter(table for table, _ in lines[1:])
    last = {"rows": rows, "sha256": hashlib.sha256(body).hexdigest()}
    body += json.dumps(last, separators=(",", ":")).encode() + b"\n"
    file.write_bytes(gzip.compress(body))


def test_each_column_has_a_type_that_can_be_written() -> None:
    for table in metadata.sorted_tables:
        for column in table.columns:
            assert any(isinstance(column.type, type(one.type)) for one in TYPES.values())
