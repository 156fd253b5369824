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
from bot.slack.gate.scopes import scope_needed_by
from bot.slack.messages.post import (
    RATE_LIMIT_ERRORS,
    has_key,
    is_server_error,
    retry_after,
    without_retries,
)
from bot.slack.refusals import error_code
from bot.words import say

CLOCK_SKEW = timedelta(hours=1)
"""How far our clock may be ahead of Slack's: a message may seem older than our request for it."""

PAGE_SIZE, MAX_PAGES = 200, 50
"""Messages per page, and the most pages to read."""

TRANSIENT_ERRORS = frozenset({
    "ratelimited", "rate_limited", "fatal_error", "internal_error", "service_unavailable",
    "request_timeout", "team_added_to_org", "no_reason_given",
    "invalid_auth", "not_authed", "token_revoked", "token_expired", "account_inactive",
})  # fmt: skip
"""Errors that pass or that somebody will fix. All others are permanent: we are not in the channel,
or lack the scope."""


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
    """Find the message with a key that was posted in a channel at `since` or later; None if there
    is none.

    If `channel` is the id of a person, the conversation with them is read. While Slack rate-limits
    us, no channel of the workspace is read. Raises NotReadable and SlackUnavailable.
    """
    client = without_retries(client)
    try:
        if channel.startswith(("U", "W")):
            response = await client.conversations_open(users=channel)
            channel = response["channel"]["id"]
        oldest = f"{(since - CLOCK_SKEW).timestamp():.6f}"
        query = {"channel": channel, "oldest": oldest} | ({"ts": thread_ts} if thread_ts else {})
        async for message in _messages(outbox, client, team, query):
            if has_key(message, key):
                return PostedMessage(channel, str(message["ts"]))
    except SlackApiError as error:
        code = error_code(error)
        if not is_server_error(error) and code not in TRANSIENT_ERRORS:
            scope = scope_needed_by(error)
            cause = say("scopes.why", scope=scope) if scope else code
            raise _not_readable(channel, code, cause) from error
        raise _unavailable(channel, retry_after(error), code) from error
    except (NotReadable, SlackUnavailable):
        raise
    except Exception as error:
        # slack_sdk raises more than its own errors.
        raise _unavailable(channel, DEFAULT_WAIT, type(error).__name__) from error
    return None


async def _messages(
    outbox: Outbox, client: AsyncWebClient, team: str, query: dict[str, Any]
) -> AsyncIterator[dict[str, Any]]:
    """Yield the messages that `query` selects: of a channel, or of the thread at a `ts`."""
    query = query | {"limit": PAGE_SIZE, "include_all_metadata": True}
    for _ in range(MAX_PAGES):
        if wait := await asyncio.to_thread(outbox.reading_pause, team):
            raise _unavailable(query["channel"], wait, "ratelimited")
        try:
            if "ts" in query:
                page = await client.conversations_replies(**query)
            else:
                page = await client.conversations_history(**query)
        except SlackApiError as error:
            if error_code(error) in RATE_LIMIT_ERRORS:
                await asyncio.to_thread(outbox.pause_reading, team, retry_after(error))
            raise
        for message in page["messages"]:
            yield message
        query["cursor"] = (page.get("response_metadata") or {}).get("next_cursor")
        if not query["cursor"]:
            return
    too_many = "more_than_can_be_looked_through"
    raise _not_readable(query["channel"], too_many, too_many)


def _unavailable(channel: str, wait: timedelta, code: str) -> SlackUnavailable:
    return SlackUnavailable(
        "could not read a channel", wait=wait, code=code, subject=channel, cause=code
    )


def _not_readable(channel: str, code: str, cause: str) -> NotReadable:
    return NotReadable("a channel can't be read", code=code, subject=channel, cause=cause)
