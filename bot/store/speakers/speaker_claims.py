"""The claims of a speaker under all of their names: counts, latest claims and articles.

Only claims that certainly name the speaker count, whether the speaker said, denied or refused to
say something. Copies of articles do not count, nor do articles that somebody has to review.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import sqlalchemy as sa

from bot.model import ArticleCard, Claim, Tally
from bot.store.articles.copies import IS_NOT_COPY
from bot.store.articles.rows import card_from_row, claim_from_row
from bot.store.articles.shown import CARD, CLAIMS_WITH_CARD
from bot.store.articles.visibility import IDS_IN_REVIEW, IS_ACCEPTED, IS_CLAIM
from bot.store.database import Database
from bot.store.schema import articles, claims
from bot.store.schema import names as speaker_names

NEWEST_FIRST = (
    articles.c.published_on.is_(None),
    articles.c.published_on.desc(),
    articles.c.seq.desc(),
)
ATTRIBUTION_TYPES = ("direct", "mixed", "indirect")
IS_UTTERANCE = claims.c.negative.is_(False)
_IS_COUNTED_ARTICLE = (IS_NOT_COPY, IS_ACCEPTED)


MAX_COUNTED = 1_000
"""Who is quoted a thousand times comes first among several, however often it really is."""


class QuotingArticle(NamedTuple):
    """An article that quotes a speaker, with one or two of the names that it uses for them."""

    card: ArticleCard
    text: str
    names: tuple[str, ...]


class SpeakerClaims:
    """Reads the claims of a speaker."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def tally(self, names: Sequence[str]) -> Tally:
        """Count a speaker's claims."""
        columns: list[Any] = [
            sa.func.count().label("total"),
            *(
                _count(IS_UTTERANCE & (claims.c.type == type_)).label(type_)
                for type_ in ATTRIBUTION_TYPES
            ),
            _count(claims.c.stance == "denied").label("denials"),
            _count(~IS_UTTERANCE).label("refusals"),
            sa.func.count(sa.distinct(claims.c.article_id)).label("articles"),
            sa.func.min(articles.c.published_on).label("first"),
            sa.func.max(articles.c.published_on).label("last"),
        ]
        query = _restrict_to_speaker(sa.select(*columns), names)
        (row,) = self._db.fetch_all(query)
        return Tally(**row._asdict())

    def latest(
        self, names: Sequence[str], *, limit: int, offset: int = 0
    ) -> list[tuple[Claim, ArticleCard]]:
        """A speaker's claims, newest article first, in reading order within an article."""
        newest = _newest_articles(names, limit + offset)
        query = CLAIMS_WITH_CARD.where(claims.c.article_id.in_(newest), *_is_counted(names))
        query = query.order_by(*NEWEST_FIRST, claims.c.position).limit(limit).offset(offset)
        return [(claim_from_row(row), card_from_row(row)) for row in self._db.fetch_all(query)]

    def articles(self, names: Sequence[str], *, limit: int) -> list[QuotingArticle]:
        """The newest articles that quote a speaker."""
        names_in_article = sa.func.min(claims.c.speaker), sa.func.max(claims.c.speaker)
        query = _restrict_to_speaker(sa.select(claims.c.article_id, *names_in_article), names)
        query = query.where(claims.c.article_id.in_(_newest_articles(names, limit)))
        quoted_names = query.group_by(claims.c.article_id).subquery()
        columns: list[Any] = [*quoted_names.c, articles.c.text, *CARD]
        query = sa.select(*columns).join(articles, articles.c.id == quoted_names.c.article_id)
        query = query.order_by(*NEWEST_FIRST).limit(limit)
        return [
            QuotingArticle(card_from_row(row), row.text, tuple(dict.fromkeys(row[1:3])))
            for row in self._db.fetch_all(query)
        ]

    def counts(self, names: Iterable[str]) -> dict[str, int]:
        """Count the claims under each of these names, including uncertain ones and copies, up to
        MAX_COUNTED for each."""
        is_accepted = claims.c.article_id.not_in(IDS_IN_REVIEW)
        of_name = sa.select(claims.c.id).where(
            claims.c.speaker == speaker_names.c.name, is_accepted, IS_CLAIM
        )
        counted = of_name.limit(MAX_COUNTED).correlate(speaker_names).subquery()
        count = sa.select(sa.func.count()).select_from(counted).scalar_subquery()
        query = sa.select(speaker_names.c.name, count.label("claim_count"))
        query = query.where(speaker_names.c.name.in_(list(names)))
        return {row.name: row.claim_count for row in self._db.fetch_all(query) if row.claim_count}


def _restrict_to_speaker(query: sa.Select[Any], names: Sequence[str]) -> sa.Select[Any]:
    """Restrict a query to a speaker's claims."""
    joined = query.select_from(claims).join(articles, claims.c.article_id == articles.c.id)
    return joined.where(*_is_counted(names))


def _newest_articles(names: Sequence[str], limit: int) -> sa.Select[tuple[str]]:
    """The ids of the newest articles that quote a speaker.

    A database goes through the articles, newest first, or through the claims of the speaker,
    whichever are fewer. A query for claims alone would sort those of half a lifetime.
    """
    is_claim, is_article = _is_counted_claim(names), _IS_COUNTED_ARTICLE
    quoting = sa.select(claims.c.article_id).where(*is_claim)
    query = sa.select(articles.c.id).where(articles.c.id.in_(quoting), *is_article)
    return query.order_by(*NEWEST_FIRST).limit(limit)


def _is_counted(names: Sequence[str]) -> tuple[sa.ColumnElement[bool], ...]:
    return *_is_counted_claim(names), *_IS_COUNTED_ARTICLE


def _is_counted_claim(names: Sequence[str]) -> tuple[sa.ColumnElement[bool], ...]:
    return (
        claims.c.speaker.in_(names),
        claims.c.source_kind == "named",
        IS_CLAIM,
    )


def _count(condition: sa.ColumnElement[bool]) -> sa.ColumnElement[int]:
    return sa.func.count(sa.case((condition, 1)))
