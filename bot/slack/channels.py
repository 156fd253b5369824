"""Ask Slack about channels: who may see them, and who is in them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import SlackError
from bot.slack.cache import AsyncCache
from bot.slack.refusals import NOT_IN_CHANNEL, slack_call
from bot.words import say

CHANNEL_ID = re.compile(r"[CG][A-Z0-9]{1,30}", re.ASCII)
"""The id of a channel, not of a direct message."""
MAX_MEMBER_PAGES = 20
"""The most pages of members to read; a page has 1,000 members."""

_is_public: AsyncCache[bool] = AsyncCache(300, stale_seconds=300, max_entries=2_000)


async def is_public(client: AsyncWebClient, channel: str) -> bool:
    """Tell whether everybody in the workspace may see a channel.

    Slack's answer (conversations.info) is cached for five minutes. Raises SlackError
    if Slack does not answer.
    """

    async def fetch() -> bool:
        with slack_call(say("home.channel_not_known")):
            info = await _channel_info(client, channel)
        # A channel of unknown kind counts as private.
        return info.get("is_private") is False and not (info.get("is_im") or info.get("is_mpim"))

    return await _is_public.get((client.base_url, client.token, channel), fetch)


async def require_bot_in_channel(
    client: AsyncWebClient, channel: str, *, failure: str, next_step: str
) -> None:
    """Raise SlackError unless the bot is in a channel.

    `failure` says what did not happen. `next_step` is what to do once the bot has been invited
    ("share again"); in the remedy it follows "then".
    """
    outcome = say("refusals.nothing_changed")
    with slack_call(failure, next_step=next_step, outcome=outcome):
        info = await _channel_info(client, channel)
    if not info.get("is_member"):
        cause, remedy = NOT_IN_CHANNEL
        remedy = f"{say(remedy, again=next_step)} {outcome}"
        raise SlackError(failure, cause=say(cause), remedy=remedy)


async def _channel_info(client: AsyncWebClient, channel: str) -> Mapping[str, Any]:
    info: Mapping[str, Any] = (await client.conversations_info(channel=channel))["channel"]
    return info


async def is_member(client: AsyncWebClient, channel: str, person: str, *, failure: str) -> bool:
    """Tell whether somebody is in a channel (conversations.members).

    Raises SlackError if Slack does not answer; `failure` says what did not happen.
    """
    cursor: str | None = None
    for _ in range(MAX_MEMBER_PAGES):
        with slack_call(failure, outcome=say("refusals.nothing_changed")):
            page = await client.conversations_members(channel=channel, cursor=cursor, limit=1000)
            members, metadata = page["members"], page.get("response_metadata") or {}
        if person in members:
            return True
        if not (cursor := metadata.get("next_cursor")):
            break
    return False


def clear_cache() -> None:
    """Drop the cached answers about channels."""
    _is_public.clear()
