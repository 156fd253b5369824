"""The menu beside a claim: its context, sharing, citing, other reports, and what is rarer.

The value of each option is validated before use.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable

from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import NotFoundError
from bot.newsroom import Newsroom
from bot.search import Query
from bot.slack.parts import Message
from bot.slack.refusals import Body, acknowledge_first, respond_with, slack_call
from bot.slack.replies import Reply, match_value, pressed_value, selected_value
from bot.slack.surfaces.answers.cite import open_cite_modal
from bot.slack.surfaces.answers.context import load_context_view
from bot.slack.surfaces.answers.pages import answer_page, show_page
from bot.slack.surfaces.answers.reports import open_reports
from bot.slack.surfaces.answers.sharing import open_share_modal
from bot.slack.surfaces.articles.blocks import article_message
from bot.slack.surfaces.corrections.blocks import other_choices_message
from bot.store import Conversation
from bot.words import say

CHOICE_VALUE = re.compile(r"([a-z_]{1,20}):([0-9A-Za-z_.:-]{1,80})", re.ASCII)
"""A choice, and the id of a claim (for a rejection, perhaps also of an answer)."""
MAX_NAME_LENGTH = 200


def register(app: AsyncApp, newsroom: Newsroom) -> None:
    """Handle selections from the menu, and the buttons of its last choice."""

    @app.action("claim_menu")
    @acknowledge_first
    async def select(body: Body, reply: Reply, client: AsyncWebClient) -> None:
        match = match_value(CHOICE_VALUE, selected_value(body), "gone.choice")
        if not (choose := CHOICES.get(match[1])):
            raise NotFoundError(say("gone.choice"), remedy=say("gone.search_again"))
        await choose(newsroom, client, body, reply, match[2])

    @app.action("claim_by")
    @acknowledge_first
    async def show_speaker(body: Body, reply: Reply, client: AsyncWebClient) -> None:
        claim_id = pressed_value(body)
        await show_page(
            newsroom, body, reply, lambda asked: _speaker_page(newsroom, asked, claim_id)
        )

    @app.action("claim_article")
    @acknowledge_first
    async def show_article(body: Body, reply: Reply, client: AsyncWebClient) -> None:
        article = await asyncio.to_thread(_article, newsroom, pressed_value(body))
        await respond_with(reply, article)

    @app.action("context")
    @acknowledge_first
    async def show_context(body: Body, reply: Reply, client: AsyncWebClient) -> None:
        await open_context(newsroom, client, body, reply, pressed_value(body))


async def open_context(
    newsroom: Newsroom, client: AsyncWebClient, body: Body, reply: Reply, claim_id: str
) -> None:
    """Open the modal with the paragraph of a claim. Raises NotFoundError."""
    view = await load_context_view(newsroom, client, body, claim_id)
    with slack_call(say("sharing.context_failed"), next_step=say("sharing.context_again")):
        await client.views_open(trigger_id=body["trigger_id"], view=view)


async def show_other_choices(
    newsroom: Newsroom, client: AsyncWebClient, body: Body, reply: Reply, claim_id: str
) -> None:
    """Show what is done with a claim more rarely: see more of its speaker or its article, correct
    it. Raises NotFoundError."""
    (hit,) = await asyncio.to_thread(
        lambda: newsroom.claims.with_passages([newsroom.claims.load_hit(claim_id)])
    )
    await respond_with(reply, other_choices_message(hit))


Choice = Callable[[Newsroom, AsyncWebClient, Body, Reply, str], Awaitable[None]]
"""Handles a choice; the last argument is the claim's id. Raises NotFoundError if it is gone."""
CHOICES: dict[str, Choice] = {
    "context": open_context,
    "share": open_share_modal,
    "cite": open_cite_modal,
    "elsewhere": open_reports,
    "other": show_other_choices,
}


def _speaker_page(newsroom: Newsroom, conversation: Conversation, claim_id: str) -> Message:
    """Show everything that a claim's speaker said. Raises NotFoundError."""
    speaker = newsroom.claims.load_hit(claim_id).claim.speaker or ""
    name = " ".join(speaker.replace('"', " ").split())[:MAX_NAME_LENGTH]
    if not name:
        raise NotFoundError(say("gone.speaker"), remedy=say("gone.search_again"))
    return answer_page(newsroom, conversation, str(Query(speakers=(name,))))


def _article(newsroom: Newsroom, claim_id: str) -> Message:
    """Show the article that contains a claim. Raises NotFoundError."""
    article = newsroom.claims.load_hit(claim_id).article
    return article_message(None, newsroom.articles.overviews.load(article.id))
