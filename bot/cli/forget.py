"""`claimdesk forget`: erase what is stored about a person in Slack."""

from __future__ import annotations

import re

import click

from bot.cli.group import claimdesk, open_newsroom
from bot.cli.output.streams import err, out

TABLES = {
    "answers": "queries: deleted",
    "watches": "watches, with their alerts: deleted",
    "outbox": "direct messages with the bot: deleted; other messages: kept, naming nobody",
    "subscriptions": "digests they set up: kept, naming nobody",
    "feeds": "feeds they added: kept, naming nobody",
    "corrections": "corrections: kept, naming nobody",
    "rulings": "decisions on corrections: kept, naming nobody",
    "name_rulings": "decisions on names: kept, naming nobody",
    "articles": "articles they brought: kept, naming nobody",
}
"""What becomes of the rows of each table, in words; rows of others are counted together."""

PERSON_ID = re.compile("[UW][A-Z0-9]{5,31}", re.ASCII)


def _check_id(_context: click.Context, _argument: click.Parameter, person: str) -> str:
    """Accept nothing but an id: a word would be replaced wherever it stands in the store."""
    if not PERSON_ID.fullmatch(person):
        raise click.BadParameter(
            f"{person!r} is not the id of a person in Slack, such as U024BE7LH. "
            'Their profile has it, under "Copy member ID".'
        )
    return person


@claimdesk.command()
@click.argument("person", metavar="ID", callback=_check_id)
@click.option("--yes", is_flag=True, help="Don't ask.")
@click.option(
    "--by", "ordered_by", default="the terminal", show_default=True, help="Who ordered it."
)
def forget(person: str, yes: bool, ordered_by: str) -> None:
    """Erase what is stored about the person with this ID in Slack (U024BE7LH).

    What others rely on stays, but no longer names them. Messages in Slack stay as they are, and so
    do logs and backups. Stop the bot first if they still use it: it would store what they ask next.
    """
    with open_newsroom() as newsroom:
        retention = newsroom.delivery.retention
        counts = retention.count_rows_about(person)
        if not counts:
            retention.finish_forgetting(person)
            err.print(f"nothing is stored about {person}", markup=False)
            return
        for table, what in TABLES.items():
            if table in counts:
                out.print(f"{counts[table]:>7,}  {what}", markup=False, highlight=False)
        if others := sum(number for table, number in counts.items() if table not in TABLES):
            out.print(f"{others:>7,}  other rows: kept, naming nobody", highlight=False)
        if not yes:
            click.confirm("Erase this? It cannot be undone.", abort=True, err=True)
        with err.status("erasing, and rebuilding the index"):
            retention.forget(person, ordered_by=ordered_by)
    err.print(f"{person} is forgotten", markup=False)
