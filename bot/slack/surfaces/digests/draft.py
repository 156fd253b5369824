"""A digest as a message that is to be posted, and what follows where Slack refuses it."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass, replace
from datetime import timedelta
from zoneinfo import ZoneInfo

from slack_sdk.web.async_client import AsyncWebClient

from bot.delivery.transport import Draft, NotPosted
from bot.newsroom import Assignment, Newsroom
from bot.newsroom.digests.digest_messages import RETRY_DELAY
from bot.slack.gate.people import standing_in
from bot.slack.messages.post import Words
from bot.slack.messages.told import payload_told, told_in
from bot.slack.refusals import referenced
from bot.slack.surfaces.digests.blocks import digest_message, digest_that_fits
from bot.slack.surfaces.digests.stops import LOST, channel_lost
from bot.store import OutboxMessage
from bot.wording import digests as wording
from bot.words import say

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestDraft(Draft):
    """A digest that is to be posted."""

    assignment: Assignment


def digest_draft(newsroom: Newsroom, one: OutboxMessage) -> DigestDraft | None:
    """The digest of a message, as it is composed now; None where none is to be posted."""
    if not (assignment := newsroom.digests.assignment(one)):
        return None
    fitting = digest_that_fits(assignment.digest)
    assignment = replace(assignment, digest=fitting)  # what is shown is what is recorded
    contents = newsroom.digests.contents_of(assignment)
    return DigestDraft(digest_message(fitting), contents=contents, assignment=assignment)


def words_of(newsroom: Newsroom, draft: DigestDraft) -> Words:
    """What is said where a digest is not posted: until when it is tried again."""
    assignment = draft.assignment
    until = assignment.given_up_at.astimezone(ZoneInfo(assignment.digest.zone))
    too_late = newsroom.now() + RETRY_DELAY > until
    minutes = RETRY_DELAY // timedelta(minutes=1)
    return Words(
        failed=wording.refused(assignment.key.day, assignment.key.channel),
        again=say("subscription.post_again"),
        lost=wording.goes_on(minutes=minutes, until=None if too_late else until),
    )


async def digest_refused(
    newsroom: Newsroom,
    client: AsyncWebClient,
    one: OutboxMessage,
    draft: DigestDraft,
    refusal: NotPosted,
) -> bool:
    """Let a digest wait in the ledger; whoever set it is told once of each reason. Where it is too
    late to try again and its channel is lost, no other is posted there until it is set again.

    False where Slack asks for a moment: then it waits as it is.
    """
    if refusal.why == "too much":
        return False
    key, assignment = draft.assignment.key, draft.assignment
    log.error("digest of %s, %s: %s (%s)", key.day, key.channel, refusal, refusal.code)
    why = refusal.code or refusal.cause
    await asyncio.to_thread(newsroom.digests.messages.on_failure, one, why)
    if refusal.code in LOST and newsroom.now() + RETRY_DELAY > assignment.given_up_at:
        await channel_lost(newsroom, client, key.team, key.channel, refusal.code)
        return True
    for person in await standing_in(newsroom, client, assignment.person):
        await asyncio.to_thread(_tell, newsroom, person, one, refusal)
    return True


def _tell(newsroom: Newsroom, person: str, one: OutboxMessage, refusal: NotPosted) -> None:
    """Tell a person why a digest was not posted, once of each reason."""
    key = f"{one.key}/refused/{refusal.code}/{person}"
    # Each time: whoever died between the two may have told nobody. Asked for twice it is one.
    if newsroom.store.outbox.by_key(one.team, key) is None:
        message = told_in(one.channel, referenced(str(refusal), one.key))
        newsroom.store.outbox.add(
            None,
            team=one.team,
            channel=person,
            key=key,
            payload=payload_told(message),
            now=newsroom.now(),
        )
