"""`claimdesk remove --erase`, `purge` and `forget`, as a privacy officer calls them."""

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

WALL = '"The wall is safe," said Ingrid Solvane, the harbour master, on Monday.\n'
FERRY = "The ferry sails again on Friday, said Tomas Aldery, who owns the ferry.\n"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder with an article of January 2020 and one without a date."""
    (tmp_path / "wall.md").write_text(f"---\ntitle: Wall\npublished: 2020-01-05\n---\n\n{WALL}")
    (tmp_path / "ferry.md").write_text(f"---\ntitle: Ferry\n---\n\n{FERRY}")
    done = claimdesk(tmp_path / "data", "ingest", tmp_path / "wall.md", tmp_path / "ferry.md")
    assert "2 new" in done.err
    return tmp_path / "data"


def id_of(data: Path, word: str) -> str:
    (line,) = claimdesk(data, "claim", "--json", word).lines
    return str(line["hits"][0]["article"]["id"])


def files_with(data: Path, word: bytes) -> list[Path]:
    files = (file for file in data.rglob("*") if file.is_file())
    return [file for file in files if word in file.read_bytes()]


def test_an_article_is_erased_after_a_list_of_what_that_does(data: Path) -> None:
    article_id = id_of(data, "wall")
    assert files_with(data, b"Solvane")
    erase = ["remove", article_id, "--reason", "a court said so", "--erase"]
    refused = claimdesk(data, *erase)
    assert refused.code == 1, "nobody has said yes"
    assert "1  articles: their texts and titles are erased, in every version" in refused.out
    assert claimdesk(data, "claim", "wall").code == 0
    done = claimdesk(data, *erase, "--yes", "--by", "the editor")
    assert (done.code, f"1 article erased: {article_id}" in done.err) == (0, True), done.err
    assert "This text stays out even if another outlet prints it." in done.err
    assert files_with(data, b"Solvane") == []
    shown = claimdesk(data, "article", "--json", article_id).lines[0]
    assert (shown["status"], shown["text"], shown["reason"]) == ("withdrawn", "", "a court said so")


def test_an_unknown_article_erases_nothing(data: Path) -> None:
    done = claimdesk(
        data, "remove", "nothere", id_of(data, "wall"), "--reason", "x", "--erase", "--yes"
    )
    assert done.code == 2
    assert "no article has this id: nothere" in done.err
    assert files_with(data, b"Solvane")


def test_samples_can_be_erased_and_added_again(tmp_path: Path) -> None:
    data = tmp_path / "data"
    claimdesk(data, "ingest", "seeds")
    done = claimdesk(data, "remove", "--samples", "--reason", "tried", "--erase", "--yes")
    assert "8 articles erased" in done.err
    assert files_with(data, b"Solvane") == []
    assert "8 new" in claimdesk(data, "ingest", "seeds").err


def test_old_articles_are_purged(data: Path) -> None:
    refused = claimdesk(data, "purge", "--older-than", "365")
    assert refused.code == 1, "nobody has said yes"
    assert "1  articles: their texts and titles are erased, in every version" in refused.out
    done = claimdesk(data, "purge", "--older-than", "365", "--yes")
    assert (done.code, "1 article from before" in done.err) == (0, True), done.err
    assert files_with(data, b"Solvane") == []
    assert files_with(data, b"Aldery")
    again = claimdesk(data, "purge", "--older-than", "365", "--yes")
    assert (again.code, "no article is from before" in again.err) == (0, True)


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
