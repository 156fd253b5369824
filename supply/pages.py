"""What MkDocs adds to docs/ when it builds the site (mkdocs.yml): the README as its first page, and
the reference of commands and settings, read from the code."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

import bot.__main__  # registers the commands that serve Slack  # noqa: F401
from bot.cli.group import claimdesk

ROOT = Path(__file__).resolve().parents[1]
OUTSIDE = re.compile(r"(?<!!)\[([^]]+)\]\((?:\.\./\.\./|(?!docs/|https?:|#))[\w./-]+\)")
SETTING = re.compile(r"((?:^  # .+\n)+)^  (\w+):(.*(?:\n    - .+)*)", re.MULTILINE)


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the pages that are made when the site is built."""
    readme = (ROOT / "README.md").read_text("utf-8")
    first = OUTSIDE.sub(r"\1", readme).replace("](docs/", "](").replace('="docs/', '="')
    for path, text in (
        ("index.md", first),
        ("use/commands.md", commands()),
        ("run/settings.md", settings()),
    ):
        files.append(File.generated(config, path, content=text))
    return files


def on_page_markdown(markdown: str, **_: object) -> str:
    """Leave only the words of links to files of the repository, which the site doesn't have."""
    return re.sub(r"\[([^]]+)\]\(\.\./\.\./[\w./-]+\)", r"\1", markdown)


def commands() -> str:
    """Return the page of commands: what `--help` prints of each."""
    parts = ["# Commands", "`claimdesk COMMAND --help` prints the same in a terminal."]
    for name, text in helps(claimdesk, "claimdesk"):
        parts += [f"## {name}", f"```text\n{text}\n```"]
    return "\n\n".join(parts) + "\n"


def helps(command: click.Command, name: str) -> Iterator[tuple[str, str]]:
    """Yield a command and those below it, each with its help."""
    context = click.Context(command, info_name=name, max_content_width=100)
    yield name, command.get_help(context)
    if isinstance(command, click.Group):
        for child in command.list_commands(context):
            if part := command.get_command(context, child):
                yield from helps(part, f"{name} {child}")


def settings() -> str:
    """Return the page of settings: what config/bot.yml says of each."""
    head, *sections = re.split(
        r"^(?=\w+:\n)", (ROOT / "config/bot.yml").read_text("utf-8"), flags=re.M
    )
    parts = ["# Settings", f"```text\n{re.sub(r'^# ?', '', head, flags=re.M).strip()}\n```"]
    for section in sections:
        name = section.partition(":")[0]
        parts += [f"## {name}", "| setting | default | what it does |\n|---|---|---|"]
        parts[-1] += "".join(
            f"\n| `{name}.{setting}` | `{' '.join(value.split())}` | {prose(comment)} |"
            for comment, setting, value in SETTING.findall(section)
        )
    return "\n\n".join(parts) + "\n"


def prose(comment: str) -> str:
    """Return the words of a comment as one line."""
    return " ".join(line.strip(" #") for line in comment.splitlines())
