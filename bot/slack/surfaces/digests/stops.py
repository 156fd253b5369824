"""Stop a digest that can no longer be posted in its channel."""

from __future__ import annotations

import asyncio
import logging

from slack_sdk.web.async_client import AsyncWebClient

from bot.newsroom import Newsroom
from bot.slack.gate.people import reachable_owners

log = logging.getLogger(__name__)

LOST_CHANNEL_ERRORS = frozenset({
    "not_in_channel", "channel_not_found", "is_archived", "is_inactive", "no_permission",
    "restricted_action", "restricted_action_read_only_channel",
    "restricted_action_thread_only_channel",
})  # fmt: skip
"""Slack's errors for a channel in which we cannot post until people change something
(docs.slack.dev/reference/methods/chat.postMessage)."""


async def stop_digest_of_lost_channel(
    newsroom: Newsroom, client: AsyncWebClient, team: str, channel: str, reason: str
) -> None:
    """Stop a channel's digest, if it has one, until it is set again, and tell its owner.

    If the owner's account is deactivated, admins are told. `reason` is one of LOST_CHANNEL_ERRORS,
    such as "is_archived", "channel_not_found" (deleted) or "not_in_channel" (the bot was removed).
    Raises no SlackError.
    """
    subscription = await asyncio.to_thread(newsroom.store.ledger.subscription, team, channel)
    if not subscription or subscription.stopped:
        return
    owners = await reachable_owners(newsroom, client, subscription.person)
    await asyncio.to_thread(newsroom.digests.subscriptions.stop, subscription, reason, owners)
    log.error("paused the digest in %s: %s", channel, reason)
