"""What is not shown: earlier versions, what is withheld, what was withdrawn.

For a person at the terminal, the release of what was under an embargo, and claims that are to keep
their ids. Nothing else reads this.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from bot.articles.known_article import HiddenVersion, VersionState
from bot.model import Claim, Document
from bot.store.articles import version_rows
from bot.store.articles.applied_corrections import original_claims, without_corrections
from bot.store.articles.lookup import hidden_version_from_row
from bot.store.database import Database
from bot.store.schema import gone_claims, versions

MAX_VERSIONS = 20
"""Versions of an article whose claims can come back; a live page may have hundreds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One version of an article that is not shown.

    `received_at` is when it came or, of one that was shown, when the article did; `left_at` when
    it ceased to be shown, None where it never was. `claims` are those it had then.
    """

    number: int
    state: VersionState
    document: Document
    received_at: datetime
    left_at: datetime | None
    release_at: datetime | None
    reason: str | None
    claims: tuple[Claim, ...]


class History:
    """Reads what is kept and not shown."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def versions(self, article_id: str) -> list[Version]:
        """All versions of an article but the one that is shown, as they came."""
        query = sa.select(versions).where(versions.c.article_id == article_id)
        with self._db.read() as connection:
            rows = connection.execute(query.order_by(versions.c.number)).all()
        return [_version(row) for row in rows]

    def last_claims(self, article_id: str) -> list[Claim]:
        """The claims of an article when it was last shown, as they were found."""
        query = sa.select(versions.c.claims).where(
            versions.c.article_id == article_id, versions.c.left_at.is_not(None)
        )
        last = query.order_by(versions.c.number.desc()).limit(1)  # clocks may go back
        with self._db.read() as connection:
            claims = version_rows.claims_from_json(connection.scalar(last), article_id)
            return without_corrections(connection, article_id, claims)

    def earlier_claims(self, article_id: str) -> list[Claim]:
        """The claims of the last MAX_VERSIONS versions of an article that were shown and are not
        now, the latest last, and what was found of those that people corrected."""
        query = sa.select(versions.c.claims).where(
            versions.c.article_id == article_id, versions.c.left_at.is_not(None)
        )
        latest = query.order_by(versions.c.number.desc()).limit(MAX_VERSIONS)
        with self._db.read() as connection:
            kept = list(connection.scalars(latest))
            found = original_claims(connection, article_id)
        shown = [
            claim
            for one in reversed(kept)
            for claim in version_rows.claims_from_json(one, article_id)
        ]
        return shown + found

    def gone_ids(self, article_id: str) -> set[str]:
        """The ids of claims that an article has had and has no more."""
        mine = gone_claims.c.article_id == article_id
        with self._db.read() as connection:
            return set(connection.scalars(sa.select(gone_claims.c.claim_id).where(mine)))

    def withheld(self, article_id: str) -> HiddenVersion | None:
        """The version of an article that waits to be shown."""
        query = sa.select(versions).where(
            versions.c.article_id == article_id, versions.c.state == "withheld"
        )
        with self._db.read() as connection:
            row = connection.execute(query).first()
        return hidden_version_from_row(row) if row else None

    def all_withheld(self) -> list[tuple[str, HiddenVersion]]:
        """The versions that wait to be shown, each with its article's id, as they came."""
        query = sa.select(versions).where(versions.c.state == "withheld")
        ordered = query.order_by(versions.c.received_at, versions.c.article_id)
        with self._db.read() as connection:
            return [
                (row.article_id, hidden_version_from_row(row))
                for row in connection.execute(ordered)
            ]

    def due(self, now: datetime) -> list[str]:
        """The articles whose embargo has ended."""
        query = sa.select(versions.c.article_id).where(
            versions.c.release_at <= now, versions.c.state == "withheld"
        )
        with self._db.read() as connection:
            return list(connection.scalars(query.order_by(versions.c.release_at)))


def _version(row: sa.Row[Any]) -> Version:
    return Version(
        number=row.number,
        state=row.state,
        document=version_rows.document_from_json(row.document, row.text),
        received_at=row.received_at,
        left_at=row.left_at,
        release_at=row.release_at,
        reason=row.reason,
        claims=tuple(version_rows.claims_from_json(row.claims, row.article_id)),
    )
