"""The shortcuts: one that can be called from anywhere, and one in the menu of each message."""

from __future__ import annotations

import asyncio

from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import QueryError
from bot.newsroom import Newsroom
from bot.search.language import pasted_text
from bot.search.language.pasted_text import MAX_PASTED
from bot.slack.parts import Message, told
from bot.slack.refusals import Body, acknowledged, respond_with
from bot.slack.replies import Reply
from bot.slack.surfaces.answers.form import open_form
from bot.slack.surfaces.answers.form_blocks import Opened
from bot.slack.surfaces.answers.message_text import words_of
from bot.slack.surfaces.answers.pages import page_of
from bot.words import say


def register(app: AsyncApp, newsroom: Newsroom) -> None:
    """Open the form for whoever looks for a claim, or find that of a message."""

    @app.global_shortcut("find_claim")
    @acknowledged
    async def find(body: Body, reply: Reply, client: AsyncWebClient) -> None:
        # Called from anywhere, it is in no channel.
        await open_form(newsroom, client, body, Opened())

    @app.message_shortcut("find_this_claim")
    @acknowledged
    async def find_this(body: Body, reply: Reply, client: AsyncWebClient) -> None:
        message = body.get("message") or {}
        # One that others have answered stands in the channel, at its thread's head.
        reply.thread_first = reply.thread_ts not in (None, message.get("ts"))
        team, who, words = body["team_id"], body["user"]["id"], words_of(message)
        found = told(say("talk.no_words"))
        if words:
            found = await asyncio.to_thread(_found, newsroom, team, who, words)
        await respond_with(reply, found)


def _found(newsroom: Newsroom, team: str, who: str, words: str) -> Message:
    """Find what comes close to a message, of a very long one to its beginning."""
    try:
        query = pasted_text.message_query(words[:MAX_PASTED])
    except QueryError:
        return told(say("talk.no_words"))
    return page_of(newsroom, team, who, query)
