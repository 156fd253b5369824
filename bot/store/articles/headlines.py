"""What the index needs of articles themselves: their headlines and the start of their texts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import sqlalchemy as sa

from bot.model import Headline
from bot.store.articles.shown import FETCH_SIZE, SEEN_ONLY_BY
from bot.store.database import Database, batches
from bot.store.schema import articles

LEAD_CHARACTERS = 600
"""How much of a text is indexed as its lead."""
HEADLINES = sa.select(
    *(articles.c[name] for name in ("id", "title")),
    sa.func.substr(articles.c.text, 1, LEAD_CHARACTERS),
    *(articles.c[name] for name in ("outlet", "byline", "published_on", "language")),
    SEEN_ONLY_BY,
)


class Headlines:
    """Reads the headlines of shown articles that have a title or a text."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def for_articles(self, article_ids: Sequence[str]) -> Iterator[Headline]:
        """Yield the headlines of these articles, in one read transaction."""
        with self._db.read() as connection:
            for batch in batches(article_ids):
                yield from _headlines(connection, HEADLINES.where(articles.c.id.in_(batch)))

    def all(self) -> Iterator[Headline]:
        """Yield the headlines of all articles, in one read transaction."""
        with self._db.read() as connection:
            yield from _headlines(connection, HEADLINES)


def _headlines(connection: sa.Connection, query: sa.Select[Any]) -> Iterator[Headline]:
    for row in connection.execute(query, execution_options={"yield_per": FETCH_SIZE}):
        if row.title or row[2]:
            yield Headline(*row)
