"""What a speaker has said, under all of their names: how often, what lately, and where.

Counted is what a named speaker said, denied or would not say for certain. What a copy of an article
prints was printed before.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import sqlalchemy as sa

from bot.model import ArticleCard, Claim, Tally
from bot.store.articles.copies import IS_NOT_COPY
from bot.store.articles.rows import card_from_row, claim_from_row
from bot.store.articles.shown import CARD, WITH_CARD
from bot.store.database import Database
from bot.store.schema import articles, claims

SURE = (
    claims.c.source_kind == "named",
    claims.c.unsure.is_(False),
    IS_NOT_COPY,
)
NEWEST = (articles.c.published_on.is_(None), articles.c.published_on.desc(), articles.c.seq.desc())
TYPE = claims.c.type
FORMS = ("direct", "mixed", "indirect")
SAID = claims.c.negative.is_(False)


class QuotingArticle(NamedTuple):
    """An article that quotes a speaker: its card, its text, and one or two of the names under which
    it does."""

    card: ArticleCard
    text: str
    names: tuple[str, ...]


class SpeakerClaims:
    """Reads the claims of a speaker; claims below a confidence are left out."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def tally(self, names: Sequence[str], *, min_confidence: float) -> Tally:
        """Count what the bearer of these names said."""
        columns: list[Any] = [
            sa.func.count().label("total"),
            *(_count(SAID & TYPE.in_([name])).label(name) for name in FORMS),
            _count(claims.c.stance.in_(["denied"])).label("denials"),
            _count(~SAID).label("refusals"),
            sa.func.count(sa.distinct(claims.c.article_id)).label("articles"),
            sa.func.min(articles.c.published_on).label("first"),
            sa.func.max(articles.c.published_on).label("last"),
        ]
        query = _by(sa.select(*columns), names, min_confidence)
        with self._db.read() as connection:
            return Tally(**connection.execute(query).one()._asdict())

    def latest(
        self, names: Sequence[str], *, min_confidence: float, limit: int, offset: int = 0
    ) -> list[tuple[Claim, ArticleCard]]:
        """What they said, the newest article first, each in reading order."""
        mine = WITH_CARD.where(
            claims.c.speaker.in_(names), claims.c.confidence >= min_confidence, *SURE
        )
        query = mine.order_by(*NEWEST, claims.c.position).limit(limit).offset(offset)
        with self._db.read() as connection:
            return [(claim_from_row(row), card_from_row(row)) for row in connection.execute(query)]

    def articles(
        self, names: Sequence[str], *, min_confidence: float, limit: int
    ) -> list[QuotingArticle]:
        """The newest articles that quote them."""
        names_there = sa.func.min(claims.c.speaker), sa.func.max(claims.c.speaker)
        quoting = sa.select(claims.c.article_id, *names_there)
        found = _by(quoting, names, min_confidence).group_by(claims.c.article_id).subquery()
        columns: list[Any] = [*found.c, articles.c.text, *CARD]
        query = (
            sa.select(*columns)
            .join(articles, articles.c.id == found.c.article_id)
            .order_by(*NEWEST)
            .limit(limit)
        )
        with self._db.read() as connection:
            return [
                QuotingArticle(card_from_row(row), row.text, tuple(dict.fromkeys(row[1:3])))
                for row in connection.execute(query)
            ]

    def counts(self, names: Iterable[str]) -> dict[str, int]:
        """How many claims each of these names has, for certain or not."""
        query = sa.select(claims.c.speaker, sa.func.count()).group_by(claims.c.speaker)
        with self._db.read() as connection:
            rows = connection.execute(query.where(claims.c.speaker.in_(list(names))))
            return {row[0]: row[1] for row in rows}


def _by(query: sa.Select[Any], names: Sequence[str], min_confidence: float) -> sa.Select[Any]:
    joined = query.select_from(claims).join(articles, claims.c.article_id == articles.c.id)
    return joined.where(claims.c.speaker.in_(names), claims.c.confidence >= min_confidence, *SURE)


def _count(condition: sa.ColumnElement[bool]) -> sa.ColumnElement[int]:
    return sa.func.count(sa.case((condition, 1)))
