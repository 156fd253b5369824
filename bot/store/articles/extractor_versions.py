"""Which version of the extractor has read each article; claims of an older one are replaced."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from bot.articles.known_article import Arrival
from bot.articles.metadata import all_metadata
from bot.articles.steps import FiledArticle
from bot.model import Article, Claim, Spans
from bot.store.articles.applied_corrections import apply_article_corrections, extracted_claims
from bot.store.articles.article_writer import ArticleWriter, reserve_change_numbers
from bot.store.articles.rows import article_as_found, spans_from_json
from bot.store.database import Database
from bot.store.delivery.posted import PostedMessages
from bot.store.schema import articles
from bot.store.speakers.roles import RoleReader

EXTRACTED_ARRIVALS: tuple[Arrival, ...] = ("single", "bulk")
"""How articles arrive whose claims were found here; the claims of others were made elsewhere."""


@dataclass(frozen=True, slots=True)
class StaleArticle:
    """An article that the current extractor has not read, as it was at change number `seq`."""

    article: Article
    seq: int


class ExtractorVersions:
    """Hands out the articles that another extractor has read, and takes what is found in them."""

    def __init__(self, database: Database, posted: PostedMessages, roles: RoleReader) -> None:
        self._db, self._posted, self._roles = database, posted, roles

    def stale_articles(self, extractor: str, *, after: str, limit: int) -> list[StaleArticle]:
        """Read up to `limit` articles of another extractor version, with ids after `after`.

        Imported articles are left out: they have no text.
        """
        query = sa.select(articles).where(*_unread(extractor), articles.c.id > after)
        with self._db.read() as connection:
            rows = connection.execute(query.order_by(articles.c.id).limit(limit)).all()
        return [StaleArticle(article_as_found(row), row.seq) for row in rows]

    def count_stale(self, extractor: str) -> int:
        """How many articles another extractor has read."""
        query = sa.select(sa.func.count()).select_from(articles).where(*_unread(extractor))
        with self._db.read() as connection:
            return connection.execute(query).scalar_one()

    def claims_of_same_text(
        self, article: Article, extractor: str
    ) -> tuple[list[Claim], Spans] | None:
        """The claims and paragraphs that an extractor has found in an article of the same text and
        day, or None if it has read none."""
        with self._db.read() as connection:
            row = connection.execute(_same_text(article, extractor)).one_or_none()
            if row is None:
                return None
            found = extracted_claims(connection, row.id)
        return [claim for _, claim in found], spans_from_json(row.paragraphs)

    def mark_all_stale(self) -> None:
        """Mark every article as stale, so that it is extracted again."""
        with self._db.write() as connection:
            connection.execute(sa.update(articles).values(extractor=None))

    def replace_claims(
        self, read: Sequence[tuple[StaleArticle, FiledArticle]], *, now: datetime
    ) -> None:
        """Put the claims that were found in articles now in the place of those found before, all
        or none, and what is known of the articles now.

        They keep their version, and their time and manner of arrival. One that was removed,
        changed or read by somebody else since it was handed out is passed over.
        """
        with self._db.write() as connection:
            seq = reserve_change_numbers(connection, len(read))
            described = _described(connection, read)
            there: list[FiledArticle] = []
            for number, (unread, new) in enumerate(read, start=seq):
                as_read = articles.c.id == unread.article.id, articles.c.seq == unread.seq
                values = {"paragraphs": new.paragraphs or None, "extractor": new.extractor}
                values |= described.get(new.article.id, {})
                update = sa.update(articles).where(*as_read).values(seq=number, **values)
                if connection.execute(update).rowcount:
                    there.append(new)
            writing = ArticleWriter(
                self._db, connection, posted=self._posted, roles=self._roles, now=now
            )
            writing.replace_claims(there)


def _described(
    connection: sa.Connection, read: Sequence[tuple[StaleArticle, FiledArticle]]
) -> dict[str, dict[str, Any]]:
    """The values, by id, of articles of which something else is known now: people's corrections
    lie over them."""
    new = [filed.article for unread, filed in read if filed.article != unread.article]
    rows = [{"id": one.id, "as_found": None, **all_metadata(one)} for one in new]
    apply_article_corrections(connection, rows)
    return {row["id"]: row for row in rows}


def _same_text(article: Article, extractor: str) -> sa.Select[Any]:
    # The day is put so that SQLite begins at the few with such a text, and does not go through all
    # of a day, or without one, by their index.
    day = sa.func.coalesce(articles.c.published_on, date.min)
    same = (
        articles.c.text_sha == article.text_sha,
        articles.c.extractor == extractor,
        day == (article.published_on or date.min),
        articles.c.language.is_not_distinct_from(article.language),
        # Of one whose day people have corrected, the claims were found under another day.
        articles.c.as_found.is_(sa.null()),
    )
    found = sa.select(articles.c.id, articles.c.paragraphs).where(*same)
    # Its own claims, if it is there already, before those of a copy.
    return found.order_by(articles.c.id != article.id, articles.c.id).limit(1)


def _unread(extractor: str) -> tuple[sa.ColumnElement[bool], ...]:
    return articles.c.arrival.in_(EXTRACTED_ARRIVALS), articles.c.extractor.is_distinct_from(
        extractor
    )
