"""What a start of the program imports; how long it takes, tests/bench/start_speed.py prints."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import click
import pytest

from bot import __main__
from bot.cli.group import claimdesk
from tests.cli.program import ROOT, environment

SLOW = {
    "aiohttp", "alembic", "babel", "httpcore2", "lxml", "numpy", "onnxruntime", "PIL", "pypdfium2",
    "prometheus_client", "py3langid", "rapidfuzz", "rich", "slack_bolt", "slack_sdk", "sqlalchemy",
    "structlog", "tantivy", "tokenizers", "trafilatura", "yaml",
}  # fmt: skip
"""Libraries that take a while to import."""
SEARCHING = {"babel", "numpy", "rapidfuzz", "rich", "sqlalchemy", "tantivy", "yaml"}
ROOMS = {"bot.ingest", "bot.extract.tagger", "bot.digest", "bot.slack"}


def imported(data: Path, *arguments: str) -> set[str]:
    """The modules that there are after the program has run in a process of its own."""
    program = (
        "import sys, atexit\n"
        "atexit.register(lambda: print(*sys.modules, file=sys.stderr))\n"
        "from bot.__main__ import main\n"
        "main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment(data)},
        check=True,
        timeout=300,
    )
    assert done.stdout
    return set(done.stderr.split())


@pytest.mark.parametrize("option", ["--help", "--version"])
def test_help_and_version_import_no_libraries(tmp_path: Path, option: str) -> None:
    modules = imported(tmp_path, option)
    assert not modules & SLOW
    assert {name for name in modules if name.startswith("bot.")} <= {
        "bot.__main__",
        "bot.cli",
        "bot.cli.group",
        "bot.errors",
    }


def test_a_search_imports_only_what_it_uses(indexed: Path) -> None:
    modules = imported(indexed, "claim", "yuan", "ruble")
    assert "tantivy" in modules
    assert not modules & (SLOW - SEARCHING)
    assert not modules & ROOMS


@pytest.mark.parametrize("name", sorted(claimdesk.modules))
def test_the_command_list_matches_each_commands_help(name: str) -> None:
    assert __main__.claimdesk is claimdesk  # which lists those of Slack, too
    command = claimdesk.get_command(click.Context(claimdesk), name)
    assert command
    assert command.help
    assert command.help.split("\n\n")[0].startswith(claimdesk.summaries[name])


def test_every_command_is_listed() -> None:
    for name in claimdesk.modules:
        claimdesk.get_command(click.Context(claimdesk), name)
    assert set(claimdesk.commands) == set(claimdesk.modules)
