"""Where the commands print to, and what becomes of one whose output nobody reads on."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from typing import TextIO

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TextColumn,
    TimeRemainingColumn,
)
from rich.text import Text

LONGEST_LINE = 50_000_000
"""Characters. A line of an archive holds one article, and few of those fill a tenth of it."""


SECRETS = re.compile(r"(?<=ticket=)[^&'\"\s]+|\bx(?:ox[a-z]|app)-[\w.-]+")
"""Tokens of Slack, and what stands for one in a socket's address."""


class _Console(Console):
    def on_broken_pipe(self) -> None:
        raise  # again what rich is just handling: Commands ends quietly


out = _Console(highlight=False, soft_wrap=True)
err = _Console(stderr=True, highlight=False, soft_wrap=True)


class _Rate(ProgressColumn):
    """How many are done a second."""

    def render(self, task: Task) -> Text:
        rate = task.finished_speed or task.speed
        return Text("" if rate is None else f"{rate:,.{0 if rate >= 100 else 1}f}/s")


def lines_of(file: TextIO, longest: int = LONGEST_LINE) -> Iterator[str]:
    """The lines of a file as they stand there; one that is too long comes in pieces, so that a file
    without an end to its line does not fill the memory."""
    return iter(lambda: file.readline(longest), "")


def progress_bar() -> Progress:
    """A bar on standard error with rate and time left, which shows itself on a terminal only."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), _Rate())
    return Progress(
        *columns,
        TimeRemainingColumn(),
        console=err,
        disable=not err.is_terminal,
        speed_estimate_period=120,  # articles are done by the dozen, many seconds apart
    )


class WithoutSecrets(logging.Formatter):
    """Lines of a log, tracebacks too, without tokens and without the tickets of sockets: what
    libraries log of a connection that fails has its address."""

    def format(self, record: logging.LogRecord) -> str:
        """A record as a line."""
        return SECRETS.sub("…", super().format(record))
