"""Handle Slack's events: a mention or a message to the bot, and the loss of access."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Mapping

from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.delivery.dispatcher import BLOCKED_PAUSE
from bot.newsroom import Newsroom
from bot.slack import parts
from bot.slack.refusals import Body, acknowledge_first, respond_with
from bot.slack.replies import Reply
from bot.slack.surfaces.answers import agent, talk, talk_blocks
from bot.slack.surfaces.answers.commands import HELP_WORDS
from bot.slack.surfaces.answers.message_text import message_words
from bot.slack.surfaces.desk.commands import reader_of
from bot.slack.surfaces.digests.draft import stop_digest_of_lost_channel
from bot.words import say

GREETINGS = (*HELP_WORDS, "hi", "hello")
NEW_MESSAGE_SUBTYPES = (None, "file_share", "thread_broadcast")
"""The subtypes of new messages; all others report changes of old ones."""
CHANNEL_LOST_EVENT = re.compile(r"(?:channel|group)_(?:archive|deleted|left)")
ERROR_BY_EVENT: Mapping[str, str] = {
    "archive": "is_archived",
    "deleted": "channel_not_found",
    "left": "not_in_channel",
}
"""The error code that Slack gives for a channel after each event."""

log = logging.getLogger(__name__)


def register(app: AsyncApp, newsroom: Newsroom) -> None:
    """Answer mentions and direct messages, and stop posting when the bot loses access."""

    @app.event("app_mention")
    @acknowledge_first
    async def on_mention(body: Body, reply: Reply, client: AsyncWebClient) -> None:
        event = body["event"]
        # A mention in a direct message is handled as a message.
        if event.get("subtype") not in NEW_MESSAGE_SUBTYPES or _is_direct(event):
            return
        words = message_words(event)
        if words.casefold() in GREETINGS:
            message = talk_blocks.help_message(is_direct_message=False)
            if event.get("files"):  # what somebody brings may be for their eyes only
                message = parts.notice(say("files.in_channel"))
            await respond_with(reply, message)
            return
        thread_ts = event.get("thread_ts") or event["ts"]
        await talk.answer_event(newsroom, client, body, words, reply, thread_ts=thread_ts)

    @app.event("message")
    @acknowledge_first
    async def on_message(body: Body, reply: Reply, client: AsyncWebClient) -> None:
        event = body["event"]
        if event.get("subtype") not in NEW_MESSAGE_SUBTYPES or not _is_direct(event):
            return
        words, thread_ts = message_words(event), event.get("thread_ts") or event["ts"]
        if not event.get("files") and words.casefold() in GREETINGS:
            message = talk_blocks.help_message(is_direct_message=True)
            await talk.post_once(
                newsroom, client, body, message, reply, name=event["ts"], thread_ts=thread_ts
            )
            return
        if await asyncio.to_thread(talk.has_answer, newsroom, body):
            return  # a repeated delivery: "searching" would be shown and never cleared
        if event.get("files"):
            status = say("files.reading")
            answer = reader_of(words)(newsroom, client, body, reply, thread_ts=thread_ts)
        else:
            status = say("talk.searching")
            answer = talk.answer_event(newsroom, client, body, words, reply, thread_ts=thread_ts)
        await agent.show_status(client, event["channel"], thread_ts, status, answer)

    @app.event(CHANNEL_LOST_EVENT)
    @acknowledge_first
    async def on_channel_lost(body: Body, reply: Reply, client: AsyncWebClient) -> None:
        event = body["event"]
        code = ERROR_BY_EVENT[event["type"].partition("_")[2]]
        await stop_digest_of_lost_channel(newsroom, client, body["team_id"], event["channel"], code)

    @app.event("app_uninstalled")
    @acknowledge_first
    async def on_uninstall(body: Body, reply: Reply, client: AsyncWebClient) -> None:
        await asyncio.to_thread(_pause_outbox, newsroom, body["team_id"], say("talk.uninstalled"))

    @app.event("tokens_revoked")
    @acknowledge_first
    async def on_revoked_tokens(body: Body, reply: Reply, client: AsyncWebClient) -> None:
        if (body["event"].get("tokens") or {}).get("bot"):
            await asyncio.to_thread(_pause_outbox, newsroom, body["team_id"], say("talk.revoked"))


def _is_direct(event: Body) -> bool:
    """Tell whether an event is from a conversation with one person."""
    kind = event.get("channel_type")
    return bool(kind == "im" if kind else str(event.get("channel")).startswith("D"))


def _pause_outbox(newsroom: Newsroom, team: str, reason: str) -> None:
    """Stop posting to a workspace and log why."""
    if newsroom.delivery.outbox.pause(team, BLOCKED_PAUSE, reason):
        log.error("nothing can be posted in workspace %s: %s", team, reason)
