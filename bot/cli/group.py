"""The group of commands, and what they share. Each file of commands adds its own to it."""

from __future__ import annotations

import sys

import click

import bot
from bot import config
from bot.cli.streams import Commands
from bot.newsroom import Newsroom


def open_newsroom(*, slack: bool = False) -> Newsroom:
    """Open the data folder that the settings name; those of Slack are read where asked for."""
    return Newsroom(config.load(slack=slack))


def finish(failed: int) -> None:
    """End with exit code 1 where some failed."""
    if failed:
        sys.exit(1)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(bot.__version__)
def claimdesk() -> None:
    """Who said what, in which article, when: in a terminal and in Slack."""
