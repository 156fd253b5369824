"""Update posted messages whose claims have changed or are gone, and delete what people withdraw.

Nothing new is ever posted.
"""

from __future__ import annotations

import asyncio
import logging
from datetime import datetime

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.delivery.transport import PostedMessage, SlackUnavailable
from bot.errors import SlackError
from bot.newsroom import Newsroom
from bot.slack.messages.lookup import find_message
from bot.slack.messages.post import RATE_LIMIT_ERRORS, notification_text, retry_after
from bot.slack.messages.renderers import RENDERERS
from bot.slack.refusals import error_code, slack_call, slack_error
from bot.slack.surfaces.articles.unfurls import update_unfurl
from bot.store import Job, MessageKey
from bot.store.delivery.outbox import SEND_LEASE
from bot.store.delivery.payloads import UnfurlPayload, UnreadablePayload
from bot.words import say

log = logging.getLogger(__name__)

NOT_UPDATABLE = frozenset({
    "message_not_found", "cant_update_message", "edit_window_closed", "channel_not_found",
    "is_archived", "is_inactive", "not_in_channel",
    "cannot_find_channel", "cannot_find_message", "cannot_unfurl_message", "cannot_unfurl_url",
})  # fmt: skip
"""Permanent errors of chat.update and chat.unfurl: the message is gone, or we may not edit it
(docs.slack.dev/reference/methods/chat.update)."""

GONE = frozenset({"message_not_found", "channel_not_found"})
"""Errors of chat.delete after which there is nothing to delete
(docs.slack.dev/reference/methods/chat.delete)."""


async def update_message(newsroom: Newsroom, client: AsyncWebClient, job: Job) -> datetime | None:
    """Update a message to the current state of its claims.

    Returns when to retry if Slack rate-limits the call. Raises SlackError for other errors that may
    pass.
    """
    key = MessageKey(**job.payload)
    message = await asyncio.to_thread(newsroom.store.outbox.by_message, key)
    if message is None or message.state == "withdrawn":
        return None
    if isinstance(message.payload, UnreadablePayload):
        reason = message.payload.reason
        log.error("%s can't be updated, since its row can't be read: %s", message.key, reason)
        return None
    try:
        if message.kind == UnfurlPayload.kind:
            await update_unfurl(newsroom.articles.unfurls, client, message)
        elif rendered := await asyncio.to_thread(RENDERERS[message.kind], newsroom, message):
            await client.chat_update(
                channel=key.channel,
                ts=key.ts,
                text=notification_text(rendered),
                blocks=rendered.blocks,
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


async def delete_message(
    newsroom: Newsroom, client: AsyncWebClient, team: str, key: str
) -> datetime | None:
    """Delete a withdrawn message in Slack; one that is not there is deleted.

    A message with an unknown outcome is looked up first. Returns when to try again if Slack
    rate-limits the call, or may still post the message. Raises SlackError for other errors.
    """
    message = await asyncio.to_thread(newsroom.store.outbox.by_key, team, key)
    if message is None or message.state != "withdrawn" or not (message.ts or message.tried_at):
        return None
    place = PostedMessage(message.channel, message.ts) if message.ts else None
    try:
        place = place or await find_message(
            newsroom.delivery.outbox,
            client,
            team,
            message.channel,
            key,
            since=message.asked_at,
            thread_ts=message.thread_ts,
        )
        if place is None:
            last_call_ends = (message.tried_at or message.asked_at) + SEND_LEASE
            return last_call_ends if newsroom.now() < last_call_ends else None
        with slack_call(say("sharing.not_withdrawn"), next_step=say("sharing.withdraw_again")):
            await client.chat_delete(channel=place.channel, ts=place.ts)
    except SlackUnavailable as error:
        return newsroom.now() + error.wait
    except SlackError as error:
        if error.code in RATE_LIMIT_ERRORS and isinstance(error.__cause__, SlackApiError):
            return newsroom.now() + retry_after(error.__cause__)
        if error.code not in GONE:
            raise
    log.info("%s in %s was withdrawn", key, message.channel)
    return None
