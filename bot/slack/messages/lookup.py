"""Look whether a message stands in its channel, by the mark that it carries."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.delivery.outbox import Outbox
from bot.delivery.transport import DEFAULT_WAIT, NotReadable, PostedMessage, SlackUnavailable
from bot.slack.messages.post import (
    TOO_MUCH,
    is_down,
    is_marked,
    unhurried,
    wait_asked,
)
from bot.slack.refusals import code

EARLIER = timedelta(hours=1)
"""How much earlier than we asked for a message it may stand there: by how much our clock may be
ahead of Slack's."""

PAGE, MOST_PAGES = 200, 50

FOR_NOW = frozenset({
    "ratelimited", "rate_limited", "fatal_error", "internal_error", "service_unavailable",
    "request_timeout", "team_added_to_org", "no_reason_given",
    "invalid_auth", "not_authed", "token_revoked", "token_expired", "account_inactive",
})  # fmt: skip
"""Errors of asking Slack for something that pass, or that somebody will mend, and answers that are
none of Slack's. Whatever else it says, that we are not in the channel or lack the scope, it will
say again."""


async def look(
    outbox: Outbox,
    client: AsyncWebClient,
    team: str,
    channel: str,
    key: str,
    *,
    since: datetime,
    thread_ts: str | None = None,
) -> PostedMessage | None:
    """Where the message with a key stands in a channel, or in the conversation with a person, if it
    has been posted `since` an hour; None where it does not.

    Where Slack asks for time, no channel of the workspace is read before. Raises NotReadable and
    SlackUnavailable.
    """
    client = unhurried(client)
    try:
        if channel.startswith(("U", "W")):
            opened = await client.conversations_open(users=channel)
            channel = opened["channel"]["id"]
        oldest = f"{(since - EARLIER).timestamp():.6f}"
        asked = {"channel": channel, "oldest": oldest} | ({"ts": thread_ts} if thread_ts else {})
        async for message in _messages(outbox, client, team, asked):
            if is_marked(message, key):
                return PostedMessage(channel, str(message["ts"]))
    except SlackApiError as error:
        why = code(error)
        if not is_down(error) and why not in FOR_NOW:
            raise _not_readable(channel, why) from error
        raise _not_now(channel, wait_asked(error), why) from error
    except (NotReadable, SlackUnavailable):
        raise
    except Exception as error:
        # As in posts: slack_sdk raises more than its own.
        raise _not_now(channel, DEFAULT_WAIT, type(error).__name__) from error
    return None


async def _messages(
    outbox: Outbox, client: AsyncWebClient, team: str, asked: dict[str, Any]
) -> AsyncIterator[dict[str, Any]]:
    """The messages that are `asked` for of a channel, or of the thread at a `ts`."""
    asked = asked | {"limit": PAGE, "include_all_metadata": True}
    for _ in range(MOST_PAGES):
        if waits := await asyncio.to_thread(outbox.reading_pause, team):
            raise _not_now(asked["channel"], waits, "ratelimited")
        try:
            if "ts" in asked:
                page = await client.conversations_replies(**asked)
            else:
                page = await client.conversations_history(**asked)
        except SlackApiError as error:
            if code(error) in TOO_MUCH:
                await asyncio.to_thread(outbox.pause_reading, team, wait_asked(error))
            raise
        for message in page["messages"]:
            yield message
        asked["cursor"] = (page.get("response_metadata") or {}).get("next_cursor")
        if not asked["cursor"]:
            return
    raise _not_readable(asked["channel"], "more_than_can_be_looked_through")


def _not_now(channel: str, wait: timedelta, why: str) -> SlackUnavailable:
    return SlackUnavailable(
        "could not read a channel", wait=wait, code=why, subject=channel, cause=why
    )


def _not_readable(channel: str, why: str) -> NotReadable:
    return NotReadable("a channel can't be read", code=why, subject=channel, cause=why)
