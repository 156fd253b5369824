"""The articles that somebody has to review, and what was decided."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa

from bot.errors import ChangedError
from bot.model import Article, ArticleCard, ReviewKind
from bot.store.articles import copies
from bot.store.articles.article_writer import reserve_change_numbers
from bot.store.articles.rows import article_from_row, card_from_row
from bot.store.articles.shown import CARD
from bot.store.articles.statements import Statements
from bot.store.articles.visibility import IDS_IN_REVIEW, IS_IN_REVIEW
from bot.store.database import Database
from bot.store.delivery.jobs import Jobs
from bot.store.delivery.posted import PostedMessages
from bot.store.schema import articles, claims
from bot.store.watches import new_claims
from bot.store.watches.new_claims import NewClaims
from bot.words import say


class ArticleInReview(NamedTuple):
    """An article that has to be reviewed, where it was read, and when it arrived."""

    card: ArticleCard
    origin: str
    arrived_at: datetime


class Reviews:
    """Reads the articles that have to be reviewed, and accepts them."""

    def __init__(
        self, database: Database, jobs: Jobs, posted: PostedMessages, statements: Statements
    ) -> None:
        self._db, self._jobs, self._posted = database, jobs, posted
        self._statements = statements

    def pending(self, limit: int | None = None) -> list[ArticleInReview]:
        """The articles that have to be reviewed, the first to arrive first."""
        columns = articles.c.id.label("article_id"), *CARD, articles.c.origin, articles.c.arrived_at
        query = sa.select(*columns).where(articles.c.id.in_(IDS_IN_REVIEW))
        query = query.order_by(articles.c.arrived_at, articles.c.seq).limit(limit)
        return [
            ArticleInReview(card_from_row(row), row.origin, row.arrived_at)
            for row in self._db.fetch_all(query)
        ]

    def count(self) -> int:
        """The number of articles that have to be reviewed."""
        query = sa.select(sa.func.count()).select_from(articles).where(IS_IN_REVIEW)
        return self._db.fetch_value(query) or 0

    def find(self, article_id: str) -> ArticleCard | None:
        """The card of an article that has to be reviewed; None if it needs no review, or is
        gone."""
        columns = articles.c.id.label("article_id"), *CARD
        query = sa.select(*columns).where(articles.c.id == article_id, IS_IN_REVIEW)
        row = self._db.fetch_first(query)
        return card_from_row(row) if row is not None else None

    def read(self, article_id: str) -> tuple[Article, int] | None:
        """An article that has to be reviewed, with the number of its last change; None if it needs
        no review, or is gone."""
        query = sa.select(articles).where(articles.c.id == article_id, IS_IN_REVIEW)
        row = self._db.fetch_first(query)
        return (article_from_row(row), row.seq) if row is not None else None

    def accept(
        self,
        article_id: str,
        kinds: Collection[ReviewKind],
        now: datetime,
        seen_seq: int | None = None,
    ) -> bool:
        """Take these kinds from an article's review; False if it has none of them.

        An article that nobody has to review from now on has just arrived: the next digest has it,
        and its claims are matched with the watches. Messages that show it no longer say what was
        accepted. `seen_seq` is the number of its last change when somebody looked at it; raises
        ChangedError if it has changed since.
        """
        with self._db.write() as connection:
            seq = reserve_change_numbers(connection, 1)
            row = connection.execute(
                sa.select(articles).where(articles.c.id == article_id)
            ).one_or_none()
            review = list(row.review or ()) if row is not None else []
            remaining = [kind for kind in review if kind not in kinds]
            if row is None or remaining == review:
                return False
            if seen_seq not in (None, row.seq):
                raise ChangedError(
                    say("review.changed"),
                    subject=article_id,
                    remedy=say("refusals.nothing_changed"),
                )
            values: dict[str, Any] = {"seq": seq, "review": remaining or None}
            if not remaining:
                values |= {"arrived_at": now, "brought_by": None}
            update = sa.update(articles).where(articles.c.id == article_id)
            connection.execute(update.values(**values))
            if not remaining:
                accepted = replace(article_from_row(row), review=())
                copies.record_copies(connection, [accepted])
                self._statements.join(connection, [article_id])
            query = sa.select(claims.c.id).where(claims.c.article_id == article_id)
            ids = tuple(connection.scalars(query.order_by(claims.c.position)))
            self._posted.schedule_updates(connection, [article_id, *ids], now)
            is_single = row.arrival == "single"
            if not remaining and is_single and new_claims.has_active_watch(connection):
                found = [NewClaims(seq, article_id, ids, now)]
                new_claims.record(connection, found, jobs=self._jobs)
        return True
