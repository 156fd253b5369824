"""Commands for feeds."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

import click

from bot.cli.group import claimdesk, exit_if_failed, open_newsroom
from bot.cli.output import json_lines, screen
from bot.cli.output.streams import err, out, progress_bar
from bot.ingest.fetch import addresses
from bot.model import Feed
from bot.newsroom import Newsroom
from bot.wording import feeds as wording

MAX_HOST_WAIT = timedelta(minutes=10)
"""How long a manual poll waits for its turn at a host, which may serve many feeds."""

MAX_WORKER_WAIT = 3.0
"""Seconds; a running worker looks for jobs every second."""

REPORTED_OUTCOMES = ("new", "updated", "withdrawn", "withheld", "kept out")
"""The outcomes of entries that a poll reports."""


@claimdesk.group()
def feed() -> None:
    """Add, list, pause and poll feeds: RSS and Atom."""


@feed.command("add")
@click.argument("url")
@click.option("--outlet", help="Who publishes it, if outlets.yml and the feed don't say.")
@click.option("--full-text", is_flag=True, help="Read the full article behind an excerpt.")
def add(url: str, outlet: str | None, full_text: bool) -> None:
    """Add a feed, by its address or that of a page that links to it."""
    with open_newsroom() as newsroom:
        result = newsroom.feeds.add(url, added_by="cli", outlet=outlet, full_text=full_text)
        has_worker = result.entries is None or _has_worker(newsroom)
    screen.print_text(out, wording.added_line(result, has_worker=has_worker))


def _has_worker(newsroom: Newsroom) -> bool:
    """Tell whether a worker is running: wait a moment, and see whether it starts a poll."""
    initial_count = newsroom.delivery.jobs.count_due(["poll"])
    deadline = time.monotonic() + MAX_WORKER_WAIT
    while (count := newsroom.delivery.jobs.count_due(["poll"])) and count >= initial_count:
        if time.monotonic() > deadline:
            return False
        time.sleep(0.1)
    return True


@feed.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object per feed.")
def list_(as_json: bool) -> None:
    """List all feeds, and which of them fail."""
    with open_newsroom() as newsroom:
        feeds = newsroom.feeds.all()
    for feed in feeds:
        if as_json:
            click.echo(json_lines.dumps(_feed_json(feed)))
        else:
            screen.print_text(out, wording.feed_line(feed))
    if not feeds and not as_json:
        screen.print_text(out, "No feeds yet. claimdesk feed add URL adds one.")


def _feed_json(feed: Feed) -> dict[str, Any]:
    """Return a feed as JSON, without anything secret in its addresses."""
    fields = asdict(feed) | {
        name: addresses.with_hashed_query(address)
        for name, address in (("url", feed.url), ("added_as", feed.added_as))
    }
    return {
        name: value.isoformat() if isinstance(value, datetime) else value
        for name, value in fields.items()
    }


@feed.command("pause")
@click.argument("feed", metavar="URL")
def pause(feed: str) -> None:
    """Stop polling a feed until it is resumed."""
    with open_newsroom() as newsroom:
        screen.print_text(err, f"{newsroom.feeds.pause(feed).label} is paused")


@feed.command("resume")
@click.argument("feed", metavar="URL")
def resume(feed: str) -> None:
    """Poll a feed again that was paused or is gone."""
    with open_newsroom() as newsroom:
        screen.print_text(err, f"{newsroom.feeds.resume(feed).label} is polled again")


@feed.command("remove")
@click.argument("feed", metavar="URL")
def remove(feed: str) -> None:
    """Remove a feed. Its articles stay."""
    with open_newsroom() as newsroom:
        label = newsroom.feeds.remove(feed).label
    screen.print_text(err, f"{label} was removed; its articles stay")


@feed.command("poll")
@click.argument("feed", metavar="[URL]", required=False)
def poll(feed: str | None) -> None:
    """Poll a feed once, now; without URL, all feeds that are not paused.

    Without URL, feeds that failed lately are skipped until they are due again: their servers may
    have asked us to wait.
    """
    results: Counter[str] = Counter()
    counts: Counter[str] = Counter()
    with open_newsroom() as newsroom, progress_bar() as progress:
        newsroom.feeds.sync_feeds_yml()
        if feed:
            feeds = [newsroom.feeds.find(feed)]
        else:
            feeds = list(filter(_is_active, newsroom.feeds.all()))
        bar = progress.add_task("polling", total=len(feeds))
        for polled_feed in feeds:
            result = newsroom.polls.poll(
                polled_feed.id, max_wait=MAX_HOST_WAIT, ignore_delay=feed is not None
            )
            if result.skip_reason:
                results["skipped"] += 1
                reason = f"{polled_feed.label} was skipped: {result.skip_reason}"
                screen.print_text(err, reason, style="yellow")
            elif result.failure:
                results["failed"] += 1
                screen.print_text(err, f"{polled_feed.label}: {result.failure}", style="red")
            else:
                results["read"] += 1
            counts.update(result.counts)
            progress.advance(bar)
    err.print(_summary(results, counts))
    exit_if_failed(results["failed"] + (results["skipped"] if feed else 0))


def _is_active(feed: Feed) -> bool:
    return feed.state == "active"


def _summary(results: Counter[str], counts: Counter[str]) -> str:
    """Summarise polls: "15 polled: 7 read, 8 failed; 3 new, 1 updated, 1 withdrawn"."""
    polled = results["read"] + results["failed"]
    parts = [f"{polled} polled: {results['read']} read, {results['failed']} failed"]
    if results["skipped"]:
        parts.append(f"{results['skipped']} skipped")
    if outcomes := ", ".join(
        f"{counts[outcome]:,} {outcome}" for outcome in REPORTED_OUTCOMES if counts[outcome]
    ):
        parts.append(outcomes)
    return "; ".join(parts)
