"""The database's files, apart from what is stored in them."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.errors import StoreBusyError
from bot.store import database as store_database
from bot.store.database import Database
from bot.store.schema import store_state


def test_a_log_that_a_reader_keeps_from_being_emptied_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store_database, "BUSY_TIMEOUT_SECONDS", 0)
    with closing(Database(f"sqlite:///{tmp_path / 'store.sqlite3'}")) as database:
        database.migrate()
        with database.read() as reader:
            reader.execute(sa.select(store_state)).all()
            with pytest.raises(StoreBusyError, match="another program is reading the store"):
                database.compact()
        database.compact()
