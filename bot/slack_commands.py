"""The commands that serve Slack, and the preview of a digest, which uses Slack's limits."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import sys
import threading
from dataclasses import replace
from datetime import datetime
from datetime import time as clock_time
from pathlib import Path
from zoneinfo import ZoneInfo

import click
from rich.console import Console

from bot import __version__, config
from bot.cli.articles import print_problems
from bot.cli.group import claimdesk, open_newsroom
from bot.cli.output.digest_screen import print_digest
from bot.cli.output.streams import out
from bot.digest import next_posting
from bot.model import Digest
from bot.monitoring.logs import log_to_stderr
from bot.monitoring.sentry import report_errors
from bot.newsroom import Newsroom
from bot.slack.surfaces.digests.blocks import digest_that_fits
from bot.wording.digests.digest_markdown import to_markdown


@claimdesk.command()
def slack() -> None:
    """Answer in Slack.

    Connects over Socket Mode if SLACK_APP_TOKEN is set, otherwise listens for signed HTTP on PORT.
    """
    _serve(with_slack=True, with_worker=False)


@claimdesk.command()
def worker() -> None:
    """Do the background jobs.

    It reads feeds, ends embargoes, posts digests and updates posted messages.
    """
    _serve(with_slack=False, with_worker=True)


@claimdesk.command()
def run() -> None:
    """Run slack and worker in one process."""
    _serve(with_slack=True, with_worker=True)


@claimdesk.command()
@click.option("--no-browser", is_flag=True, help="Print the page's address instead of opening it.")
def demo(no_browser: bool) -> None:
    """Try Claimdesk in a local Slack.

    It opens in your browser, with sample articles.
    """
    from bot.slack.demo import run_demo
    from bot.slack.local import ALICE

    log_to_stderr(logging.WARNING)
    settings = config.load()
    # The samples are old; let the demo's digests treat them as news.
    digest_settings = replace(
        settings.digest, oldest_days=config.RANGES["digest", "oldest_days"][1]
    )
    # Bob is a member, so that what he suggests and brings can be seen to wait for Alice.
    people = replace(settings.people, admins=(ALICE,))
    with Newsroom(replace(settings, digest=digest_settings, people=people)) as newsroom:
        for result in newsroom.intake.files.ingest([config.shipped_folder("seeds")]):
            print_problems(result)
        asyncio.run(run_demo(newsroom, open_page=not no_browser))


def _serve(*, with_slack: bool, with_worker: bool) -> None:
    # Until `serve` handles it: process 1 of a container would ignore it, and be killed later.
    signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
    from bot.slack.app import serve

    log_to_stderr(logging.INFO)
    with open_newsroom(slack=True) as newsroom:
        if newsroom.settings.sentry_dsn:
            report_errors(newsroom.settings.sentry_dsn, __version__)
        newsroom.updates.vectors.begin_if_few()
        newsroom.open(catch_up=False)  # serve catches up continuously
        asyncio.run(serve(newsroom, with_slack=with_slack, with_worker=with_worker))
    _leave_threads()


def _leave_threads() -> None:
    """End the process now if a thread still waits for the network or a parser.

    Python would wait for it. All else is closed, and its job is done again after the restart.
    """
    running = [thread for thread in threading.enumerate() if not thread.daemon]
    if running != [threading.main_thread()]:
        logging.shutdown()
        sys.stdout.flush()
        os._exit(0)


@claimdesk.group()
def digest() -> None:
    """The daily digest."""


@digest.command("preview")
@click.option("--channel", help="The id of its channel, such as C0123456789.")
@click.option("--date", "day", type=click.DateTime(["%Y-%m-%d"]), help="Default: the next one.")
@click.option("--format", "form", type=click.Choice(["markdown"]), help="Print it in this format.")
def digest_preview(channel: str | None, day: datetime | None, form: str | None) -> None:
    """Print a day's digest, as it would be posted or as Markdown."""
    with open_newsroom() as newsroom:
        subscription = None
        if channel:
            subscription = newsroom.digests.subscriptions.find_by_channel(channel)
        zone = subscription.zone if subscription else _local_zone()
        time_of_day = subscription.at if subscription else clock_time(8, 30)
        if subscription:
            next_time = newsroom.digests.next_posting(subscription)
        else:
            next_time = next_posting(
                local_time=time_of_day, zone=zone, finished=(), now=newsroom.now()
            )
        digest_day = day.date() if day else next_time.astimezone(ZoneInfo(zone)).date()
        preview = newsroom.digests.preview(
            day=digest_day, subscription=subscription, at=time_of_day, zone=zone
        )
    if form:
        click.echo(to_markdown(preview), nl=False)
    else:
        print_as_posted(out, preview)


def _local_zone() -> str:
    # If /etc/localtime exists, it is a link into the time zone database.
    target = Path("/etc/localtime").resolve().as_posix()
    name = target.partition("zoneinfo/")[2]
    return name or "UTC"


def print_as_posted(console: Console, digest: Digest) -> None:
    """Print the rows of a digest that fit into its message."""
    print_digest(console, digest_that_fits(digest))
