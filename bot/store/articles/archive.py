"""Write articles and their claims: add, change, withhold and remove them.

`articles` and `claims` hold only what may be shown, so code that reads these two tables cannot
leak a withheld or withdrawn text. Those texts, and all earlier versions, are in `versions`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Sequence
from datetime import datetime

import sqlalchemy as sa

from bot.articles.archive_updates import FiledArticle, HistoryUpdate
from bot.articles.known_article import Arrival
from bot.articles.metadata import metadata_values
from bot.articles.sites import Sites
from bot.model import Article, Claim, Document
from bot.store.articles.applied_corrections import apply_article_corrections, rejected_ids
from bot.store.articles.article_writer import ArticleWriter, reserve_change_numbers
from bot.store.articles.lookup import Lookup, look_up
from bot.store.articles.rows import article_row, imported_row
from bot.store.articles.shown import Change, ShownArticles
from bot.store.articles.statements import Statements
from bot.store.database import Database
from bot.store.delivery.jobs import Jobs
from bot.store.delivery.posted import PostedMessages
from bot.store.schema import articles, claims
from bot.store.speakers.roles import RoleReader
from bot.store.watches import new_claims
from bot.store.watches.new_claims import NewClaims

__all__ = ["Archive", "Arrival", "Change", "FiledArticle", "HistoryUpdate"]


class Archive(ShownArticles):
    """Reads and writes the articles and claims of the system of record."""

    def __init__(
        self,
        database: Database,
        jobs: Jobs,
        posted: PostedMessages,
        sites: Sites,
        roles: RoleReader,
        statements: Statements,
    ) -> None:
        super().__init__(database)
        self._statements = statements
        self._jobs, self._posted, self._sites, self._roles = jobs, posted, sites, roles

    def look_up(self, documents: Sequence[Document]) -> Lookup:
        """Find the article that each document belongs to, and its current state."""
        with self._db.read() as connection:
            return look_up(connection, documents, self._sites)

    def apply_steps(
        self,
        steps: Sequence[FiledArticle | HistoryUpdate],
        *,
        arrival: Arrival,
        now: Callable[[], datetime],
        lookup: Lookup | None = None,
    ) -> set[str]:
        """Apply steps, each to a different article, in one transaction; returns the ids of the
        articles skipped.

        `lookup` is what the steps were decided on: a step is skipped if another process has changed
        its article since (optimistic concurrency). Without it, a step is skipped if its `is_known`
        is wrong. A known article keeps its time and manner of arrival. `now` is called once the
        write lock is held, so that arrival times are in the order of commits.
        """
        with self._db.write() as connection:
            seq = reserve_change_numbers(connection, len(steps))
            arrived_at = now()
            writer = self._writer(connection, arrived_at)
            skipped = self._changed_since(connection, seq, steps, lookup)
            filed: list[FiledArticle] = []
            for step in steps:
                if _article_id(step) in skipped:
                    continue
                if isinstance(step, HistoryUpdate):
                    writer.add_hidden(step, seq, arrival, self._jobs, self._sites)
                    seq += 1
                elif step.released_number and not writer.release(step):
                    skipped.add(step.article.id)
                else:
                    filed.append(step)
            # Claims of a bulk load, known ones and those to review trigger no watch.
            is_watched = filed and arrival == "single" and new_claims.has_active_watch(connection)
            known_ids = new_claims.known_claim_ids(connection, filed) if is_watched else set()
            writer.show(filed, seq, arrival)
            if is_watched:
                found = (
                    NewClaims(number, step.article.id, _new_ids(step, known_ids), arrived_at)
                    for number, step in enumerate(filed, start=seq)
                    if not step.article.review
                )
                new_claims.record(connection, found, jobs=self._jobs)
        return skipped

    def add_imported(
        self, imported: Sequence[tuple[Article, Sequence[Claim]]], *, arrived_at: datetime
    ) -> None:
        """Add claims that were extracted elsewhere, each with the article it names.

        Existing rows do not change, and claims that people have rejected are left out, so an
        import can be repeated.
        """
        with self._db.write() as connection:
            seq = reserve_change_numbers(connection, len(imported))
            rows = [
                article_row(article, number, _import_arrival(article), arrived_at)
                for number, (article, _) in enumerate(imported, start=seq)
            ]
            apply_article_corrections(connection, rows)
            for row in rows:
                row["as_found"] = json.dumps(row["as_found"]) if row["as_found"] else None
            insert = self._db.insert(articles)
            upsert = insert.on_conflict_do_update(
                index_elements=["id"], set_={"seq": insert.excluded.seq}
            )
            self._db.bulk_insert(connection, upsert, rows)
            rejected = rejected_ids(connection, [article.id for article, _ in imported])
            claim_rows = [
                imported_row(claim, position)
                for _, article_claims in imported
                for position, claim in enumerate(article_claims)
                if claim.id not in rejected
            ]
            if claim_rows:
                insert_new = self._db.insert(claims).on_conflict_do_nothing(index_elements=["id"])
                self._db.bulk_insert(connection, insert_new, claim_rows)
                self._statements.join(connection, [article.id for article, _ in imported])

    def remove(
        self,
        article_ids: Sequence[str],
        *,
        reason: str,
        block_reimport: bool,
        removed_at: datetime,
        connection: sa.Connection | None = None,
    ) -> None:
        """Remove articles and their claims, and record the reason.

        With `block_reimport`, they are not added again automatically and stay in the history;
        without it, their history is deleted too.
        """
        with self._db.write_in(connection) as connection:
            seq = reserve_change_numbers(connection, len(article_ids))
            writer = self._writer(connection, removed_at)
            for number, article_id in enumerate(article_ids, start=seq):
                writer.remove(article_id, number, reason, block_reimport=block_reimport)

    def _writer(self, connection: sa.Connection, now: datetime) -> ArticleWriter:
        return ArticleWriter(
            self._db,
            connection,
            posted=self._posted,
            roles=self._roles,
            statements=self._statements,
            now=now,
        )

    def _changed_since(
        self,
        connection: sa.Connection,
        seq: int,
        steps: Sequence[FiledArticle | HistoryUpdate],
        lookup: Lookup | None,
    ) -> set[str]:
        """The ids of the articles that have changed since the lookup."""
        if lookup is None:
            is_known = {
                step.article.id: step.is_known for step in steps if isinstance(step, FiledArticle)
            }
            query = sa.select(articles.c.id).where(articles.c.id.in_(is_known))
            existing = set(connection.scalars(query))
            return {id_ for id_ in is_known if is_known[id_] != (id_ in existing)}
        if lookup.seq == seq - 1:
            return set()
        current = look_up(connection, lookup.documents, self._sites).known_articles
        pairs = zip(lookup.known_articles, current, strict=True)
        return {before.article_id for before, after in pairs if before != after}


def _new_ids(step: FiledArticle, known_ids: Collection[str]) -> tuple[str, ...]:
    return tuple(claim.id for claim in step.claims if claim.id not in known_ids)


def _article_id(step: FiledArticle | HistoryUpdate) -> str:
    return step.article.id if isinstance(step, FiledArticle) else step.article_id


def _import_arrival(article: Article) -> Arrival:
    return "import" if any(metadata_values(article)) else "loose"
