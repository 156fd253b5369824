"""The commands around articles: ingest, article, release, remove."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

import click

from bot import config, ingest
from bot.cli.group import claimdesk, finish, open_newsroom
from bot.cli.output import article_lines, article_screen, lines, screen
from bot.cli.output.streams import err, out, progress_bar
from bot.cli.stated import STANDARD_INPUT, read_options, stating
from bot.errors import NotFoundError
from bot.newsroom import Newsroom
from bot.newsroom.articles.article_intake import IngestResult
from bot.newsroom.articles.links import is_url
from bot.wording.answers import counted
from bot.words import say

OUTCOMES = ("new", "updated", "unchanged", "withdrawn", "withheld", "skipped", "failed")


@claimdesk.command("ingest")
@click.argument("names", nargs=-1, required=True, metavar="PATHS-OR-URLS...")
@click.option("--bulk", is_flag=True, help="Keep these articles out of digests.")
@click.option("--no-samples", is_flag=True, help="Skip articles marked as samples.")
@click.option("--again", is_flag=True, help="Add what was removed or withdrawn before, too.")
@stating
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object per file or address.")
def ingest_command(
    names: tuple[str, ...],
    bulk: bool,
    no_samples: bool,
    again: bool,
    as_json: bool,
    **options: str | None,
) -> None:
    """Add articles and find their claims.

    They can be files, folders or web addresses; "-" is standard input.

    `seeds` means the sample articles that come with Claimdesk, unless you have a folder of that
    name.
    """
    stated = read_options(names, options)
    counts: Counter[str] = Counter()
    without = 0
    known: set[str] = set()
    with open_newsroom() as newsroom, progress_bar() as progress:
        bar = progress.add_task("reading", total=sum(1 for _ in _files(names)))
        how = {"bulk": bulk, "samples": not no_samples, "again": again}
        for one in _ingested(newsroom, names, stated, **how):
            counts.update(outcome.status for outcome in one.outcomes)
            counts.update("skipped" if e.is_no_story else "failed" for e in one.errors)
            without += not one.outcomes or any(outcome.is_unauthorised for outcome in one.outcomes)
            progress.advance(bar)
            tell(one, known)
            if as_json:
                click.echo(lines.dumps(article_lines.ingested_line(one)))
        coverage = newsroom.store.archive.coverage()
    told = ", ".join(f"{counts[name]:,} {name}" for name in OUTCOMES if counts[name])
    articles, claims = counted(coverage.articles, "article"), counted(coverage.claims, "claim")
    err.print(f"{told or 'nothing to read'}; {articles}, {claims}")
    finish(without)


def _ingested(
    newsroom: Newsroom,
    names: Sequence[str],
    stated: ingest.Stated,
    *,
    bulk: bool,
    samples: bool,
    again: bool,
) -> Iterator[IngestResult]:
    """Ingest files and addresses in the order in which they are named."""
    files = newsroom.intake.files
    if STANDARD_INPUT in names or stated != ingest.NOTHING:
        (name,) = names
        if name == STANDARD_INPUT:
            found = newsroom.article_files.read_input(sys.stdin.buffer, stated)
        else:
            found = newsroom.article_files.read_file(Path(name), stated)
        yield from files.ingest_sources([found], bulk=bulk, include_samples=samples, reingest=again)
        return
    for are_addresses, some in groupby(names, is_url):
        if are_addresses:
            yield from (
                newsroom.intake.links.ingest(name, bulk=bulk, reingest=again) for name in some
            )
        else:
            paths = [_shipped_seeds(Path(name)) for name in some]
            yield from files.ingest(paths, bulk=bulk, include_samples=samples, reingest=again)


def _files(names: Sequence[str]) -> Iterator[str]:
    for name in names:
        if is_url(name) or name == STANDARD_INPUT:
            yield name
        else:
            yield from map(str, ingest.articles_in([_shipped_seeds(Path(name))]))


def _shipped_seeds(path: Path) -> Path:
    return config.shipped("seeds") if path == Path("seeds") and not path.exists() else path


def tell(one: IngestResult, known: set[str] | None = None) -> None:
    """Say on standard error what of a file or address is not shown, why, and what to do; of what is
    `known` already, only why."""
    known = set() if known is None else known
    for error in one.errors:
        is_known = error.remedy in known
        known.add(error.remedy)
        words = error.failure if is_known else str(error)
        screen.print_words(err, words, style="yellow" if error.is_no_story else "red")
    for outcome in one.outcomes:
        if outcome.status == "withdrawn":
            why = f"{outcome.id} stays out ({outcome.reason}); ingest --again adds it after all"
            screen.print_words(err, f"{one.origin}: {why}", style="yellow")
        elif outcome.status == "withheld":
            why = f"{outcome.id} is {outcome.reason}; claimdesk release {outcome.id} shows it now"
            screen.print_words(err, f"{one.origin}: {why}", style="yellow")
        elif outcome.is_unauthorised:
            why, remedy = article_lines.unheard(outcome)
            screen.print_words(err, f"{one.origin}: {why}. {remedy}", style="red")


@claimdesk.command("article")
@click.argument("names", nargs=-1, required=True, metavar="IDS-OR-URLS-OR-WORDS...")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object per article.")
def article_command(names: tuple[str, ...], as_json: bool) -> None:
    """Show articles with claims and versions.

    They can be named by ids or web addresses, or by words of one title: where several articles
    have them, these are listed.

    Withheld and withdrawn articles are shown too, by their ids.
    """
    failed = 0
    with open_newsroom() as newsroom:
        for article_id in _named(newsroom, names):
            try:
                told = newsroom.articles.histories.load(article_id)
            except NotFoundError as error:
                failed += 1
                screen.print_words(err, str(error), style="red")
                continue
            corrections = newsroom.store.corrections.find(article_id=article_id)
            if as_json:
                click.echo(lines.dumps(article_lines.article_line(told, corrections)))
            else:
                overview = newsroom.articles.overviews.load
                shown = overview(article_id).hits if told.state == "shown" else ()
                in_order = sorted(shown, key=lambda hit: hit.claim.spans)
                article_screen.print_article(out, told, in_order, corrections)
    finish(failed)


def _named(newsroom: Newsroom, names: Sequence[str]) -> list[str]:
    """The ids of the articles that are named; none where words are of several, which are listed."""
    if any(is_url(name) or _is_id(newsroom, name) for name in names):
        return [_id_at(newsroom, name) for name in names]
    newsroom.open(warm=False)
    cards = newsroom.articles.overviews.find_by_text(" ".join(names))
    if len(cards) > 1:
        screen.print_words(out, say("articles.which"))
        screen.print_cards(out, cards)
        return []
    return [card.id for card in cards] or list(names)


def _is_id(newsroom: Newsroom, name: str) -> bool:
    try:
        newsroom.articles.histories.load(name)
    except NotFoundError:
        return False
    return True


def _id_at(newsroom: Newsroom, name: str) -> str:
    card = newsroom.articles.overviews.find_by_url(name) if is_url(name) else None
    return card.id if card else name


@claimdesk.command()
@click.argument("ids", nargs=-1)
def release(ids: tuple[str, ...]) -> None:
    """Show withheld articles from now on.

    Also ends embargoes. Without IDS, it lists what is withheld or under embargo.
    """
    with open_newsroom() as newsroom:
        if ids:
            outcomes = newsroom.intake.articles.release_manually(ids)
        else:
            _print_withheld(newsroom)
            return
    for outcome in outcomes:
        became = "is shown now"
        if outcome.status == "withdrawn":
            became = f"stays out ({outcome.reason})"
        screen.print_words(err, f"{outcome.id} {became}: {outcome.title or 'untitled'}")
    left = set(ids) - {outcome.id for outcome in outcomes}
    for one in sorted(left):
        words = f"{one} is not shown: it has just changed; claimdesk article {one} shows more"
        screen.print_words(err, words, style="red")
    finish(len(left) + sum(outcome.status == "withdrawn" for outcome in outcomes))


def _print_withheld(newsroom: Newsroom) -> None:
    withheld = newsroom.store.history.all_withheld()
    for article_id, held in withheld:
        document = held.document
        until = "until somebody releases it"
        if held.release_at:
            until = f"until {held.release_at:%Y-%m-%d %H:%M} UTC"
        called = article_screen.called(document)
        parts = [article_id, called, document.outlet or "outlet unknown"]
        screen.print_words(out, " · ".join([*parts, until]))
        screen.print_words(out, f"   {held.reason or 'withheld'}", style="dim")
    if not withheld:
        screen.print_words(out, "Nothing is withheld.")


@claimdesk.command()
@click.argument("ids", nargs=-1)
@click.option("--samples", is_flag=True, help="Remove all articles marked as samples.")
@click.option("--reason", required=True, help="Why; kept with the removal.")
def remove(ids: tuple[str, ...], samples: bool, reason: str) -> None:
    """Remove articles and their claims."""
    if ids and samples:
        raise click.UsageError("Give ids or --samples, not both.")
    if not ids and not samples:
        raise click.UsageError("Give the ids of articles, or --samples.")
    if not reason.strip():
        raise click.UsageError("Give a reason after --reason.")
    with open_newsroom() as newsroom:
        if samples:
            ids = tuple(newsroom.intake.articles.remove_samples(reason=reason))
        else:
            newsroom.intake.articles.remove(ids, reason=reason)
    err.print(f"{counted(len(ids), 'article')} removed: {', '.join(ids)}")
    if not samples:
        text = "This text stays" if len(ids) == 1 else "These texts stay"
        it = "it" if len(ids) == 1 else "them"
        err.print(f"{text} out even if another outlet prints {it}. ingest --again adds {it}.")
