"""`claimdesk claim`: find claims."""

from __future__ import annotations

import shlex
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial

import click

from bot.cli.group import claimdesk, did_you_mean, exit_if_failed, open_newsroom
from bot.cli.output import json_lines, screen
from bot.cli.output.streams import err, out
from bot.errors import QueryError, SearchIndexBusyError, SearchIndexError
from bot.model import OPERATOR, Answer
from bot.newsroom import Newsroom
from bot.search.patience import within_answer


class QueryCommand(click.Command):
    """A command whose arguments are a query: -word excludes a word, so only --name is an option."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse the arguments. Raises UsageError for an option that would otherwise be taken as
        a search word."""
        self._check_options(ctx, args)
        return super().parse_args(ctx, args)

    def _check_options(self, ctx: click.Context, args: list[str]) -> None:
        options = {name: option for option in self.get_params(ctx) for name in option.opts}
        misplaced: list[str] = []
        words: list[str] = []
        remaining = list(args)
        while remaining and remaining[0] != "--":
            word = remaining.pop(0)
            name, equals, _ = word.partition("=")
            option = options.get(name) if name.startswith("--") else None
            if isinstance(option, click.Option):
                takes_next = not (option.is_flag or option.count or equals)
                value = [remaining.pop(0)] if takes_next and remaining else []
                misplaced += [word, *value] if words else []
                continue
            if name.startswith("--") and (not words or did_you_mean(name, options)):
                raise click.UsageError(
                    f"No such option: {name}.{did_you_mean(name, options)} "
                    "To search for it, put -- before the words.",
                    ctx,
                )
            if words or word == "-" or not word.startswith("-"):
                words.append(word)
        if misplaced:
            correct_order = shlex.join([*misplaced, *words, *remaining])
            raise click.UsageError(
                f"put options before the words: {ctx.command_path} {correct_order}", ctx
            )


@claimdesk.command(
    cls=QueryCommand,
    context_settings={"ignore_unknown_options": True, "allow_interspersed_args": False},
)
@click.option(
    "--limit",
    default=10,
    show_default=True,
    type=click.IntRange(1, 1000),
    help="How many claims to show.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object per query.")
@click.option("--facets", is_flag=True, help="Also count by speaker, outlet, month and type.")
@click.option("--explain", is_flag=True, help="Show how each claim's score is made up.")
@click.option("--plain", is_flag=True, help="Match a whole text, without the query language.")
@click.argument("words", nargs=-1, type=click.UNPROCESSED, required=True)
def claim(
    limit: int, as_json: bool, facets: bool, explain: bool, plain: bool, words: tuple[str, ...]
) -> None:
    """Find claims. Put options before the first word: everything after it is the query.

    After -- everything is the query, even what looks like an option.

    With "-" as WORDS, one query per line is read from standard input.

    The query language is in docs/use/search.md: words, "phrases", -not, OR, by:, via:, in:, title:,
    about:, after:, before:, on:, type:, act:, stance:, named:, lang:, sort:, and = before a
    query to search for exactly as typed.
    """
    queries = (line.rstrip("\n") for line in sys.stdin) if words == ("-",) else [" ".join(words)]
    with open_newsroom() as newsroom:
        newsroom.open(catch_up=False, warm=False)
        delay = _catch_up(newsroom)
        find = newsroom.search.find if as_json else newsroom.search.find_rows
        run = partial(newsroom.search.find_plain if plain else find, limit=limit, viewer=OPERATOR)
        explain = explain and not plain  # the scores of a plain search have no factors
        failures = _run_queries(
            newsroom, queries, run, as_json=as_json, facets=facets, explain=explain
        )
    if delay and delay not in failures:
        screen.print_text(err, f"the index is behind: {delay}", style="red")
    exit_if_failed(len(failures))


def _catch_up(newsroom: Newsroom) -> str:
    """Bring the index up to date; returns why that failed, or ""."""
    try:
        with within_answer():  # so that a cluster that is slow to write delays no answer
            newsroom.updates.catch_up(wait=False)
    except SearchIndexBusyError:
        return ""
    except SearchIndexError as error:
        return str(error)
    return ""


def _run_queries(
    newsroom: Newsroom,
    queries: Iterable[str],
    find: Callable[[str], Answer],
    *,
    as_json: bool,
    facets: bool,
    explain: bool,
) -> list[str]:
    """Print the answers; returns why queries failed. What failed before is not printed again."""
    failures: list[str] = []
    for query in queries:
        started_at = time.perf_counter()
        try:
            with within_answer(is_patient=True):
                answer = find(query)
                if facets:
                    answer = replace(answer, facets=newsroom.search.facets(answer, OPERATOR))
        except (QueryError, SearchIndexError) as error:
            if as_json:
                took_ms = (time.perf_counter() - started_at) * 1000
                click.echo(json_lines.dumps(json_lines.query_error_json(query, error, took_ms)))
            elif isinstance(error, QueryError):
                screen.print_refusal(out, query, error)
            elif str(error) not in failures:
                screen.print_text(err, str(error), style="red")
            failures.append(str(error))
        else:
            if answer.is_index_rebuilding and not answer.total:
                failures.append("")
            if as_json:
                click.echo(json_lines.dumps(json_lines.answer_json(answer, explain=explain)))
            else:
                screen.print_answer(out, answer, explain=explain)
    return failures
