"""The group of commands, and functions that they share. Each module adds its commands to it."""

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
    "bot.cli.check": {"check": "Compare the quotations of a draft with print."},
    "bot.cli.claim": {"claim": "Find claims."},
    "bot.cli.commands": {
        "import": "Import claims from FILE.",
        "extract": "Show the claims in articles without saving anything.",
        "reextract": "Find claims again with this version.",
        "reindex": "Rebuild the search index from the store.",
        "restate": "Find again which claims report the same statement.",
        "vectors": "Make the vectors for search by meaning.",
        "migrate": "Bring the store's tables up to date.",
    },
    "bot.cli.corrections": {
        "corrections": "List, decide on, undo and export corrections of claims and articles."
    },
    "bot.cli.doctor": {"doctor": "Check every part, and say what to fix."},
    "bot.cli.erasure": {
        "forget": "Erase what is stored about a person in Slack.",
        "purge": "Erase articles that were published more than DAYS days ago.",
    },
    "bot.cli.export": {
        "export": "Export everything in the store to FILE.",
        "restore": "Restore the export FILE into an empty store.",
    },
    "bot.cli.feeds": {"feed": "Add, list, pause and poll feeds: RSS and Atom."},
    "bot.cli.jobs": {"jobs": "List the worker's jobs and failures."},
    "bot.cli.manifest": {"manifest": "Print the manifest from which to create the Slack app."},
    "bot.cli.outbox": {"outbox": "List messages that could not be posted."},
    "bot.cli.review": {"review": "List, show, accept and remove articles that need a review."},
    "bot.cli.speakers": {
        "speaker": "Show who a speaker is and what they said.",
        "names": "List names that people joined or split.",
    },
    "bot.cli.watches": {"watches": "List watches and how much they found."},
}
"""The commands of each module, with the first sentence of their help. A module is imported only
when one of its commands runs, so `claimdesk --help` imports none."""

OTHER_WORDS = {
    "add": "ingest",
    "delete": "remove",
    "find": "claim",
    "list": "articles",
    "query": "claim",
    "search": "claim",
}
"""Words that other programs use for our commands, with our names."""


ID = click.IntRange(1, 2**31 - 1)
"""The id of a job or a message; a larger number fits no database's column."""


class Commands(click.Group):
    """A group of commands that are imported when they run, and that exit cleanly on a broken
    pipe (`| head`)."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.modules: dict[str, str] = {}
        self.summaries: dict[str, str] = {}

    def register_module(self, module: str, summaries: dict[str, str]) -> None:
        """Register the commands of a module, which is imported when one of them runs."""
        self.modules |= dict.fromkeys(summaries, module)
        self.summaries |= summaries

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands' names in alphabetical order."""
        return sorted(self.modules)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command's module and return the command, or None if it does not exist."""
        if cmd_name in self.modules:
            import_module(self.modules[cmd_name])
        return super().get_command(ctx, cmd_name)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command in the arguments. Raises UsageError that suggests the nearest name."""
        name = args[0]
        if name not in self.modules and not name.startswith("-"):
            # "serach" is "search" first, and only then "claim".
            matches = get_close_matches(name, [*self.modules, *OTHER_WORDS], 1)
            meant = f" Did you mean '{OTHER_WORDS.get(matches[0], matches[0])}'?" if matches else ""
            raise click.UsageError(f"No such command '{name}'.{meant}", ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands."""
        with formatter.section("Commands"):
            formatter.write_dl(sorted(self.summaries.items()))

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; exit cleanly on a broken pipe."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            # Python flushes its buffers at exit, and would complain about the broken pipe.
            devnull = os.open(os.devnull, os.O_WRONLY)
            os.dup2(devnull, sys.stdout.fileno())
            os.dup2(devnull, sys.stderr.fileno())
            ctx.exit(0)


def did_you_mean(name: str, valid: Iterable[str]) -> str:
    """Return " Did you mean …?" with the valid name most like a mistyped one, or "" if there is
    none."""
    matches = get_close_matches(name, valid, 1)
    return f" Did you mean '{matches[0]}'?" if matches else ""


def open_newsroom(*, slack: bool = False) -> Newsroom:
    """Open the newsroom with the current settings; those for Slack are loaded only if `slack`."""
    from bot import config
    from bot.newsroom import Newsroom

    return Newsroom(config.load(slack=slack))


def exit_if_failed(failed: int) -> None:
    """Exit with code 1 if something failed."""
    if failed:
        sys.exit(1)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(bot.__version__)
def claimdesk() -> None:
    """Who said what, in which article, when: in a terminal and in Slack."""


for _module, _summaries in SUMMARIES.items():
    claimdesk.register_module(_module, _summaries)
