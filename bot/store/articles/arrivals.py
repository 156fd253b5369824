"""Claims by the time at which their articles arrived."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from bot.model import FOREIGN_PARAGRAPH, ArticleCard, Claim, Hit
from bot.store.articles.copies import IS_NOT_COPY
from bot.store.articles.rows import card_from_row, claim_from_row, hit_from_row
from bot.store.articles.shown import CLAIMS_WITH_CARD, IS_FOREIGN, IS_PLACEHOLDER
from bot.store.articles.visibility import IS_ACCEPTED, IS_CLAIM, IS_REVIEWED
from bot.store.database import Database, select_in_batches
from bot.store.schema import articles, claims, names


@dataclass(frozen=True, slots=True)
class ArrivalCounts:
    """How many articles and claims arrived in a period, and when the newest article arrived."""

    newest_at: datetime | None
    articles: int
    claims: int


class ClaimArrivals:
    """Reads claims by the arrival times of their articles. Periods are [since, until).

    Articles that somebody has to review are left out, except from counts of what can be found.
    """

    def __init__(self, database: Database) -> None:
        self._db = database

    def claims_arrived(self, since: datetime, until: datetime, *, oldest_days: int) -> list[Hit]:
        """The claims of articles that arrived one by one in a period, in reading order.

        Foreign paragraphs are left out, and so are articles published more than `oldest_days` days
        before they arrived.
        """
        query = (
            CLAIMS_WITH_CARD.add_columns(articles.c.arrived_at)
            .where(
                articles.c.arrival == "single",
                *_arrived_in(since, until),
                claims.c.kind != FOREIGN_PARAGRAPH,
                IS_CLAIM,
            )
            .order_by(articles.c.arrived_at, articles.c.seq, claims.c.position)
        )
        return [
            hit_from_row(row)
            for row in self._db.fetch_all(query)
            if row.published_on is None
            or (row.arrived_at.date() - row.published_on).days <= oldest_days
        ]

    def claims_with_text(
        self, texts: Collection[str], since: datetime, until: datetime
    ) -> list[tuple[Claim, ArticleCard, datetime]]:
        """The claims with one of these contents that arrived in a period, each with its article
        and the time of arrival."""
        query = CLAIMS_WITH_CARD.add_columns(articles.c.arrived_at).where(
            *_arrived_in(since, until), claims.c.text.in_(texts), IS_CLAIM
        )
        return [
            (claim_from_row(row), card_from_row(row), row.arrived_at)
            for row in self._db.fetch_all(query)
        ]

    def has_arrived(self, before: datetime) -> bool:
        """Tell whether any article arrived before a time."""
        query = sa.select(articles.c.id).where(articles.c.arrived_at < before).limit(1)
        return self._db.fetch_first(query) is not None

    def arrival_times(
        self, speakers: Sequence[str], since: datetime, until: datetime
    ) -> list[datetime]:
        """The arrival times of the claims of these speakers in a period, one for each claim.

        Names are as printed. Bulk loads and copies are left out.
        """
        query = sa.select(articles.c.arrived_at).join(claims, claims.c.article_id == articles.c.id)
        return self._db.fetch_values(
            query.where(
                claims.c.speaker.in_(speakers),
                articles.c.arrival == "single",
                *_arrived_in(since, until),
                IS_NOT_COPY,
                IS_CLAIM,
            )
        )

    def known_speakers(self, speakers: Sequence[str], before: datetime) -> set[str]:
        """The names, as printed, that occur in articles that arrived before a time."""
        earlier_claim = sa.select(claims.c.id).join(articles, claims.c.article_id == articles.c.id)
        earlier_claim = earlier_claim.where(
            claims.c.speaker == names.c.name, articles.c.arrived_at < before, IS_ACCEPTED
        )
        query = sa.select(names.c.name).where(earlier_claim.exists())
        with self._db.read() as connection:
            rows = select_in_batches(connection, query, names.c.name, speakers)
            return {row.name for row in rows}

    def counts_since(self, since: datetime) -> ArrivalCounts:
        """Count the articles and claims that have arrived since a time."""
        is_recent = (articles.c.arrived_at >= since) & IS_REVIEWED
        newest = sa.select(articles.c.arrived_at).where(~IS_PLACEHOLDER, IS_REVIEWED)
        newest = newest.order_by(articles.c.arrived_at.desc()).limit(1)
        count = sa.select(sa.func.count()).select_from(articles).where(is_recent, ~IS_PLACEHOLDER)
        ids = sa.select(claims.c.id).join(articles, claims.c.article_id == articles.c.id)
        ids = ids.where(is_recent, ~IS_FOREIGN, IS_CLAIM)
        claim_count = sa.select(sa.func.count()).select_from(ids.subquery())
        with self._db.read() as connection:
            return ArrivalCounts(
                newest_at=connection.scalar(newest),
                articles=connection.scalar(count) or 0,
                claims=connection.scalar(claim_count) or 0,
            )


def _arrived_in(since: datetime, until: datetime) -> tuple[sa.ColumnElement[bool], ...]:
    return articles.c.arrived_at >= since, articles.c.arrived_at < until, IS_ACCEPTED
