from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.program import claimdesk


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("claim --limt 5 wall", "--limit"),
        ("claim --limt=5 wall", "--limit"),
        ("claim --jsn wall", "--json"),
        ("claim -crack --limt 5 wall", "--limit"),
        ("claim wall --limt 5", "--limit"),
        ("speaker --limt 5 Xi", "--limit"),
        ("ingest --bulc seeds", "--bulk"),
        ("feed list --jsn", "--json"),
    ],
)
def test_a_mistyped_option_is_refused_with_a_suggestion(
    indexed: Path, typed: str, name: str
) -> None:
    done = claimdesk(indexed, *typed.split())
    assert done.code == 2
    assert "No such option" in done.err
    assert "Did you mean" in done.err
    assert name in done.err


def test_an_unknown_option_without_a_similar_one_is_refused(indexed: Path) -> None:
    done = claimdesk(indexed, "claim", "--jumble", "wall")
    assert done.code == 2
    assert "No such option: --jumble. To search for it, put -- before the words." in done.err


@pytest.mark.parametrize(
    ("typed", "query"),
    [
        ("-- --limt wall", "--limt wall"),
        ("-- wall --limit 5", "wall --limit 5"),
        ("-crack wall", "-crack wall"),
        ("wall -crack", "wall -crack"),
        ("by:Solvane wall", "by:Solvane wall"),
        ("wall --jumble", "wall --jumble"),
        ("wall - crack", "wall - crack"),
    ],
)
def test_other_arguments_belong_to_the_query(indexed: Path, typed: str, query: str) -> None:
    (line,) = claimdesk(indexed, "claim", "--json", *typed.split()).lines
    assert line["query"] == query


def test_a_mistyped_command_is_refused_with_a_suggestion(tmp_path: Path) -> None:
    done = claimdesk(tmp_path, "extrct", "story.txt")
    assert done.code == 2
    assert "No such command 'extrct'. Did you mean 'extract'?" in done.err


@pytest.mark.parametrize(
    ("typed", "name"),
    [("search", "claim"), ("serach", "claim"), ("delete", "remove"), ("lst", "articles")],
)
def test_another_program_s_word_suggests_our_command(tmp_path: Path, typed: str, name: str) -> None:
    assert f"Did you mean '{name}'?" in claimdesk(tmp_path, typed, "wall").err


@pytest.mark.parametrize("command", ["claim", "speaker", "article", "articles"])
def test_an_argument_that_is_not_utf_8_is_refused(indexed: Path, command: str) -> None:
    done = claimdesk(indexed, command, "caf\udce9")
    assert done.code == 2
    assert "an argument cannot be read" in done.err
    assert "Set the terminal to UTF-8" in done.err


def test_a_file_whose_name_is_not_utf_8_is_read(indexed: Path, tmp_path: Path) -> None:
    (tmp_path / "caf\udce9.txt").write_text("The port stays shut, Mara Quill said.")
    done = claimdesk(indexed, "extract", "--json", tmp_path / "caf\udce9.txt")
    assert [line["id"] for line in done.lines] == [r"caf\udce9"]


@pytest.mark.parametrize("arguments", [("jobs", "retry"), ("jobs", "drop"), ("outbox", "drop")])
def test_an_id_that_fits_no_column_is_refused(indexed: Path, arguments: tuple[str, str]) -> None:
    done = claimdesk(indexed, *arguments, 2**70)
    assert done.code == 2
    assert "is not in the range" in done.err
