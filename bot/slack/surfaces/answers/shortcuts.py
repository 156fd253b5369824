"""The global shortcut, which opens the search form, and the shortcut in each message's menu."""

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
    """Open the form, or find claims close to a message."""

    @app.global_shortcut("find_claim")
    @acknowledge_first
    async def open_search_form(body: Body, reply: Reply, client: AsyncWebClient) -> None:
        # A global shortcut has no channel.
        await open_form(newsroom, client, body, FormOrigin())

    @app.message_shortcut("find_this_claim")
    @acknowledge_first
    async def find_message(body: Body, reply: Reply, client: AsyncWebClient) -> None:
        message = body.get("message") or {}
        # The first message of a thread is in the channel itself, and is answered there.
        reply.prefers_thread = reply.thread_ts not in (None, message.get("ts"))
        team, person, words = body["team_id"], body["user"]["id"], message_words(message)
        await respond_with(reply, await asyncio.to_thread(_find, newsroom, team, person, words))


def _find(newsroom: Newsroom, team: str, person: str, words: str) -> Message:
    """Find claims close to a message, or to the beginning of a very long one."""
    if not words:
        return notice(say("talk.no_words"))
    try:
        query = pasted_text.message_query(words[:MAX_PASTED])
    except QueryError:
        return notice(say("talk.no_words"))
    return answer_page(newsroom, team, person, query)
