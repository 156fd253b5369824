"""`claimdesk watches`: the watches set in Slack, whose they are, and how much they found."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import click

from bot.cli.group import claimdesk, open_newsroom
from bot.cli.output import lines
from bot.cli.output.screen import print_words
from bot.cli.output.streams import out
from bot.model import Watch


@claimdesk.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object per watch.")
def watches(as_json: bool) -> None:
    """List watches and how much they found."""
    with open_newsroom() as newsroom:
        there = newsroom.store.watches.all()
    for watch in there:
        if as_json:
            click.echo(lines.dumps(_line(watch)))
        else:
            print_words(out, f"{watch.number}. {watch.query} · {_how_it_stands(watch)}")
    if not there and not as_json:
        print_words(out, "No watches.")


def _how_it_stands(watch: Watch) -> str:
    pace = watch.pace.replace("_", " ")
    where = f"{watch.team}/{watch.channel}, set by {watch.person}"
    state = f", {watch.state}" if watch.state != "active" else ""
    last = f", the last {_moment(watch.fired_at)}" if watch.fired_at else ""
    return f"{where} · {pace}{state} · {watch.fired:,} found{last}"


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone():%Y-%m-%d %H:%M}"


def _line(watch: Watch) -> dict[str, Any]:
    return {
        "number": watch.number,
        "team": watch.team,
        "person": watch.person,
        "channel": watch.channel,
        "query": watch.query,
        "pace": watch.pace,
        "at": f"{watch.at:%H:%M}" if watch.at else None,
        "zone": watch.zone,
        "quiet": [f"{one:%H:%M}" for one in watch.quiet] if watch.quiet else None,
        "state": watch.state,
        "made_at": watch.made_at.isoformat(),
        "fired": watch.fired,
        "fired_at": watch.fired_at.isoformat() if watch.fired_at else None,
    }
