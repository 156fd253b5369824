"""The messages that stand in channels and show claims.

When a claim changes or goes, so must what was posted of it. Whoever changes claims calls `mend` in
the same transaction, which leaves a job for each message. What is posted at that moment is in no
row yet; so when it is recorded, it is compared with the claims as they are by then. Both hold the
store's change count, so one of them sees the other.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

import sqlalchemy as sa

from bot.articles.claim_matches import content_hash
from bot.model import Claim, Gone
from bot.store.articles.rows import claim_from_row
from bot.store.database import Database
from bot.store.delivery.jobs import Jobs
from bot.store.delivery.ledger_row import digest_key
from bot.store.delivery.payloads import DigestHeading, DigestPayload, payload_from_json
from bot.store.schema import (
    articles,
    claims,
    digests,
    gone_claims,
    outbox,
    outbox_claims,
    store_state,
    versions,
)

UPDATE_JOB = "mend"
"""The kind of the jobs; their payload is a MessageKey."""

BATCH = 500


class MessageKey(NamedTuple):
    """What names a message in Slack."""

    team: str
    channel: str
    ts: str


class MessageClaim(NamedTuple):
    """A claim that a message shows; `wording` is `wording_hash` it then, None where not known."""

    claim_id: str
    wording: str | None


class DigestClaim(NamedTuple):
    """The same of a digest, with what is kept of where it stands there; None in old ones."""

    claim_id: str
    wording: str | None
    place: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PostedDigest:
    """A digest that stands in its channel; `heading` is what was recorded with it, `copies` are
    those named in it that are still shown."""

    day: date
    since: datetime
    until: datetime
    heading: DigestHeading | None
    copies: frozenset[str]
    shown: tuple[DigestClaim, ...]


class PostedMessages:
    """Which messages show which claims."""

    def __init__(self, database: Database, jobs: Jobs) -> None:
        self._db, self._jobs = database, jobs

    def schedule_updates(
        self, connection: sa.Connection, claim_ids: Collection[str], now: datetime
    ) -> None:
        """Have the messages mended that show any of these claims, which change or go in the
        transaction of `connection`."""
        for message in self.messages_showing(connection, claim_ids):
            self.schedule_update(connection, message, now)

    def schedule_speaker_updates(
        self, connection: sa.Connection, speakers: Sequence[str], now: datetime
    ) -> None:
        """Have the messages mended that show claims by any of these names, for which another name
        stands from the transaction of `connection` on."""
        shown = sa.select(outbox_claims.c.claim_id)
        shown = shown.join(claims, claims.c.id == outbox_claims.c.claim_id)
        for start in range(0, len(speakers), BATCH):
            by_these = shown.where(claims.c.speaker.in_(speakers[start : start + BATCH]))
            self.schedule_updates(connection, set(connection.scalars(by_these)), now)

    def messages_showing(
        self, connection: sa.Connection, claim_ids: Collection[str]
    ) -> list[MessageKey]:
        """The messages that show any of these claims."""
        found: set[MessageKey] = set()
        ordered = sorted(claim_ids)
        for start in range(0, len(ordered), BATCH):
            chosen = ordered[start : start + BATCH]
            query = sa.select(outbox.c.team, outbox.c.channel, outbox.c.ts).join(outbox_claims)
            query = query.where(outbox_claims.c.claim_id.in_(chosen), outbox.c.ts.is_not(None))
            found |= {MessageKey(*row) for row in connection.execute(query)}
        return sorted(found)

    def schedule_update_if_changed(
        self, connection: sa.Connection, message: MessageKey, now: datetime
    ) -> None:
        """Have a message mended that has just been recorded in the transaction of `connection`, if
        what it shows has changed or gone since it was made."""
        # Whoever is changing claims now ends first; SQLite has one writer at a time anyway.
        connection.execute(sa.select(store_state.c.seq).with_for_update())
        shown = self._shown(connection, message)
        present = wording_hashes(connection, [one.claim_id for one in shown])
        digest = _digest_payload(connection, message)
        named = _copies_named(digest.heading if digest else None)
        has_changed = not all(
            is_same_wording(present.get(one.claim_id), one.wording) for one in shown
        )
        if has_changed or _still_shown(connection, named) != named:
            self.schedule_update(connection, message, now)

    def digest(self, key: MessageKey) -> PostedDigest | None:
        """The digest that stands in a channel as a message; None where none does."""
        with self._db.read() as connection:
            if not (payload := _digest_payload(connection, key)):
                return None
            row = _ledger_row(connection, key)
            return PostedDigest(
                day=payload.day,
                since=row.window_start,
                until=row.posting_time,
                heading=payload.heading,
                copies=_still_shown(connection, _copies_named(payload.heading)),
                shown=tuple(self._placed(connection, key)),
            )

    def gone(self, claim_ids: Sequence[str]) -> dict[str, Gone]:
        """What is known of claims that are not there any more, by id."""
        noted = sa.select(gone_claims).where(gone_claims.c.claim_id.in_(claim_ids))
        latest = sa.select(versions.c.article_id, versions.c.document)
        latest = latest.order_by(versions.c.article_id, versions.c.number)
        with self._db.read() as connection:
            gone = connection.execute(noted).all()
            of = versions.c.article_id.in_({row.article_id for row in gone})
            outlets = {row[0]: row[1].get("outlet") for row in connection.execute(latest.where(of))}
        return {
            row.claim_id: Gone(
                reason=row.reason, on=row.gone_at.date(), outlet=outlets.get(row.article_id)
            )
            for row in gone
        }

    def _shown(self, connection: sa.Connection, key: MessageKey) -> list[MessageClaim]:
        return [MessageClaim(one.claim_id, one.wording) for one in self._placed(connection, key)]

    def _placed(self, connection: sa.Connection, key: MessageKey) -> list[DigestClaim]:
        columns = outbox_claims.c.claim_id, outbox_claims.c.wording, outbox_claims.c.place
        query = sa.select(*columns).join(outbox).where(*_at(key))
        return [
            DigestClaim(*row)
            for row in connection.execute(query.order_by(outbox_claims.c.position))
        ]

    def schedule_update(
        self, connection: sa.Connection, message: MessageKey, now: datetime
    ) -> None:
        """Have one message mended."""
        key, payload = "/".join(message), message._asdict()
        self._jobs.add(
            UPDATE_JOB, key, payload, due_at=now, team=message.team, connection=connection
        )


def wording_hash(claim: Claim) -> str:
    """A hash of what a claim says and who said it, and behind a full stop that of the sentences
    that print it, where it is known."""
    return f"{content_hash(claim)}.{claim.printed}" if claim.printed else content_hash(claim)


def is_same_wording(one: str | None, other: str | None) -> bool:
    """Whether two claims read the same, by their `wording_hash`: what was posted before sentences
    were known is compared without them."""
    if one is None or other is None:
        return one == other
    (said, _, printed), (said_too, _, printed_too) = one.partition("."), other.partition(".")
    return said == said_too and (not printed or not printed_too or printed == printed_too)


def _digest_payload(connection: sa.Connection, key: MessageKey) -> DigestPayload | None:
    """What is kept of the digest that stands as a message; None where none can be read."""
    is_digest = outbox.c.kind == DigestPayload.kind
    stored = connection.scalar(sa.select(outbox.c.payload).where(*_at(key), is_digest))
    payload = payload_from_json(DigestPayload.kind, stored) if stored is not None else None
    return payload if isinstance(payload, DigestPayload) else None


def _ledger_row(connection: sa.Connection, message: MessageKey) -> sa.Row[Any]:
    """The ledger's row of the digest that stands as a message, in whatever channel: Slack may say
    another than it was asked for."""
    named = connection.execute(sa.select(outbox.c.team, outbox.c.key).where(*_at(message))).one()
    key = digest_key(named.team, named.key)
    where = digests.c.team == key.team, digests.c.channel == key.channel, digests.c.day == key.day
    return connection.execute(sa.select(digests).where(*where)).one()


def _copies_named(heading: DigestHeading | None) -> frozenset[str]:
    """The articles that a digest names as copies of those that its claims stand under."""
    copies = heading.copies if heading else {}
    return frozenset(copy for names in copies.values() for copy in names)


def _still_shown(connection: sa.Connection, article_ids: Collection[str]) -> frozenset[str]:
    query = sa.select(articles.c.id).where(articles.c.id.in_(article_ids))
    return frozenset(connection.scalars(query)) if article_ids else frozenset()


def wording_hashes(connection: sa.Connection, claim_ids: Sequence[str]) -> dict[str, str | None]:
    """What `wording_hash` gives for claims as they are now, by id."""
    rows: Iterable[sa.Row[Any]] = connection.execute(
        sa.select(claims).where(claims.c.id.in_(claim_ids))
    )
    return {row.id: wording_hash(claim_from_row(row)) for row in rows}


def _at(key: MessageKey) -> tuple[sa.ColumnElement[bool], ...]:
    return outbox.c.team == key.team, outbox.c.channel == key.channel, outbox.c.ts == key.ts
