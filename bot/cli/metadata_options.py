"""Command-line options for metadata that an article's file does not contain."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click

from bot import ingest
from bot.errors import IngestError
from bot.newsroom.articles.links import is_url

STANDARD_INPUT = "-"
"""The file name that stands for standard input."""

METADATA_HELP = {
    "title": "Its headline.",
    "outlet": "Who published it.",
    "byline": "Who wrote it.",
    "published": "The date, or date and time with zone: 2026-11-03T08:30+01:00.",
    "language": "The language's code, such as en or pt-BR.",
    "encoding": "Of a .txt or .md that is not UTF-8, such as windows-1252.",
}

Command = TypeVar("Command", bound=Callable[..., Any])


def add_metadata_options(command: Command) -> Command:
    """Add the options for one file's metadata to a command."""
    for name, description in reversed(METADATA_HELP.items()):
        command = click.option(f"--{name}", help=f"{description} For one file.")(command)
    return command


def read_options(names: Sequence[str], options: Mapping[str, str | None]) -> ingest.Overrides:
    """Parse the metadata options, which need exactly one file. Raises UsageError."""
    if len(names) > 1 and STANDARD_INPUT in names:
        raise click.UsageError("Name either - (standard input) or files.")
    metadata = {name: text for name, text in options.items() if text is not None}
    if not metadata:
        return ingest.NO_OVERRIDES
    first_option = f"--{next(iter(metadata))}"
    if len(names) > 1 or is_url(names[0]) or Path(names[0]).is_dir():
        raise click.UsageError(
            f"{first_option} is for one file; name one, or - for standard input."
        )
    try:
        return ingest.parse_overrides(metadata)
    except IngestError as error:
        raise click.UsageError(f"{error.cause}. {error.remedy.rstrip('.')}.") from error
