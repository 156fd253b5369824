"""The commands around feeds."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

import click

from bot.cli.group import claimdesk, finish, open_newsroom
from bot.cli.output import lines, screen
from bot.cli.output.streams import err, out, progress_bar
from bot.ingest.fetch import addresses
from bot.model import Feed
from bot.newsroom import Newsroom
from bot.wording import feeds as wording

PATIENCE = timedelta(minutes=10)
"""How long a poll by hand waits for its host's turn: many feeds may be on one."""

WAIT_FOR_WORKER = 3.0
"""Seconds. A worker that runs looks for jobs every second."""

ENTRIES = ("new", "updated", "withdrawn", "withheld", "kept out")
"""What becomes of entries that is worth a word."""


@claimdesk.group()
def feed() -> None:
    """Add, list, pause and poll feeds: RSS, Atom and JSON Feed."""


@feed.command("add")
@click.argument("url")
@click.option("--outlet", help="Who publishes it, if outlets.yml and the feed don't say.")
@click.option("--full-text", is_flag=True, help="Read the full article behind an excerpt.")
def add(url: str, outlet: str | None, full_text: bool) -> None:
    """Add a feed, by its address or that of a page that links to it."""
    with open_newsroom() as newsroom:
        found = newsroom.feeds.add(url, added_by="cli", outlet=outlet, full_text=full_text)
        has_worker = found.entries is None or _is_polled(newsroom)
    screen.print_words(out, wording.added_line(found, has_worker=has_worker))


def _is_polled(newsroom: Newsroom) -> bool:
    """Wait a moment, and say whether a worker takes up the polls that are due."""
    due = newsroom.delivery.jobs.number_due(["poll"])
    until = time.monotonic() + WAIT_FOR_WORKER
    while (left := newsroom.delivery.jobs.number_due(["poll"])) and left >= due:
        if time.monotonic() > until:
            return False
        time.sleep(0.1)
    return True


@feed.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object per feed.")
def list_(as_json: bool) -> None:
    """List all feeds, and which of them fail."""
    with open_newsroom() as newsroom:
        feeds = newsroom.feeds.all()
    for one in feeds:
        if as_json:
            click.echo(lines.dumps(_line(one)))
        else:
            screen.print_words(out, wording.feed_line(one))
    if not feeds and not as_json:
        screen.print_words(out, "No feeds yet. claimdesk feed add URL adds one.")


def _line(one: Feed) -> dict[str, Any]:
    """A feed as other programs read it; what may be secret in its addresses is not told."""
    known = asdict(one) | {
        name: addresses.hidden(address)
        for name, address in (("url", one.url), ("added_as", one.added_as))
    }
    return {
        name: value.isoformat() if isinstance(value, datetime) else value
        for name, value in known.items()
    }


@feed.command("pause")
@click.argument("feed", metavar="URL")
def pause(feed: str) -> None:
    """Stop polling a feed until it is resumed."""
    with open_newsroom() as newsroom:
        screen.print_words(err, f"{newsroom.feeds.pause(feed).label} is paused")


@feed.command("resume")
@click.argument("feed", metavar="URL")
def resume(feed: str) -> None:
    """Poll a feed again that was paused or is gone."""
    with open_newsroom() as newsroom:
        screen.print_words(err, f"{newsroom.feeds.resume(feed).label} is polled again")


@feed.command("remove")
@click.argument("feed", metavar="URL")
def remove(feed: str) -> None:
    """Remove a feed. Its articles stay."""
    with open_newsroom() as newsroom:
        label = newsroom.feeds.remove(feed).label
    screen.print_words(err, f"{label} was removed; its articles stay")


@feed.command("poll")
@click.argument("feed", metavar="[URL]", required=False)
def poll(feed: str | None) -> None:
    """Poll a feed once, now; without URL, all feeds that are not paused.

    Without URL, feeds that failed lately are skipped until they are due again: their servers may
    have asked us to wait.
    """
    told: Counter[str] = Counter()
    counts: Counter[str] = Counter()
    with open_newsroom() as newsroom, progress_bar() as progress:
        newsroom.feeds.sync_feeds_yml()
        every = [one for one in newsroom.feeds.all() if one.state == "active"]
        feeds = [newsroom.feeds.find(feed)] if feed else every
        bar = progress.add_task("polling", total=len(feeds))
        for one in feeds:
            polled = newsroom.polls.poll(one.id, max_wait=PATIENCE, ignore_delay=feed is not None)
            if polled.skip_reason:
                told["not asked"] += 1
                why = f"{one.label} was skipped: {polled.skip_reason}"
                screen.print_words(err, why, style="yellow")
            elif polled.failure:
                told["failed"] += 1
                screen.print_words(err, f"{one.label}: {polled.failure}", style="red")
            else:
                told["well"] += 1
            counts.update(polled.counts)
            progress.advance(bar)
    err.print(_summary(told, counts))
    finish(told["failed"] + (told["not asked"] if feed else 0))


def _summary(told: Counter[str], counts: Counter[str]) -> str:
    """What polling came to: "15 polled: 7 read, 8 failed; 3 new, 1 updated, 1 withdrawn"."""
    polled = told["well"] + told["failed"]
    parts = [f"{polled} polled: {told['well']} read, {told['failed']} failed"]
    if told["not asked"]:
        parts.append(f"{told['not asked']} skipped")
    if became := ", ".join(f"{counts[one]:,} {one}" for one in ENTRIES if counts[one]):
        parts.append(became)
    return "; ".join(parts)
