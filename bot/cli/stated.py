"""Options by which a person says what an article's file does not."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click

from bot import ingest
from bot.errors import IngestError
from bot.newsroom.articles.links import is_url

STANDARD_INPUT = "-"
"""What names standard input in place of a file."""

HELP = {
    "title": "Its headline.",
    "outlet": "Who published it.",
    "byline": "Who wrote it.",
    "published": "The date, or date and time with zone: 2026-11-03T08:30+01:00.",
    "language": "The language's code, such as en or pt-BR.",
    "encoding": "Of a .txt or .md that is not UTF-8, such as windows-1252.",
}

Command = TypeVar("Command", bound=Callable[..., Any])


def stating(command: Command) -> Command:
    """Give a command the options that say something of its one file."""
    for name, told in reversed(HELP.items()):
        command = click.option(f"--{name}", help=f"{told} For one file.")(command)
    return command


def read_options(names: Sequence[str], options: Mapping[str, str | None]) -> ingest.Stated:
    """Check what is said, and that one file is named. Raises UsageError."""
    if len(names) > 1 and STANDARD_INPUT in names:
        raise click.UsageError("Name either - (standard input) or files.")
    given = {name: text for name, text in options.items() if text is not None}
    if not given:
        return ingest.NOTHING
    first = f"--{next(iter(given))}"
    if len(names) > 1 or is_url(names[0]) or Path(names[0]).is_dir():
        raise click.UsageError(f"{first} is for one file; name one, or - for standard input.")
    try:
        encoding = given.pop("encoding", "")
        return ingest.stated(given, encoding)
    except IngestError as error:
        raise click.UsageError(f"{error.cause}. {error.remedy.rstrip('.')}.") from error
