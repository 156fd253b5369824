"""`claimdesk watches`: list the watches set in Slack, their owners and how much they found."""

from __future__ import annotations

from typing import Any

import click

from bot.cli.group import claimdesk, open_newsroom
from bot.cli.output import json_lines
from bot.cli.output.screen import local_time, print_text
from bot.cli.output.streams import out
from bot.model import Watch


@claimdesk.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object per watch.")
def watches(as_json: bool) -> None:
    """List watches and how much they found."""
    with open_newsroom() as newsroom:
        all_watches = newsroom.store.watches.all()
    for watch in all_watches:
        if as_json:
            click.echo(json_lines.dumps(_watch_json(watch)))
        else:
            print_text(out, f"{watch.number}. {watch.query} · {_status(watch)}")
    if not all_watches and not as_json:
        print_text(out, "No watches.")


def _status(watch: Watch) -> str:
    pace = watch.pace.replace("_", " ")
    owner = f"{watch.team}/{watch.channel}, set by {watch.person}"
    state = f", {watch.state}" if watch.state != "active" else ""
    latest = f", the last {local_time(watch.fired_at)}" if watch.fired_at else ""
    return f"{owner} · {pace}{state} · {watch.fired:,} found{latest}"


def _watch_json(watch: Watch) -> dict[str, Any]:
    return {
        "number": watch.number,
        "team": watch.team,
        "person": watch.person,
        "channel": watch.channel,
        "query": watch.query,
        "pace": watch.pace,
        "at": f"{watch.at:%H:%M}" if watch.at else None,
        "zone": watch.zone,
        "quiet": [f"{moment:%H:%M}" for moment in watch.quiet] if watch.quiet else None,
        "state": watch.state,
        "made_at": watch.made_at.isoformat(),
        "fired": watch.fired,
        "fired_at": watch.fired_at.isoformat() if watch.fired_at else None,
    }
