"""The worker: post digests when they are due, keep the index in step."""

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

from bot.errors import BotError
from bot.newsroom import Assignment, Newsroom
from bot.slack import blocks, refusals

log = logging.getLogger(__name__)

TICK = timedelta(seconds=1)


class DigestWorker:
    """Posts what is due in every channel. Several may run at once, on one store."""

    def __init__(self, newsroom: Newsroom, client: AsyncWebClient) -> None:
        self._newsroom, self._client = newsroom, client
        self._name = f"{socket.gethostname()}-{os.getpid()}-{secrets.token_hex(3)}"

    async def run(self) -> None:
        """Work until cancelled. A digest that is being posted is finished first."""
        while True:
            try:
                await asyncio.to_thread(self._newsroom.catch_up_if_free)
                await asyncio.shield(self.post_due())
            except BotError as error:
                log.error("the worker goes on after: %s", error)
            await asyncio.sleep(TICK.total_seconds())

    async def post_due(self) -> int:
        """Post every digest that is due now, and return how many were posted."""
        posted = 0
        while assignment := await asyncio.to_thread(self._newsroom.take_due, self._name):
            posted += await self._post(assignment)
        return posted

    async def _post(self, assignment: Assignment) -> bool:
        text, message = blocks.digest_message(assignment.digest)
        if not await asyncio.to_thread(self._newsroom.start_posting, assignment, self._name):
            return False
        key = assignment.key
        try:
            answer = await self._client.chat_postMessage(
                channel=key.channel,
                text=text,
                blocks=message,
                unfurl_links=False,
                unfurl_media=False,
            )
        except SlackApiError as error:
            await self._refused(assignment, refusals.code(error))
        except aiohttp.ClientConnectorError as error:
            await self._refused(assignment, f"Slack could not be reached: {error.strerror}")
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            # The request was under way: Slack may have posted it. Never twice, so not again.
            log.error("digest of %s in %s: Slack's answer was lost: %s", key.day, key.channel, error)
            await asyncio.to_thread(self._newsroom.doubt, assignment, self._name)
        else:
            await asyncio.to_thread(
                self._newsroom.record_posted, assignment, self._name, str(answer["ts"])
            )
            log.info("digest of %s posted in %s", key.day, key.channel)
            return True
        return False
