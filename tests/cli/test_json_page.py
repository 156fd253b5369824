"""docs/use/json.md names every field that the commands print."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from bot.cli.group import claimdesk

ROOT = Path(__file__).resolve().parents[2]
SEEDS = ROOT / "seeds"


def keys(value: Any) -> Iterator[str]:
    """Yield the keys of an object and of those in it."""
    if isinstance(value, dict):
        for key, part in value.items():
            yield key
            yield from keys(part)
    elif isinstance(value, list):
        for part in value:
            yield from keys(part)


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, set[str]]:
    """The fields that each command prints about the seeds."""
    runner = CliRunner(env={"CLAIMDESK_DATA": str(tmp_path_factory.mktemp("data"))})
    fields: dict[str, set[str]] = {}
    for words in (
        ["ingest", "--json", str(SEEDS)],
        ["extract", "--json", str(next(SEEDS.glob("*.txt")))],
        ["articles", "--json"],
        ["article", "--json", "harbour closure"],
        ["claim", "--json", "--explain", "--limit", "20", "quay wall warned"],
        ["claim", "--json", "type:foo"],
        ["corrections", "list", "--json"],
        ["doctor", "--json"],
    ):
        result = runner.invoke(claimdesk, words)
        lines = [json.loads(line) for line in result.stdout.splitlines() if line]
        fields.setdefault(" ".join(words[:2]), set()).update(keys(lines))
    return fields


def test_every_printed_field_is_named(printed: dict[str, set[str]]) -> None:
    page = (ROOT / "docs" / "use" / "json.md").read_text("utf-8")
    named = set(re.findall(r"`(\w+)`", page))
    assert len(printed["claim --json"]) > 30
    missing = {f"{command}: {name}" for command, found in printed.items() for name in found - named}
    assert " ".join(sorted(missing)) == ""
