"""The menu under a claim: correct it, see more from its speaker, or open its article.

The value of each option is validated before use.
"""

from __future__ import annotations

import asyncio
import re

from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import NotFoundError
from bot.newsroom import Newsroom
from bot.search import Query
from bot.slack.claim_parts import claim_text, hit_blocks
from bot.slack.parts import Message
from bot.slack.refusals import Body, acknowledge_first, respond_with
from bot.slack.replies import Reply, match_value, selected_value
from bot.slack.surfaces.answers.pages import answer_page, show_page
from bot.slack.surfaces.articles.blocks import article_message
from bot.slack.surfaces.corrections.blocks import problem_choice_message
from bot.slack.surfaces.corrections.suggestions import open_correction
from bot.slack.surfaces.corrections.views import KINDS
from bot.store import Conversation
from bot.words import say

CHOICE_VALUE = re.compile(r"([a-z_]{1,20}):([0-9A-Za-z_.:-]{1,80})", re.ASCII)
"""A choice, and the id of a claim (for a rejection, perhaps also of an answer)."""
MAX_NAME_LENGTH = 200


def register(app: AsyncApp, newsroom: Newsroom) -> None:
    """Handle selections from the menu."""

    @app.action("claim_menu")
    @acknowledge_first
    async def select(body: Body, reply: Reply, client: AsyncWebClient) -> None:
        match = match_value(CHOICE_VALUE, selected_value(body), "gone.choice")
        choice, claim_id = match.groups()
        if choice in KINDS:
            await open_correction(newsroom, client, body, choice, claim_id)
        elif choice == "wrong":
            hit = await asyncio.to_thread(newsroom.claims.load_hit, claim_id)
            await respond_with(reply, problem_choice_message(hit))
        elif choice == "by":
            await show_page(
                newsroom, body, reply, lambda asked: _speaker_page(newsroom, asked, claim_id)
            )
        elif choice == "alone":
            await respond_with(reply, await asyncio.to_thread(_single_claim, newsroom, claim_id))
        elif choice == "article":
            await respond_with(reply, await asyncio.to_thread(_article, newsroom, claim_id))
        else:
            raise NotFoundError(say("gone.choice"), remedy=say("gone.search_again"))


def _speaker_page(newsroom: Newsroom, conversation: Conversation, claim_id: str) -> Message:
    """Show everything that a claim's speaker said. Raises NotFoundError."""
    speaker = newsroom.claims.load_hit(claim_id).claim.speaker or ""
    name = " ".join(speaker.replace('"', " ").split())[:MAX_NAME_LENGTH]
    if not name:
        raise NotFoundError(say("gone.speaker"), remedy=say("gone.search_again"))
    return answer_page(newsroom, conversation, str(Query(speakers=(name,))))


def _single_claim(newsroom: Newsroom, claim_id: str) -> Message:
    """Show a claim on its own, with all its buttons. Raises NotFoundError."""
    (hit,) = newsroom.claims.with_passages([newsroom.claims.load_hit(claim_id)])
    return Message(claim_text(hit), hit_blocks(hit))


def _article(newsroom: Newsroom, claim_id: str) -> Message:
    """Show the article that contains a claim. Raises NotFoundError."""
    article = newsroom.claims.load_hit(claim_id).article
    return article_message(None, newsroom.articles.overviews.load(article.id))
