"""Commands for articles: ingest, article, release, remove."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

import click

from bot import config, ingest
from bot.cli.erasure import add_by_option, confirm_erasure
from bot.cli.group import claimdesk, exit_if_failed, open_newsroom
from bot.cli.metadata_options import STANDARD_INPUT, add_metadata_options, read_options
from bot.cli.output import article_lines, article_screen, json_lines, screen
from bot.cli.output.streams import err, out, progress_bar
from bot.errors import BotError, NotFoundError
from bot.model import OPERATOR
from bot.newsroom import Newsroom
from bot.newsroom.articles.article_intake import IngestResult
from bot.newsroom.articles.links import is_url
from bot.wording.answers import doubt_note, unread_line, with_noun
from bot.words import say

OUTCOMES = ("new", "updated", "unchanged", "withdrawn", "withheld", "skipped", "failed")


@claimdesk.command("ingest")
@click.argument("names", nargs=-1, required=True, metavar="PATHS-OR-URLS...")
@click.option("--bulk", is_flag=True, help="Keep these articles out of digests.")
@click.option("--no-samples", is_flag=True, help="Skip articles marked as samples.")
@click.option(
    "--again",
    "reingest",
    is_flag=True,
    help="Also add articles that were removed or withdrawn before.",
)
@click.option("--anyway", is_flag=True, help="Also read what does not look like an article.")
@add_metadata_options
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object per file or address.")
def ingest_command(
    names: tuple[str, ...],
    bulk: bool,
    no_samples: bool,
    reingest: bool,
    anyway: bool,
    as_json: bool,
    **options: str | None,
) -> None:
    """Add articles and find their claims.

    They can be files, folders or web addresses; "-" is standard input.

    `seeds` means the sample articles that come with Claimdesk, unless you have a folder of that
    name.
    """
    overrides = read_options(names, options)
    counts: Counter[str] = Counter()
    failed = 0
    shown_remedies: set[str] = set()
    with open_newsroom() as newsroom, progress_bar() as progress:
        bar = progress.add_task("reading", total=sum(1 for _ in _list_files(names)))
        modes = {"bulk": bulk, "samples": not no_samples, "reingest": reingest, "anyway": anyway}
        results = _ingest(newsroom, names, overrides, **modes)
        for result in _with_counts_on_failure(results, counts):
            counts.update(outcome.status for outcome in result.outcomes)
            counts.update("skipped" if error.is_skipped else "failed" for error in result.errors)
            failed += not result.outcomes or any(
                outcome.is_unauthorised for outcome in result.outcomes
            )
            progress.advance(bar)
            print_problems(result, shown_remedies)
            if as_json:
                click.echo(json_lines.dumps(article_lines.ingest_result_json(result)))
        coverage = newsroom.store.archive.coverage()
    articles, claims = with_noun(coverage.articles, "article"), with_noun(coverage.claims, "claim")
    err.print(f"{_counts_phrase(counts) or 'nothing to read'}; {articles}, {claims}")
    exit_if_failed(failed)


def _with_counts_on_failure(
    results: Iterator[IngestResult], counts: Counter[str]
) -> Iterator[IngestResult]:
    """Yield results; if the store or the disk fails, print what was filed before."""
    try:
        yield from results
    except BotError:
        filed = _counts_phrase(counts) or "nothing"
        err.print(f"Stopped before the end. Until then: {filed}. The same command goes on.")
        raise


def _counts_phrase(counts: Counter[str]) -> str:
    return ", ".join(f"{counts[name]:,} {name}" for name in OUTCOMES if counts[name])


def _ingest(
    newsroom: Newsroom,
    names: Sequence[str],
    overrides: ingest.Overrides,
    *,
    bulk: bool,
    samples: bool,
    reingest: bool,
    anyway: bool,
) -> Iterator[IngestResult]:
    """Ingest files and addresses in the order in which they are named."""
    files = newsroom.intake.files
    if STANDARD_INPUT in names or overrides != ingest.NO_OVERRIDES:
        (name,) = names
        if name == STANDARD_INPUT:
            source = newsroom.article_files.read_input(sys.stdin.buffer, overrides, anyway=anyway)
        else:
            source = newsroom.article_files.read_file(Path(name), overrides, anyway=anyway)
        yield from files.ingest_sources(
            [source], bulk=bulk, include_samples=samples, reingest=reingest
        )
        return
    for are_addresses, group in groupby(names, is_url):
        if are_addresses:
            yield from (
                newsroom.intake.links.ingest(name, bulk=bulk, reingest=reingest, anyway=anyway)
                for name in group
            )
        else:
            paths = [_resolve_seeds_path(Path(name)) for name in group]
            yield from files.ingest(
                paths, bulk=bulk, include_samples=samples, reingest=reingest, anyway=anyway
            )


def _list_files(names: Sequence[str]) -> Iterator[str]:
    for name in names:
        if is_url(name) or name == STANDARD_INPUT:
            yield name
        else:
            yield from map(str, ingest.find_article_files([_resolve_seeds_path(Path(name))]))


def _resolve_seeds_path(path: Path) -> Path:
    """Return the folder of the shipped sample articles for `seeds`, and other paths unchanged."""
    return config.shipped_folder("seeds") if path == Path("seeds") and not path.exists() else path


def print_problems(result: IngestResult, shown_remedies: set[str] | None = None) -> None:
    """Print why articles of a file or address are not shown, and what to do.

    Remedies in `shown_remedies` are not repeated.
    """
    shown_remedies = set() if shown_remedies is None else shown_remedies
    for error in result.errors:
        is_repeated = error.remedy in shown_remedies
        shown_remedies.add(error.remedy)
        message = error.failure if is_repeated else str(error)
        if error.can_force and not is_repeated:
            message = f"{message.removesuffix('.')}. ingest --anyway reads it all the same"
        screen.print_text(err, message, style="yellow" if error.is_skipped else "red")
    for outcome in result.outcomes:
        if unread := unread_line(outcome.read_to, outcome.characters):
            screen.print_text(err, f"{result.origin}: {unread}", style="yellow")
        if outcome.status == "withdrawn":
            reason = f"{outcome.id} stays out ({outcome.reason}); ingest --again adds it after all"
            screen.print_text(err, f"{result.origin}: {reason}", style="yellow")
        elif outcome.status == "withheld":
            reason = (
                f"{outcome.id} is {outcome.reason}; claimdesk release {outcome.id} shows it now"
            )
            screen.print_text(err, f"{result.origin}: {reason}", style="yellow")
        elif outcome.is_unauthorised:
            reason, remedy = article_lines.explain_ignored_kill(outcome)
            screen.print_text(err, f"{result.origin}: {reason}. {remedy}", style="red")
        elif "doubtful" in outcome.review:
            note, remedy = doubt_note(outcome.doubt), say("terminal.how_to_accept", id=outcome.id)
            screen.print_text(err, f"{result.origin}: {note}. {remedy}", style="yellow")


@claimdesk.command("article")
@click.argument("names", nargs=-1, required=True, metavar="IDS-OR-URLS-OR-WORDS...")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object per article.")
def article_command(names: tuple[str, ...], as_json: bool) -> None:
    """Show articles with claims and versions.

    Name them by their ids or web addresses, or one of them by words of its title. If several titles
    have these words, their articles are listed.

    Withheld and withdrawn articles are shown too, by their ids.
    """
    failed = 0
    with open_newsroom() as newsroom:
        for article_id in _find_ids(newsroom, names, as_json=as_json):
            try:
                history = newsroom.articles.histories.load(article_id)
            except NotFoundError as error:
                failed += 1
                screen.print_text(err, str(error), style="red")
                continue
            corrections = newsroom.store.corrections.find(article_id=article_id)
            if as_json:
                click.echo(json_lines.dumps(article_lines.article_json(history, corrections)))
            else:
                overviews, is_shown = newsroom.articles.overviews, history.state == "shown"
                hits = overviews.load(article_id, OPERATOR).hits if is_shown else ()
                sorted_hits = sorted(hits, key=lambda hit: hit.claim.spans)
                article_screen.print_article(out, history, sorted_hits, corrections)
    exit_if_failed(failed)


def _find_ids(newsroom: Newsroom, names: Sequence[str], *, as_json: bool) -> list[str]:
    """Find the ids of the named articles.

    If the words of a title match several articles, the matches are listed and no ids are returned.
    """
    overviews = newsroom.articles.overviews
    if any(is_url(name) or _is_id(newsroom, name) for name in names):
        found = {name: overviews.find_by_url(name, OPERATOR) for name in names if is_url(name)}
        return [card.id if (card := found.get(name)) else name for name in names]
    newsroom.open(warm=False)
    cards = overviews.find_by_text(" ".join(names), OPERATOR)
    if len(cards) < 2:
        return [card.id for card in cards] or list(names)
    if as_json:
        click.echo(json_lines.dumps({"articles": [json_lines.card_json(card) for card in cards]}))
    else:
        screen.print_text(out, say("articles.which"))
        screen.print_cards(out, cards)
    return []


def _is_id(newsroom: Newsroom, name: str) -> bool:
    try:
        newsroom.articles.histories.load(name)
    except NotFoundError:
        return False
    return True


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
        status = "is shown now"
        if outcome.status == "withdrawn":
            status = f"stays out ({outcome.reason})"
        screen.print_text(err, f"{outcome.id} {status}: {outcome.title or 'untitled'}")
    unreleased = set(ids) - {outcome.id for outcome in outcomes}
    for article_id in sorted(unreleased):
        message = f"{article_id} is not shown: it has just changed; "
        message += f"claimdesk article {article_id} shows more"
        screen.print_text(err, message, style="red")
    exit_if_failed(len(unreleased) + sum(outcome.status == "withdrawn" for outcome in outcomes))


def _print_withheld(newsroom: Newsroom) -> None:
    withheld = newsroom.store.history.withheld_versions()
    for article_id, version in withheld:
        document = version.document
        until = "until somebody releases it"
        if version.release_at:
            until = f"until {version.release_at:%Y-%m-%d %H:%M} UTC"
        title = article_screen.title_or_file_name(document)
        parts = [article_id, title, document.outlet or "outlet unknown"]
        screen.print_text(out, " · ".join([*parts, until]))
        screen.print_text(out, f"   {version.reason or 'withheld'}", style="dim")
    if not withheld:
        screen.print_text(out, "Nothing is withheld.")


@claimdesk.command()
@click.argument("ids", nargs=-1)
@click.option("--samples", is_flag=True, help="Remove all articles marked as samples.")
@click.option("--reason", required=True, help="Why; kept with the removal.")
@click.option("--erase", is_flag=True, help="Also erase their texts, which can't be undone.")
@click.option("--yes", is_flag=True, help="Don't ask before erasing.")
@add_by_option
def remove(
    ids: tuple[str, ...], samples: bool, reason: str, erase: bool, yes: bool, ordered_by: str
) -> None:
    """Remove articles and their claims.

    They stay in the history, where claimdesk article shows them. With --erase, their texts are
    erased everywhere but in Slack and in exports, also if they were removed before.
    """
    if ids and samples:
        raise click.UsageError("Give ids or --samples, not both.")
    if not ids and not samples:
        raise click.UsageError("Give the ids of articles, or --samples.")
    if not reason.strip():
        raise click.UsageError("Give a reason after --reason.")
    with open_newsroom() as newsroom:
        if erase:
            erasure = newsroom.intake.erasure
            ids = tuple(erasure.sample_ids() if samples else dict.fromkeys(ids))
            confirm_erasure(erasure.count(ids), is_confirmed=yes)
            with err.status("erasing, and rebuilding the index"):
                erasure.erase(ids, reason=reason, block_reimport=not samples, ordered_by=ordered_by)
        elif samples:
            ids = tuple(newsroom.intake.articles.remove_samples(reason=reason))
        else:
            newsroom.intake.articles.remove(ids, reason=reason)
    done = "erased" if erase else "removed"
    err.print(f"{with_noun(len(ids), 'article')} {done}: {', '.join(ids)}")
    if not samples:
        subject, pronoun = (
            ("This text stays", "it") if len(ids) == 1 else ("These texts stay", "them")
        )
        err.print(
            f"{subject} out even if another outlet prints {pronoun}. ingest --again adds {pronoun}."
        )
