"""Read the hidden versions of articles: earlier, withheld and withdrawn ones.

They are for the person at the terminal, for releasing embargoed articles, and for giving claims
the ids they had in earlier versions. Nothing else reads them.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from bot.articles.known_article import HiddenVersion, VersionState
from bot.model import Claim, Document
from bot.store.articles import version_rows
from bot.store.articles.applied_corrections import original_claims, without_corrections
from bot.store.articles.lookup import hidden_version_from_row
from bot.store.database import Database, select_in_batches
from bot.store.schema import articles, corrections, gone_claims, outbox_claims, versions

MAX_VERSIONS = 20
"""How many versions of an article are searched for returning claims; a live page may have
hundreds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """A version of an article that is not shown.

    `received_at` is when it arrived or, if it was shown, when its article arrived. `left_at` is
    when it ceased to be shown, or None if it never was shown. `claims` are its claims at that time.
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
    """Reads the versions that are not shown."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def arrival_time(self, article_id: str) -> datetime | None:
        """When an article first arrived, or None if it is not shown."""
        return self._db.fetch_value(
            sa.select(articles.c.arrived_at).where(articles.c.id == article_id)
        )

    def versions(self, article_id: str) -> list[Version]:
        """All versions of an article except the one that is shown, in order of number."""
        query = sa.select(versions).where(versions.c.article_id == article_id)
        return [
            _version_from_row(row) for row in self._db.fetch_all(query.order_by(versions.c.number))
        ]

    def last_claims(self, article_id: str) -> list[Claim]:
        """The claims of an article when it was last shown, as extracted."""
        with self._db.read() as connection:
            stored = connection.scalar(_shown_claims(article_id, 1))
            claims = version_rows.claims_from_json(stored, article_id)
            return without_corrections(connection, article_id, claims)

    def earlier_claims(self, article_id: str) -> list[Claim]:
        """The claims of the last MAX_VERSIONS versions that were shown, latest last, and the
        originals of the claims that people corrected."""
        with self._db.read() as connection:
            stored = list(connection.scalars(_shown_claims(article_id, MAX_VERSIONS)))
            originals = original_claims(connection, article_id)
        shown = [
            claim
            for version in reversed(stored)
            for claim in version_rows.claims_from_json(version, article_id)
        ]
        return shown + originals

    def gone_ids(self, article_id: str) -> set[str]:
        """The ids of claims that an article no longer has."""
        is_of_article = gone_claims.c.article_id == article_id
        return set(self._db.fetch_values(sa.select(gone_claims.c.claim_id).where(is_of_article)))

    def seen_ids(self, claim_ids: Collection[str]) -> set[str]:
        """Of these claims, those that a message shows (shared, watched or in a digest), or that
        somebody has corrected."""
        with self._db.read() as connection:
            return {
                row.claim_id
                for column in (outbox_claims.c.claim_id, corrections.c.claim_id)
                for row in select_in_batches(connection, sa.select(column), column, claim_ids)
            }

    def withheld_version(self, article_id: str) -> HiddenVersion | None:
        """The withheld version of an article, or None."""
        query = sa.select(versions).where(
            versions.c.article_id == article_id, versions.c.state == "withheld"
        )
        row = self._db.fetch_first(query)
        return hidden_version_from_row(row) if row else None

    def withheld_versions(self) -> list[tuple[str, HiddenVersion]]:
        """The withheld versions of all articles with the articles' ids, in order of arrival."""
        query = sa.select(versions).where(versions.c.state == "withheld")
        query = query.order_by(versions.c.received_at, versions.c.article_id)
        return [(row.article_id, hidden_version_from_row(row)) for row in self._db.fetch_all(query)]

    def hidden_texts(self, limit: int) -> list[tuple[VersionState, str, str | None]]:
        """The state, text and outlet of the newest versions that are not shown, without those that
        only who brought them has seen."""
        columns = versions.c.state, versions.c.text, versions.c.document
        query = sa.select(*columns).order_by(versions.c.received_at.desc()).limit(limit)
        return [
            (row.state, row.text, row.document.get("outlet"))
            for row in self._db.fetch_all(query)
            if "unreviewed" not in (row.document.get("review") or ())
        ]

    def due_for_release(self, now: datetime) -> list[str]:
        """The ids of the articles whose embargo has ended."""
        query = sa.select(versions.c.article_id).where(
            versions.c.release_at <= now, versions.c.state == "withheld"
        )
        return self._db.fetch_values(query.order_by(versions.c.release_at))


def _shown_claims(article_id: str, limit: int) -> sa.Select[Any]:
    """Select the claims of the last versions that were shown, latest first."""
    query = sa.select(versions.c.claims).where(
        versions.c.article_id == article_id, versions.c.left_at.is_not(None)
    )
    # By number, since clocks may go back.
    return query.order_by(versions.c.number.desc()).limit(limit)


def _version_from_row(row: sa.Row[Any]) -> Version:
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
