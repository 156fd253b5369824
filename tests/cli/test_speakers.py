"""`claimdesk speaker` and `claimdesk names`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot import config
from bot.cli.group import claimdesk
from bot.errors import NotFoundError
from bot.newsroom import Newsroom


@pytest.fixture
def newsroom(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Newsroom]:
    """The newsroom that the commands open, with three claims in it."""
    monkeypatch.setenv("CLAIMDESK_DATA", str(tmp_path))
    with Newsroom(config.load({"CLAIMDESK_DATA": str(tmp_path)})) as opened:
        lines = [
            {"text": f"Harbour {name}", "speaker": name, "outlet": "The Norton Post"}
            for name in ("Omar Tallis", "Umar at-Talis", "Ida Falk\x1b[2J")
        ]
        list(opened.intake.imports.import_claims(map(json.dumps, lines)))
        yield opened


def run(*arguments: str) -> Result:
    return CliRunner().invoke(claimdesk, arguments)


def test_a_speaker_is_shown_and_a_slip_forgiven(newsroom: Newsroom) -> None:
    shown = run("speaker", "omar", "tallsi").output
    assert shown.startswith(
        'Nobody is called "omar tallsi"; showing Omar Tallis.\n'
        "Omar Tallis\n   no article here says who this is\n1 claim in 1 article"
    )
    assert "1. Omar Tallis\n   Harbour Omar Tallis" in shown
    assert "\x1b" not in run("speaker", "Falk").output


def test_the_terminal_says_that_there_are_more_claims(newsroom: Newsroom) -> None:
    texts = "The quay is shut", "The crane is old"
    lines = [json.dumps({"text": text, "speaker": "Eve Brook"}) for text in texts]
    list(newsroom.intake.imports.import_claims(lines))
    assert "no. 1 of 2 shown" in run("speaker", "--limit", "1", "Eve Brook").output
    assert "shown" not in run("speaker", "Eve Brook").output


def test_an_unknown_speaker_suggests_near_names(newsroom: Newsroom) -> None:
    both = run("speaker", "omar", "talis").output  # each is somebody's
    assert both.endswith("Did you mean one of these?\nOmar Tallis\nUmar at-Talis\n")
    nobody = run("speaker", "Eve Tallis Brook")
    assert nobody.exit_code == 1
    assert nobody.stdout.splitlines() == ["Omar Tallis"]
    assert 'No speaker is called "Eve Tallis Brook"' in nobody.stderr


def test_rulings_are_listed_and_taken_back(newsroom: Newsroom) -> None:
    assert run("names").output == "Nobody has joined or split any names.\n"
    ruling = newsroom.speakers.rulings.merge(
        ["Omar Tallis", "Umar at-Talis"], team="T", press="p", person="U", person_name="Ada"
    )
    listed = run("names").output
    assert listed.startswith(f'{ruling.id}  "Umar at-Talis" and "Omar Tallis" are one speaker')
    assert "also appears as: Umar at-Talis" in run("speaker", "Tallis").output
    assert "was undone" in run("names", "undo", ruling.id).output
    assert "undone" in run("names").output
    assert "also appears as" not in run("speaker", "Omar Tallis").output
    assert isinstance(run("names", "undo", "r9").exception, NotFoundError)


def test_a_speaker_on_a_subject(newsroom: Newsroom) -> None:
    lines = [
        {"text": text, "speaker": "Ida Falk", "published": day, "title": "The ferry tax"}
        for day, text in (
            ("2026-02-03", "the ferry tax will never rise in Norton"),
            ("2026-06-09", "the ferry tax will rise in Norton"),
        )
    ]
    list(newsroom.intake.imports.import_claims(map(json.dumps, lines)))
    shown = run("speaker", "Ida", "Falk", "on", "tax").output
    assert shown.startswith("Ida Falk on tax · 2 statements, latest report first\n1. ")
    assert "Earlier, the opposite: the ferry tax will never rise in Norton – The ferry" in shown
    assert run("speaker", "Ida", "Falk", "on", "choirs").output == (
        'I have nothing that Ida Falk said on "choirs".\n'
    )
