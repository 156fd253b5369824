"""The commands that serve: slack, worker, run and demo. They join the terminal and Slack."""

from __future__ import annotations

import asyncio
import logging
import sys
from dataclasses import replace

import click

from bot import config
from bot.cli.articles import tell
from bot.cli.group import claimdesk, open_newsroom
from bot.cli.streams import WithoutSecrets
from bot.newsroom import Newsroom


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
    from bot.slack.local import ALICE, BOB

    _log_to_stderr(logging.WARNING)
    settings = config.load()
    # The samples tell of days long past; in the demo's digests they are news.
    always = replace(settings.digest, oldest_days=config.RANGES["digest", "oldest_days"][1])
    people = replace(settings.people, admins=(ALICE, BOB))
    with Newsroom(replace(settings, digest=always, people=people)) as newsroom:
        for one in newsroom.intake.files.ingest([config.shipped("seeds")]):
            tell(one)
        asyncio.run(run_demo(newsroom, open_page=not no_browser))


def _serve(*, with_slack: bool, with_worker: bool) -> None:
    from bot.slack.app import serve

    _log_to_stderr(logging.INFO)
    with open_newsroom(slack=True) as newsroom:
        newsroom.open(catch_up=False)  # serve does, all the time
        asyncio.run(serve(newsroom, with_slack=with_slack, with_worker=with_worker))


def _log_to_stderr(level: int) -> None:
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(WithoutSecrets("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=level, handlers=[handler])
