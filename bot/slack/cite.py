"""The button under a claim that opens its texts to copy, and their modal."""

from __future__ import annotations

import asyncio

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.newsroom import Newsroom
from bot.slack.citation import Citation, citation
from bot.slack.refusals import Body, acknowledged, asking
from bot.slack.replies import Reply
from bot.slack.views import cite_view
from bot.words import say


def register(app: AsyncApp, newsroom: Newsroom) -> None:
    """Answer the button and its modal."""

    @app.action("cite")
    @acknowledged
    async def cite(body: Body, reply: Reply, client: AsyncWebClient) -> None:
        claim_id = str(body["actions"][0].get("value") or "")
        await open_cite(newsroom, client, body, claim_id)

    @app.view("cite")
    async def done(ack: AsyncAck) -> None:
        await ack()


async def open_cite(newsroom: Newsroom, client: AsyncWebClient, body: Body, claim_id: str) -> None:
    """Open the modal with a claim's texts. Raises NotFoundError where it is gone."""

    def made() -> Citation:
        hit, introduction = newsroom.hit(claim_id), newsroom.introduction(claim_id)
        return citation(hit, introduction, newsroom.not_printed(claim_id))

    view = cite_view(await asyncio.to_thread(made))
    with asking(say("cite.failed"), again=say("cite.again")):
        await client.views_open(trigger_id=body["trigger_id"], view=view)
