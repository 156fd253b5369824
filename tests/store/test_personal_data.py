"""Forgetting a person: their id is nowhere, what others rely on is still there."""

from __future__ import annotations

import hashlib
import io
import json
import random
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from bot.errors import StoreBusyError
from bot.model import FORGOTTEN, FORGOTTEN_NAME
from bot.store import Exports, Store, sqlite_file
from bot.store.personal_data import ONLY_COLUMNS
from bot.store.schema import (
    answers,
    audit,
    corrections,
    job_turns,
    metadata,
    outbox,
    store_state,
    watches,
)
from tests.soak import examples
from tests.store.rows import value_of

NOW = datetime(2026, 11, 3, 12, tzinfo=UTC)
GONE, OTHER, LONGER = "U0GONE", "U0OTHER", "U0GONER"


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    """A store in which each table has a row that names each of three people in all columns that
    may."""
    with closing(Store(database_url)) as store:
        store.database.migrate()
        with store.database.write() as connection:
            for table in metadata.sorted_tables:
                if table in (store_state, audit):
                    continue
                for number, person in enumerate((GONE, OTHER, LONGER), 1):
                    connection.execute(sa.insert(table).values(row_about(table, person, number)))
        yield store


def row_about(table: sa.Table, person: str, number: int) -> dict[str, Any]:
    row = {column.name: value_of(column, number) for column in table.columns}
    for name, value in row.items():
        if name in ("person", "channel"):
            row[name] = person
        elif name == "reason" and isinstance(table.columns[name].type, sa.Text):
            row[name] = f"Wrong – ada.{person.lower()} ({person}) in Slack"
        elif name in ("payload", "document"):
            row[name] = {"asked_by": f"<@{person}>"}
        elif name == "brought_by":
            row[name] = [f"T1/{person}"]
        elif name == "source" and table.name == "jobs":
            row[name] = f"person {person}"
        elif value is None and not table.columns[name].nullable:
            raise AssertionError(name)
    return row


SHAPES = ("{}", "T1/{}", "person/T1/{}/ab12", "<@{}> asked", "ada.lind ({}) in Slack", "to {}.")
"""How a text may name a person."""
JSON_SHAPES: tuple[Any, ...] = (
    {"person": "{}"},
    ["T1/{}"],
    {"{}": 1},
    {"blocks": [{"text": "<@{}> said", "by": None}, "{}"]},
)


def rows_that_name(person: str, seed: int) -> Iterator[tuple[sa.Table, dict[str, Any]]]:
    """Make a row for each table and column that may name a person in Slack, which does."""
    chance, number = random.Random(seed), 0
    for table in metadata.sorted_tables:
        if table is store_state:
            continue
        parents = {column for column in table.columns if column.foreign_keys}
        referred = {key.column for one in metadata.sorted_tables for key in one.foreign_keys}
        names = ONLY_COLUMNS.get(table.name, [column.name for column in table.columns])
        for column in table.columns:
            length = getattr(column.type, "length", None) or 10_000
            if column.name not in names or column in parents | referred or length < 32:
                continue
            if isinstance(column.type, sa.JSON):
                named = json.dumps(chance.choice(JSON_SHAPES)).replace("{}", person)
                value = json.loads(named)
            elif isinstance(column.type, sa.String):
                fits = [shape for shape in SHAPES if len(shape) + 2 * len(person) <= length]
                value = chance.choice(fits).format(person)
            else:
                continue
            number += 1
            row = {other.name: value_of(other, 2 * number + 1) for other in table.columns}
            row |= {parent.name: value_of(parent, 1) for parent in parents}
            yield table, row | {column.name: value}


def name_everywhere(store: Store, person: str, seed: int) -> None:
    """Fill each table with a row, and with others that name a person."""
    with store.database.write() as connection:
        for table in metadata.sorted_tables:
            if table is not store_state:
                row = {column.name: value_of(column, 1) for column in table.columns}
                connection.execute(sa.insert(table).values(row))
                if connection.dialect.name == "postgresql" and "id" in table.columns:
                    sequence = sa.func.pg_get_serial_sequence(table.name, "id")
                    connection.execute(sa.select(sa.func.setval(sequence, 1)))
        for table, row in rows_that_name(person, seed):
            connection.execute(sa.insert(table).values(row))


@pytest.mark.parametrize("seed", range(examples(8)))
def test_no_column_names_somebody_who_was_forgotten(
    database_url: str, tmp_path: Path, seed: int
) -> None:
    """Whatever a column holds, and wherever it names them; nor does a file of the database."""
    person = "U024BE7LH"
    with closing(Store(database_url)) as store:
        store.database.migrate()
        name_everywhere(store, person, seed)
        assert len(store.personal_data.count(person)) > 20
        assert person in stored(store)
        assert person.encode() in b"".join(file_contents(store, tmp_path))
        store.personal_data.forget(person, ordered_by="the editor", now=NOW)
        assert store.personal_data.count(person) == {}
        assert person not in stored(store)
        assert person.encode() not in b"".join(file_contents(store, tmp_path))


def test_an_export_has_all_about_a_person_but_what_is_rebuilt(database_url: str) -> None:
    person = "U024BE7LH"
    with closing(Store(database_url)) as store:
        store.database.migrate()
        name_everywhere(store, person, 1)
        output = io.BytesIO()
        Exports(store.database).write(output)
        lines = output.getvalue().decode().split("\n")
        exported = Counter(key for line in lines if person in line for key in json.loads(line))
        left_out = Counter(store.personal_data.count(person)) - exported
        assert left_out.keys() == {"hosts", "job_turns", "names", "jobs"}
        assert left_out["jobs"] == 1  # the worker that has it


def stored(store: Store) -> str:
    return repr([rows(store, table) for table in metadata.sorted_tables])


def file_contents(store: Store, folder: Path) -> Iterator[bytes]:
    """The files of the database; on PostgreSQL those of its tables and indexes, once their space
    was used again."""
    if not store.database.is_sqlite:
        with store.database.engine.connect() as connection:
            operator = connection.execution_options(isolation_level="AUTOCOMMIT")
            for command in ("VACUUM FULL", "CHECKPOINT"):
                operator.exec_driver_sql(command)
            data = operator.exec_driver_sql("SHOW data_directory").scalar()
            names = "SELECT pg_relation_filepath(oid) FROM pg_class WHERE relkind IN ('r', 'i')"
            names += " AND relnamespace = 'public'::regnamespace"
            files = operator.exec_driver_sql(names).scalars().all()
        folder = Path(str(data))
        assert len(files) > 50
        yield from ((folder / name).read_bytes() for name in files)
        return
    yield from (file.read_bytes() for file in folder.iterdir() if file.is_file())


def rows(store: Store, table: sa.Table) -> list[sa.Row[Any]]:
    return list(store.database.fetch_all(sa.select(table)))


def test_the_id_is_in_no_table(store: Store) -> None:
    assert store.personal_data.count(GONE).keys() >= {"answers", "articles", "versions", "jobs"}
    store.personal_data.forget(GONE, ordered_by="the editor", now=NOW)
    assert store.personal_data.count(GONE) == {}
    everything = repr([rows(store, table) for table in metadata.sorted_tables])
    assert f"{GONE}'" not in everything
    assert f"{GONE}>" not in everything
    assert OTHER in everything
    assert LONGER in everything


def test_the_name_beside_the_id_is_in_no_table(store: Store) -> None:
    store.personal_data.forget(GONE, ordered_by="the editor", now=NOW)
    everything = repr([rows(store, table) for table in metadata.sorted_tables])
    assert "Wrong – somebody (U0FORGOTTEN" in everything
    assert "ada.u0gone (" not in everything
    assert "ada.u0gone\\" not in everything
    assert "ada.u0goner (U0GONER)" in everything


def test_conversations_with_the_bot_are_deleted(store: Store) -> None:
    message = {"team": "T1", "state": "sent", "kind": "answer", "attempts": 1}
    message |= {"asked_at": NOW, "due_at": NOW, "payload": {"query": "unpaid"}}
    with store.database.write() as connection:
        for number, (channel, person) in enumerate(
            [("D0GONE", GONE), ("D0GONE", None), ("D0OTHER", OTHER), ("C0PUBLIC", GONE)], 1
        ):
            row = {"id": 100 + number, "channel": channel, "person": person, "key": f"{number}"}
            connection.execute(sa.insert(outbox).values(message | row))
    store.personal_data.forget(GONE, ordered_by="the editor", now=NOW)
    kept = {row.channel for row in rows(store, outbox) if row.id > 100}
    assert kept == {"D0OTHER", "C0PUBLIC"}


def test_a_store_that_is_being_read_says_that_the_files_are_not_clean(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite_file, "BUSY_TIMEOUT_SECONDS", 1)
    with closing(Store(f"sqlite:///{tmp_path / 'store.sqlite3'}")) as store:
        store.database.execute(sa.insert(answers).values(row_about(answers, GONE, 1)))
        reader = sqlite3.connect(tmp_path / "store.sqlite3")
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM answers").fetchone()
        with closing(reader), pytest.raises(StoreBusyError, match="give the same command again"):
            store.personal_data.forget(GONE, ordered_by="the editor", now=NOW)
        assert store.personal_data.was_forgotten(GONE)
        assert not store.personal_data.was_forgotten(OTHER)
        store.personal_data.compact()
        assert GONE.encode() not in contents(tmp_path)


def test_the_id_is_in_no_file(tmp_path: Path) -> None:
    with closing(Store(f"sqlite:///{tmp_path / 'store.sqlite3'}")) as store:
        with store.database.write() as connection:
            for number in range(2000):
                row = row_about(answers, GONE, 1)
                connection.execute(sa.insert(answers).values({**row, "id": f"{number}"}))
        assert GONE.encode() in contents(tmp_path)
        store.personal_data.forget(GONE, ordered_by="the editor", now=NOW)
        assert GONE.encode() not in contents(tmp_path)


def contents(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.iterdir() if file.is_file())


def test_their_own_goes_and_what_others_rely_on_stays(store: Store) -> None:
    store.personal_data.forget(GONE, ordered_by="the editor", now=NOW)
    assert {row.person for row in rows(store, answers)} == {OTHER, LONGER}
    assert {row.person for row in rows(store, watches)} == {OTHER, LONGER}
    first, *others = sorted(rows(store, corrections), key=lambda row: str(row.id))
    assert first.person.startswith(FORGOTTEN)
    assert first.person_name == FORGOTTEN_NAME
    assert {row.person for row in others} == {OTHER, LONGER}
    assert FORGOTTEN_NAME not in {row.person_name for row in others}


def test_their_jobs_are_deleted_though_they_failed(database_url: str) -> None:
    """A job that failed for good stays until somebody drops it, with the id of who asked."""
    with closing(Store(database_url)) as store:
        store.database.migrate()
        for person in (GONE, OTHER):
            source = f"person/T1/{person}"
            payload = {"url": "https://post.example/1", "brought_by": f"T1/{person}"}
            store.jobs.add("article", source, payload, due_at=NOW, source=source)
            job = store.jobs.take("w", now=NOW, lease=timedelta(1), kinds=["article"], key=source)
            assert job
            store.jobs.fail(job, failure="nothing to read")
        store.personal_data.forget(GONE, ordered_by="the editor", now=NOW)
        assert [job.source for job in store.jobs.failing()] == [f"person/T1/{OTHER}"]
        assert [row.source for row in rows(store, job_turns)] == [f"person/T1/{OTHER}"]


def test_two_people_can_be_forgotten(store: Store) -> None:
    for person in (GONE, OTHER):
        store.personal_data.forget(person, ordered_by="the editor", now=NOW)
    people = {row.person for row in rows(store, corrections)}
    assert len(people) == 3
    assert LONGER in people


def test_the_record_names_nobody_but_can_be_checked(store: Store) -> None:
    store.personal_data.forget(GONE, ordered_by="the editor", now=NOW)
    (record,) = rows(store, audit)
    assert record.kind == "forget"
    assert (record.at, record.ordered_by) == (NOW, "the editor")
    salt, digest = record.subject.split(":")
    assert digest == hashlib.sha256(f"{salt}{GONE}".encode()).hexdigest()
