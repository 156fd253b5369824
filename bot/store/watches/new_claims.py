"""Claims that no watch has been matched with yet.

They are recorded in the transaction that writes them, with the job that matches them, and deleted
in the transaction that records the alerts. So each claim is matched exactly once, even if a
process is killed in between. Nothing is recorded while there are no active watches.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass
from datetime import datetime

import sqlalchemy as sa

from bot.articles.archive_updates import FiledArticle
from bot.store.articles.visibility import IDS_IN_REVIEW
from bot.store.delivery.jobs import Jobs
from bot.store.schema import claims, gone_claims, news, watches

WATCH_JOB = "watch"
"""The kind of the job that matches new claims with all watches; its key is ALL_WATCHES."""
ALL_WATCHES = "all"


@dataclass(frozen=True, slots=True)
class NewClaims:
    """The new claims of an article, as of change number `seq`."""

    seq: int
    article_id: str
    claims: tuple[str, ...]
    filed_at: datetime


class AlreadyTaken(Exception):
    """Another process has matched some of the same claims."""


def has_active_watch(connection: sa.Connection) -> bool:
    """Tell whether any watch is active."""
    query = sa.select(watches.c.id).where(watches.c.state == "active").limit(1)
    return connection.scalar(query) is not None


def known_claim_ids(connection: sa.Connection, filed: Collection[FiledArticle]) -> set[str]:
    """The ids of claims that articles have or had before they are written again, if nobody had to
    review the article."""
    article_ids = {step.article.id for step in filed}
    ids: set[str] = set()
    for column in (claims.c.id, gone_claims.c.claim_id):
        article_id = column.table.c.article_id
        query = sa.select(column).where(
            article_id.in_(article_ids), article_id.not_in(IDS_IN_REVIEW)
        )
        ids.update(connection.scalars(query))
    return ids


def record(connection: sa.Connection, found: Iterable[NewClaims], *, jobs: Jobs) -> None:
    """Record the new claims of articles, and the job that matches them with the watches."""
    rows = [asdict(one) | {"claims": list(one.claims)} for one in found if one.claims]
    if rows:
        connection.execute(sa.insert(news), rows)
        due_at = max(row["filed_at"] for row in rows)
        jobs.add(WATCH_JOB, ALL_WATCHES, due_at=due_at, connection=connection)


def load(connection: sa.Connection, limit: int) -> list[NewClaims]:
    """Read the new claims of up to `limit` articles, oldest first."""
    rows = connection.execute(sa.select(news).order_by(news.c.seq).limit(limit))
    return [NewClaims(row.seq, row.article_id, tuple(row.claims), row.filed_at) for row in rows]


def take(connection: sa.Connection, seqs: Collection[int]) -> None:
    """Delete new claims by change number. Raises AlreadyTaken if any of them are gone."""
    delete = sa.delete(news).where(news.c.seq.in_(seqs)).returning(news.c.seq)
    if len(connection.scalars(delete).all()) < len(seqs):
        raise AlreadyTaken
