"""What is indexed of articles themselves: their headlines, and how their texts begin."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import sqlalchemy as sa

from bot.model import Headline
from bot.store.database import Database
from bot.store.schema import articles

BATCH = 2_000
LEAD_CHARACTERS = 600
"""How much of a text is searched as how it begins."""
HEADLINES = sa.select(
    *(articles.c[name] for name in ("id", "title")),
    sa.func.substr(articles.c.text, 1, LEAD_CHARACTERS),
    *(articles.c[name] for name in ("outlet", "byline", "published_on", "language")),
)


class Headlines:
    """Reads headlines of the articles that are shown."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def for_articles(self, article_ids: Sequence[str]) -> Iterator[Headline]:
        """What the index needs of these articles, in one read transaction."""
        with self._db.read() as connection:
            for start in range(0, len(article_ids), BATCH):
                chosen = articles.c.id.in_(article_ids[start : start + BATCH])
                yield from _headlines(connection, HEADLINES.where(chosen))

    def all(self) -> Iterator[Headline]:
        """What the index needs of every article, in one read transaction."""
        with self._db.read() as connection:
            yield from _headlines(connection, HEADLINES)


def _headlines(connection: sa.Connection, query: sa.Select[Any]) -> Iterator[Headline]:
    """The headlines of articles that have a title or a text to be found by."""
    for row in connection.execute(query, execution_options={"yield_per": BATCH}):
        if row.title or row[2]:
            yield Headline(*row)
