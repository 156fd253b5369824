"""Mend a message that shows a claim which has changed or is gone. Nothing new is ever posted."""

from __future__ import annotations

import asyncio
import logging

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import SlackError
from bot.newsroom import Newsroom
from bot.newsroom.mending import MendedDigest, MendedShare
from bot.slack import public
from bot.slack.parts import Message
from bot.slack.refusals import code, refused
from bot.store import Job, MessageKey

log = logging.getLogger(__name__)

OUT_OF_REACH = frozenset({
    "message_not_found", "cant_update_message", "edit_window_closed", "channel_not_found",
    "is_archived", "is_inactive", "not_in_channel",
})  # fmt: skip
"""Errors of chat.update that trying again does not mend: the message is gone, or closed to us
(docs.slack.dev/reference/methods/chat.update)."""


async def mend(newsroom: Newsroom, client: AsyncWebClient, job: Job) -> None:
    """Bring a message to what its claims say by now; done twice, it shows the same."""
    key = MessageKey(**job.payload)
    mended = await asyncio.to_thread(newsroom.mended, key)
    if mended is None:
        return
    message = _message(mended)
    try:
        await client.chat_update(
            channel=key.channel, ts=key.ts, text=message.text, blocks=message.blocks
        )
    except SlackApiError as error:
        if code(error) not in OUT_OF_REACH:
            raise refused(error, "A message was not mended", again="I can", lost="") from error
        log.warning("message %s in %s stays as it is: %s", key.ts, key.channel, code(error))
    except (aiohttp.ClientError, TimeoutError, OSError) as error:
        cause = f"Slack could not be reached ({type(error).__name__})"
        raise SlackError("A message was not mended", cause=cause) from error
    else:
        log.info("message %s in %s was mended", key.ts, key.channel)


def _message(mended: MendedShare | MendedDigest) -> Message:
    if isinstance(mended, MendedShare):
        return public.mended_share_message(mended.claim, mended.person)
    return public.mended_digest_message(mended.digest, mended.claims)
