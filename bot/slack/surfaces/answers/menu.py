"""The menu under a claim: correct it, see more from its speaker, or open its article. The values of
its choices are validated."""

from __future__ import annotations

import asyncio
import re

from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import NotFoundError
from bot.newsroom import Newsroom
from bot.search import Query
from bot.slack.parts import Message, claim_text, hit_blocks
from bot.slack.refusals import Body, acknowledge_first, respond_with
from bot.slack.replies import Reply
from bot.slack.surfaces.answers.pages import answer_page
from bot.slack.surfaces.articles.blocks import article_message
from bot.slack.surfaces.corrections.blocks import wrong_message
from bot.slack.surfaces.corrections.suggestions import open_correction
from bot.slack.surfaces.corrections.views import KINDS
from bot.words import say

CHOICE_VALUE = re.compile(r"([a-z_]{1,20}):([0-9A-Za-z_.:-]{1,80})", re.ASCII)
LONGEST_NAME = 200


def register(app: AsyncApp, newsroom: Newsroom) -> None:
    """Answer the menu."""

    @app.action("claim_menu")
    @acknowledge_first
    async def menu(body: Body, reply: Reply, client: AsyncWebClient) -> None:
        chosen, claim_id = _choice(body)
        if chosen in KINDS:
            await open_correction(newsroom, client, body, chosen, claim_id)
        elif chosen == "wrong":
            hit = await asyncio.to_thread(newsroom.claims.load_hit, claim_id)
            await respond_with(reply, wrong_message(hit))
        elif chosen == "by":
            team, who = body["team_id"], body["user"]["id"]
            message = await asyncio.to_thread(_other_claims, newsroom, team, who, claim_id)
            await respond_with(reply, message)
        elif chosen == "alone":
            await respond_with(reply, await asyncio.to_thread(_alone, newsroom, claim_id))
        elif chosen == "article":
            await respond_with(reply, await asyncio.to_thread(_article, newsroom, claim_id))
        else:
            raise NotFoundError(say("gone.choice"), remedy=say("gone.search_again"))


def _choice(body: Body) -> tuple[str, str]:
    """Read the choice and the claim's id. Raises NotFoundError."""
    chosen = body["actions"][0].get("selected_option") or {}
    match = CHOICE_VALUE.fullmatch(str(chosen.get("value") or ""))
    if match is None:
        raise NotFoundError(say("gone.choice"), remedy=say("gone.search_again"))
    return match[1], match[2]


def _other_claims(newsroom: Newsroom, team: str, who: str, claim_id: str) -> Message:
    """What else a claim's speaker said. Raises NotFoundError."""
    speaker = newsroom.claims.load_hit(claim_id).claim.speaker or ""
    name = " ".join(speaker.replace('"', " ").split())[:LONGEST_NAME]
    if not name:
        raise NotFoundError(say("gone.speaker"), remedy=say("gone.search_again"))
    return answer_page(newsroom, team, who, str(Query(by=(name,))))


def _alone(newsroom: Newsroom, claim_id: str) -> Message:
    """A claim by itself, with all of its buttons. Raises NotFoundError."""
    (hit,) = newsroom.claims.with_passages([newsroom.claims.load_hit(claim_id)])
    return Message(claim_text(hit), hit_blocks(hit))


def _article(newsroom: Newsroom, claim_id: str) -> Message:
    """The article that a claim stands in. Raises NotFoundError."""
    article = newsroom.claims.load_hit(claim_id).article
    return article_message(None, newsroom.articles.overviews.load(article.id))
