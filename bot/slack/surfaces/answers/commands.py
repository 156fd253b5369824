"""The slash command /claim, and readers for the words after any command."""

from __future__ import annotations

import asyncio
import re
from datetime import time

from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import QueryError
from bot.newsroom import Newsroom
from bot.slack.refusals import Body, acknowledge_first, respond_with
from bot.slack.replies import Reply
from bot.slack.surfaces.answers import blocks
from bot.slack.surfaces.answers.form import open_form
from bot.slack.surfaces.answers.form_blocks import FormOrigin
from bot.slack.surfaces.answers.message_text import unescape
from bot.slack.surfaces.answers.pages import answer_page
from bot.wording.runs import shorten
from bot.words import say

HELP_WORDS = ("help", "?", "")

CLOCK_TIME = re.compile(r"(\d{1,2})(?:[:.](\d\d))?\s*(am|pm)?", re.ASCII | re.IGNORECASE)


def register(app: AsyncApp, newsroom: Newsroom) -> None:
    """Answer /claim."""

    @app.command("/claim")
    @acknowledge_first
    async def claim(body: Body, reply: Reply, client: AsyncWebClient) -> None:
        words = typed_words(body)
        if not words:
            url = str(body.get("response_url") or "")
            await open_form(newsroom, client, body, FormOrigin(body["channel_id"], url))
            return
        if words.casefold() in HELP_WORDS:
            message = blocks.help_message("claim")
        else:
            team, person = body["team_id"], body["user_id"]
            message = await asyncio.to_thread(answer_page, newsroom, team, person, words)
        await respond_with(reply, message)


def typed_words(command: Body) -> str:
    """Return the words after a command as typed, without Slack's escapes."""
    return unescape(str(command.get("text") or "").strip())


def parse_clock(text: str) -> time:
    """Read a time of day: 08:30, 8.30, 8am, 8:30 pm. Raises QueryError."""
    match = CLOCK_TIME.fullmatch(text.strip())
    if match:
        hour, minute, half = int(match[1]), int(match[2] or 0), (match[3] or "").lower()
        if half and 1 <= hour <= 12:
            hour = hour % 12 + (12 if half == "pm" else 0)
        elif half or not match[2]:  # 13pm; a bare 8 may mean either half of the day
            hour = 24
        if hour < 24 and minute < 60:
            return time(hour, minute)
    raise QueryError(say("queries.unread", typed=shorten(text, 60)), remedy=say("queries.how_time"))
