"""`claimdesk check`: a draft's rows for people and as JSON; nothing of it is kept."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot import config
from bot.cli.group import claimdesk
from bot.newsroom import Newsroom
from tests.desk.conftest import HARBOUR, file_article

DRAFT = "“We found 40 cracks in three days,” said Ingrid Solvane.\n"


@pytest.fixture
def draft(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A draft beside a store with one article."""
    monkeypatch.setenv("CLAIMDESK_DATA", str(tmp_path / "data"))
    with Newsroom(config.load({"CLAIMDESK_DATA": str(tmp_path / "data")})) as newsroom:
        file_article(newsroom, tmp_path / "harbour.txt", HARBOUR)
    path = tmp_path / "draft.txt"
    path.write_text(DRAFT, "utf-8")
    return path


def test_a_draft_is_shown_beside_print(draft: Path) -> None:
    shown = CliRunner().invoke(claimdesk, ["check", str(draft)])
    assert shown.exit_code == 0
    assert "1 quotation: 1 altered" in shown.output
    assert "“We found [40] cracks in three days”" in shown.output
    assert "In print: “We found [14] cracks in three days”" in shown.output


def test_json_has_the_places_of_differences(draft: Path) -> None:
    printed = CliRunner().invoke(claimdesk, ["check", "--json", "-"], input=DRAFT).stdout
    [row] = json.loads(printed)["rows"]
    [difference] = row["differences"]
    assert (row["findings"], row["change"]) == (["altered"], "figure")
    assert DRAFT[slice(*difference["draft"])] == "40"
    assert HARBOUR[slice(*difference["printed"])] == "14"


def test_a_file_that_cannot_be_read_fails(draft: Path) -> None:
    result = CliRunner().invoke(claimdesk, ["check", str(draft.with_name("none.txt")), str(draft)])
    assert result.exit_code == 1
    assert "1 altered" in result.output
