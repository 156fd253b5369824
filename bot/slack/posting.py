"""The worker: post digests when they are due."""

from __future__ import annotations

import asyncio
import logging
import os
import secrets
import socket
from collections.abc import Awaitable
from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import BotError, SlackError
from bot.newsroom import Assignment, Newsroom
from bot.newsroom.digests import RETRY
from bot.slack import blocks, wording
from bot.slack.posts import MaybePosted, NotPosted, post

log = logging.getLogger(__name__)

TICK = timedelta(seconds=1)
PAUSE = timedelta(seconds=30)
"""How long it waits after a failure: most don't pass in a second, and the log has to be read."""


class DigestWorker:
    """Posts what is due in the channels of one workspace. Several may run on one store."""

    def __init__(self, newsroom: Newsroom, client: AsyncWebClient, team: str) -> None:
        self._newsroom, self._client, self._team = newsroom, client, team
        self._name = f"{socket.gethostname()}-{os.getpid()}-{secrets.token_hex(3)}"

    async def run(self) -> None:
        """Work until cancelled. A digest that is being posted then is finished first."""
        while True:
            well = await _goes_on_after(self._post_due_to_the_end())
            await asyncio.sleep((TICK if well else PAUSE).total_seconds())

    async def _post_due_to_the_end(self) -> None:
        posting = asyncio.create_task(self.post_due())
        try:
            await asyncio.shield(posting)
        except asyncio.CancelledError:
            await asyncio.wait([posting])
            raise

    async def post_due(self) -> None:
        """Post every digest that is due now. What fails of one stops no other."""
        while assignment := await asyncio.to_thread(
            self._newsroom.take_due, self._name, self._team
        ):
            try:
                await self._post(assignment)
            except Exception:
                # Its lease runs out: then it is tried again, or in doubt if it had got to Slack.
                key = assignment.key
                log.exception("digest of %s, %s: something in me failed", key.day, key.channel)

    async def _post(self, assignment: Assignment) -> None:
        key, fitting = assignment.key, blocks.digest_that_fits(assignment.digest)
        assignment = replace(assignment, digest=fitting)  # what is shown is what is recorded
        message = blocks.digest_message(fitting)
        if not await asyncio.to_thread(self._newsroom.start_posting, assignment, self._name):
            return
        try:
            ts = await post(
                self._client,
                key.channel,
                message,
                failed=wording.digest_refused(key.day, key.channel),
                again="I can post it",
                lost=self._goes_on(assignment),
            )
        except NotPosted as refusal:
            log.error("digest of %s, %s: %s (%s)", key.day, key.channel, refusal, refusal.code)
            why = refusal.code or refusal.cause
            if await asyncio.to_thread(self._newsroom.put_back, assignment, self._name, why):
                await self._tell(assignment.person, refusal)
        except MaybePosted as lost:
            # Never twice, so it is not posted again; the next digest says so.
            log.error("digest of %s, %s: %s", key.day, key.channel, lost)
            await asyncio.to_thread(self._newsroom.doubt, assignment, self._name)
        else:
            await asyncio.to_thread(self._newsroom.record_posted, assignment, self._name, ts)
            log.info("digest of %s posted in %s", key.day, key.channel)

    def _goes_on(self, assignment: Assignment) -> str:
        until = assignment.given_up_at.astimezone(ZoneInfo(assignment.digest.zone))
        too_late = self._newsroom.now() + RETRY > until
        return wording.digest_goes_on(
            minutes=RETRY // timedelta(minutes=1), until=None if too_late else until
        )

    async def _tell(self, person: str, refusal: SlackError) -> None:
        """Tell whoever set the digest; where not even that works, the log has it."""
        try:
            await self._client.chat_postMessage(channel=person, text=str(refusal))
        except Exception as error:  # noqa: BLE001  slack_sdk raises more than its own
            log.error("nor could %s be told: %s", person, type(error).__name__)


async def _goes_on_after(work: Awaitable[None]) -> bool:
    """Do a piece of work; log what fails of it, and say whether all went well."""
    try:
        await work
    except BotError as error:
        log.error("the worker goes on after: %s", error)
    except Exception:
        log.exception("the worker goes on after a failure in me")
    else:
        return True
    return False
