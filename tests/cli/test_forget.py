"""`claimdesk forget`, as a privacy officer calls it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot import config
from bot.store import Store
from bot.store.schema import answers
from tests.cli.program import claimdesk

NOW = datetime(2026, 11, 3, 12, tzinfo=UTC)


def ask(data: Path, person: str, *ids: str) -> None:
    settings = config.load({"CLAIMDESK_DATA": str(data)})
    row = {"team": "T1", "person": person, "query": "port", "asked_at": NOW}
    rows = [{**row, "id": f"{person}{id_}"} for id_ in ids or ("",)]
    with closing(Store(settings.database_url)) as store, store.database.write() as connection:
        connection.execute(sa.insert(answers), rows)


def test_a_person_is_forgotten_after_a_list_of_what_that_does(indexed: Path) -> None:
    ask(indexed, "U0GONE")
    refused = claimdesk(indexed, "forget", "U0GONE")
    assert refused.code == 1, "nobody has said yes"
    assert "1  queries: deleted" in refused.out
    done = claimdesk(indexed, "forget", "U0GONE", "--yes")
    assert done.code == 0, done.err
    assert "U0GONE is forgotten" in done.err
    again = claimdesk(indexed, "forget", "U0GONE", "--yes")
    assert (again.code, again.out) == (0, "")
    assert "nothing is stored about U0GONE" in again.err
    assert "1 claim" in claimdesk(indexed, "claim", "yuan ruble").out


def test_no_file_of_the_data_folder_has_the_id(indexed: Path) -> None:
    ask(indexed, "U0ERASED")
    assert claimdesk(indexed, "forget", "U0ERASED", "--yes").code == 0
    for file in indexed.rglob("*"):
        assert not file.is_file() or b"U0ERASED" not in file.read_bytes(), file


@pytest.mark.parametrize("word", ["", "the", "harbour", "u0gone", "U0", "U0GONE OR"])
def test_only_an_id_is_accepted(indexed: Path, word: str) -> None:
    refused = claimdesk(indexed, "forget", word, "--yes")
    assert refused.code == 2
    assert "not the id of a person in Slack" in refused.err


def test_an_interrupted_erasure_is_finished_by_the_same_command(indexed: Path) -> None:
    ask(indexed, "U0HALFWAY", *map(str, range(2000)))
    settings = config.load({"CLAIMDESK_DATA": str(indexed)})
    with closing(Store(settings.database_url)) as store:
        store.database.compact = lambda: None  # type: ignore[method-assign]  # killed before it
        store.personal_data.forget("U0HALFWAY", ordered_by="somebody", now=NOW)
    assert deleted_pages(indexed) > 0
    done = claimdesk(indexed, "forget", "U0HALFWAY", "--yes")
    assert done.code == 0, done.err
    assert "nothing is stored about U0HALFWAY" in done.err
    assert deleted_pages(indexed) == 0


def deleted_pages(data: Path) -> int:
    with closing(sqlite3.connect(data / "claimdesk.sqlite3")) as connection:
        return int(connection.execute("PRAGMA freelist_count").fetchone()[0])
