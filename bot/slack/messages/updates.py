"""Mend a message that shows a claim which has changed or is gone. Nothing new is ever posted."""

from __future__ import annotations

import asyncio
import logging
from datetime import datetime

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import SlackError
from bot.newsroom import Newsroom
from bot.slack.messages.post import TOO_MUCH, notified, wait_asked
from bot.slack.messages.renderers import RENDERERS
from bot.slack.refusals import code, refused
from bot.slack.surfaces.articles.unfurls import show_again
from bot.store import Job, MessageKey
from bot.store.delivery.payloads import UnfurlPayload, Unreadable

log = logging.getLogger(__name__)

OUT_OF_REACH = frozenset({
    "message_not_found", "cant_update_message", "edit_window_closed", "channel_not_found",
    "is_archived", "is_inactive", "not_in_channel",
    "cannot_find_channel", "cannot_find_message", "cannot_unfurl_message", "cannot_unfurl_url",
})  # fmt: skip
"""Errors of chat.update and chat.unfurl that trying again does not mend: the message is gone, or
closed to us (docs.slack.dev/reference/methods/chat.update)."""


async def mend(newsroom: Newsroom, client: AsyncWebClient, job: Job) -> datetime | None:
    """Bring a message to what its claims say by now; done twice, it shows the same. Returns when to
    ask again, where Slack asks for time."""
    key = MessageKey(**job.payload)
    mended = await asyncio.to_thread(newsroom.store.outbox.by_message, key)
    if mended is None:
        return None
    if isinstance(mended.payload, Unreadable):
        why = mended.payload.reason
        log.error("%s can't be updated, since its row can't be read: %s", mended.key, why)
        return None
    try:
        if mended.kind == UnfurlPayload.kind:
            await show_again(newsroom.articles.unfurls, client, mended)
        elif message := await asyncio.to_thread(RENDERERS[mended.kind], newsroom, mended):
            await client.chat_update(
                channel=key.channel, ts=key.ts, text=notified(message), blocks=message.blocks
            )
        else:
            return None
    except SlackApiError as error:
        if code(error) in TOO_MUCH:
            return newsroom.now() + wait_asked(error)
        if code(error) not in OUT_OF_REACH:
            raise refused(error, "A message was not updated", again="I can", lost="") from error
        log.warning("message %s in %s was not updated: %s", key.ts, key.channel, code(error))
    except (aiohttp.ClientError, TimeoutError, OSError) as error:
        cause = f"Slack could not be reached ({type(error).__name__})"
        raise SlackError("A message was not updated", cause=cause) from error
    else:
        log.info("message %s in %s was updated", key.ts, key.channel)
    return None
