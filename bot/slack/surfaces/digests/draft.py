"""Compose a digest for posting, and handle its refusal by Slack or the loss of its channel."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass, replace
from datetime import timedelta
from zoneinfo import ZoneInfo

from slack_sdk.web.async_client import AsyncWebClient

from bot.delivery.transport import Draft, NotPosted
from bot.newsroom import Newsroom
from bot.newsroom.digests.digest_messages import RETRY_DELAY
from bot.newsroom.digests.digests import DueDigest
from bot.slack.gate.people import people_to_notify
from bot.slack.messages.post import FailureWords, notice_payload
from bot.slack.parts import channel_notice
from bot.slack.refusals import log_with_reference
from bot.slack.surfaces.digests.blocks import digest_message, digest_that_fits
from bot.store import OutboxMessage
from bot.wording.digests import digests as wording
from bot.words import say

log = logging.getLogger(__name__)

LOST_CHANNEL_ERRORS = frozenset({
    "not_in_channel", "channel_not_found", "is_archived", "is_inactive", "no_permission",
    "restricted_action", "restricted_action_read_only_channel",
    "restricted_action_thread_only_channel",
})  # fmt: skip
"""Slack's errors for a channel in which we cannot post until people change something
(docs.slack.dev/reference/methods/chat.postMessage)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestDraft(Draft):
    """A digest that is about to be posted."""

    assignment: DueDigest


def digest_draft(newsroom: Newsroom, message: OutboxMessage) -> DigestDraft | None:
    """Compose the digest of an outbox row; None if it should no longer be posted."""
    if not (assignment := newsroom.digests.due_digest(message)):
        return None
    digest = digest_that_fits(assignment.digest)
    assignment = replace(assignment, digest=digest)  # only the rows that are shown are recorded
    contents = newsroom.digests.message_contents(assignment)
    return DigestDraft(digest_message(digest), contents=contents, assignment=assignment)


def failure_words(newsroom: Newsroom, draft: DigestDraft) -> FailureWords:
    """Say that a digest was not posted, and until when posting it is retried."""
    assignment = draft.assignment
    deadline = assignment.deadline.astimezone(ZoneInfo(assignment.digest.zone))
    minutes = RETRY_DELAY // timedelta(minutes=1)
    return FailureWords(
        failure=wording.refused_line(assignment.key.day, assignment.key.channel),
        next_step=say("subscription.post_again"),
        outcome=wording.retry_line(
            minutes=minutes, until=deadline if _will_retry(newsroom, draft) else None
        ),
    )


def _will_retry(newsroom: Newsroom, draft: DigestDraft) -> bool:
    return newsroom.now() + RETRY_DELAY <= draft.assignment.deadline


async def handle_digest_refusal(
    newsroom: Newsroom,
    client: AsyncWebClient,
    message: OutboxMessage,
    draft: DigestDraft,
    refusal: NotPosted,
) -> bool:
    """Return a refused digest to the ledger and tell its owner, once for each reason.

    If it is too late to retry and the channel is lost, the digest is stopped. Returns False if
    Slack only limits the rate; the message then waits in the outbox.
    """
    if refusal.kind == "rate limited":
        return False
    key, code = draft.assignment.key, refusal.code
    log.error("digest of %s, %s: %s (%s)", key.day, key.channel, refusal, code)
    await asyncio.to_thread(newsroom.digests.messages.on_failure, message, code or refusal.cause)
    if code in LOST_CHANNEL_ERRORS and not _will_retry(newsroom, draft):
        await stop_digest_of_lost_channel(newsroom, client, key.team, key.channel, code)
        return True
    for owner_id in await people_to_notify(newsroom, client, draft.assignment.person):
        await asyncio.to_thread(_notify, newsroom, owner_id, message, refusal)
    return True


def _notify(newsroom: Newsroom, owner_id: str, message: OutboxMessage, refusal: NotPosted) -> None:
    """Tell a person why a digest was not posted, once for each reason."""
    key = f"{message.key}/refused/{refusal.code}/{owner_id}"
    # Checked after every refusal: a worker may have stopped before it queued this notice.
    if newsroom.store.outbox.by_key(message.team, key) is None:
        text = log_with_reference(str(refusal), f"{message.key}: {refusal}")
        notice = channel_notice(message.channel, text)
        newsroom.store.outbox.add(
            None,
            team=message.team,
            channel=owner_id,
            key=key,
            payload=notice_payload(notice),
            now=newsroom.now(),
        )


async def stop_digest_of_lost_channel(
    newsroom: Newsroom, client: AsyncWebClient, team: str, channel: str, reason: str
) -> None:
    """Stop a channel's digest, if it has one, until it is set again, and tell its owner.

    If the owner's account is deactivated, admins are told. `reason` is one of LOST_CHANNEL_ERRORS,
    such as "is_archived", "channel_not_found" (deleted) or "not_in_channel" (the bot was removed).
    Raises no SlackError.
    """
    subscription = await asyncio.to_thread(newsroom.store.ledger.subscription, team, channel)
    if not subscription or subscription.stop_reason:
        return
    owners = await people_to_notify(newsroom, client, subscription.person)
    await asyncio.to_thread(newsroom.digests.subscriptions.stop, subscription, reason, owners)
    log.error("paused the digest in %s: %s", channel, reason)
