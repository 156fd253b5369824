"""The daily digest as a job of a channel: post what is due there, once."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import SlackError
from bot.newsroom import Assignment, Newsroom
from bot.newsroom.digests import RETRY
from bot.slack import public, wording
from bot.slack.posts import MaybePosted, NotPosted, post
from bot.store import Job

log = logging.getLogger(__name__)


async def post_due(newsroom: Newsroom, client: AsyncWebClient, job: Job) -> datetime | None:
    """Post a channel's digest if it is due; returns when to look again.

    That it is posted once is the ledger's affair: the job may be done twice, or by two at a time.
    """
    team, channel, worker = job.payload["team"], job.payload["channel"], str(job.worker)
    while assignment := await asyncio.to_thread(newsroom.take_due, worker, team, channel):
        await _post(newsroom, client, assignment, worker)
    return await asyncio.to_thread(newsroom.next_look, team, channel)


async def _post(
    newsroom: Newsroom, client: AsyncWebClient, assignment: Assignment, worker: str
) -> None:
    key, fitting = assignment.key, public.digest_that_fits(assignment.digest)
    assignment = replace(assignment, digest=fitting)  # what is shown is what is recorded
    message = public.digest_message(fitting)
    if not await asyncio.to_thread(newsroom.start_posting, assignment, worker):
        return
    try:
        ts = await post(
            client,
            key.channel,
            message,
            failed=wording.digest_refused(key.day, key.channel),
            again="I can post it",
            lost=_goes_on(newsroom, assignment),
        )
    except NotPosted as refusal:
        log.error("digest of %s, %s: %s (%s)", key.day, key.channel, refusal, refusal.code)
        why = refusal.code or refusal.cause
        if await asyncio.to_thread(newsroom.put_back, assignment, worker, why):
            await _tell(client, assignment.person, refusal)
    except MaybePosted as lost:
        # Never twice, so it is not posted again; the next digest says so.
        log.error("digest of %s, %s: %s", key.day, key.channel, lost)
        await asyncio.to_thread(newsroom.doubt, assignment, worker)
    else:
        await asyncio.to_thread(newsroom.record_posted, assignment, worker, ts)
        log.info("digest of %s posted in %s", key.day, key.channel)


def _goes_on(newsroom: Newsroom, assignment: Assignment) -> str:
    until = assignment.given_up_at.astimezone(ZoneInfo(assignment.digest.zone))
    too_late = newsroom.now() + RETRY > until
    return wording.digest_goes_on(
        minutes=RETRY // timedelta(minutes=1), until=None if too_late else until
    )


async def _tell(client: AsyncWebClient, person: str, refusal: SlackError) -> None:
    """Tell whoever set the digest; where not even that works, the log has it."""
    try:
        await client.chat_postMessage(channel=person, text=str(refusal))
    except Exception as error:  # noqa: BLE001  slack_sdk raises more than its own
        log.error("nor could %s be told: %s", person, type(error).__name__)
