"""`claimdesk review`: list, show, accept and remove the articles that somebody has to review."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, get_args

import click

from bot.cli.group import claimdesk, exit_if_failed, open_newsroom
from bot.cli.output import article_screen, json_lines
from bot.cli.output.screen import print_text
from bot.cli.output.streams import err, out
from bot.errors import BotError
from bot.model import ArticleCard, ReviewKind, person_of
from bot.newsroom import Newsroom
from bot.newsroom.articles.reviews import ALL_KINDS, ReviewedArticle
from bot.store import ArticleInReview
from bot.wording.answers import article_label, claimed_outlet_note, headline_line, review_note
from bot.wording.runs import plain_text
from bot.words import say

IDS_ARGUMENT = click.argument("ids", nargs=-1, required=True)
BY_OPTION = click.option(
    "--by", "decided_by", default="the terminal", show_default=True, help="Who decides."
)
JSON_OPTION = click.option("--json", "as_json", is_flag=True, help="Print one JSON object each.")


@claimdesk.group()
def review() -> None:
    """List, show, accept and remove articles that need a review."""


@review.command("list")
@click.option("--limit", default=50, show_default=True, type=click.IntRange(1))
@JSON_OPTION
def list_command(limit: int, as_json: bool) -> None:
    """List the articles that need a review, the first to arrive first."""
    with open_newsroom() as newsroom:
        pending = newsroom.intake.reviews.pending(limit)
    for one in pending:
        if as_json:
            click.echo(json_lines.dumps(_pending_json(one)))
        else:
            _print_pending(one)
    if not pending and not as_json:
        print_text(out, say("review.nothing_pending"))


@review.command()
@IDS_ARGUMENT
@JSON_OPTION
def show(ids: tuple[str, ...], as_json: bool) -> None:
    """Show the text and the claims of articles that need a review, as they are stored.

    The page at the article's address may have another text by now.
    """
    failed = 0
    with open_newsroom() as newsroom:
        for article_id in ids:
            try:
                reviewed = newsroom.intake.reviews.load(article_id)
            except BotError as error:
                failed += 1
                print_text(err, str(error), style="red")
                continue
            if as_json:
                click.echo(json_lines.dumps(_reviewed_json(reviewed)))
            else:
                article_screen.print_reviewed(out, reviewed)
    exit_if_failed(failed)


@review.command()
@IDS_ARGUMENT
@click.option("--kind", type=click.Choice(get_args(ReviewKind)), help="Only this; default: all.")
@click.option("--change", type=int, help="Only if nothing came after this change; see show.")
@BY_OPTION
@JSON_OPTION
def accept(
    ids: tuple[str, ...],
    kind: ReviewKind | None,
    change: int | None,
    decided_by: str,
    as_json: bool,
) -> None:
    """Accept articles: everyone can find them from now on."""
    kinds = (kind,) if kind else ALL_KINDS

    def decide(newsroom: Newsroom, article_id: str) -> ArticleCard:
        reviews = newsroom.intake.reviews
        return reviews.accept(article_id, by=decided_by, kinds=kinds, seen_seq=change)

    _decide(ids, "accepted", decide, as_json=as_json)


@review.command()
@IDS_ARGUMENT
@click.option("--reason", required=True, help="Why; kept with the removal.")
@BY_OPTION
@JSON_OPTION
def remove(ids: tuple[str, ...], reason: str, decided_by: str, as_json: bool) -> None:
    """Remove articles that need a review, with their claims."""

    def decide(newsroom: Newsroom, article_id: str) -> ArticleCard:
        return newsroom.intake.reviews.remove(article_id, by=decided_by, reason=reason)

    _decide(ids, "removed", decide, as_json=as_json)


def _decide(
    ids: tuple[str, ...],
    outcome: str,
    decide: Callable[[Newsroom, str], ArticleCard],
    *,
    as_json: bool,
) -> None:
    failed = 0
    with open_newsroom() as newsroom:
        for article_id in ids:
            error, article = None, None
            try:
                article = decide(newsroom, article_id)
            except BotError as problem:
                failed += 1
                error = str(problem)
            if as_json:
                line = {"id": article_id, "outcome": outcome if article else None, "error": error}
                click.echo(json_lines.dumps(line))
            elif article:
                label = article_label(article)
                print_text(err, f"{article_id}: {say(f'review.{outcome}', article=label)}")
            else:
                print_text(err, str(error), style="red")
    exit_if_failed(failed)


def _print_pending(one: ArticleInReview) -> None:
    card = one.card
    print_text(out, f"{card.id}  {plain_text(headline_line(card))}")
    people = [person_of(viewer) for viewer in card.brought_by]
    for note in (review_note(card, people), claimed_outlet_note(card), card.url or one.origin):
        if note:
            print_text(out, f"   {note}", style="dim")


def _pending_json(one: ArticleInReview) -> dict[str, Any]:
    card = one.card
    return {
        "id": card.id,
        "title": card.title,
        **json_lines.publication_json(card),
        "arrived": one.arrived_at.isoformat(),
        "review": card.review,
        "doubt": card.open_doubt,
        "brought_by": card.brought_by,
    }


def _reviewed_json(reviewed: ReviewedArticle) -> dict[str, Any]:
    article = reviewed.article
    return {
        "id": article.id,
        "title": article.title,
        **json_lines.publication_json(reviewed.overview.article),
        "byline": article.byline,
        "published": article.published,
        "change": reviewed.seq,
        "review": article.review,
        "brought_by": article.brought_by,
        "text": article.text,
        "claims": [json_lines.hit_json(hit, None) for hit in reviewed.overview.claims],
    }
