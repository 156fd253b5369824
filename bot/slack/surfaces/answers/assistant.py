"""The assistant's pane: a greeting with suggested prompts, and the status "searching".

Not every workspace has the pane. Messages in it arrive as direct messages in threads and are
answered like them.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable

from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.newsroom import Newsroom
from bot.slack.messages.post import without_retries
from bot.slack.refusals import Body, acknowledge_first
from bot.slack.replies import Reply
from bot.slack.surfaces.answers import talk, talk_blocks
from bot.words import say

PANE_TIMEOUT = 2.0
"""Seconds that a call about the pane may take; after that, the bot goes on without it."""


def register(app: AsyncApp, newsroom: Newsroom) -> None:
    """Greet people who open the pane."""

    @app.event("assistant_thread_started")
    @acknowledge_first
    async def greet(body: Body, reply: Reply, client: AsyncWebClient) -> None:
        message = talk_blocks.greeting_message()
        await talk.post_once(newsroom, client, body, message, reply, thread_ts=reply.thread_ts)
        await _try_pane_call(
            without_retries(client).assistant_threads_setSuggestedPrompts(
                channel_id=str(reply.channel),
                thread_ts=reply.thread_ts,
                title=say("talk.prompts_title"),
                prompts=talk_blocks.prompts(),
            )
        )


async def show_searching(client: AsyncWebClient, event: Body, answer: Awaitable[bool]) -> None:
    """Show in the pane that the bot is searching, until `answer` is done.

    `answer` returns whether an answer was posted. Messages from the pane are always in a thread.
    """
    client = without_retries(client)

    async def show(status: str) -> None:
        if event.get("thread_ts"):
            await _try_pane_call(
                client.assistant_threads_setStatus(
                    channel_id=event["channel"], thread_ts=event["thread_ts"], status=status
                )
            )

    await show(say("talk.searching"))
    is_posted = False
    try:
        is_posted = await answer
    finally:
        if not is_posted:  # Slack clears the status when an answer is posted
            await show("")


async def _try_pane_call(call: Awaitable[object]) -> None:
    """Make a call about the pane; ignore its failure, since not every workspace has the pane."""
    with contextlib.suppress(Exception):
        async with asyncio.timeout(PANE_TIMEOUT):
            await call
