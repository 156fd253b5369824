"""What hangs in the thread below a digest, as messages of the outbox."""

from __future__ import annotations

from collections.abc import Collection

from bot.errors import NotFoundError
from bot.model import Context, Digest
from bot.newsroom import Newsroom
from bot.slack.parts import Message
from bot.slack.surfaces.digests.blocks import detail_messages, mended_detail
from bot.store import Job, MessageKey, OutboxMessage
from bot.store.delivery.payloads import DigestThreadPayload


def ask_for_details(newsroom: Newsroom, job: Job) -> None:
    """Ask for the thread of the digest of a message; asked twice, it comes once."""
    key = MessageKey(**job.payload)
    if not (digest := newsroom.delivery.messages.posted_digest(key)):
        return
    mark = f"digest/{key.channel}/{digest.day}/detail"
    # Whoever was at it before may have asked for some of them, cut otherwise than now.
    asked: list[str] = []
    number = 0
    while one := newsroom.store.outbox.by_key(key.team, f"{mark}/{number}"):
        asked += one.contents(DigestThreadPayload).rows
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
    """One of these messages as its claims stand by now; None where its digest is not known."""
    key = MessageKey(one.team, one.channel, one.thread_ts or "")
    if not (digest := newsroom.delivery.messages.posted_digest(key)):
        return None
    return mended_detail(
        digest, _contexts(newsroom, digest), of=one.contents(DigestThreadPayload).rows
    )


def _beside(digest: Digest, ids: Collection[str]) -> list[str]:
    """The claims whose words stand below those of some rows."""
    rows = (row for row in digest.rows if row.claim_id in ids)
    return [hit.claim.id for row in rows for hit in row.beside]


def _contexts(newsroom: Newsroom, digest: Digest) -> dict[str, Context]:
    """The paragraphs of those of its claims that are there."""
    out = {}
    for row in digest.rows:
        try:
            out[row.claim_id] = newsroom.claims.context(row.claim_id)
        except NotFoundError:
            continue
    return out
