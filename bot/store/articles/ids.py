"""The ids that new articles get."""

from __future__ import annotations

import hashlib
from collections.abc import Collection

import sqlalchemy as sa

from bot.model import Document
from bot.store.schema import articles, versions


def candidate_id(document: Document, number: int = 0) -> str:
    """The id that a document gets, the same each time, where no article has or had it; then that
    of the next number."""
    key: tuple[object, ...] = (document.text_sha, document.outlet, document.url, number)
    if document.guid or not document.text:
        key = (*key, document.guid, None if document.text else document.origin)
    return hashlib.sha256(repr(key).encode()).hexdigest()[:12]


def unused_id(connection: sa.Connection, document: Document) -> str:
    """An id under which there is no article, nor ever was; the same for the same document."""
    number = 0
    while taken_ids(connection, [article_id := candidate_id(document, number)]):
        number += 1
    return article_id


def taken_ids(connection: sa.Connection, ids: Collection[str]) -> set[str]:
    """Those of some ids under which an article is, or was."""
    both = sa.union(
        sa.select(articles.c.id).where(articles.c.id.in_(ids)),
        sa.select(versions.c.article_id).where(versions.c.article_id.in_(ids)),
    )
    return set(connection.scalars(both))
