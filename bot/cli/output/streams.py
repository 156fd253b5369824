"""Standard output and error of the commands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TextIO

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    SpinnerColumn,
    Task,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.text import Text

MAX_LINE_LENGTH = 50_000_000
"""Characters. A line of an archive holds one article, and few articles are a tenth of this."""


class _Console(Console):
    def on_broken_pipe(self) -> None:
        raise  # the error that rich is handling, so that Commands.invoke can exit cleanly


out = _Console(highlight=False, soft_wrap=True)
err = _Console(stderr=True, highlight=False, soft_wrap=True)


class _Rate(ProgressColumn):
    """The number of tasks done per second."""

    def render(self, task: Task) -> Text:
        rate = task.finished_speed or task.speed
        return Text("" if rate is None else f"{rate:,.{0 if rate >= 100 else 1}f}/s")


def read_lines(file: TextIO, max_length: int = MAX_LINE_LENGTH) -> Iterator[str]:
    """Yield a file's lines unchanged, but a line over `max_length` in pieces: a file without line
    ends must not fill the memory."""
    return iter(lambda: file.readline(max_length), "")


def progress_bar() -> Progress:
    """Return a progress bar on standard error, with rate, time taken and time left,
    shown only on a terminal."""
    # What moves shows that a long text is being read.
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    return Progress(
        *columns,
        _Rate(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
        console=err,
        disable=not err.is_terminal,
        speed_estimate_period=120,  # articles are done in batches, many seconds apart
    )
