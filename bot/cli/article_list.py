"""`claimdesk articles`: list articles, the latest arrivals first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

import click

from bot.cli.group import claimdesk, open_newsroom
from bot.cli.output import json_lines
from bot.cli.output.screen import print_text
from bot.cli.output.streams import err, out
from bot.store import ListedArticle, Store
from bot.wording.answers import headline_line, with_noun
from bot.wording.runs import plain_text
from bot.words import say


@claimdesk.command("articles")
@click.argument("words", nargs=-1)
@click.option(
    "--limit",
    default=50,
    show_default=True,
    type=click.IntRange(1),
    help="How many articles to list.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object per article.")
def articles_command(words: tuple[str, ...], limit: int, as_json: bool) -> None:
    """List articles with ids, outlets, dates and claims.

    The latest arrivals come first. With WORDS, list only the articles that have all of them in the
    title, the first words, the outlet or the id.
    """
    with open_newsroom() as newsroom:
        matches = _find_articles(newsroom.store, words)
        page = list(islice(matches, limit))
        for entry in page:
            if as_json:
                click.echo(json_lines.dumps(_article_json(entry)))
            else:
                print_text(out, f"{entry.card.id}  {plain_text(headline_line(entry.card))}")
                print_text(out, f"   {with_noun(entry.claims, 'claim')}", style="dim")
        remaining = sum(1 for _ in matches)
    if remaining:
        print_text(err, say("terminal.more_articles", n=remaining))
    if not page and not as_json:
        print_text(out, _empty_message(words))


def _find_articles(store: Store, words: Sequence[str]) -> Iterator[ListedArticle]:
    folded_words = [word.casefold() for word in words]
    for entry in store.article_list.all():
        card = entry.card
        texts = (card.id, card.title or "", card.outlet or "", card.opening)
        text = " ".join(texts).casefold()
        if all(word in text for word in folded_words):
            yield entry


def _empty_message(words: Sequence[str]) -> str:
    if words:
        return say("terminal.no_articles_with", words=" ".join(words))
    return f"{say('terminal.no_articles')} {say('terminal.how_to_add')}"


def _article_json(entry: ListedArticle) -> dict[str, Any]:
    """Return the JSON object that `articles --json` prints for an article."""
    card = entry.card
    return {
        "id": card.id,
        "title": card.title,
        **json_lines.publication_json(card),
        "published": card.published,
        "arrived": entry.arrived_at.isoformat(),
        "language": card.language,
        "claims": entry.claims,
        "version": card.version,
        "sample": card.sample,
        "review": card.review,
        "doubt": card.open_doubt,
    }
