"""The daily digest as a job of a channel: post what is due there, once."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from slack_sdk.web.async_client import AsyncWebClient

from bot.newsroom import Newsroom
from bot.newsroom.delivery.outbox import SETTLING
from bot.newsroom.digests.digests import RETRY, Assignment
from bot.slack.gate.people import standing_in
from bot.slack.messages.lookup import NotNow, NotReadable, look
from bot.slack.messages.outbox import hold, told_in
from bot.slack.messages.post import MaybePosted, NotPosted, post
from bot.slack.refusals import referenced
from bot.slack.surfaces.digests import blocks as digest_blocks
from bot.slack.surfaces.digests.stops import LOST, channel_lost
from bot.store import DigestKey, Job, LedgerRow
from bot.wording import digests as digest_wording
from bot.words import say

log = logging.getLogger(__name__)


async def post_due(newsroom: Newsroom, client: AsyncWebClient, job: Job) -> datetime | None:
    """Post a channel's digest if it is due; returns when to look again.

    That it is posted once is the ledger's affair: the job may be done twice, or by two at a time.
    """
    team, channel, worker = job.payload["team"], job.payload["channel"], str(job.worker)
    while begun := await asyncio.to_thread(newsroom.digests.take_open, worker, team, channel):
        await _look_for(newsroom, client, begun, worker)
    while assignment := await asyncio.to_thread(newsroom.digests.take_due, worker, team, channel):
        await _post(newsroom, client, assignment, worker)
    return await asyncio.to_thread(newsroom.digests.next_look, team, channel)


def marker(key: DigestKey) -> str:
    """What a digest is marked with, and found by, in its channel."""
    return f"digest/{key.channel}/{key.day}"


async def _post(
    newsroom: Newsroom, client: AsyncWebClient, assignment: Assignment, worker: str
) -> None:
    key, fitting = assignment.key, digest_blocks.digest_that_fits(assignment.digest)
    assignment = replace(assignment, digest=fitting)  # what is shown is what is recorded
    message = digest_blocks.digest_message(fitting)
    turn = newsroom.store.channels.take_turn
    if later := await asyncio.to_thread(turn, key.team, key.channel, newsroom.now()):
        await asyncio.to_thread(newsroom.digests.put_off, key, worker, later)
        return
    if not await asyncio.to_thread(newsroom.digests.start_posting, assignment, worker):
        return
    try:
        stands = await post(
            client,
            key.channel,
            message,
            key=marker(key),
            failed=digest_wording.refused(key.day, key.channel),
            again=say("subscription.post_again"),
            lost=_goes_on(newsroom, assignment),
        )
    except NotPosted as refusal:
        await _not_posted(newsroom, client, assignment, worker, refusal)
    except MaybePosted as lost:
        log.warning("digest of %s, %s: %s", key.day, key.channel, lost)
        await asyncio.to_thread(newsroom.digests.leave_open, key, worker, SETTLING)
    else:
        await asyncio.to_thread(newsroom.digests.record_posted, key, worker, stands.ts)
        log.info("digest of %s posted in %s", key.day, key.channel)


async def _not_posted(
    newsroom: Newsroom,
    client: AsyncWebClient,
    assignment: Assignment,
    worker: str,
    refusal: NotPosted,
) -> None:
    """Let a digest wait; whoever set it is told once of each reason, unless it is only for a
    moment. Where it is too late to try again and its channel is lost, no other is posted there
    until it is set again.
    """
    key = assignment.key
    if refusal.why != "refused":
        wait = await hold(newsroom, key.team, refusal)
        if refusal.why == "too much":
            await asyncio.to_thread(newsroom.digests.put_off, key, worker, newsroom.now() + wait)
            return
    log.error("digest of %s, %s: %s (%s)", key.day, key.channel, refusal, refusal.code)
    why = refusal.code or refusal.cause
    await asyncio.to_thread(newsroom.digests.put_back, assignment, worker, why)
    if refusal.code in LOST and newsroom.now() + RETRY > assignment.given_up_at:
        await channel_lost(newsroom, client, key.team, key.channel, refusal.code)
        return
    for person in await standing_in(newsroom, client, assignment.person):
        told = f"{marker(key)}/refused/{refusal.code}/{person}"
        # Each time: whoever died between the two may have told nobody. Asked for twice it is one.
        if await asyncio.to_thread(newsroom.store.outbox.named, key.team, told) is None:
            words = referenced(str(refusal), marker(key))
            await asyncio.to_thread(
                newsroom.store.outbox.add,
                None,
                team=key.team,
                channel=person,
                key=told,
                kind="told",
                payload=told_in(key.channel, words)._asdict(),
                now=newsroom.now(),
            )


async def _look_for(
    newsroom: Newsroom, client: AsyncWebClient, row: LedgerRow, worker: str
) -> None:
    """See what came of a digest that Slack has been asked for."""
    key = row.key
    try:
        stands = await look(
            *(newsroom.delivery.outbox, client, key.team, key.channel, marker(key)),
            since=row.posting_time,
        )
    except NotNow as later:
        words = "digest of %s, %s: no check yet whether it was posted: %s"
        log.warning(words, key.day, key.channel, later)
        await asyncio.to_thread(newsroom.digests.leave_open, key, worker, later.wait)
    except NotReadable as never:
        # Never twice, so it is not posted again; the next digest says so.
        log.error("digest of %s may be in %s or not: %s", key.day, key.channel, never)
        await asyncio.to_thread(newsroom.store.ledger.doubt, key, worker=worker)
    else:
        if stands:
            await asyncio.to_thread(newsroom.digests.record_posted, key, worker, stands.ts)
            log.info("digest of %s was posted in %s after all", key.day, key.channel)
        else:
            await asyncio.to_thread(newsroom.digests.put_off, key, worker, newsroom.now())


def _goes_on(newsroom: Newsroom, assignment: Assignment) -> str:
    until = assignment.given_up_at.astimezone(ZoneInfo(assignment.digest.zone))
    too_late = newsroom.now() + RETRY > until
    return digest_wording.goes_on(
        minutes=RETRY // timedelta(minutes=1), until=None if too_late else until
    )
