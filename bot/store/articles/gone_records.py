"""The notes on claims that are not there any more."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from bot.corrections.claims import CorrectedClaims
from bot.model import GoneReason
from bot.store.database import Database
from bot.store.schema import gone_claims

BATCH = 500


def record_gone(
    database: Database,
    connection: sa.Connection,
    gone: dict[str, str],
    reason: GoneReason,
    at: datetime,
) -> None:
    """Note why claims are gone, each given with its article, and since when."""
    note = {"reason": reason, "gone_at": at}
    rows = [{"claim_id": c, "article_id": a} | note for c, a in gone.items()]
    insert = database.insert(gone_claims)
    again = insert.on_conflict_do_update(
        index_elements=["claim_id"],
        set_={"reason": insert.excluded.reason, "gone_at": insert.excluded.gone_at},
    )
    if rows:
        connection.execute(again, rows)


def record_rejected(database: Database, connection: sa.Connection, laid: CorrectedClaims) -> None:
    """Note which of an article's claims are none, as people say, since when they say so."""
    for claim_id, said in laid.rejected.items():
        gone = {claim_id: said.article_id}
        record_gone(database, connection, gone, "corrected", said.rulings[-1].at)


def delete_gone_records(connection: sa.Connection, claim_ids: Sequence[str]) -> None:
    """Forget the notes on claims that are there."""
    for start in range(0, len(claim_ids), BATCH):
        some = gone_claims.c.claim_id.in_(claim_ids[start : start + BATCH])
        connection.execute(sa.delete(gone_claims).where(some))
