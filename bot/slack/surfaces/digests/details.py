"""The details in the thread below a digest, as messages of the outbox."""

from __future__ import annotations

from collections.abc import Collection

from bot.errors import NotFoundError
from bot.model import Context, Digest
from bot.newsroom import Newsroom
from bot.slack.parts import Message
from bot.slack.surfaces.digests.blocks import detail_messages, updated_detail
from bot.store import Job, MessageKey, OutboxMessage
from bot.store.delivery.payloads import DigestThreadPayload


def queue_details(newsroom: Newsroom, job: Job) -> None:
    """Queue the detail messages of a posted digest; idempotent."""
    key = MessageKey(**job.payload)
    if not (digest := newsroom.delivery.messages.posted_digest(key)):
        return
    mark = f"digest/{key.channel}/{digest.day}/detail"
    # An interrupted run may have queued some of them, cut differently.
    asked: list[str] = []
    number = 0
    while one := newsroom.store.outbox.by_key(key.team, f"{mark}/{number}"):
        asked += one.payload_as(DigestThreadPayload).rows
        number += 1
    made = detail_messages(digest, _contexts(newsroom, digest), but=asked)
    for after, (ids, _) in enumerate(made, number):
        newsroom.store.outbox.add(
            None,
            team=key.team,
            channel=key.channel,
            key=f"{mark}/{after}",
            payload=DigestThreadPayload(tuple(ids)),
            thread_ts=key.ts,
            claims=[*ids, *_beside(digest, ids)],
            now=newsroom.now(),
        )


def detail_message(newsroom: Newsroom, one: OutboxMessage) -> Message | None:
    """Render a detail message with its current claims; None if its digest is unknown."""
    key = MessageKey(one.team, one.channel, one.thread_ts or "")
    if not (digest := newsroom.delivery.messages.posted_digest(key)):
        return None
    return updated_detail(
        digest, _contexts(newsroom, digest), of=one.payload_as(DigestThreadPayload).rows
    )


def _beside(digest: Digest, ids: Collection[str]) -> list[str]:
    """Return the ids of the claims whose wordings are shown below some rows."""
    rows = (row for row in digest.rows if row.claim_id in ids)
    return [hit.claim.id for row in rows for hit in row.related]


def _contexts(newsroom: Newsroom, digest: Digest) -> dict[str, Context]:
    """Return the paragraphs of the digest's claims, except those that are gone."""
    out = {}
    for row in digest.rows:
        try:
            out[row.claim_id] = newsroom.claims.context(row.claim_id)
        except NotFoundError:
            continue
    return out
