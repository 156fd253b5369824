"""The worker: post digests when they are due, and keep the index in step with the store."""

from __future__ import annotations

import asyncio
import logging
import os
import secrets
import socket
from datetime import timedelta

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import BotError, SlackError
from bot.newsroom import Assignment, Newsroom
from bot.slack import blocks, refusals

log = logging.getLogger(__name__)

TICK = timedelta(seconds=1)


class DigestWorker:
    """Posts what is due in the channels of one workspace. Several may run on one store."""

    def __init__(self, newsroom: Newsroom, client: AsyncWebClient, team: str) -> None:
        self._newsroom, self._client, self._team = newsroom, client, team
        self._name = f"{socket.gethostname()}-{os.getpid()}-{secrets.token_hex(3)}"

    async def run(self) -> None:
        """Work until cancelled. A digest that is being posted then is finished first."""
        while True:
            try:
                await asyncio.to_thread(self._newsroom.catch_up_if_free)
                await self._post_due_to_the_end()
            except BotError as error:
                log.error("the worker goes on after: %s", error)
            await asyncio.sleep(TICK.total_seconds())

    async def _post_due_to_the_end(self) -> None:
        posting = asyncio.create_task(self.post_due())
        try:
            await asyncio.shield(posting)
        except asyncio.CancelledError:
            await posting
            raise

    async def post_due(self) -> None:
        """Post every digest that is due now."""
        while assignment := await asyncio.to_thread(
            self._newsroom.take_due, self._name, self._team
        ):
            await self._post(assignment)

    async def _post(self, assignment: Assignment) -> None:
        message = blocks.digest_message(assignment.digest)
        if not await asyncio.to_thread(self._newsroom.start_posting, assignment, self._name):
            return
        key = assignment.key
        try:
            answer = await self._client.chat_postMessage(
                channel=key.channel,
                text=message.text,
                blocks=message.blocks,
                unfurl_links=False,
                unfurl_media=False,
            )
        except SlackApiError as error:
            if error.response.status_code >= 500:
                await self._doubt(assignment, f"HTTP {error.response.status_code}")
            else:
                await self._refused(assignment, error)
        except aiohttp.ClientConnectorError as error:
            # It never left: this is the one network failure after which nothing was posted.
            await self._put_back(assignment, f"Slack could not be reached ({type(error).__name__})")
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            await self._doubt(assignment, type(error).__name__)
        else:
            ts = str(answer["ts"])
            await asyncio.to_thread(self._newsroom.record_posted, assignment, self._name, ts)
            log.info("digest of %s posted in %s", key.day, key.channel)

    async def _doubt(self, assignment: Assignment, why: str) -> None:
        """Slack may have posted it or not. Never twice, so it is not posted again."""
        key = assignment.key
        log.error("digest of %s in %s: Slack's answer was lost: %s", key.day, key.channel, why)
        await asyncio.to_thread(self._newsroom.doubt, assignment, self._name)

    async def _refused(self, assignment: Assignment, error: SlackApiError) -> None:
        channel = assignment.key.channel
        refusal = refusals.refused(
            error,
            f"The digest of {assignment.digest.day} was not posted in <#{channel}>",
            again="wait: I try again every five minutes for two hours",
            lost="Its claims are not lost: they come with the next digest.",
        )
        if await self._put_back(assignment, refusal.code):
            await self._tell(assignment.person, refusal)

    async def _put_back(self, assignment: Assignment, why: str) -> bool:
        key = assignment.key
        log.error("digest of %s not posted in %s: %s", key.day, key.channel, why)
        return await asyncio.to_thread(self._newsroom.put_back, assignment, self._name, why)

    async def _tell(self, person: str, refusal: SlackError) -> None:
        """Tell whoever set the digest; where not even that works, the log has it."""
        try:
            await self._client.chat_postMessage(channel=person, text=str(refusal))
        except (SlackApiError, aiohttp.ClientError, TimeoutError, OSError) as error:
            log.error("nor could %s be told: %s", person, type(error).__name__)
