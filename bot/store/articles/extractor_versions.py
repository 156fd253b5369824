"""Find the articles that an older version of the extractor has read, and replace their claims."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from bot.articles.archive_updates import FiledArticle
from bot.articles.known_article import Arrival
from bot.articles.metadata import all_metadata
from bot.model import Article, Claim, Spans
from bot.store.articles.applied_corrections import apply_article_corrections, extracted_claims
from bot.store.articles.article_writer import ArticleWriter, reserve_change_numbers
from bot.store.articles.rows import article_as_found, spans_from_json
from bot.store.articles.statements import Statements
from bot.store.database import Database
from bot.store.delivery.posted import PostedMessages
from bot.store.schema import articles
from bot.store.speakers.roles import RoleReader

EXTRACTED_ARRIVALS: tuple[Arrival, ...] = ("single", "bulk")
"""The kinds of arrival of articles that are extracted here; others are imported with claims."""


@dataclass(frozen=True, slots=True)
class StaleArticle:
    """An article that the current extractor has not read, as of change number `seq`."""

    article: Article
    seq: int


class ExtractorVersions:
    """Lists the articles that another extractor version has read, and replaces their claims."""

    def __init__(
        self,
        database: Database,
        posted: PostedMessages,
        roles: RoleReader,
        statements: Statements,
    ) -> None:
        self._db, self._posted, self._roles = database, posted, roles
        self._statements = statements

    def stale_articles(self, extractor: str, *, after: str, limit: int) -> list[StaleArticle]:
        """Read up to `limit` articles of another extractor version, with ids after `after`.

        Imported articles are left out: they have no text.
        """
        query = sa.select(articles).where(*_is_stale(extractor), articles.c.id > after)
        rows = self._db.fetch_all(query.order_by(articles.c.id).limit(limit))
        return [StaleArticle(article_as_found(row), row.seq) for row in rows]

    def count_stale(self, extractor: str) -> int:
        """Count the articles that another extractor version has read."""
        query = sa.select(sa.func.count()).select_from(articles).where(*_is_stale(extractor))
        return self._db.fetch_value(query) or 0

    def claims_of_same_text(
        self, article: Article, extractor: str
    ) -> tuple[list[Claim], Spans, int | None] | None:
        """The claims and paragraphs that an extractor has found in an article with the same text
        and date, and where it stopped reading, if it did; None if it has read no such article."""
        with self._db.read() as connection:
            row = connection.execute(_same_text_query(article, extractor)).one_or_none()
            if row is None:
                return None
            claims = extracted_claims(connection, row.id)
        return [claim for _, claim in claims], spans_from_json(row.paragraphs), row.read_to

    def mark_all_stale(self) -> None:
        """Mark every article as stale, so that it is extracted again."""
        self._db.execute(sa.update(articles).values(extractor=None))

    def replace_claims(
        self, extracted: Sequence[tuple[StaleArticle, FiledArticle]], *, now: datetime
    ) -> None:
        """Replace the claims and metadata of articles in one transaction.

        The articles keep their version, and their time and manner of arrival. An article that has
        been removed, changed or extracted by another process since it was listed is skipped.
        """
        with self._db.write() as connection:
            seq = reserve_change_numbers(connection, len(extracted))
            metadata = _changed_metadata(connection, extracted)
            replaced: list[FiledArticle] = []
            for number, (stale, filed) in enumerate(extracted, start=seq):
                is_unchanged = articles.c.id == stale.article.id, articles.c.seq == stale.seq
                values = {
                    "paragraphs": filed.paragraphs or None,
                    "extractor": filed.extractor,
                    "read_to": filed.read_to,
                }
                values |= metadata.get(filed.article.id, {})
                update = sa.update(articles).where(*is_unchanged).values(seq=number, **values)
                if connection.execute(update).rowcount:
                    replaced.append(filed)
            writer = ArticleWriter(
                self._db,
                connection,
                posted=self._posted,
                roles=self._roles,
                statements=self._statements,
                now=now,
            )
            writer.replace_claims(replaced)


def _changed_metadata(
    connection: sa.Connection, extracted: Sequence[tuple[StaleArticle, FiledArticle]]
) -> dict[str, dict[str, Any]]:
    """The column values, by id, of articles with changed metadata, corrections applied."""
    changed = [filed.article for stale, filed in extracted if filed.article != stale.article]
    rows = [{"id": article.id, "as_found": None, **all_metadata(article)} for article in changed]
    apply_article_corrections(connection, rows)
    return {row["id"]: row for row in rows}


def _same_text_query(article: Article, extractor: str) -> sa.Select[Any]:
    # With coalesce, SQLite starts from the few articles with this text. Otherwise it would scan
    # all articles of the day, or all undated ones, by the index of published_on.
    day = sa.func.coalesce(articles.c.published_on, date.min)
    is_same = (
        articles.c.text_sha == article.text_sha,
        articles.c.extractor == extractor,
        day == (article.published_on or date.min),
        articles.c.language.is_not_distinct_from(article.language),
        # If people have corrected its day, its claims were extracted under another day.
        articles.c.as_found.is_(sa.null()),
    )
    query = sa.select(articles.c.id, articles.c.paragraphs, articles.c.read_to).where(*is_same)
    # Prefer the article itself to its copies.
    return query.order_by(articles.c.id != article.id, articles.c.id).limit(1)


def _is_stale(extractor: str) -> tuple[sa.ColumnElement[bool], ...]:
    has_other_extractor = articles.c.extractor.is_distinct_from(extractor)
    return articles.c.arrival.in_(EXTRACTED_ARRIVALS), has_other_extractor
