"""Pause a digest that can no longer be posted in its channel, and tell its owner."""

from __future__ import annotations

import asyncio
import logging

from slack_sdk.web.async_client import AsyncWebClient

from bot.model import Subscription
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


async def pause_lost_channel(
    newsroom: Newsroom, client: AsyncWebClient, team: str, channel: str, why: str
) -> None:
    """Pause the digest of a channel, if it has one, because of one of LOST_CHANNEL_ERRORS.

    Examples are "is_archived", "channel_not_found" (deleted) and "not_in_channel" (the bot was
    removed). Raises no SlackError.
    """
    subscription = await asyncio.to_thread(newsroom.store.ledger.subscription, team, channel)
    if subscription and not subscription.stop_reason:
        await stop_digest(newsroom, client, subscription, why)


async def stop_digest(
    newsroom: Newsroom, client: AsyncWebClient, subscription: Subscription, why: str
) -> None:
    """Pause a digest until it is set again, and tell its owner, or admins if the owner's account is
    deactivated."""
    tell = await reachable_owners(newsroom, client, subscription.person)
    await asyncio.to_thread(newsroom.digests.subscriptions.stop, subscription, why, tell)
    log.error("paused the digest in %s: %s", subscription.channel, why)
