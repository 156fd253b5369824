"""`claimdesk claim`: find claims."""

from __future__ import annotations

import shlex
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial

import click

from bot.cli import lines, screen
from bot.cli.group import claimdesk, finish, open_newsroom
from bot.cli.streams import out
from bot.errors import QueryError
from bot.model import Answer
from bot.newsroom import Newsroom


def _without_options(
    context: click.Context, _: click.Parameter, words: tuple[str, ...]
) -> tuple[str, ...]:
    """Refuse an option after a word: it would be searched for as a word."""
    command = context.command
    options = {name: one for one in command.get_params(context) for name in one.opts}
    first: list[str] = []
    rest = list(words)
    for word in words:
        name, _equals, value = word.partition("=")
        option = options.get(name) if name.startswith("--") else None
        if isinstance(option, click.Option):
            at = rest.index(word)
            takes_next = not (option.is_flag or option.count or value)
            first += rest[at : at + 1 + takes_next]
            del rest[at : at + 1 + takes_next]
    if first:
        typed = shlex.join([*first, *rest])
        raise click.UsageError(
            f"put options before the words: {context.command_path} {typed}", context
        )
    return words


@claimdesk.command(
    context_settings={"ignore_unknown_options": True, "allow_interspersed_args": False}
)
@click.option("--limit", default=10, show_default=True, type=click.IntRange(1, 1000))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object per query.")
@click.option("--facets", is_flag=True, help="Also count by speaker, outlet, month and type.")
@click.option("--explain", is_flag=True, help="Show how each claim's score is made up.")
@click.option("--plain", is_flag=True, help="Match a whole text, without the query language.")
@click.argument("words", nargs=-1, type=click.UNPROCESSED, required=True, callback=_without_options)
def claim(
    limit: int, as_json: bool, facets: bool, explain: bool, plain: bool, words: tuple[str, ...]
) -> None:
    """Find claims. Put options before the first word: everything after it is the query.

    With "-" as WORDS, one query per line is read from standard input. The query language is in
    docs/search.md: words, "phrases", -not, OR, by:, via:, in:, title:, about:, after:, before:,
    on:, type:, stance:, named:, lang:, sort:, and = before a query to search for exactly as typed.
    """
    queries = (line.rstrip("\n") for line in sys.stdin) if words == ("-",) else [" ".join(words)]
    with open_newsroom() as newsroom:
        newsroom.open(warm=False)
        find = newsroom.search.find if as_json else newsroom.search.find_rows
        answers = partial(newsroom.search.find_plain if plain else find, limit=limit)
        explain = explain and not plain  # a plain score has none of the parts
        finish(_ask(newsroom, queries, answers, as_json=as_json, facets=facets, explain=explain))


def _ask(
    newsroom: Newsroom,
    queries: Iterable[str],
    find: Callable[[str], Answer],
    *,
    as_json: bool,
    facets: bool,
    explain: bool,
) -> int:
    failed = 0
    for query in queries:
        started = time.perf_counter()
        try:
            answer = find(query)
            if facets:
                answer = replace(answer, facets=newsroom.search.facets(answer))
        except QueryError as error:
            failed += 1
            if as_json:
                took_ms = (time.perf_counter() - started) * 1000
                click.echo(lines.dumps(lines.refusal_line(query, error, took_ms)))
            else:
                screen.print_refusal(out, query, error)
        else:
            if as_json:
                click.echo(lines.dumps(lines.answer_line(answer, explain=explain)))
            else:
                screen.print_answer(out, answer, explain=explain)
    return failed
