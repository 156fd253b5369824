"""`claimdesk articles`: which articles there are, the last that came in first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

import click

from bot.cli.group import claimdesk, open_newsroom
from bot.cli.output import lines
from bot.cli.output.screen import print_words
from bot.cli.output.streams import err, out
from bot.store import ListedArticle, Store
from bot.wording.answers import counted, headline_line
from bot.wording.runs import plain
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

    The last that came in is first. With WORDS, only those with all of them in their title, their
    first words, their outlet or their id.
    """
    with open_newsroom() as newsroom:
        found = _with_words(newsroom.store, words)
        shown = list(islice(found, limit))
        for one in shown:
            if as_json:
                click.echo(lines.dumps(_line(one)))
            else:
                print_words(out, f"{one.card.id}  {plain(headline_line(one.card))}")
                print_words(out, f"   {counted(one.claims, 'claim')}", style="dim")
        more = sum(1 for _ in found)
    if more:
        print_words(err, say("terminal.more_articles", n=more))
    if not shown and not as_json:
        print_words(out, _none(words))


def _with_words(store: Store, words: Sequence[str]) -> Iterator[ListedArticle]:
    asked = [word.casefold() for word in words]
    for one in store.article_list.all():
        card = one.card
        texts = (card.id, card.title or "", card.outlet or "", card.opening)
        told = " ".join(texts).casefold()
        if all(word in told for word in asked):
            yield one


def _none(words: Sequence[str]) -> str:
    if words:
        return say("terminal.no_articles_with", words=" ".join(words))
    return f"{say('terminal.no_articles')} {say('terminal.how_to_add')}"


def _line(one: ListedArticle) -> dict[str, Any]:
    """What `articles --json` prints of one article."""
    card = one.card
    return {
        "id": card.id,
        "title": card.title,
        "outlet": card.outlet,
        "published": card.published,
        "arrived": one.arrived_at.isoformat(),
        "language": card.language,
        "url": card.url,
        "claims": one.claims,
        "version": card.version,
        "sample": card.sample,
    }
