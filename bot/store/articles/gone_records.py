"""Records of claims that are no longer shown, with the reason."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import sqlalchemy as sa

from bot.corrections.claims import CorrectedClaims
from bot.model import GoneReason
from bot.store.database import Database
from bot.store.schema import gone_claims


def record_gone(
    database: Database,
    connection: sa.Connection,
    article_ids: Mapping[str, str],
    reason: GoneReason,
    gone_at: datetime,
) -> None:
    """Record when and why claims went; `article_ids` maps each claim's id to its article's."""
    insert = database.insert(gone_claims)
    upsert = insert.on_conflict_do_update(
        index_elements=["claim_id"],
        set_={"reason": insert.excluded.reason, "gone_at": insert.excluded.gone_at},
    )
    if article_ids:
        rows = [
            {"claim_id": claim_id, "article_id": article_id, "reason": reason, "gone_at": gone_at}
            for claim_id, article_id in article_ids.items()
        ]
        connection.execute(upsert, rows)


def record_rejected(
    database: Database, connection: sa.Connection, corrected: CorrectedClaims
) -> None:
    """Record the claims of an article that people have rejected, with the time of the ruling."""
    for claim_id, correction in corrected.rejected.items():
        article_ids = {claim_id: correction.article_id}
        record_gone(database, connection, article_ids, "corrected", correction.rulings[-1].at)
