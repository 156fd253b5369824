"""The global shortcut, and the one in the menu of each message."""

from __future__ import annotations

import asyncio

from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import QueryError
from bot.newsroom import Newsroom
from bot.search.language import pasted_text
from bot.search.language.pasted_text import MAX_PASTED
from bot.slack.parts import Message, notice
from bot.slack.refusals import Body, acknowledge_first, respond_with
from bot.slack.replies import Reply
from bot.slack.surfaces.answers.form import open_form
from bot.slack.surfaces.answers.form_blocks import FormOrigin
from bot.slack.surfaces.answers.message_text import message_words
from bot.slack.surfaces.answers.pages import answer_page
from bot.words import say


def register(app: AsyncApp, newsroom: Newsroom) -> None:
    """Open the form, or find the claims of a message."""

    @app.global_shortcut("find_claim")
    @acknowledge_first
    async def find(body: Body, reply: Reply, client: AsyncWebClient) -> None:
        # A global shortcut has no channel.
        await open_form(newsroom, client, body, FormOrigin())

    @app.message_shortcut("find_this_claim")
    @acknowledge_first
    async def find_this(body: Body, reply: Reply, client: AsyncWebClient) -> None:
        message = body.get("message") or {}
        # A message with replies is in the channel itself: it is the head of its thread.
        reply.thread_first = reply.thread_ts not in (None, message.get("ts"))
        team, who, words = body["team_id"], body["user"]["id"], message_words(message)
        found = notice(say("talk.no_words"))
        if words:
            found = await asyncio.to_thread(_found, newsroom, team, who, words)
        await respond_with(reply, found)


def _found(newsroom: Newsroom, team: str, who: str, words: str) -> Message:
    """Find claims close to a message, or to the beginning of a very long one."""
    try:
        query = pasted_text.message_query(words[:MAX_PASTED])
    except QueryError:
        return notice(say("talk.no_words"))
    return answer_page(newsroom, team, who, query)
