"""`claimdesk backup` and `claimdesk restore`."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

import click

from bot import config
from bot.cli.group import claimdesk
from bot.cli.output.private_file import replace_private_file
from bot.cli.output.streams import err, progress_bar
from bot.store import Backups
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
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def backup(file: Path) -> None:
    """Back up everything in the store to FILE.

    The bot may run meanwhile: FILE has the store as it is when the backup begins. It holds withheld
    articles and what people asked: keep it as safe as the store. The search index is not in it,
    since it is rebuilt from the store.
    """
    with (
        closing(Database(config.load().database_url)) as store,
        progress_bar() as progress,
        replace_private_file(file, "the store cannot be backed up") as output,
    ):
        progress.add_task("backing up", total=None)
        rows = Backups(store).write(output)
    err.print(f"backed up to {file}: {summary(rows)}", markup=False)


@claimdesk.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--into",
    metavar="FOLDER-or-URL",
    help="A new data folder, or an empty PostgreSQL database, instead of the configured store.",
)
def restore(file: Path, into: str | None) -> None:
    """Restore the backup FILE into an empty store.

    A backup of SQLite can be restored into PostgreSQL, and the other way round. Nothing is changed
    if FILE is damaged or the store is not empty. Stop the old bot first: two would both post.
    """
    settings = config.load(_place(into))
    with closing(Database(settings.database_url)) as store, progress_bar() as progress:
        progress.add_task("restoring", total=None)
        contents = Backups(store).restore(file)
    err.print(f"restored {file}: {summary(contents.rows)}", markup=False)
    err.print("The search index is rebuilt when Claimdesk starts.")


def _place(into: str | None) -> Mapping[str, str] | None:
    """Return the environment that chooses a store; None for that of the process."""
    if into is None:
        return None
    return {"DATABASE_URL": into} if "://" in into else {"CLAIMDESK_DATA": into}


def summary(rows: Mapping[str, int]) -> str:
    """Say how many rows of each named table there are."""
    counted = [
        with_noun(rows[table], noun) for table, noun in NAMED_TABLES.items() if rows.get(table)
    ]
    return ", ".join(counted) or "an empty store"
