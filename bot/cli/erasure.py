"""`claimdesk purge`, and what all commands that erase have in common."""

from __future__ import annotations

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
