"""What happens in Slack that the bot is told of: it is mentioned, written to, or shut out."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Mapping

from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.delivery.dispatcher import BLOCKED_PAUSE
from bot.newsroom import Newsroom
from bot.slack.refusals import Body, acknowledged, respond_with
from bot.slack.replies import Reply
from bot.slack.surfaces.answers import assistant, talk, talk_blocks
from bot.slack.surfaces.answers.commands import HELP
from bot.slack.surfaces.answers.message_text import words_of
from bot.slack.surfaces.digests.stops import channel_lost
from bot.words import say

GREETINGS = (*HELP, "hi", "hello")
WRITTEN = (None, "file_share", "thread_broadcast")
"""The subtypes of messages that somebody has written just now; others tell of what became of one.
"""
CHANNEL_LOST = re.compile(r"(?:channel|group)_(?:archive|deleted|left)")
LOST: Mapping[str, str] = {
    "archive": "is_archived",
    "deleted": "channel_not_found",
    "left": "not_in_channel",
}
"""What Slack will say of a channel, public or private, from which these events come."""

log = logging.getLogger(__name__)


def register(app: AsyncApp, newsroom: Newsroom) -> None:
    """Answer mentions and direct messages, and take note of what shuts the bot out."""

    @app.event("app_mention")
    @acknowledged
    async def mentioned(body: Body, reply: Reply, client: AsyncWebClient) -> None:
        event = body["event"]
        # In a direct message it is a message like any other there.
        if event.get("subtype") not in WRITTEN or _is_direct(event):
            return
        words = words_of(event)
        if words.casefold() in GREETINGS:
            await respond_with(reply, talk_blocks.help_message(is_alone=False))
            return
        thread_ts = event.get("thread_ts") or event["ts"]
        await talk.answer(newsroom, client, body, words, reply, thread_ts=thread_ts)

    @app.event("message")
    @acknowledged
    async def written(body: Body, reply: Reply, client: AsyncWebClient) -> None:
        event = body["event"]
        if event.get("subtype") not in WRITTEN or not _is_direct(event):
            return
        words, thread_ts = words_of(event), event.get("thread_ts")
        if words.casefold() in GREETINGS:
            message = talk_blocks.help_message(is_alone=True)
            await talk.tell(newsroom, client, body, message, reply, thread_ts=thread_ts)
            return
        if await asyncio.to_thread(talk.is_asked, newsroom, body):
            return  # delivered once more, it shows no search that nothing would end
        answering = talk.answer(newsroom, client, body, words, reply, thread_ts=thread_ts)
        await assistant.searching(client, event, answering)

    @app.event(CHANNEL_LOST)
    @acknowledged
    async def lost(body: Body, reply: Reply, client: AsyncWebClient) -> None:
        event = body["event"]
        why = LOST[event["type"].partition("_")[2]]
        await channel_lost(newsroom, client, body["team_id"], event["channel"], why)

    @app.event("app_uninstalled")
    @acknowledged
    async def uninstalled(body: Body, reply: Reply, client: AsyncWebClient) -> None:
        await asyncio.to_thread(_shut_out, newsroom, body["team_id"], say("talk.uninstalled"))

    @app.event("tokens_revoked")
    @acknowledged
    async def revoked(body: Body, reply: Reply, client: AsyncWebClient) -> None:
        if (body["event"].get("tokens") or {}).get("bot"):
            await asyncio.to_thread(_shut_out, newsroom, body["team_id"], say("talk.revoked"))


def _is_direct(event: Body) -> bool:
    """Whether it is about a conversation with one person."""
    kind = event.get("channel_type")
    return bool(kind == "im" if kind else str(event.get("channel")).startswith("D"))


def _shut_out(newsroom: Newsroom, team: str, why: str) -> None:
    """Let what is to be posted wait; the operator reads why."""
    if newsroom.delivery.outbox.pause(team, BLOCKED_PAUSE, why):
        log.error("nothing can be posted in workspace %s: %s", team, why)
