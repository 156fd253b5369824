"""The group of commands, and what they share. Each file of commands adds its own to it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from difflib import get_close_matches
from importlib import import_module
from typing import TYPE_CHECKING, Any

import click

import bot

if TYPE_CHECKING:
    from bot.newsroom import Newsroom

SUMMARIES = {
    "bot.cli.articles": {
        "ingest": "Add articles and find their claims.",
        "article": "Show articles with claims and versions.",
        "release": "Show withheld articles from now on.",
        "remove": "Remove articles and their claims.",
    },
    "bot.cli.article_list": {"articles": "List articles with ids, outlets, dates and claims."},
    "bot.cli.claim": {"claim": "Find claims."},
    "bot.cli.commands": {
        "import": "Import claims from FILE.",
        "extract": "Show the claims in articles without saving anything.",
        "reextract": "Find claims again with this version.",
        "reindex": "Rebuild the search index from the store.",
        "vectors": "Make the vectors for search by meaning.",
        "migrate": "Bring the store's tables up to date.",
    },
    "bot.cli.corrections": {
        "corrections": "List, decide on, undo and export corrections of claims and articles."
    },
    "bot.cli.doctor": {"doctor": "Check every part, and say what to fix."},
    "bot.cli.export": {"export": "Export all articles and claims to FILE."},
    "bot.cli.feeds": {"feed": "Add, list, pause and poll feeds: RSS, Atom and JSON Feed."},
    "bot.cli.jobs": {"jobs": "List the worker's jobs and failures."},
    "bot.cli.outbox": {"outbox": "List messages that could not be posted."},
    "bot.cli.speakers": {
        "speaker": "Show who a speaker is and what they said.",
        "names": "List names that people joined or split.",
    },
    "bot.cli.watches": {"watches": "List watches and how much they found."},
}
"""The commands of each module, with the first sentence of their help: a module is imported when one
of its commands runs, so `claimdesk --help` imports none."""


class Commands(click.Group):
    """A group of commands that are imported when they run.

    They end quietly and well when their reader has had enough (`| head`).
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.modules: dict[str, str] = {}
        self.summaries: dict[str, str] = {}

    def list_from(self, module: str, summaries: dict[str, str]) -> None:
        """List the commands that a module adds when it is imported."""
        self.modules |= dict.fromkeys(summaries, module)
        self.summaries |= summaries

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands' names in order."""
        return sorted(self.modules)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command, its module imported; None where there is no such command."""
        if cmd_name in self.modules:
            import_module(self.modules[cmd_name])
        return super().get_command(ctx, cmd_name)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that is named. Raises UsageError that offers the nearest one."""
        name = args[0]
        if name not in self.modules and not name.startswith("-"):
            raise click.UsageError(f"No such command '{name}'.{nearest(name, self.modules)}", ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands."""
        with formatter.section("Commands"):
            formatter.write_dl(sorted(self.summaries.items()))

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command that was asked for."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            # What is still buffered must go somewhere when Python ends, or it complains.
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, sys.stdout.fileno())
            os.dup2(nowhere, sys.stderr.fileno())
            ctx.exit(0)


def nearest(name: str, valid: Iterable[str]) -> str:
    """Ask whether the valid name nearest to a mistyped one was meant; nothing if none is near."""
    near = get_close_matches(name, valid, 1)
    return f" Did you mean '{near[0]}'?" if near else ""


def open_newsroom(*, slack: bool = False) -> Newsroom:
    """Open the data folder that the settings name; those of Slack are read where asked for."""
    from bot import config
    from bot.newsroom import Newsroom

    return Newsroom(config.load(slack=slack))


def finish(failed: int) -> None:
    """End with exit code 1 where some failed."""
    if failed:
        sys.exit(1)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(bot.__version__)
def claimdesk() -> None:
    """Who said what, in which article, when: in a terminal and in Slack."""


for _module, _summaries in SUMMARIES.items():
    claimdesk.list_from(_module, _summaries)
