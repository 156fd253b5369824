"""The commands around feeds."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

import click

from bot.cli import lines, screen
from bot.cli.group import claimdesk, finish, open_newsroom
from bot.cli.streams import err, out, progress_bar
from bot.model import Feed
from bot.slack import incoming

PATIENCE = timedelta(minutes=10)
"""How long a poll by hand waits for its host's turn: many feeds may be on one."""


@claimdesk.group()
def feed() -> None:
    """The feeds that are polled: RSS, Atom and JSON Feed."""


@feed.command("add")
@click.argument("url")
@click.option("--outlet", help="Who publishes it, if outlets.yml and the feed do not tell.")
@click.option("--full-text", is_flag=True, help="Read the pages of its excerpts, too.")
def add(url: str, outlet: str | None, full_text: bool) -> None:
    """Poll a feed from now on: by its address, or that of a page that names it."""
    with open_newsroom() as newsroom:
        found = newsroom.follow(url, added_by="cli", outlet=outlet, full_text=full_text)
    screen.print_words(out, incoming.followed(found).text)


@feed.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON object a feed.")
def list_(as_json: bool) -> None:
    """Show all feeds, and how reading them goes."""
    with open_newsroom() as newsroom:
        feeds = newsroom.followed()
    for one in feeds:
        if as_json:
            click.echo(lines.dumps(_line(one)))
        else:
            screen.print_words(out, incoming.feed_line(one))


def _line(one: Feed) -> dict[str, Any]:
    """A feed as other programs read it."""
    return {
        name: value.isoformat() if isinstance(value, datetime) else value
        for name, value in asdict(one).items()
    }


@feed.command("pause")
@click.argument("feed", metavar="URL")
def pause(feed: str) -> None:
    """Poll a feed no more until it is resumed."""
    with open_newsroom() as newsroom:
        screen.print_words(err, f"{newsroom.pause_feed(feed).label} is paused")


@feed.command("resume")
@click.argument("feed", metavar="URL")
def resume(feed: str) -> None:
    """Poll a feed again that was paused, or is gone."""
    with open_newsroom() as newsroom:
        screen.print_words(err, f"{newsroom.resume_feed(feed).label} is polled again")


@feed.command("remove")
@click.argument("feed", metavar="URL")
def remove(feed: str) -> None:
    """Forget a feed. Its articles stay."""
    with open_newsroom() as newsroom:
        label = newsroom.remove_feed(feed).label
    screen.print_words(err, f"{label} is polled no more; its articles stay")


@feed.command("poll")
@click.argument("feed", metavar="[URL]", required=False)
def poll(feed: str | None) -> None:
    """Poll a feed now, once; without URL, all that are not paused."""
    failed = 0
    with open_newsroom() as newsroom, progress_bar() as progress:
        feeds = newsroom.followed()
        if feed:
            feeds = [newsroom.feed_called(feed)]
        bar = progress.add_task("polling", total=len(feeds))
        for one in feeds:
            if failure := newsroom.poll(one.id, patience=PATIENCE):
                failed += 1
                screen.print_words(err, f"{one.label}: {failure}", style="red")
            progress.advance(bar)
    err.print(f"{len(feeds) - failed} polled, {failed} failed")
    finish(failed)
