"""What hangs in the thread below a digest, as messages of the outbox."""

from __future__ import annotations

from bot.errors import NotFoundError
from bot.model import Context, Digest
from bot.newsroom import Newsroom
from bot.slack.digest_blocks import detail_messages
from bot.slack.parts import Message
from bot.store import DigestKey, MessageKey, Outgoing

DETAIL = "detail"
"""The kind of these messages; their payload holds the ids of the claims of their rows."""


def ask_for_details(newsroom: Newsroom, key: DigestKey, ts: str) -> None:
    """Ask for the thread of a digest that stands as message `ts`; asked twice, it comes once."""
    digest = newsroom.digest_standing(MessageKey(key.team, key.channel, ts))
    if not digest:
        return
    for number, (ids, _) in enumerate(detail_messages(digest, _contexts(newsroom, digest))):
        newsroom.send(
            team=key.team,
            channel=key.channel,
            key=f"digest/{key.channel}/{key.day}/detail/{number}",
            kind=DETAIL,
            payload={"rows": ids},
            thread_ts=ts,
            claims=ids,
        )


def detail_message(newsroom: Newsroom, one: Outgoing) -> Message | None:
    """One of these messages as its claims stand by now; None where nothing is left of them."""
    key = MessageKey(one.team, one.channel, one.thread_ts or "")
    if not (digest := newsroom.digest_standing(key)):
        return None
    made = detail_messages(digest, _contexts(newsroom, digest), only=one.payload["rows"])
    return made[0][1] if made else None


def _contexts(newsroom: Newsroom, digest: Digest) -> dict[str, Context]:
    """The paragraphs of those of its claims that are there."""
    out = {}
    for row in digest.rows:
        try:
            out[row.claim_id] = newsroom.context(row.claim_id)
        except NotFoundError:
            continue
    return out
