"""Commands for the whole store: import, extract, reextract, reindex, restate, vectors, migrate."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TextIO

import click

from bot import config
from bot.cli.group import claimdesk, exit_if_failed, open_newsroom
from bot.cli.metadata_options import STANDARD_INPUT, add_metadata_options, read_options
from bot.cli.output import article_screen, json_lines, screen
from bot.cli.output.streams import err, out, progress_bar, read_lines
from bot.errors import IngestError
from bot.ingest import Overrides
from bot.model import Article, Extraction
from bot.newsroom.articles.files import ArticleFiles
from bot.store import Store
from bot.wording.answers import with_noun
from bot.words import say

MAX_ERRORS_SHOWN = 10
"""The most invalid lines of an import to report one by one: in a file of another kind, every line
is invalid."""


@claimdesk.command("import")
@click.argument("file", type=click.File("r", encoding="utf-8-sig", errors="surrogateescape"))
def import_command(file: TextIO) -> None:
    """Import claims from FILE.

    FILE has one JSON object per line; "-" is standard input.
    """
    failed = done = 0
    remedy = ""
    gc.disable()  # a tenth of the time goes into searching millions of values for cycles
    with open_newsroom() as newsroom, progress_bar() as progress:
        bar = progress.add_task("importing", total=None)
        for result in newsroom.intake.imports.import_claims(read_lines(file)):
            if isinstance(result, IngestError):
                failed += 1
                remedy = result.remedy
                if failed <= MAX_ERRORS_SHOWN:
                    screen.print_text(err, result.failure, style="red")
            else:
                done = result
                progress.update(bar, completed=done)
    if failed > MAX_ERRORS_SHOWN:
        screen.print_text(err, say("terminal.more_lines", n=failed - MAX_ERRORS_SHOWN), style="red")
    if remedy:
        screen.print_text(err, remedy)
    if failed and not done:
        screen.print_text(err, say("terminal.not_claims"))
    refused = f", {with_noun(failed, 'line')} refused" if failed else ""
    err.print(f"{with_noun(done, 'claim')} imported{refused}")
    exit_if_failed(failed)


@claimdesk.command()
@click.option("--again", "all_articles", is_flag=True, help="Read all articles again.")
def reextract(all_articles: bool) -> None:
    """Find claims again with this version.

    It reads the stored articles that an earlier version read.

    You can stop it at any time: without --again it carries on where it stopped.
    """
    with open_newsroom() as newsroom, progress_bar() as progress:
        bar = progress.add_task("reading again", total=None)
        total = 0
        for remaining in newsroom.intake.reextraction.reextract(all_articles=all_articles):
            total = max(total, remaining)
            progress.update(bar, total=total, completed=total - remaining)
        coverage = newsroom.store.archive.coverage()
    articles, claims = with_noun(total, "article"), with_noun(coverage.claims, "claim")
    err.print(f"{articles} read again; {claims}")


@claimdesk.command()
def reindex() -> None:
    """Rebuild the search index from the store."""
    with open_newsroom() as newsroom, err.status("building the index"):
        number = newsroom.updates.reindex()
    err.print(f"{with_noun(number, 'claim')} indexed")


@claimdesk.command()
def restate() -> None:
    """Find again which claims report the same statement.

    In order of publication, whatever the order in which they came. Nobody can file articles
    meanwhile.
    """
    with open_newsroom() as newsroom, err.status("comparing the claims"):
        number = newsroom.updates.restate()
    err.print(f"{with_noun(number, 'claim')} compared")


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
    err.print(f"{with_noun(done, 'claim')} with vectors")


@claimdesk.command()
def migrate() -> None:
    """Bring the store's tables up to date."""
    store = Store(config.load().database_url)
    store.database.migrate()
    store.close()
    err.print("the store's tables are up to date")


@claimdesk.command()
@click.argument("files", nargs=-1, required=True)
@add_metadata_options
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object per article.")
def extract(files: tuple[str, ...], as_json: bool, **options: str | None) -> None:
    """Show the claims in articles without saving anything.

    "-" as FILES is standard input.
    """
    failed = 0
    overrides = read_options(files, options)
    with open_newsroom() as newsroom:
        outlets = [outlet.name for outlet in newsroom.settings.outlets]
        for result in _extract(newsroom.article_files, files, overrides):
            if isinstance(result, IngestError):
                failed += 1
                screen.print_text(err, str(result), style="red")
                continue
            article, extraction = result
            if as_json:
                click.echo(json_lines.dumps(json_lines.extraction_json(article, extraction)))
            else:
                article_screen.print_extraction(out, article, extraction, outlets)
    exit_if_failed(failed)


def _extract(
    article_files: ArticleFiles, files: Iterable[str], overrides: Overrides
) -> Iterator[tuple[Article, Extraction] | IngestError]:
    for name in files:
        if name == STANDARD_INPUT:
            yield from article_files.extract_input(sys.stdin.buffer, overrides)
        else:
            yield from article_files.extract(Path(name), overrides)
