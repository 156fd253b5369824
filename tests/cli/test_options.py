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
