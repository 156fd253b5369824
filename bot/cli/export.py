"""`claimdesk export`: write the archive for other programs and people."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import get_args

import click

from bot.cli.group import claimdesk, open_newsroom
from bot.cli.output.private_file import replace_private_file
from bot.cli.output.streams import err, progress_bar
from bot.newsroom.archive.export import ExportFormat


@claimdesk.command()
@click.option(
    "--format",
    "form",
    type=click.Choice(get_args(ExportFormat)),
    default="jsonl",
    show_default=True,
)
@click.argument("file", default="-", type=click.Path(path_type=Path, dir_okay=False))
def export(form: ExportFormat, file: Path) -> None:
    """Export all articles and claims to FILE.

    "-" is standard output.

    jsonl has everything, including withheld and withdrawn articles: keep it as safe as the store.
    claimdesk import reads it into an empty store, unchanged. csv (one row per claim, for
    spreadsheets) and annotations (W3C Web Annotations in JSON-LD) have only what may be shown.
    """
    with open_newsroom() as newsroom, progress_bar() as progress:
        bar = progress.add_task("exporting", total=None)
        parts = progress.track(newsroom.archive.export(form), task_id=bar)
        if file == Path("-"):
            sys.stdout.reconfigure(encoding="utf-8", newline="")  # type: ignore[union-attr]
            sys.stdout.writelines(parts)
        else:
            with replace_private_file(file, "the archive cannot be exported") as output:
                output.writelines(part.encode("utf-8") for part in parts)
    if file != Path("-"):
        err.print(f"exported to {file}", markup=False)
