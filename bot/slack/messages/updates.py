"""Update a message whose claims have changed or are gone. Nothing new is ever posted."""

from __future__ import annotations

import asyncio
import logging
from datetime import datetime

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import SlackError
from bot.newsroom import Newsroom
from bot.slack.messages.post import RATE_LIMIT_ERRORS, notification_text, retry_after
from bot.slack.messages.renderers import RENDERERS
from bot.slack.refusals import error_code, slack_error
from bot.slack.surfaces.articles.unfurls import update_unfurl
from bot.store import Job, MessageKey
from bot.store.delivery.payloads import UnfurlPayload, Unreadable

log = logging.getLogger(__name__)

NOT_UPDATABLE = frozenset({
    "message_not_found", "cant_update_message", "edit_window_closed", "channel_not_found",
    "is_archived", "is_inactive", "not_in_channel",
    "cannot_find_channel", "cannot_find_message", "cannot_unfurl_message", "cannot_unfurl_url",
})  # fmt: skip
"""Permanent errors of chat.update and chat.unfurl: the message is gone, or closed to us
(docs.slack.dev/reference/methods/chat.update)."""


async def update_message(newsroom: Newsroom, client: AsyncWebClient, job: Job) -> datetime | None:
    """Update a message to the current state of its claims; idempotent.

    Returns when to retry if Slack rate-limits the call.
    """
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
            await update_unfurl(newsroom.articles.unfurls, client, mended)
        elif message := await asyncio.to_thread(RENDERERS[mended.kind], newsroom, mended):
            await client.chat_update(
                channel=key.channel,
                ts=key.ts,
                text=notification_text(message),
                blocks=message.blocks,
            )
        else:
            return None
    except SlackApiError as error:
        if error_code(error) in RATE_LIMIT_ERRORS:
            return newsroom.now() + retry_after(error)
        if error_code(error) not in NOT_UPDATABLE:
            raise slack_error(
                error, "A message was not updated", next_step="I can", outcome=""
            ) from error
        log.warning("message %s in %s was not updated: %s", key.ts, key.channel, error_code(error))
    except (aiohttp.ClientError, TimeoutError, OSError) as error:
        cause = f"Slack could not be reached ({type(error).__name__})"
        raise SlackError("A message was not updated", cause=cause) from error
    else:
        log.info("message %s in %s was updated", key.ts, key.channel)
    return None
