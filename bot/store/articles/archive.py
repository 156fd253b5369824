"""Articles and their claims: filed, changed, kept from being shown, removed.

What may be shown now lies in `articles` and `claims`, and nothing else does: whatever reads these
two can't give away what is withheld or was withdrawn. That, and every earlier version, lies in
`versions`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import datetime

import sqlalchemy as sa

from bot.articles.known_article import Arrival
from bot.articles.metadata import metadata_values
from bot.articles.sites import Sites
from bot.articles.steps import FiledArticle, HistoryUpdate
from bot.model import Article, Claim, Document
from bot.store.articles.applied_corrections import apply_article_corrections, rejected_ids
from bot.store.articles.article_writer import ArticleWriter, reserve_change_numbers
from bot.store.articles.lookup import Lookup, look_up
from bot.store.articles.rows import article_row, imported_row
from bot.store.articles.shown import Change, ShownArticles
from bot.store.database import Database
from bot.store.delivery.jobs import Jobs
from bot.store.delivery.posted import PostedMessages
from bot.store.schema import articles, claims
from bot.store.speakers.roles import RoleReader
from bot.store.watches import new_claims

__all__ = ["Archive", "Arrival", "Change", "FiledArticle", "HistoryUpdate"]


class Archive(ShownArticles):
    """The system of record for articles and claims."""

    def __init__(
        self,
        database: Database,
        jobs: Jobs,
        posted: PostedMessages,
        sites: Sites,
        roles: RoleReader,
    ) -> None:
        super().__init__(database)
        self._jobs, self._posted, self._sites, self._roles = jobs, posted, sites, roles

    def look_up(self, documents: Sequence[Document]) -> Lookup:
        """See which articles documents are, and how these stand."""
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
        """Take steps, each of another article, all or none; returns the ids of the articles whose
        step was left out.

        `lookup` is what stood when the steps were decided on: one whose article stands otherwise by
        now, since another process has written meanwhile, is left out. Without it, an article is
        left out that is known and not there, or there and not known. A known one keeps its time
        and manner of arrival. `now` is asked once no other writer can come between, so that
        arrivals are stamped in the order of their commits.
        """
        with self._db.write() as connection:
            seq = reserve_change_numbers(connection, len(steps))
            stamp = now()
            writing = self._writing(connection, stamp)
            left = self._overtaken(connection, seq, steps, lookup)
            filed: list[FiledArticle] = []
            for one in steps:
                if _id(one) in left:
                    continue
                if isinstance(one, HistoryUpdate):
                    writing.add_hidden(one, seq, arrival, self._jobs, self._sites)
                    seq += 1
                elif one.released and not writing.release(one):
                    left.add(one.article.id)
                else:
                    filed.append(one)
            # What a bulk load brings is no news, nor what people know already.
            is_news = filed and arrival == "single" and new_claims.is_wanted(connection)
            known = new_claims.known_claims(connection, filed) if is_news else set()
            writing.show(filed, seq, arrival)
            if is_news:
                numbered = enumerate(filed, start=seq)
                new_claims.note(connection, numbered, known, now=stamp, jobs=self._jobs)
        return left

    def add_imported(
        self, added: Sequence[tuple[Article, Sequence[Claim]]], *, arrived_at: datetime
    ) -> None:
        """Add claims that were made elsewhere, each under the article that it is said to come
        from. What is there already stays as it is, and what people say is no claim stays out: an
        import may be repeated."""
        with self._db.write() as connection:
            seq = reserve_change_numbers(connection, len(added))
            rows = [
                article_row(article, number, _import_kind(article), arrived_at)
                for number, (article, _) in enumerate(added, start=seq)
            ]
            apply_article_corrections(connection, rows)
            for row in rows:
                row["as_found"] = json.dumps(row["as_found"]) if row["as_found"] else None
            insert = self._db.insert(articles)
            again = insert.on_conflict_do_update(
                index_elements=["id"], set_={"seq": insert.excluded.seq}
            )
            self._db.bulk_insert(connection, again, rows)
            none = rejected_ids(connection, [article.id for article, _ in added])
            claim_rows = [
                imported_row(claim, n)
                for _, found in added
                for n, claim in enumerate(found)
                if claim.id not in none
            ]
            once = self._db.insert(claims).on_conflict_do_nothing(index_elements=["id"])
            if claim_rows:
                self._db.bulk_insert(connection, once, claim_rows)

    def remove(
        self, article_ids: Sequence[str], *, reason: str, block_reimport: bool, removed_at: datetime
    ) -> None:
        """Take articles and their claims out, and keep a note of why.

        Those that are `barred` are not to come in again by themselves, and are kept in the history;
        of others nothing is.
        """
        with self._db.write() as connection:
            seq = reserve_change_numbers(connection, len(article_ids))
            writing = self._writing(connection, removed_at)
            for number, article_id in enumerate(article_ids, start=seq):
                writing.remove(article_id, number, reason, barred=block_reimport)

    def _writing(self, connection: sa.Connection, now: datetime) -> ArticleWriter:
        return ArticleWriter(self._db, connection, posted=self._posted, roles=self._roles, now=now)

    def _overtaken(
        self,
        connection: sa.Connection,
        seq: int,
        steps: Sequence[FiledArticle | HistoryUpdate],
        lookup: Lookup | None,
    ) -> set[str]:
        """The articles that do not stand as they did when steps were decided on."""
        if lookup is None:
            known = {one.article.id: one.is_known for one in steps if isinstance(one, FiledArticle)}
            query = sa.select(articles.c.id).where(articles.c.id.in_(known))
            there = set(connection.scalars(query))
            return {one for one, is_known in known.items() if is_known != (one in there)}
        if lookup.seq == seq - 1:
            return set()
        present = look_up(connection, lookup.documents, self._sites).known_articles
        pairs = zip(lookup.known_articles, present, strict=True)
        return {was.article_id for was, is_ in pairs if was != is_}


def _id(step: FiledArticle | HistoryUpdate) -> str:
    return step.article.id if isinstance(step, FiledArticle) else step.article_id


def _import_kind(article: Article) -> Arrival:
    return "import" if any(metadata_values(article)) else "loose"
