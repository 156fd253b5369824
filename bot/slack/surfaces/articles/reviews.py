"""The modal that shows an article in review, and the buttons that accept or remove it.

Each press is authorised. An article is accepted as it was looked at: if it has changed since, it
is shown again.
"""

from __future__ import annotations

import asyncio
import re

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import ChangedError, NotFoundError
from bot.newsroom import Newsroom
from bot.slack import modals
from bot.slack.gate.people import is_reviewer
from bot.slack.parts import Block
from bot.slack.refusals import Body, acknowledge_first, log_failure, report_failure, slack_call
from bot.slack.replies import Reply, match_value, pressed_value
from bot.slack.surfaces.articles.review_blocks import CALLBACK, METADATA, outcome_view, review_view
from bot.slack.surfaces.home.tab import publish
from bot.wording.answers import article_label
from bot.words import say

SHOWING = "review_open"
PAGES = re.compile("review_(?:next|previous)")
ARTICLE_AND_PAGE = re.compile(r"([^:]{1,64}):(\d{1,6})", re.ASCII)


def register(app: AsyncApp, newsroom: Newsroom) -> None:
    """Handle the modal and the buttons."""

    @app.action(SHOWING)
    @acknowledge_first
    async def show(body: Body, reply: Reply, client: AsyncWebClient) -> None:
        await _require_reviewer(newsroom, client, body)
        reviewed = await asyncio.to_thread(newsroom.intake.reviews.load, pressed_value(body))
        await _open(client, body, review_view(reviewed))

    @app.action(PAGES)
    @acknowledge_first
    async def turn_page(body: Body, reply: Reply, client: AsyncWebClient) -> None:
        await _require_reviewer(newsroom, client, body)
        match = match_value(ARTICLE_AND_PAGE, pressed_value(body), "gone.button")
        reviewed = await asyncio.to_thread(newsroom.intake.reviews.load, match[1])
        await _update(client, body, review_view(reviewed, int(match[2])))

    @app.view(CALLBACK)
    async def accept(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        metadata = modals.parse_metadata(body["view"], METADATA)
        await ack()
        work = _accept(newsroom, client, body, metadata["article"], metadata["change"])
        await report_failure(work, Reply(client, body))

    @app.action("review_remove")
    @acknowledge_first
    async def remove(body: Body, reply: Reply, client: AsyncWebClient) -> None:
        await _require_reviewer(newsroom, client, body)
        article_id, by = pressed_value(body), _name_of(body)
        outcome = await asyncio.to_thread(_remove, newsroom, article_id, by)
        if (body.get("view") or {}).get("type") == "modal":
            await _update(client, body, outcome_view(outcome))
        await publish(newsroom, client, body["team_id"], body["user"]["id"])


async def _accept(
    newsroom: Newsroom, client: AsyncWebClient, body: Body, article_id: str, seen_seq: int
) -> None:
    """Accept an article as it was looked at; if it has changed, show it as it is now."""
    await _require_reviewer(newsroom, client, body)
    reviews, by = newsroom.intake.reviews, _name_of(body)
    try:
        await asyncio.to_thread(reviews.accept, article_id, by=by, seen_seq=seen_seq)
    except ChangedError:
        reviewed = await asyncio.to_thread(reviews.load, article_id)
        await _open(client, body, review_view(reviewed, has_changed=True))
        return
    await publish(newsroom, client, body["team_id"], body["user"]["id"])


def _remove(newsroom: Newsroom, article_id: str, by: str) -> str:
    """Remove an article and say so; say, too, if it is no longer in review."""
    reason = say("review.removed_reason")
    try:
        article = newsroom.intake.reviews.remove(article_id, by=by, reason=reason)
    except NotFoundError as error:
        return log_failure(error)
    return say("review.removed", article=article_label(article))


async def _open(client: AsyncWebClient, body: Body, view: Block) -> None:
    with slack_call(say("review.not_opened"), next_step=say("review.look_again")):
        await client.views_open(trigger_id=body["trigger_id"], view=view)


async def _update(client: AsyncWebClient, body: Body, view: Block) -> None:
    modal = body.get("view") or {}
    if "id" not in modal:
        raise NotFoundError(say("gone.button"), remedy=say("gone.open_again"))
    with slack_call(say("review.not_opened"), next_step=say("review.look_again")):
        await client.views_update(view_id=modal["id"], view=view)


def _name_of(body: Body) -> str:
    return f"{body['user'].get('name') or 'somebody'} ({body['user']['id']}) in Slack"


async def _require_reviewer(newsroom: Newsroom, client: AsyncWebClient, body: Body) -> None:
    """Raise NotFoundError unless somebody who decides has pressed a button."""
    person, failure = body["user"]["id"], say("review.not_checked")
    if not await is_reviewer(newsroom, client, person, failure=failure):
        raise NotFoundError(say("review.deciders_only"))
