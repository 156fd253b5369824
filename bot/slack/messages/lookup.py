"""Look up whether a message is in its channel, by its key."""

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
    RATE_LIMIT_ERRORS,
    has_key,
    is_server_error,
    retry_after,
    without_retries,
)
from bot.slack.refusals import error_code

CLOCK_SKEW = timedelta(hours=1)
"""How far our clock may be ahead of Slack's: a message may seem older than our request for it."""

PAGE_SIZE, MOST_PAGES = 200, 50

TRANSIENT_ERRORS = frozenset({
    "ratelimited", "rate_limited", "fatal_error", "internal_error", "service_unavailable",
    "request_timeout", "team_added_to_org", "no_reason_given",
    "invalid_auth", "not_authed", "token_revoked", "token_expired", "account_inactive",
})  # fmt: skip
"""Errors that pass or that somebody will fix, and answers that are not Slack's. All others are
permanent: we are not in the channel, or lack the scope."""


async def find_message(
    outbox: Outbox,
    client: AsyncWebClient,
    team: str,
    channel: str,
    key: str,
    *,
    since: datetime,
    thread_ts: str | None = None,
) -> PostedMessage | None:
    """Find the message with a key in a channel, or in the conversation with a person, among those
    posted from `since` on; None if it is not there.

    While Slack rate-limits us, no channel of the workspace is read. Raises NotReadable and
    SlackUnavailable.
    """
    client = without_retries(client)
    try:
        if channel.startswith(("U", "W")):
            opened = await client.conversations_open(users=channel)
            channel = opened["channel"]["id"]
        oldest = f"{(since - CLOCK_SKEW).timestamp():.6f}"
        asked = {"channel": channel, "oldest": oldest} | ({"ts": thread_ts} if thread_ts else {})
        async for message in _messages(outbox, client, team, asked):
            if has_key(message, key):
                return PostedMessage(channel, str(message["ts"]))
    except SlackApiError as error:
        why = error_code(error)
        if not is_server_error(error) and why not in TRANSIENT_ERRORS:
            raise _not_readable(channel, why) from error
        raise _not_now(channel, retry_after(error), why) from error
    except (NotReadable, SlackUnavailable):
        raise
    except Exception as error:
        # As when posting: slack_sdk raises more than its own errors.
        raise _not_now(channel, DEFAULT_WAIT, type(error).__name__) from error
    return None


async def _messages(
    outbox: Outbox, client: AsyncWebClient, team: str, asked: dict[str, Any]
) -> AsyncIterator[dict[str, Any]]:
    """Yield the messages that `asked` selects: of a channel, or of the thread at a `ts`."""
    asked = asked | {"limit": PAGE_SIZE, "include_all_metadata": True}
    for _ in range(MOST_PAGES):
        if waits := await asyncio.to_thread(outbox.reading_pause, team):
            raise _not_now(asked["channel"], waits, "ratelimited")
        try:
            if "ts" in asked:
                page = await client.conversations_replies(**asked)
            else:
                page = await client.conversations_history(**asked)
        except SlackApiError as error:
            if error_code(error) in RATE_LIMIT_ERRORS:
                await asyncio.to_thread(outbox.pause_reading, team, retry_after(error))
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
