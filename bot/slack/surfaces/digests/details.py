"""The detail messages in the thread below a digest: queued in the outbox, rendered when sent."""

from __future__ import annotations

import contextlib

from bot.errors import NotFoundError
from bot.model import Context, Digest
from bot.newsroom import Newsroom
from bot.slack.parts import Message
from bot.slack.surfaces.digests.blocks import detail_messages, updated_detail
from bot.store import Job, MessageKey, OutboxMessage
from bot.store.delivery.payloads import DigestThreadPayload


def queue_details(newsroom: Newsroom, job: Job) -> None:
    """Queue the detail messages of a posted digest. Idempotent."""
    key = MessageKey(**job.payload)
    if not (digest := newsroom.delivery.messages.posted_digest(key)):
        return
    key_prefix = f"digest/{key.channel}/{digest.day}/detail"
    # An interrupted run may have queued some messages; their rows are not queued again.
    queued_ids: list[str] = []
    queued_count = 0
    while queued_message := newsroom.store.outbox.by_key(key.team, f"{key_prefix}/{queued_count}"):
        queued_ids += queued_message.payload_as(DigestThreadPayload).rows
        queued_count += 1
    messages = detail_messages(digest, _contexts(newsroom, digest), exclude=queued_ids)
    for index, (claim_ids, _) in enumerate(messages, queued_count):
        related_ids = [
            hit.claim.id for row in digest.rows if row.claim_id in claim_ids for hit in row.related
        ]
        newsroom.store.outbox.add(
            None,
            team=key.team,
            channel=key.channel,
            key=f"{key_prefix}/{index}",
            payload=DigestThreadPayload(tuple(claim_ids)),
            thread_ts=key.ts,
            claims=[*claim_ids, *related_ids],
            now=newsroom.now(),
        )


def detail_message(newsroom: Newsroom, message: OutboxMessage) -> Message | None:
    """Render a detail message with its current claims; None if its digest is unknown."""
    key = MessageKey(message.team, message.channel, message.thread_ts or "")
    if not (digest := newsroom.delivery.messages.posted_digest(key)):
        return None
    claim_ids = message.payload_as(DigestThreadPayload).rows
    return updated_detail(digest, _contexts(newsroom, digest), claim_ids)


def _contexts(newsroom: Newsroom, digest: Digest) -> dict[str, Context]:
    """Return the contexts of the digest's claims by claim id, except for claims that are gone."""
    contexts = {}
    for row in digest.rows:
        with contextlib.suppress(NotFoundError):
            contexts[row.claim_id] = newsroom.claims.context(row.claim_id)
    return contexts
