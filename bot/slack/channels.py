"""What Slack says of channels."""

from __future__ import annotations

import re

from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import SlackError
from bot.slack.cache import AsyncCache
from bot.slack.refusals import NOT_IN_CHANNEL, slack_call
from bot.words import say

CHANNEL_ID = re.compile(r"[CG][A-Z0-9]{1,30}", re.ASCII)
"""The id of a channel, not of a direct message."""
MAX_MEMBER_PAGES = 20
"""Pages of a channel's members, of 1,000 each."""

_public: AsyncCache[bool] = AsyncCache(300, stale_seconds=300, max_entries=2_000)


async def is_public(client: AsyncWebClient, channel: str) -> bool:
    """Tell whether everybody in the workspace may see a channel (conversations.info, cached for
    five minutes). Raises SlackError if Slack does not say."""

    async def ask() -> bool:
        with slack_call(say("home.channel_not_known")):
            known = (await client.conversations_info(channel=channel))["channel"]
        # A channel of unknown kind counts as private.
        return known.get("is_private") is False and not (known.get("is_im") or known.get("is_mpim"))

    return await _public.get((client.base_url, client.token, channel), ask)


async def require_bot(
    client: AsyncWebClient, channel: str, *, failure: str, next_step: str
) -> None:
    """Raise SlackError unless the bot is in a channel.

    `failed` says what did not happen, `again` completes "then …".
    """
    lost = say("refusals.nothing_changed")
    with slack_call(failure, next_step=next_step, outcome=lost):
        known = (await client.conversations_info(channel=channel))["channel"]
    if not known.get("is_member"):
        why, remedy = NOT_IN_CHANNEL
        raise SlackError(failure, cause=say(why), remedy=f"{say(remedy, again=next_step)} {lost}")


async def is_member(client: AsyncWebClient, channel: str, person: str, *, failure: str) -> bool:
    """Tell whether somebody is in a channel (conversations.members).

    Raises SlackError if Slack does not say; `failed` says what did not happen.
    """
    cursor: str | None = None
    for _ in range(MAX_MEMBER_PAGES):
        with slack_call(failure, outcome=say("refusals.nothing_changed")):
            page = await client.conversations_members(channel=channel, cursor=cursor, limit=1000)
            members, more = page["members"], page.get("response_metadata") or {}
        if person in members:
            return True
        if not (cursor := more.get("next_cursor") or None):
            break
    return False


def clear_cache() -> None:
    """Forget what Slack said of channels."""
    _public.clear()
