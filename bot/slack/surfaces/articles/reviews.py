"""The buttons that accept or remove an article in review; each press is authorised."""

from __future__ import annotations

import asyncio
import re

from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import NotFoundError
from bot.newsroom import Newsroom
from bot.slack.gate.people import is_reviewer
from bot.slack.parts import notice
from bot.slack.refusals import Body, acknowledge_first, respond_with
from bot.slack.replies import Reply, pressed_value
from bot.slack.surfaces.home.tab import republish_if_home
from bot.wording.answers import article_label
from bot.words import say

REVIEW_ACTIONS = re.compile("review_(?:accept|remove)")


def register(app: AsyncApp, newsroom: Newsroom) -> None:
    """Handle the buttons."""

    @app.action(REVIEW_ACTIONS)
    @acknowledge_first
    async def decide(body: Body, reply: Reply, client: AsyncWebClient) -> None:
        person, failure = body["user"]["id"], say("review.not_checked")
        if not await is_reviewer(newsroom, client, person, failure=failure):
            raise NotFoundError(say("review.deciders_only"))
        is_accepted = body["actions"][0]["action_id"] == "review_accept"
        by = f"{body['user'].get('name') or 'somebody'} ({person}) in Slack"

        def apply() -> str:
            reviews, article_id = newsroom.intake.reviews, pressed_value(body)
            if is_accepted:
                article = reviews.accept(article_id, by=by)
                return say("review.accepted", article=article_label(article))
            article = reviews.remove(article_id, by=by, reason=say("review.removed_reason"))
            return say("review.removed", article=article_label(article))

        outcome = await asyncio.to_thread(apply)
        if not await republish_if_home(newsroom, client, body):
            await respond_with(reply, notice(outcome), replace=True)
