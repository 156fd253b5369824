"""What is read names no command, option, setting, extra, target or test that is gone."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

import bot.__main__  # registers the commands that serve Slack  # noqa: F401
from bot.cli.group import claimdesk
from bot.config import SECTIONS

ROOT = Path(__file__).resolve().parents[1]
HISTORY = {"decisions.md"}
"""Files that also say what was."""
READ = [
    ROOT / "README.md",
    ROOT / "SECURITY.md",
    ROOT / "Makefile",
    ROOT / "Procfile",
    ROOT / "Dockerfile",
    ROOT / "compose.yml",
    *(file for file in ROOT.glob("docs/**/*.md") if file.name not in HISTORY),
    *ROOT.glob("deploy/**/*.*"),
    *ROOT.glob("config/*.yml"),
    *ROOT.glob("bot/words/**/*.yml"),
]

COMMAND = re.compile(r"(?:^|[`/(])\s*(?:\$ )?claimdesk +([a-z][^`\n|#;&)]*)", re.MULTILINE)
OPTION = re.compile(r"(?<![\w-])--[a-z][a-z-]+")
SETTING = re.compile(rf"(?<![\w./@-])({'|'.join(SECTIONS)})\.([a-z_]+)(?![\w/]|\.\w)")
EXTRA = re.compile(r"(?:claimdesk|\.)\[([a-z, ]+)\]|--extra[ =]([a-z]+)")
TEST = re.compile(r"(tests/[\w/]+\.py)::(\w+)")
TARGET = re.compile(r"(?:^|`)\s*make ([a-z]+)", re.MULTILINE)


def mistakes_in_command(words: list[str]) -> Iterator[str]:
    """Yield what a command line names that is no command or option."""
    command: click.Command = claimdesk
    for word in words:
        if not isinstance(command, click.Group) or not word[0].isalpha():
            break
        context = click.Context(command)
        if not (found := command.get_command(context, word)):
            yield f"command {word}"
            return
        command = found
    options = {name for param in command.params for name in param.opts + param.secondary_opts}
    for option in OPTION.findall(" ".join(words)):
        if option not in options | {"--help", "--version"}:
            yield f"{' '.join(words)}: option {option}"


def mistakes(text: str) -> Iterator[str]:
    """Yield what a text names that there is not."""
    for line in COMMAND.findall(text):
        yield from mistakes_in_command(line.split())
    for section, name in SETTING.findall(text):
        if not hasattr(SECTIONS[section], name) and name not in {"yml", "md"}:
            yield f"setting {section}.{name}"
    known = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    for several, one in EXTRA.findall(text):
        for extra in re.findall(r"[a-z]+", several or one):
            if extra not in known["optional-dependencies"]:
                yield f"extra {extra}"
    for file, test in TEST.findall(text):
        path = ROOT / file
        if not path.exists() or not re.search(rf"(def|class) {test}\b", path.read_text("utf-8")):
            yield f"test {test}"
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    for target in TARGET.findall(text):
        if target not in targets:
            yield f"target {target}"


@pytest.mark.parametrize("file", READ, ids=lambda file: str(file.relative_to(ROOT)))
def test_what_is_named_exists(file: Path) -> None:
    assert list(mistakes(file.read_text("utf-8"))) == []


def test_what_help_names_exists() -> None:
    def helps(command: click.Command, name: str) -> Iterator[str]:
        context = click.Context(command, info_name=name)
        yield command.get_help(context)
        if isinstance(command, click.Group):
            for child in command.list_commands(context):
                part = command.get_command(context, child)
                assert part
                yield from helps(part, f"{name} {child}")

    texts = list(helps(claimdesk, "claimdesk"))
    assert len(texts) > 40
    assert [found for text in texts for found in mistakes(text)] == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("`claimdesk snapshot`", "command snapshot"),
        ("`claimdesk digest mail`", "command mail"),
        ("`claimdesk claim gold --as-of Friday`", "claim gold --as-of Friday: option --as-of"),
        ("set `store.replica_url`", "setting store.replica_url"),
        ("pip install 'claimdesk[postgres,snapshots]'", "extra snapshots"),
        ("`make mail`", "target mail"),
        ("tests/test_size.py::test_mail", "test test_mail"),
    ],
)
def test_a_name_that_is_gone_is_found(text: str, found: str) -> None:
    assert list(mistakes(text)) == [found]
