"""`claimdesk purge` and `claimdesk forget`, and what all commands that erase share."""

from __future__ import annotations

import re
from datetime import timedelta

import click

from bot.cli.group import claimdesk, open_newsroom
from bot.cli.output.streams import err, out, progress_bar
from bot.store import ErasureCounts
from bot.wording.answers import with_noun

MAX_DAYS = 36_500

EFFECTS = {
    "articles": "articles: their texts and titles are erased, in every version",
    "claims": "claims: erased",
    "corrections": "corrections of these: their words are erased, who made them stays",
    "messages": "messages that show these claims: changed in Slack to say that they are gone",
    "copies": "other articles that print much the same: stay",
}
"""What becomes of what ErasureCounts counts."""

TABLE_EFFECTS = {
    "answers": "queries: deleted",
    "watches": "watches, with their alerts: deleted",
    "outbox": "direct messages with the bot: deleted; other messages: kept, naming nobody",
    "subscriptions": "digests they set up: kept, naming nobody",
    "feeds": "feeds they added: kept, naming nobody",
    "corrections": "corrections: kept, naming nobody",
    "rulings": "decisions on corrections: kept, naming nobody",
    "name_rulings": "decisions on names: kept, naming nobody",
    "articles": "articles they brought: kept, naming nobody",
    "jobs": "articles they asked for and messages to them, waiting or failed: deleted",
}
"""What becomes of the rows of each table, in words; rows of others are counted together."""

PERSON_ID = re.compile("[UW][A-Z0-9]{5,31}", re.ASCII)

add_by_option = click.option(
    "--by",
    "ordered_by",
    default="the terminal",
    show_default=True,
    help="Who orders it; recorded with what was erased.",
)


def confirm_erasure(counts: ErasureCounts, *, is_confirmed: bool) -> None:
    """Print what an erasure will do, and ask, unless it `is_confirmed`. Raises Abort."""
    for name, number in counts._asdict().items():
        if number:
            out.print(f"{number:>7,}  {EFFECTS[name]}", markup=False, highlight=False)
    if not is_confirmed:
        click.confirm("Erase this? It cannot be undone.", abort=True, err=True)


@claimdesk.command()
@click.option(
    "--older-than",
    "days",
    type=click.IntRange(1, MAX_DAYS),
    required=True,
    metavar="DAYS",
    help="The age from which articles are erased.",
)
@click.option("--yes", is_flag=True, help="Don't ask.")
@add_by_option
def purge(days: int, yes: bool, ordered_by: str) -> None:
    """Erase articles that were published more than DAYS days ago.

    Those without a date count from when they arrived. It erases what remove --erase does.
    """
    with open_newsroom() as newsroom:
        erasure = newsroom.intake.erasure
        moment = newsroom.now() - timedelta(days=days)
        if not (article_ids := erasure.ids_from_before(moment)):
            err.print(f"no article is from before {moment:%Y-%m-%d}")
            return
        confirm_erasure(erasure.count(article_ids), is_confirmed=yes)
        with progress_bar() as progress:
            bar = progress.add_task("erasing", total=len(article_ids))
            for number in erasure.purge(article_ids, moment=moment, ordered_by=ordered_by):
                progress.advance(bar, number)
    erased = with_noun(len(article_ids), "article")
    err.print(f"{erased} from before {moment:%Y-%m-%d} erased")


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
@add_by_option
def forget(person: str, yes: bool, ordered_by: str) -> None:
    """Erase what is stored about a person in Slack.

    ID is their member id there, such as U024BE7LH. What others rely on stays, but no longer names
    them. Messages in Slack stay as they are, and so do logs and exports. Stop the bot first if they
    still use it: it would store what they ask next.
    """
    with open_newsroom() as newsroom:
        retention = newsroom.delivery.retention
        counts = retention.count_rows_about(person)
        if not counts:
            retention.finish_forgetting(person)
            err.print(f"nothing is stored about {person}", markup=False)
            return
        for table, what in TABLE_EFFECTS.items():
            if table in counts:
                out.print(f"{counts[table]:>7,}  {what}", markup=False, highlight=False)
        if others := sum(number for table, number in counts.items() if table not in TABLE_EFFECTS):
            out.print(f"{others:>7,}  other rows: kept, naming nobody", highlight=False)
        if not yes:
            click.confirm("Erase this? It cannot be undone.", abort=True, err=True)
        with err.status("erasing, and rebuilding the index"):
            retention.forget(person, ordered_by=ordered_by)
    err.print(f"{person} is forgotten", markup=False)
