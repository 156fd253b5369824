"""`claimdesk forget`, as a privacy officer calls it."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa

from bot import config
from bot.store import Store
from bot.store.schema import answers
from tests.cli.program import claimdesk

NOW = datetime(2026, 11, 3, 12, tzinfo=UTC)


def ask(data: Path, person: str) -> None:
    settings = config.load({"CLAIMDESK_DATA": str(data)})
    row = {"team": "T1", "id": person, "person": person, "query": "port", "asked_at": NOW}
    with closing(Store(settings.database_url)) as store:
        store.database.execute(sa.insert(answers).values(row))


def test_a_person_is_forgotten_after_a_list_of_what_that_does(indexed: Path) -> None:
    ask(indexed, "U0GONE")
    refused = claimdesk(indexed, "forget", "U0GONE")
    assert refused.code == 1, "nobody has said yes"
    assert "1  what they asked: deleted" in refused.out
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
