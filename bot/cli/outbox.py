"""`claimdesk outbox`: what could not be posted in Slack, and what to do about that."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import click

from bot.cli.group import claimdesk, open_newsroom
from bot.cli.output import lines
from bot.cli.output.screen import print_words
from bot.cli.output.streams import out
from bot.newsroom import Newsroom
from bot.store import OutboxMessage


@claimdesk.group(invoke_without_command=True)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object per message.")
@click.pass_context
def outbox(context: click.Context, as_json: bool) -> None:
    """List messages that could not be posted."""
    if context.invoked_subcommand:
        return
    with open_newsroom() as newsroom:
        if as_json:
            for one in newsroom.store.dead_letters.find():
                click.echo(lines.dumps(_line(one)))
        else:
            _print(newsroom)


def _print(newsroom: Newsroom) -> None:
    for team, why in newsroom.store.channels.failures().items():
        print_words(out, f"Nothing can be posted in workspace {team}: {why}", style="red")
    letters = newsroom.store.dead_letters.find()
    if not letters:
        print_words(out, "Every message was delivered, or is still waiting.")
    for one in letters:
        may_stand = " · it may have been posted" if one.state == "uncertain" else ""
        asked = f"{one.asked_at.astimezone():%Y-%m-%d %H:%M}"
        print_words(out, f"{one.id}. {one.kind} in {one.channel} · from {asked}{may_stand}")
        print_words(out, f"   {one.failure}", style="yellow" if may_stand else "red")


@outbox.command("retry")
@click.argument("ids", nargs=-1, required=True, type=int)
def retry_letters(ids: tuple[int, ...]) -> None:
    """Post messages after all. Claimdesk checks first whether one was posted already."""
    with open_newsroom() as newsroom:
        number = newsroom.delivery.outbox.retry_letters(ids)
    click.echo(f"{_counted(number)} will be posted as soon as a worker runs.", err=True)


@outbox.command("drop")
@click.argument("ids", nargs=-1, required=True, type=int)
def drop_letters(ids: tuple[int, ...]) -> None:
    """Discard messages that could not be posted."""
    with open_newsroom() as newsroom:
        number = newsroom.delivery.outbox.drop_letters(ids)
    click.echo(f"{_counted(number)} discarded.", err=True)


def _counted(number: int) -> str:
    return "1 message" if number == 1 else f"{number:,} messages"


def _line(one: OutboxMessage) -> dict[str, Any]:
    tried: datetime | None = one.tried_at
    return {
        **{name: getattr(one, name) for name in ("id", "team", "channel", "kind", "key")},
        **{"state": one.state, "attempts": one.attempts, "failure": one.failure},
        "asked_at": one.asked_at.isoformat(),
        "tried_at": tried and tried.isoformat(),
    }
