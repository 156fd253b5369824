"""The conversation with the bot: a greeting, suggested prompts, and a status ("is searching").

What people write there arrives as direct messages, which bot/slack/events.py answers in threads.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable

from slack_sdk.web.async_client import AsyncWebClient

from bot.newsroom import Newsroom
from bot.slack.messages.post import without_retries
from bot.slack.refusals import Body
from bot.slack.replies import Reply
from bot.slack.surfaces.answers import talk, talk_blocks
from bot.words import say

AGENT_TIMEOUT = 2.0
"""Seconds that a call about the conversation may take; after that, the bot goes on without it."""


async def greet(newsroom: Newsroom, client: AsyncWebClient, body: Body, reply: Reply) -> None:
    """Greet somebody who opens the conversation for the first time, and suggest prompts each time.

    Raises SlackError if the greeting cannot be posted.
    """
    await _try_agent_call(
        without_retries(client).assistant_threads_setSuggestedPrompts(
            channel_id=str(reply.channel),
            title=say("talk.prompts_title"),
            prompts=talk_blocks.prompts(),
        )
    )
    coverage = await asyncio.to_thread(newsroom.store.archive.coverage)
    message = talk_blocks.greeting_message(is_archive_empty=not coverage.articles)
    await talk.post_once(newsroom, client, body, message, reply, name="greeting")


async def show_status(
    client: AsyncWebClient, channel: str, thread_ts: str, status: str, answer: Awaitable[bool]
) -> None:
    """Show in a thread what the bot is doing, until `answer` is done.

    `answer` returns whether an answer was posted.
    """
    client = without_retries(client)

    async def show(shown: str) -> None:
        await _try_agent_call(
            client.assistant_threads_setStatus(
                channel_id=channel, thread_ts=thread_ts, status=shown
            )
        )

    await show(status)
    is_posted = False
    try:
        is_posted = await answer
    finally:
        if not is_posted:  # Slack clears the status when an answer is posted
            await show("")


async def _try_agent_call(call: Awaitable[object]) -> None:
    """Make a call about the conversation; ignore its failure, since not every workspace has agents,
    and prompts need a scope that may have been refused."""
    with contextlib.suppress(Exception):
        async with asyncio.timeout(AGENT_TIMEOUT):
            await call
