"""What the terminal says to people who know no more than --help."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.program import claimdesk


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


def test_an_empty_archive_says_how_to_add_articles(data: Path) -> None:
    for typed in (["claim", "harbour"], ["articles"]):
        assert "claimdesk ingest FILE adds one" in claimdesk(data, *typed).out


def test_an_article_given_to_import_is_sent_to_ingest(data: Path) -> None:
    done = claimdesk(data, "import", "-", given="The quay is shut, Ada Roe said.")
    assert "claimdesk ingest adds articles" in done.err
    some = claimdesk(data, "import", "-", given='wrong\n{"text": "The quay is shut."}')
    assert "claimdesk ingest adds articles" not in some.err


def test_an_unknown_article_names_the_list_of_ids(data: Path) -> None:
    assert "claimdesk articles lists ids" in claimdesk(data, "article", "nowhere").err


def test_a_remedy_is_shown_once_for_many_files(data: Path) -> None:
    folder = data.parent / "folder"
    folder.mkdir()
    for number in range(3):
        (folder / f"{number}.xyz").touch()
    done = claimdesk(data, "ingest", folder)
    assert done.err.count("files ending in .xyz are not read") == 3
    assert done.err.count("Claimdesk reads text, Markdown") == 1


def test_an_unknown_correction_is_named_once(data: Path) -> None:
    done = claimdesk(data, "corrections", "accept", "zz")
    assert done.err.count("zz") == 1


def test_a_negative_number_of_claims_is_refused(data: Path) -> None:
    assert claimdesk(data, "speaker", "--limit", "-3", "roe").code == 2


def test_doctor_counts_one_article_in_the_singular(data: Path) -> None:
    claimdesk(data, "ingest", "-", given="The quay is shut, Ada Roe said.")
    assert "1 article, 1 claim" in claimdesk(data, "doctor").out
