"""The ids of new articles."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from itertools import count

import sqlalchemy as sa

from bot.model import Document
from bot.store.schema import articles, versions


def candidate_id(document: Document, number: int = 0) -> str:
    """A deterministic id for a document; if it is taken, `number` + 1 gives the next candidate."""
    key: tuple[object, ...] = (document.text_sha, document.outlet, document.address, number)
    if document.guid or not document.text:
        key = (*key, document.guid, None if document.text else document.origin)
    return hashlib.sha256(repr(key).encode()).hexdigest()[:12]


def unused_id(connection: sa.Connection, document: Document) -> str:
    """The first candidate id that no article has or had."""
    candidates = (candidate_id(document, number) for number in count())
    return next(id_ for id_ in candidates if not taken_ids(connection, [id_]))


def taken_ids(connection: sa.Connection, ids: Collection[str]) -> set[str]:
    """The ids among `ids` that an article has or had."""
    shown_ids = sa.select(articles.c.id).where(articles.c.id.in_(ids))
    hidden_ids = sa.select(versions.c.article_id).where(versions.c.article_id.in_(ids))
    return set(connection.scalars(sa.union(shown_ids, hidden_ids)))
