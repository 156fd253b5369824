"""The commands. Each opens what it needs, calls one use case and prints."""

from __future__ import annotations

import shlex
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TextIO

import click

from bot import config
from bot.cli import doctor as doctor_
from bot.cli import lines, screen
from bot.cli.group import claimdesk, finish, open_newsroom
from bot.cli.streams import err, lines_of, out, progress_bar
from bot.errors import IngestError, QueryError
from bot.model import Answer
from bot.newsroom import Newsroom
from bot.newsroom.archive.export import is_archive
from bot.store import Store, make_private
from bot.wording.answers import counted

# -- filling the archive


@claimdesk.command("import")
@click.argument("file", type=click.File("r", encoding="utf-8-sig", errors="surrogateescape"))
def import_command(file: TextIO) -> None:
    """Import claims from FILE.

    FILE has one JSON object per line; "-" is standard input.

    FILE may also be an archive that claimdesk export wrote: all of it is imported, and the store
    must be empty.
    """
    failed = done = 0
    lines = lines_of(file)
    first = next(lines, "")
    whole = chain([first], lines)
    with open_newsroom() as newsroom, progress_bar() as progress:
        bar = progress.add_task("importing", total=None)
        if is_archive(first):
            for done in newsroom.archive.restore(whole):
                progress.update(bar, completed=done)
            err.print(f"{counted(done, 'line')} of the archive imported")
            err.print("Feeds, shares, digests and settings are not part of an archive.")
            return
        for one in newsroom.intake.imports.import_claims(whole):
            if isinstance(one, IngestError):
                failed += 1
                screen.print_words(err, str(one), style="red")
            else:
                done = one
                progress.update(bar, completed=done)
    refused = f", {counted(failed, 'line')} refused" if failed else ""
    err.print(f"{counted(done, 'claim')} imported{refused}")
    finish(failed)


@claimdesk.command()
@click.option("--again", is_flag=True, help="Read all articles again.")
def reextract(again: bool) -> None:
    """Find claims again with this version.

    It reads the stored articles that an earlier version read.

    You can stop it at any time: without --again it carries on where it stopped.
    """
    with open_newsroom() as newsroom, progress_bar() as progress:
        bar = progress.add_task("reading again", total=None)
        total = 0
        for left in newsroom.intake.reextraction.reextract(again=again):
            total = max(total, left)
            progress.update(bar, total=total, completed=total - left)
        coverage = newsroom.store.archive.coverage()
    articles, claims = counted(total, "article"), counted(coverage.claims, "claim")
    err.print(f"{articles} read again; {claims}")


@claimdesk.command()
def reindex() -> None:
    """Rebuild the search index from the store."""
    with open_newsroom() as newsroom, err.status("building the index"):
        number = newsroom.updates.reindex()
    err.print(f"{counted(number, 'claim')} indexed")


@claimdesk.command()
def vectors() -> None:
    """Make the vectors for search by meaning.

    Only claims without vectors get them.

    You can stop it at any time: it carries on where it stopped. Needs claimdesk[vectors].
    """
    with open_newsroom() as newsroom, progress_bar() as progress:
        bar = progress.add_task("embedding", total=newsroom.store.archive.coverage().claims)
        done = 0
        for done in newsroom.updates.vectors.build():
            progress.update(bar, completed=done)
    err.print(f"{counted(done, 'claim')} with vectors")


@claimdesk.command()
def migrate() -> None:
    """Bring the store's tables up to date."""
    settings = config.load()
    make_private(settings.data)
    store = Store(settings.database_url)
    store.database.migrate()
    store.close()
    err.print("the store's tables are up to date")


# -- asking


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
        newsroom.open()
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


@claimdesk.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object per file.")
def extract(files: tuple[Path, ...], as_json: bool) -> None:
    """Show the claims in articles without saving anything."""
    failed = 0
    with open_newsroom() as newsroom:
        outlets = [outlet.name for outlet in newsroom.settings.outlets]
        for one in (one for path in files for one in newsroom.article_files.extract(path)):
            if isinstance(one, IngestError):
                failed += 1
                screen.print_words(err, str(one), style="red")
                continue
            article, extraction = one
            if as_json:
                click.echo(lines.dumps(lines.extraction_line(article, extraction)))
            else:
                screen.print_extraction(out, article, extraction, outlets)
    finish(failed)


@claimdesk.command("doctor")
def doctor_command() -> None:
    """Check every part, and say what to fix."""
    failed = 0
    for finding in doctor_.examine():
        failed += finding.verdict == "problem"
        screen.print_finding(out, finding)
    finish(failed)
