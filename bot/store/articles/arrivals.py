"""Claims by the time at which their articles arrived."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from bot.model import FOREIGN_PARAGRAPH, ArticleCard, Claim
from bot.store.articles.copies import IS_NOT_COPY
from bot.store.articles.rows import card_from_row, claim_from_row
from bot.store.articles.shown import BATCH, IS_FOREIGN, WITH_CARD
from bot.store.database import Database
from bot.store.schema import articles, claims, names


@dataclass(frozen=True, slots=True)
class ArrivalCounts:
    """How many articles and claims have come in lately, and when the last article of all did."""

    newest_at: datetime | None
    articles: int
    claims: int


class ClaimArrivals:
    """Reads what has arrived, and when."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def claims_arrived(
        self, since: datetime, until: datetime, *, oldest_days: int
    ) -> list[tuple[Claim, ArticleCard]]:
        """The claims of articles that arrived one by one in [since, until), in reading order.

        Foreign paragraphs are no claims. Articles published more than `oldest_days` days
        before they arrived are left out.
        """
        query = (
            WITH_CARD.add_columns(articles.c.arrived_at)
            .where(
                articles.c.arrival == "single",
                articles.c.arrived_at >= since,
                articles.c.arrived_at < until,
                claims.c.kind != FOREIGN_PARAGRAPH,
            )
            .order_by(articles.c.arrived_at, articles.c.seq, claims.c.position)
        )
        with self._db.read() as connection:
            rows = connection.execute(query).all()
        return [
            (claim_from_row(row), card_from_row(row))
            for row in rows
            if row.published_on is None
            or (row.arrived_at.date() - row.published_on).days <= oldest_days
        ]

    def claims_with_text(
        self, texts: Collection[str], since: datetime, until: datetime
    ) -> list[tuple[Claim, ArticleCard, datetime]]:
        """The claims with one of these contents whose articles arrived in [since, until), each
        with its article and when that came."""
        query = WITH_CARD.add_columns(articles.c.arrived_at).where(
            articles.c.arrived_at >= since,
            articles.c.arrived_at < until,
            claims.c.text.in_(texts),
        )
        with self._db.read() as connection:
            rows = connection.execute(query).all()
        return [(claim_from_row(row), card_from_row(row), row.arrived_at) for row in rows]

    def has_arrived(self, before: datetime) -> bool:
        """Whether any article arrived before a moment."""
        query = sa.select(articles.c.id).where(articles.c.arrived_at < before).limit(1)
        with self._db.read() as connection:
            return connection.execute(query).first() is not None

    def arrival_times(
        self, speakers: Sequence[str], since: datetime, until: datetime
    ) -> list[datetime]:
        """When the claims of these speakers arrived in [since, until), one time for each claim.

        Names are as printed. Bulk loads and copies are left out."""
        query = sa.select(articles.c.arrived_at).join(claims, claims.c.article_id == articles.c.id)
        query = query.where(
            claims.c.speaker.in_(speakers),
            articles.c.arrival == "single",
            articles.c.arrived_at >= since,
            articles.c.arrived_at < until,
            IS_NOT_COPY,
        )
        with self._db.read() as connection:
            return list(connection.scalars(query))

    def known_speakers(self, speakers: Sequence[str], before: datetime) -> set[str]:
        """Which of these names of speakers, as printed, occur in articles that arrived earlier."""
        earlier = sa.select(claims.c.id).join(articles, claims.c.article_id == articles.c.id)
        earlier = earlier.where(claims.c.speaker == names.c.name, articles.c.arrived_at < before)
        out: set[str] = set()
        with self._db.read() as connection:
            for start in range(0, len(speakers), BATCH):
                asked = names.c.name.in_(speakers[start : start + BATCH])
                query = sa.select(names.c.name).where(asked, earlier.exists())
                out |= set(connection.scalars(query))
        return out

    def counts_since(self, since: datetime) -> ArrivalCounts:
        """Count what has arrived since a time, and say when the last article did."""
        late, whole = articles.c.arrived_at >= since, articles.c.arrival != "loose"
        last = sa.select(articles.c.arrived_at).where(whole).order_by(articles.c.arrived_at.desc())
        number = sa.select(sa.func.count()).select_from(articles).where(late, whole)
        there = sa.select(claims.c.id).join(articles, claims.c.article_id == articles.c.id)
        made = sa.select(sa.func.count()).select_from(there.where(late, ~IS_FOREIGN).subquery())
        with self._db.read() as connection:
            return ArrivalCounts(
                newest_at=connection.scalar(last.limit(1)),
                articles=connection.scalar(number) or 0,
                claims=connection.scalar(made) or 0,
            )
