"""`claimdesk forget`: erase what is stored about a person in Slack."""

from __future__ import annotations

import click

from bot.cli.erasure import add_by_option
from bot.cli.group import claimdesk, open_newsroom
from bot.cli.output.streams import err, out

TABLES = {
    "answers": "what they asked: deleted",
    "watches": "their watches: deleted, with what these found",
    "outbox": "messages to them: deleted; messages that name them stay, and name nobody",
    "subscriptions": "digests that they set: stay, and name nobody",
    "feeds": "feeds that they added: stay, and name nobody",
    "corrections": "their corrections: stay, and name nobody",
    "rulings": "their decisions on corrections: stay, and name nobody",
    "name_rulings": "their decisions on names: stay, and name nobody",
    "articles": "articles that they brought: stay, and name nobody",
}
"""What becomes of the rows of each table, in words; rows of others are counted together."""


@claimdesk.command()
@click.argument("person", metavar="ID")
@click.option("--yes", is_flag=True, help="Don't ask.")
@add_by_option
def forget(person: str, yes: bool, ordered_by: str) -> None:
    """Erase what is stored about the person with this ID in Slack (U024BE7LH).

    What others rely on stays, but no longer names them. Messages in Slack stay as they are, and so
    do logs and backups. Stop the bot first if they still use it: it would store what they ask next.
    """
    with open_newsroom() as newsroom:
        retention = newsroom.delivery.retention
        counts = retention.count_rows_about(person)
        if not counts:
            err.print(f"nothing is stored about {person}", markup=False)
            return
        for table, what in TABLES.items():
            if table in counts:
                out.print(f"{counts[table]:>7,}  {what}", markup=False, highlight=False)
        if others := sum(number for table, number in counts.items() if table not in TABLES):
            out.print(f"{others:>7,}  other rows: stay, and name nobody", highlight=False)
        if not yes:
            click.confirm("Erase this? It cannot be undone.", abort=True, err=True)
        with err.status("erasing, and rebuilding the index"):
            retention.forget(person, ordered_by=ordered_by)
    err.print(f"{person} is forgotten", markup=False)
