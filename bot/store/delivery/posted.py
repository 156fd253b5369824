"""Posted Slack messages that show claims, and the jobs that update them.

When a claim is changed or removed, the messages that show it must be updated. Code that changes
claims calls `schedule_updates` in the same transaction, which adds a job for each message. A
message that is being posted at that moment has no `ts` yet; so once it is recorded, it is compared
with the current claims. Both transactions lock the row of `store_state`, so the second one sees the
first.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

import sqlalchemy as sa

from bot.articles.claim_matches import content_hash
from bot.model import Claim, Gone
from bot.store.articles.rows import claim_from_row
from bot.store.database import Database, batches, select_in_batches
from bot.store.delivery.jobs import Jobs
from bot.store.delivery.ledger_row import digest_key
from bot.store.delivery.payloads import DigestHeading, DigestPayload, payload_from_json
from bot.store.schema import (
    claims,
    digests,
    gone_claims,
    outbox,
    outbox_claims,
    store_state,
    versions,
)

UPDATE_JOB = "mend"
"""The kind of the jobs that update ("mend") one message, as stored; their payload is a
MessageKey."""


class MessageKey(NamedTuple):
    """Identifies a posted message in Slack."""

    team: str
    channel: str
    ts: str


class MessageClaim(NamedTuple):
    """A claim that a message shows.

    `wording` is the hash of its wording when it was posted (see `wording_hash`), None if unknown.
    """

    claim_id: str
    wording: str | None


class DigestClaim(NamedTuple):
    """A claim that a digest shows.

    `wording` is as in a MessageClaim. `place` is its place in the digest (JSON), None in old
    digests.
    """

    claim_id: str
    wording: str | None
    place: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PostedDigest:
    """A posted digest of the claims that arrived in [since, until)."""

    day: date
    since: datetime
    until: datetime
    heading: DigestHeading | None
    shown: tuple[DigestClaim, ...]


class PostedMessages:
    """Finds the messages that show claims, and schedules their updates."""

    def __init__(self, database: Database, jobs: Jobs) -> None:
        self._db, self._jobs = database, jobs

    def schedule_updates(
        self, connection: sa.Connection, claim_ids: Collection[str], now: datetime
    ) -> None:
        """Schedule an update of every message that shows any of these claims.

        The caller changes or removes the claims in the same transaction (`connection`).
        """
        for message_key in self.messages_showing(connection, claim_ids):
            self.schedule_update(connection, message_key, now)

    def schedule_speaker_updates(
        self, connection: sa.Connection, speakers: Sequence[str], now: datetime
    ) -> None:
        """Schedule an update of every message that shows claims by speakers with these names.

        The caller changes the names' canonical names in the same transaction (`connection`).
        """
        shown = sa.select(outbox_claims.c.claim_id)
        shown = shown.join(claims, claims.c.id == outbox_claims.c.claim_id)
        for batch in batches(speakers):
            claim_ids = connection.scalars(shown.where(claims.c.speaker.in_(batch)))
            self.schedule_updates(connection, set(claim_ids), now)

    def schedule_update(
        self, connection: sa.Connection, message_key: MessageKey, now: datetime
    ) -> None:
        """Schedule an update of one message."""
        key, payload, team = "/".join(message_key), message_key._asdict(), message_key.team
        self._jobs.add(UPDATE_JOB, key, payload, due_at=now, team=team, connection=connection)

    def schedule_update_if_changed(
        self, connection: sa.Connection, message_key: MessageKey, now: datetime
    ) -> None:
        """Schedule an update of a message if what it shows has been changed or removed since it
        was rendered.

        The caller records the message in the same transaction (`connection`).
        """
        # Wait for any transaction that is changing claims; SQLite has only one writer anyway.
        connection.execute(sa.select(store_state.c.seq).with_for_update())
        shown = _shown_claims(connection, message_key)
        current = wording_hashes(connection, [claim.claim_id for claim in shown])
        if not all(is_same_wording(current.get(claim.claim_id), claim.wording) for claim in shown):
            self.schedule_update(connection, message_key, now)

    def messages_showing(
        self, connection: sa.Connection, claim_ids: Collection[str]
    ) -> list[MessageKey]:
        """The messages that show any of these claims."""
        query = sa.select(outbox.c.team, outbox.c.channel, outbox.c.ts).join(outbox_claims)
        query = query.where(outbox.c.ts.is_not(None))
        rows = select_in_batches(connection, query, outbox_claims.c.claim_id, claim_ids)
        return sorted({MessageKey(*row) for row in rows})

    def digest(self, message_key: MessageKey) -> PostedDigest | None:
        """Read the digest posted as a message; None if it is not a digest or cannot be read."""
        with self._db.read() as connection:
            if not (payload := _digest_payload(connection, message_key)):
                return None
            row = _ledger_row(connection, message_key)
            return PostedDigest(
                day=payload.day,
                since=row.window_start,
                until=row.posting_time,
                heading=payload.heading,
                shown=tuple(_shown_claims(connection, message_key)),
            )

    def gone_claims_by_id(self, claim_ids: Sequence[str]) -> dict[str, Gone]:
        """Why and when claims were removed, with their outlets, by claim id."""
        gone_query = sa.select(gone_claims).where(gone_claims.c.claim_id.in_(claim_ids))
        versions_query = sa.select(versions.c.article_id, versions.c.document)
        versions_query = versions_query.order_by(versions.c.article_id, versions.c.number)
        with self._db.read() as connection:
            gone = connection.execute(gone_query).all()
            article_ids = {row.article_id for row in gone}
            rows = connection.execute(versions_query.where(versions.c.article_id.in_(article_ids)))
            # Later versions overwrite earlier ones.
            outlets = {row.article_id: row.document.get("outlet") for row in rows}
        return {
            row.claim_id: Gone(
                reason=row.reason, on=row.gone_at.date(), outlet=outlets.get(row.article_id)
            )
            for row in gone
        }


def wording_hash(claim: Claim) -> str:
    """A hash of what a claim says and who said it. If the printed sentences are known, "." and
    their hash follow."""
    return f"{content_hash(claim)}.{claim.printed}" if claim.printed else content_hash(claim)


def is_same_wording(first: str | None, second: str | None) -> bool:
    """Tell whether two wording hashes match; the printed sentences only count if both have them,
    since old messages have none."""
    if first is None or second is None:
        return first == second
    content, _, printed = first.partition(".")
    other_content, _, other_printed = second.partition(".")
    both_have_printed = bool(printed and other_printed)
    return content == other_content and (not both_have_printed or printed == other_printed)


def wording_hashes(connection: sa.Connection, claim_ids: Sequence[str]) -> dict[str, str | None]:
    """The wording hashes of claims as they are now, by id."""
    rows = connection.execute(sa.select(claims).where(claims.c.id.in_(claim_ids)))
    return {row.id: wording_hash(claim_from_row(row)) for row in rows}


def _shown_claims(connection: sa.Connection, message_key: MessageKey) -> list[DigestClaim]:
    """The claims of a message, in order."""
    columns = outbox_claims.c.claim_id, outbox_claims.c.wording, outbox_claims.c.place
    query = sa.select(*columns).join(outbox).where(*message_conditions(message_key))
    rows = connection.execute(query.order_by(outbox_claims.c.position))
    return [DigestClaim(*row) for row in rows]


def _digest_payload(connection: sa.Connection, message_key: MessageKey) -> DigestPayload | None:
    """The payload of a posted digest; None if the message is not one or cannot be read."""
    query = sa.select(outbox.c.payload).where(*message_conditions(message_key))
    query = query.where(outbox.c.kind == DigestPayload.kind)
    stored = connection.scalar(query)
    payload = payload_from_json(DigestPayload.kind, stored) if stored is not None else None
    return payload if isinstance(payload, DigestPayload) else None


def _ledger_row(connection: sa.Connection, message_key: MessageKey) -> sa.Row[Any]:
    """The ledger's row of a posted digest, found by its outbox key: Slack may have reported a
    channel other than the one requested."""
    query = sa.select(outbox.c.team, outbox.c.key).where(*message_conditions(message_key))
    row = connection.execute(query).one()
    key = digest_key(row.team, row.key)
    digest_conditions = (
        digests.c.team == key.team,
        digests.c.channel == key.channel,
        digests.c.day == key.day,
    )
    return connection.execute(sa.select(digests).where(*digest_conditions)).one()


def message_conditions(message_key: MessageKey) -> tuple[sa.ColumnElement[bool], ...]:
    """The conditions for the outbox row of a posted message."""
    return (
        outbox.c.team == message_key.team,
        outbox.c.channel == message_key.channel,
        outbox.c.ts == message_key.ts,
    )
