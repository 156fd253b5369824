"""Exports: everything comes back, in either database, and nothing else is touched."""

from __future__ import annotations

import gzip
import io
import json
import os
import random
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
import pytest
import sqlalchemy as sa

from bot.errors import StoreError
from bot.store import Exports
from bot.store.database import Database
from bot.store.export import LEFT_OUT, ROW_BATCH, TABLES
from bot.store.schema import deliveries, incidents, metadata, outbox, store_state
from tests.cli.program import ROOT, environment
from tests.soak import examples
from tests.store.rows import NOON, value_of

TARGET = "restored"
NOT_EXPORTED = {"bands", "names", "hosts", "job_turns"}
STRANGE = ("é“”\u2028\x85", "\\ud83d \\", "\n\t\r", "𝒳", "Å\u0301", "a", "B", "_", "ä", "")


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    with closing(Database(database_url)) as database:
        database.migrate()
        yield database


@pytest.fixture
def filled(database: Database) -> Database:
    fill(database, seed=0)
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


def fill(database: Database, seed: int) -> None:
    """Fill every table with rows of random values; those that may be NULL are in every second."""
    chance = random.Random(seed)
    numbers = range(1, chance.randint(2, 6))
    with database.write() as connection:
        for table in metadata.sorted_tables:
            for number in numbers:
                values = {one.name: value_of(one, number) for one in table.columns}
                for column in table.columns:
                    if values[column.name] is not None and not column.foreign_keys:
                        values[column.name] = varied(column, values[column.name], chance)
                if table is store_state:
                    known = {**values, "id": store_state.c.id, "store_id": store_state.c.store_id}
                    connection.execute(sa.update(table).values(known))
                else:
                    connection.execute(sa.insert(table).values(values))
        is_first = outbox.c.id == 1
        connection.execute(sa.update(outbox).where(is_first).values(state="waiting"))


def varied(column: sa.Column[Any], value: Any, chance: random.Random) -> Any:
    """Change a value where neither a key nor a unique column says which it must be."""
    strange = "".join(chance.choices(STRANGE, k=3))
    if isinstance(column.type, sa.JSON):
        return {"text": f"{strange} half \ud83d", "deep": [chance.random(), None, [strange]]}
    if column.unique or any(column.name in one.columns for one in column.table.constraints):
        return value
    if isinstance(column.type, sa.String):
        return f"{strange}{value}"[: column.type.length]
    return chance.random() if isinstance(column.type, sa.Float) else value


def exported(database: Database) -> bytes:
    output = io.BytesIO()
    Exports(database).write(output)
    return output.getvalue()


def restore(database: Database, export: bytes, folder: Path) -> None:
    file = folder / "export.jsonl"
    file.write_bytes(export)
    Exports(database).restore(file)


def rows_of(database: Database) -> dict[str, list[Any]]:
    """Return all rows that an export has, by table, as they are restored."""
    found = {}
    with database.read() as connection:
        for table in TABLES:
            columns = [one for one in table.columns if not any(one is left for left in LEFT_OUT)]
            rows = connection.execute(sa.select(*columns)).all()
            found[table.name] = sorted(
                (["sending" if value == "waiting" else value for value in row] for row in rows),
                key=repr,
            )
    return found


def store_id(database: Database) -> str:
    return str(database.fetch_value(sa.select(store_state.c.store_id)))


@pytest.mark.parametrize("seed", range(examples(5)))
def test_an_export_of_a_restored_store_is_the_same(
    database: Database, empty: Database, tmp_path: Path, seed: int
) -> None:
    fill(database, seed)
    first, expected = exported(database), rows_of(database)
    assert all(expected.values())
    assert expected.keys() | NOT_EXPORTED == metadata.tables.keys()
    restore(empty, first, tmp_path)
    assert rows_of(empty) == expected
    assert exported(empty) == exported(database) == first
    for line in first.splitlines():
        json.loads(line.decode())  # other programs expect UTF-8


def test_a_restored_store_is_another_with_ids_of_its_own(
    filled: Database, empty: Database, tmp_path: Path
) -> None:
    restore(empty, exported(filled), tmp_path)
    assert store_id(empty) != store_id(filled)
    last = empty.fetch_value(sa.select(sa.func.max(outbox.c.id)))
    with empty.write() as connection:
        row = {**dict.fromkeys(("team", "key", "channel", "kind"), "new"), "state": "waiting"}
        row |= {"payload": {}, "asked_at": NOON, "due_at": NOON, "attempts": 0}
        new = connection.scalar(sa.insert(outbox).values(row).returning(outbox.c.id))
    assert new == (last or 0) + 1


def test_restored_messages_are_looked_up_before_they_are_sent(
    filled: Database, empty: Database, tmp_path: Path
) -> None:
    filled.execute(sa.update(outbox).where(outbox.c.id > 1).values(state="sent"))
    restore(empty, exported(filled), tmp_path)
    states = empty.fetch_values(sa.select(outbox.c.state).order_by(outbox.c.id))
    assert states[0] == "sending"
    assert set(states[1:]) <= {"sent"}


def test_an_export_has_one_state_of_a_busy_store(
    database: Database, empty: Database, tmp_path: Path
) -> None:
    """Each writer commits a row in each of two tables, which the export must have both or not."""
    is_over = threading.Event()
    committed: list[int] = []

    def write() -> None:
        row = {column.name: value_of(column, 1) for column in incidents.columns}
        while not is_over.is_set():
            number = f"{len(committed):06}"
            with database.write(light=True) as connection:
                connection.execute(sa.insert(incidents).values({**row, "kind": number}))
                connection.execute(sa.insert(deliveries).values(id=number, received_at=NOON))
            committed.append(1)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        while len(committed) < 50:
            is_over.wait(0.01)
        before = len(committed)
        for _ in range(3):
            export = exported(database)
    finally:
        is_over.set()
        writer.join()
    restore(empty, export, tmp_path)
    rows = rows_of(empty)
    assert len(rows["deliveries"]) == len(rows["incidents"]) >= before


def test_a_store_with_rows_is_never_overwritten(filled: Database, tmp_path: Path) -> None:
    export, known_id = exported(filled), store_id(filled)
    with pytest.raises(StoreError, match="the store is not empty"):
        restore(filled, export, tmp_path)
    assert (exported(filled), store_id(filled)) == (export, known_id)


@pytest.fixture(scope="module")
def export(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The export of a filled store."""
    folder = tmp_path_factory.mktemp("exported")
    with closing(Database(f"sqlite:///{folder / 'filled.sqlite3'}")) as database:
        database.migrate()
        fill(database, seed=1)
        return exported(database)


Damage = Callable[[list[bytes]], list[bytes]]


def header(**changes: object) -> Damage:
    def change(lines: list[bytes]) -> list[bytes]:
        known = json.loads(lines[0])["claimdesk_export"] | changes
        return [json.dumps({"claimdesk_export": known}).encode() + b"\n", *lines[1:]]

    return change


@pytest.mark.parametrize(
    ("damage", "cause"),
    [
        (lambda lines: [], "it does not begin"),
        (lambda lines: [b"SQLite format 3\0"], "it does not begin"),
        (lambda lines: [b"id,kind,type,text\n"], "without --format csv or annotations"),
        (lambda lines: [b'{"text": "A claim."}\n'], "it does not begin"),
        (lambda lines: lines[1:], "it does not begin"),
        (lambda lines: lines[:-1], r"line \d+: it is cut short"),
        (lambda lines: lines[:1], "line 2: it is cut short"),
        (lambda lines: [*lines[:4], lines[4][:20]], "line 5: it is cut short"),
        (lambda lines: [*lines[:3], b"[1]\n", *lines[3:]], "line 4: it is cut short"),
        (lambda lines: [*lines[:1], *lines[2:]], "lines before it were changed"),
        (lambda lines: [*lines, lines[1]], "lines before it were changed"),
        (lambda lines: [one.replace(b"2026-11", b"2026-10") for one in lines], "were changed"),
        (lambda lines: [*lines[:2], *lines[1:]], "line 2 to .*: what it holds does not fit"),
        (lambda lines: [*lines[:1], b'{"shares":{}}\n', *lines[1:]], "line 2: what it holds"),
        (
            lambda lines: [*lines[:1], b'{"alembic_version":{"version_num":"x"}}\n', *lines[1:]],
            "line 2: what it holds",
        ),
        (lambda lines: [*lines[:1], b'{"answers":[]}\n', *lines[1:]], "line 2.*: what it holds"),
        (header(format=2), "a newer Claimdesk made it. Use that version"),
        (header(revision=""), "it does not begin"),
        (header(revision="v9999"), r"a newer Claimdesk made it \(revision v9999\)"),
        (header(revision="0024"), r"a Claimdesk from before 0.1.0 made it"),
    ],
)
def test_a_damaged_or_foreign_file_leaves_nothing(
    export: bytes, tmp_path: Path, damage: Damage, cause: str
) -> None:
    damaged = b"".join(damage(export.splitlines(keepends=True)))
    with closing(Database(f"sqlite:///{tmp_path / 'restored.sqlite3'}")) as database:
        with pytest.raises(StoreError, match=cause):
            restore(database, damaged, tmp_path)
        restore(database, export, tmp_path)  # since it is still empty


@pytest.mark.parametrize("place", [12, 200, -12, -9, -1])
def test_no_byte_of_a_compressed_export_can_change(
    export: bytes, tmp_path: Path, place: int
) -> None:
    packed = bytearray(gzip.compress(export))
    packed[place] ^= 255
    for damaged in bytes(packed), bytes(packed[:place]):
        with (
            closing(Database(f"sqlite:///{tmp_path / 'restored.sqlite3'}")) as database,
            pytest.raises(StoreError, match="cannot be restored"),
        ):
            restore(database, damaged, tmp_path)


def test_a_killed_restore_leaves_an_empty_store(
    database: Database, empty: Database, tmp_path: Path
) -> None:
    numbers = [f"{number:0200}" for number in range(3 * ROW_BATCH)]
    with database.write() as connection:
        rows = [{"id": number, "received_at": NOON} for number in numbers]
        connection.execute(sa.insert(deliveries), rows)
    export = exported(database)
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    url = empty.engine.url.render_as_string(hide_password=False)
    command = [sys.executable, "-m", "bot", "restore", str(pipe), "--into", url]
    running = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **environment(tmp_path)})
    with pipe.open("wb") as output:
        output.write(export[: 2 * len(export) // 3])  # more than a batch and the pipe's buffer
        output.flush()
        running.send_signal(signal.SIGKILL)
        assert running.wait() == -signal.SIGKILL
    assert empty.revision()
    assert not any(rows for name, rows in rows_of(empty).items() if name != "store_state")
    restore(empty, export, tmp_path)
    assert exported(empty) == export
