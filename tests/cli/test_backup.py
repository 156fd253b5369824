"""`claimdesk backup` and `claimdesk restore`, as an operator calls them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bot.cli.backup import NAMED_TABLES, summary
from tests.cli.program import claimdesk


def test_a_backup_is_restored_into_a_new_folder(indexed: Path, tmp_path: Path) -> None:
    file, new = tmp_path / "claimdesk.backup", tmp_path / "new"
    done = claimdesk(indexed, "backup", file)
    assert (done.code, done.out) == (0, "")
    assert f"backed up to {file}: 9 articles, " in done.err
    assert file.stat().st_mode & 0o077 == 0, "nobody else reads what is withheld"
    assert list(tmp_path.iterdir()) == [file]
    restored = claimdesk(indexed, "restore", file, "--into", new)
    assert restored.code == 0, restored.err
    assert f"restored {file}: 9 articles, " in restored.err
    exported = [claimdesk(data, "export").out for data in (indexed, new)]
    assert exported[0] == exported[1]
    assert "1 claim" in claimdesk(new, "claim", "yuan ruble").out


def test_a_store_in_use_is_not_overwritten(indexed: Path, tmp_path: Path) -> None:
    file = tmp_path / "claimdesk.backup"
    claimdesk(indexed, "backup", file)
    refused = claimdesk(indexed, "restore", file)
    assert refused.code == 2
    assert "the store is not empty" in refused.err
    assert "--into a new folder, or an empty PostgreSQL database." in refused.err


def test_a_folder_that_is_not_there_is_named(indexed: Path, tmp_path: Path) -> None:
    done = claimdesk(indexed, "backup", tmp_path / "no" / "claimdesk.backup")
    assert done.code == 2
    assert "the store cannot be backed up: " in done.err
    assert "Choose a file in an existing folder" in done.err


def test_everything_that_people_know_by_a_name_is_counted() -> None:
    """Each noun has its text: a missing one would end a good backup with an error."""
    counted = summary(dict.fromkeys(NAMED_TABLES, 2))
    for noun in ("articles", "watches", "digests", "corrections", "feeds", "messages"):
        assert f"2 {noun}" in counted
    assert summary({"articles": 0}) == "an empty store"


@pytest.mark.parametrize("command", ["backup", "export"])
def test_only_a_regular_file_is_replaced(indexed: Path, tmp_path: Path, command: str) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    refused = claimdesk(indexed, command, pipe)
    assert refused.code == 2
    assert "it is not a regular file" in refused.err
    assert pipe.is_fifo()


def test_a_link_to_the_newest_backup_stays_a_link(indexed: Path, tmp_path: Path) -> None:
    (tmp_path / "disk").mkdir()
    link, file = tmp_path / "newest", tmp_path / "disk" / "claimdesk.backup"
    link.symlink_to(file)
    assert claimdesk(indexed, "backup", link).code == 0
    assert link.is_symlink()
    assert file.stat().st_size > 1000
