"""What hangs in the thread below a digest, as messages of the outbox."""

from __future__ import annotations

from collections.abc import Collection

from bot.errors import NotFoundError
from bot.model import Context, Digest
from bot.newsroom import Newsroom
from bot.slack.digest_blocks import detail_messages
from bot.slack.parts import Message
from bot.store import Job, MessageKey, Outgoing

DETAIL = "detail"
"""The kind of these messages; their payload holds the ids of the claims of their rows."""


def ask_for_details(newsroom: Newsroom, job: Job) -> None:
    """Ask for the thread of the digest of a message; asked twice, it comes once."""
    key = MessageKey(**job.payload)
    if not (digest := newsroom.digest_standing(key)):
        return
    for number, (ids, _) in enumerate(detail_messages(digest, _contexts(newsroom, digest))):
        newsroom.send(
            team=key.team,
            channel=key.channel,
            key=f"digest/{key.channel}/{digest.day}/detail/{number}",
            kind=DETAIL,
            payload={"rows": ids},
            thread_ts=key.ts,
            claims=[*ids, *_beside(digest, ids)],
        )


def detail_message(newsroom: Newsroom, one: Outgoing) -> Message | None:
    """One of these messages as its claims stand by now; None where its digest is not known."""
    key = MessageKey(one.team, one.channel, one.thread_ts or "")
    if not (digest := newsroom.digest_standing(key)):
        return None
    made = detail_messages(digest, _contexts(newsroom, digest), only=one.payload["rows"])
    return made[0][1] if made else None


def _beside(digest: Digest, ids: Collection[str]) -> list[str]:
    """The claims whose words stand below those of some rows."""
    rows = (row for row in digest.rows if row.claim_id in ids)
    return [hit.claim.id for row in rows for hit in (*row.others, *row.denials)]


def _contexts(newsroom: Newsroom, digest: Digest) -> dict[str, Context]:
    """The paragraphs of those of its claims that are there."""
    out = {}
    for row in digest.rows:
        try:
            out[row.claim_id] = newsroom.context(row.claim_id)
        except NotFoundError:
            continue
    return out
