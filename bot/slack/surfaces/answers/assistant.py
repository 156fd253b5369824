"""The assistant's pane, where a workspace has it: a greeting with prompts, and a sign of searching.

What is written there comes as direct messages in threads, and is answered as these are.
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
"""Seconds that Slack has for what belongs to the pane; then the answer comes without."""


def register(app: AsyncApp, newsroom: Newsroom) -> None:
    """Greet whoever opens the pane."""

    @app.event("assistant_thread_started")
    @acknowledge_first
    async def opened(body: Body, reply: Reply, client: AsyncWebClient) -> None:
        message = talk_blocks.greeting_message()
        await talk.post_once(newsroom, client, body, message, reply, thread_ts=reply.thread_ts)
        client = without_retries(client)
        await _try_in_pane(
            client.assistant_threads_setSuggestedPrompts(
                channel_id=str(reply.channel),
                thread_ts=reply.thread_ts,
                title=say("talk.prompts_title"),
                prompts=talk_blocks.prompts(),
            )
        )


async def show_searching(client: AsyncWebClient, event: Body, answering: Awaitable[bool]) -> None:
    """Show in the pane that the bot is at it while it is `answering`, which says whether an answer
    stands there. Only what is written in a thread can come from there."""
    client = without_retries(client)

    async def show(status: str) -> None:
        if event.get("thread_ts"):
            await _try_in_pane(
                client.assistant_threads_setStatus(
                    channel_id=event["channel"], thread_ts=event["thread_ts"], status=status
                )
            )

    await show(say("talk.searching"))
    stands = False
    try:
        stands = await answering
    finally:
        if not stands:
            await show("")  # an answer ends it by itself


async def _try_in_pane(asked: Awaitable[object]) -> None:
    """Ask for something that belongs to the pane. Where there is none Slack refuses it, and then,
    or where it is slow, whoever asks is answered without."""
    with contextlib.suppress(Exception):
        async with asyncio.timeout(PANE_TIMEOUT):
            await asked
