"""The slash command /claim and the shortcuts, and parsers for the words after any slash command."""

from __future__ import annotations

import re
from datetime import time

from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import QueryError
from bot.newsroom import Newsroom
from bot.search.language import pasted_text
from bot.search.language.pasted_text import MAX_PASTED_LENGTH
from bot.slack.parts import Message, notice
from bot.slack.refusals import Body, acknowledge_first, respond_with
from bot.slack.replies import Reply
from bot.slack.surfaces.answers import blocks
from bot.slack.surfaces.answers.form import open_form
from bot.slack.surfaces.answers.form_blocks import FormOrigin, origin_of
from bot.slack.surfaces.answers.message_text import message_words, unescape
from bot.slack.surfaces.answers.pages import answer_page, show_page
from bot.store import Conversation
from bot.wording.runs import shorten
from bot.words import say

HELP_WORDS = ("help", "?", "")

CLOCK_TIME = re.compile(r"(\d{1,2})(?:[:.](\d\d))?\s*(am|pm)?", re.ASCII | re.IGNORECASE)


def register(app: AsyncApp, newsroom: Newsroom) -> None:
    """Handle /claim, the global shortcut and the shortcut in the menu of each message."""

    @app.command("/claim")
    @acknowledge_first
    async def claim(body: Body, reply: Reply, client: AsyncWebClient) -> None:
        words = typed_words(body)
        if not words:
            await open_form(newsroom, client, body, origin_of(client, body, reply))
        elif words.casefold() in HELP_WORDS:
            await respond_with(reply, blocks.help_message("claim"))
        else:
            await show_page(
                newsroom, body, reply, lambda asked: answer_page(newsroom, asked, words)
            )

    @app.global_shortcut("find_claim")
    @acknowledge_first
    async def open_search_form(body: Body, reply: Reply, client: AsyncWebClient) -> None:
        # A global shortcut has no channel.
        await open_form(newsroom, client, body, FormOrigin())

    @app.message_shortcut("find_this_claim")
    @acknowledge_first
    async def find_claims(body: Body, reply: Reply, client: AsyncWebClient) -> None:
        message = body.get("message") or {}
        # The first message of a thread is in the channel itself, and is answered there.
        reply.prefers_thread = reply.thread_ts not in (None, message.get("ts"))
        words = message_words(message)
        await show_page(newsroom, body, reply, lambda asked: _find_similar(newsroom, asked, words))


def _find_similar(newsroom: Newsroom, conversation: Conversation, words: str) -> Message:
    """Find claims close to a message, or to the beginning of a very long one."""
    try:
        query = pasted_text.message_query(words[:MAX_PASTED_LENGTH])
    except QueryError:
        return notice(say("talk.no_words"))
    return answer_page(newsroom, conversation, query)


def typed_words(command: Body) -> str:
    """Return the words after a command as typed, without Slack's escapes."""
    return unescape(str(command.get("text") or "").strip())


def parse_clock(text: str) -> time:
    """Parse a time of day: 08:30, 8.30, 8am, 8:30 pm. Raises QueryError."""
    if match := CLOCK_TIME.fullmatch(text.strip()):
        hour, minute, am_or_pm = int(match[1]), int(match[2] or 0), (match[3] or "").lower()
        if am_or_pm and 1 <= hour <= 12:
            hour = hour % 12 + (12 if am_or_pm == "pm" else 0)
        elif am_or_pm or not match[2]:  # invalid: "13pm", or "8", which may be am or pm
            hour = 24
        if hour < 24 and minute < 60:
            return time(hour, minute)
    raise QueryError(say("queries.unread", typed=shorten(text, 60)), remedy=say("queries.how_time"))
