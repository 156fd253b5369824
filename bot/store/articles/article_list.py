"""The list of shown articles, with the number of claims in each."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

import sqlalchemy as sa

from bot.model import Article, ArticleCard, Claim, Spans
from bot.store.articles.rows import (
    article_from_row,
    card_from_row,
    claim_from_row,
    spans_from_json,
)
from bot.store.articles.shown import CARD, CARDS, FETCH_SIZE, IS_FOREIGN, IS_PLACEHOLDER
from bot.store.articles.visibility import IS_ACCEPTED, IS_CLAIM
from bot.store.database import Database
from bot.store.schema import articles, claims


class ListedArticle(NamedTuple):
    """An article, its arrival time and the number of its claims."""

    card: ArticleCard
    arrived_at: datetime
    claims: int


class ArticleList:
    """Reads the list of shown articles."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def all(self) -> Iterator[ListedArticle]:
        """Yield all articles, the last to arrive first; placeholders are left out."""
        claim_count = (
            sa.select(sa.func.count())
            .where(claims.c.article_id == articles.c.id, ~IS_FOREIGN, IS_CLAIM)
            .scalar_subquery()
        )
        query = (
            sa.select(articles.c.id.label("article_id"), *CARD, articles.c.arrived_at)
            .add_columns(claim_count.label("claims"))
            .where(~IS_PLACEHOLDER)
            .order_by(articles.c.arrived_at.desc(), articles.c.seq.desc())
        )
        with self._db.read() as connection:
            for row in connection.execute(query, execution_options={"yield_per": FETCH_SIZE}):
                yield ListedArticle(card_from_row(row), row.arrived_at, row.claims)

    def partly_read(self, limit: int) -> list[ArticleCard]:
        """The cards of up to `limit` articles that were not searched to their end, latest first."""
        query = CARDS.where(articles.c.read_to.is_not(None)).order_by(articles.c.seq.desc())
        return [card_from_row(row) for row in self._db.fetch_all(query.limit(limit))]

    def accepted(self) -> Iterator[tuple[Article, Spans, Iterator[Claim]]]:
        """Yield each article that nobody has to review, with its paragraphs and claims, from one
        snapshot. The claims must be consumed before the next article."""
        query = sa.select(articles).where(IS_ACCEPTED).order_by(articles.c.seq)
        last_seq = -1
        with self._db.read(snapshot=True) as connection:
            # Batches, not a cursor: other queries run in between.
            while rows := connection.execute(
                query.where(articles.c.seq > last_seq).limit(FETCH_SIZE // 10)
            ).all():
                for row in rows:
                    found = sa.select(claims).where(claims.c.article_id == row.id, IS_CLAIM)
                    found = found.order_by(claims.c.position, claims.c.id)
                    read = connection.execute(found, execution_options={"yield_per": FETCH_SIZE})
                    paragraphs = spans_from_json(row.paragraphs)
                    yield article_from_row(row), paragraphs, map(claim_from_row, read)
                last_seq = rows[-1].seq
