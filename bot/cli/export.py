"""`claimdesk export` and `claimdesk restore`."""

from __future__ import annotations

import gzip
import sys
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import IO, Literal, cast

import click

from bot import config
from bot.cli.group import claimdesk, open_newsroom
from bot.cli.output.private_file import replace_private_file
from bot.cli.output.streams import err, progress_bar
from bot.store import Exports
from bot.store.database import Database
from bot.wording.answers import with_noun

NAMED_TABLES = {
    "articles": "article",
    "claims": "claim",
    "feeds": "feed",
    "watches": "watch",
    "subscriptions": "digest",
    "corrections": "correction",
    "outbox": "message",
}
"""The tables whose rows people know by a name, with that name."""


@claimdesk.command()
@click.option(
    "--format",
    "form",
    type=click.Choice(("jsonl", "csv", "annotations")),
    default="jsonl",
    show_default=True,
)
@click.argument("file", default="-", type=click.Path(path_type=Path, dir_okay=False))
def export(form: Literal["jsonl", "csv", "annotations"], file: Path) -> None:
    """Export everything in the store to FILE.

    "-" is standard output. A FILE that ends in .gz is compressed. The bot may run meanwhile.

    jsonl is what claimdesk restore reads: the store as it is when the export begins, with withheld
    articles and what people asked. Keep it as safe as the store. The search index is not in it,
    since it is rebuilt. csv (one row per claim, for spreadsheets) and annotations (W3C Web
    Annotations in JSON-LD) have only what may be shown, and cannot be restored.
    """
    with progress_bar() as progress, _opened(file) as output:
        bar = progress.add_task("exporting", total=None)
        if form == "jsonl":
            with closing(Database(config.load().database_url)) as store:
                if store.is_sqlite:
                    store.migrate()
                exported = summary(Exports(store).write(output))
        else:
            with open_newsroom() as newsroom:
                parts = progress.track(newsroom.archive.export(form), task_id=bar)
                output.writelines(part.encode("utf-8") for part in parts)
            exported = form
    if file != Path("-"):
        err.print(f"exported to {file}: {exported}", markup=False)


@contextmanager
def _opened(file: Path) -> Iterator[IO[bytes]]:
    if file == Path("-"):
        yield sys.stdout.buffer
        return
    with replace_private_file(file, "the store cannot be exported") as output:
        if file.suffix != ".gz":
            yield output
            return
        # Neither a name nor a time in its head: equal stores have equal files.
        with gzip.GzipFile("", "wb", compresslevel=5, fileobj=output, mtime=0) as packed:
            yield cast(IO[bytes], packed)


@claimdesk.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--into",
    metavar="FOLDER-or-URL",
    help="A new data folder, or an empty PostgreSQL database, instead of the configured store.",
)
def restore(file: Path, into: str | None) -> None:
    """Restore the export FILE into an empty store.

    An export of SQLite can be restored into PostgreSQL, and the other way round. Nothing is
    restored if FILE is damaged or the store is not empty. Stop the old bot first: two would both
    post.
    """
    place = {"DATABASE_URL" if into and "://" in into else "CLAIMDESK_DATA": into} if into else None
    with closing(Database(config.load(place).database_url)) as store, progress_bar() as progress:
        progress.add_task("restoring", total=None)
        rows = Exports(store).restore(file)
    err.print(f"restored {file}: {summary(rows)}", markup=False)
    err.print("The search index is rebuilt when Claimdesk starts.")


def summary(rows: Mapping[str, int]) -> str:
    """Say how many rows of each named table there are."""
    counted = [
        with_noun(rows[table], noun) for table, noun in NAMED_TABLES.items() if rows.get(table)
    ]
    return ", ".join(counted) or "an empty store"
