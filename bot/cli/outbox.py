"""`claimdesk outbox`: list messages that could not be posted, and retry or discard them."""

from __future__ import annotations

from typing import Any

import click

from bot.cli.group import ID, claimdesk, open_newsroom
from bot.cli.output import json_lines
from bot.cli.output.screen import local_time, print_text
from bot.cli.output.streams import out
from bot.newsroom import Newsroom
from bot.store import OutboxMessage
from bot.wording.answers import with_noun


@claimdesk.group(invoke_without_command=True)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object per message.")
@click.pass_context
def outbox(context: click.Context, as_json: bool) -> None:
    """List messages that could not be posted."""
    if context.invoked_subcommand:
        return
    with open_newsroom() as newsroom:
        if as_json:
            for letter in newsroom.store.dead_letters.find():
                click.echo(json_lines.dumps(_letter_json(letter)))
        else:
            _print(newsroom)


def _print(newsroom: Newsroom) -> None:
    for team, reason in newsroom.store.channels.failures().items():
        print_text(out, f"Nothing can be posted in workspace {team}: {reason}", style="red")
    letters = newsroom.store.dead_letters.find()
    if not letters:
        print_text(out, "Every message was delivered, or is still waiting.")
    for letter in letters:
        uncertainty = " · it may have been posted" if letter.state == "uncertain" else ""
        requested_at = local_time(letter.asked_at)
        print_text(
            out,
            f"{letter.id}. {letter.kind} in {letter.channel} · from {requested_at}{uncertainty}",
        )
        print_text(out, f"   {letter.failure}", style="yellow" if uncertainty else "red")


@outbox.command("retry")
@click.argument("ids", nargs=-1, required=True, type=ID)
def retry_dead_letters(ids: tuple[int, ...]) -> None:
    """Post messages after all. Claimdesk checks first whether one was posted already."""
    with open_newsroom() as newsroom:
        number = newsroom.delivery.outbox.retry_dead_letters(ids)
    click.echo(f"{with_noun(number, 'message')} will be posted as soon as a worker runs.", err=True)


@outbox.command("drop")
@click.argument("ids", nargs=-1, required=True, type=ID)
def drop_dead_letters(ids: tuple[int, ...]) -> None:
    """Discard messages that could not be posted."""
    with open_newsroom() as newsroom:
        number = newsroom.delivery.outbox.drop_dead_letters(ids)
    click.echo(f"{with_noun(number, 'message')} discarded.", err=True)


def _letter_json(letter: OutboxMessage) -> dict[str, Any]:
    return {
        "id": letter.id,
        "team": letter.team,
        "channel": letter.channel,
        "kind": letter.kind,
        "key": letter.key,
        "state": letter.state,
        "attempts": letter.attempts,
        "failure": letter.failure,
        "asked_at": letter.asked_at.isoformat(),
        "tried_at": letter.tried_at and letter.tried_at.isoformat(),
    }
