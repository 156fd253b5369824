"""The articles that are shown, listed with how many claims each has."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

import sqlalchemy as sa

from bot.model import ArticleCard
from bot.store.articles.rows import card_from_row
from bot.store.articles.shown import CARD, IS_FOREIGN
from bot.store.database import Database
from bot.store.schema import articles, claims

BATCH = 2_000


class ListedArticle(NamedTuple):
    """An article, when it first came in, and the number of its claims."""

    card: ArticleCard
    arrived_at: datetime
    claims: int


class ArticleList:
    """Lists articles."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def all(self) -> Iterator[ListedArticle]:
        """Every article that is shown, the last that came in first."""
        number = (
            sa.select(sa.func.count())
            .where(claims.c.article_id == articles.c.id, ~IS_FOREIGN)
            .scalar_subquery()
        )
        query = (
            sa.select(articles.c.id.label("article_id"), *CARD, articles.c.arrived_at)
            .add_columns(number.label("claims"))
            # What was imported without a title, an address or an outlet is no article.
            .where(articles.c.arrival != "loose")
            .order_by(articles.c.arrived_at.desc(), articles.c.seq.desc())
        )
        with self._db.read() as connection:
            for row in connection.execute(query, execution_options={"yield_per": BATCH}):
                yield ListedArticle(card_from_row(row), row.arrived_at, row.claims)
