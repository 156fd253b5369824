"""Which claims have come that no watch has seen yet.

What is news is noted in the transaction that files it, with the job that matches it, and taken out
again in the transaction that notes what it has fired: so each claim is matched once, whatever dies
in between. Nothing is noted where nobody watches.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from bot.articles.steps import FiledArticle
from bot.store.delivery.jobs import Jobs
from bot.store.schema import claims, gone_claims, news, watches

WATCH = "watch"
"""The kind of the job that matches what is new with all watches; its key is ALL."""
ALL = "all"


@dataclass(frozen=True, slots=True)
class NewClaims:
    """Claims of an article that came with its change number `seq`."""

    seq: int
    article_id: str
    claims: tuple[str, ...]
    filed_at: datetime


class AlreadyTaken(Exception):
    """Another process has taken the same."""


def is_wanted(connection: sa.Connection) -> bool:
    """Whether anybody watches."""
    some = sa.select(watches.c.id).where(watches.c.state == "active").limit(1)
    return connection.scalar(some) is not None


def known_claims(connection: sa.Connection, filed: Collection[FiledArticle]) -> set[str]:
    """The claims that articles have or had which are about to be filed: none is news again."""
    known: set[str] = set()
    article_ids = {one.article.id for one in filed}
    for table, claim_id in ((claims, claims.c.id), (gone_claims, gone_claims.c.claim_id)):
        query = sa.select(claim_id).where(table.c.article_id.in_(article_ids))
        known.update(connection.scalars(query))
    return known


def note(
    connection: sa.Connection,
    filed: Iterable[tuple[int, FiledArticle]],
    known: Collection[str],
    *,
    now: datetime,
    jobs: Jobs,
) -> None:
    """Note the claims of articles that have been filed, each with its change number, but for those
    that are known."""
    rows = [
        {"seq": seq, "article_id": one.article.id, "claims": new, "filed_at": now}
        for seq, one in filed
        if (new := [claim.id for claim in one.claims if claim.id not in known])
    ]
    if rows:
        connection.execute(sa.insert(news), rows)
        jobs.add(WATCH, ALL, due_at=now, connection=connection)


def read(connection: sa.Connection, limit: int) -> list[NewClaims]:
    """The first `limit` that no watch has seen."""
    query = sa.select(news).order_by(news.c.seq).limit(limit)
    rows = connection.execute(query)
    return [NewClaims(row.seq, row.article_id, tuple(row.claims), row.filed_at) for row in rows]


def take(connection: sa.Connection, seqs: Collection[int]) -> None:
    """Take some out, as the only one to do so. Raises Overtaken."""
    gone = sa.delete(news).where(news.c.seq.in_(seqs)).returning(news.c.seq)
    if len(connection.scalars(gone).all()) < len(seqs):
        raise AlreadyTaken
