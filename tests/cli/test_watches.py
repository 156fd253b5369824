from __future__ import annotations

import json
from datetime import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot import config
from bot.cli.group import claimdesk
from bot.newsroom import Newsroom


def run(*typed: str) -> str:
    return CliRunner().invoke(claimdesk, ["watches", *typed]).output


def test_watches_are_listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLAIMDESK_DATA", str(tmp_path / "data"))
    assert run() == "No watches.\n"
    assert run("--json") == ""
    known = {"team": "T1", "person": "U1", "channel": "C1", "zone": "Europe/Paris"}
    with Newsroom(config.load({"CLAIMDESK_DATA": str(tmp_path / "data")})) as newsroom:
        watch = newsroom.watches.add(**known, query="yuan", quiet=(time(22), time(7)))
        newsroom.watches.pause(watch)
    assert "1. yuan · T1/C1, set by U1 · at once, paused · 0 found" in run()
    [line] = map(json.loads, run("--json").splitlines())
    assert (line["query"], line["state"], line["quiet"]) == ("yuan", "paused", ["22:00", "07:00"])
