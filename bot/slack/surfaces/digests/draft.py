"""A digest that is about to be posted, and what follows if Slack refuses it."""

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
from bot.slack.gate.people import reachable_owners
from bot.slack.messages.post import FailureWords, notice_payload
from bot.slack.parts import channel_notice
from bot.slack.refusals import with_reference
from bot.slack.surfaces.digests.blocks import digest_message, digest_that_fits
from bot.slack.surfaces.digests.stops import LOST_CHANNEL_ERRORS, pause_lost_channel
from bot.store import OutboxMessage
from bot.wording import digests as wording
from bot.words import say

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestDraft(Draft):
    """A digest that is about to be posted."""

    assignment: DueDigest


def digest_draft(newsroom: Newsroom, one: OutboxMessage) -> DigestDraft | None:
    """Compose the digest of a row of the outbox; None if none is to be posted."""
    if not (assignment := newsroom.digests.due_digest(one)):
        return None
    fitting = digest_that_fits(assignment.digest)
    assignment = replace(assignment, digest=fitting)  # what is shown is what is recorded
    contents = newsroom.digests.message_contents(assignment)
    return DigestDraft(digest_message(fitting), contents=contents, assignment=assignment)


def failure_words(newsroom: Newsroom, draft: DigestDraft) -> FailureWords:
    """Return the words if a digest is not posted: until when it is retried."""
    assignment = draft.assignment
    until = assignment.deadline.astimezone(ZoneInfo(assignment.digest.zone))
    too_late = newsroom.now() + RETRY_DELAY > until
    minutes = RETRY_DELAY // timedelta(minutes=1)
    return FailureWords(
        failed=wording.refused_line(assignment.key.day, assignment.key.channel),
        again=say("subscription.post_again"),
        lost=wording.retry_line(minutes=minutes, until=None if too_late else until),
    )


async def handle_digest_refusal(
    newsroom: Newsroom,
    client: AsyncWebClient,
    one: OutboxMessage,
    draft: DigestDraft,
    refusal: NotPosted,
) -> bool:
    """Return a refused digest to the ledger and tell its owner, once for each reason.

    If it is too late to retry and the channel is lost, the subscription is paused. Returns False if
    Slack only rate-limits: then the message simply waits.
    """
    if refusal.why == "too much":
        return False
    key, assignment = draft.assignment.key, draft.assignment
    log.error("digest of %s, %s: %s (%s)", key.day, key.channel, refusal, refusal.code)
    why = refusal.code or refusal.cause
    await asyncio.to_thread(newsroom.digests.messages.on_failure, one, why)
    if refusal.code in LOST_CHANNEL_ERRORS and newsroom.now() + RETRY_DELAY > assignment.deadline:
        await pause_lost_channel(newsroom, client, key.team, key.channel, refusal.code)
        return True
    for person in await reachable_owners(newsroom, client, assignment.person):
        await asyncio.to_thread(_tell, newsroom, person, one, refusal)
    return True


def _tell(newsroom: Newsroom, person: str, one: OutboxMessage, refusal: NotPosted) -> None:
    """Tell a person why a digest was not posted, once for each reason."""
    key = f"{one.key}/refused/{refusal.code}/{person}"
    # Checked on each refusal: a worker may have died before it told anybody. The key deduplicates.
    if newsroom.store.outbox.by_key(one.team, key) is None:
        message = channel_notice(one.channel, with_reference(str(refusal), one.key))
        newsroom.store.outbox.add(
            None,
            team=one.team,
            channel=person,
            key=key,
            payload=notice_payload(message),
            now=newsroom.now(),
        )
