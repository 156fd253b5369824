"""The button under an article that withdraws it, and the modal that asks why.

Each press and each modal is authorised again: it may be old, or forged.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Iterator

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import NotFoundError
from bot.newsroom import Newsroom
from bot.newsroom.articles.overview import Overview
from bot.slack import views
from bot.slack.gate.people import is_admin
from bot.slack.parts import notice
from bot.slack.refusals import Body, acknowledge_first, report_failure, respond_with, slack_call
from bot.slack.replies import Reply
from bot.slack.surfaces.articles import blocks as article_blocks
from bot.words import say

log = logging.getLogger(__name__)


def register(app: AsyncApp, newsroom: Newsroom) -> None:
    """Answer the button and its modal."""

    @app.action("withdraw")
    @acknowledge_first
    async def ask_why(body: Body, reply: Reply, client: AsyncWebClient) -> None:
        failed = say("withdrawal.failed")
        if not await is_admin(newsroom, client, body["user"]["id"], failed=failed):
            await respond_with(reply, notice(say("withdrawal.admins_only")))
            return
        article_id = str(body["actions"][0].get("value") or "")
        with reword_not_found("refusals.nothing_changed"):
            found = await asyncio.to_thread(newsroom.articles.overviews.load, article_id)
        view = views.withdraw_view(found, body["response_url"])
        with slack_call(failed, again=say("withdrawal.again")):
            await client.views_open(trigger_id=body["trigger_id"], view=view)

    @app.view("withdraw")
    async def withdraw(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        article_id, reason, answer_url = views.read_withdrawal(body["view"])
        if not reason:
            errors = {views.REASON: say("withdrawal.no_reason")}
            await ack(response_action="errors", errors=errors)
            return
        await ack()
        reply = Reply(client, body, url=answer_url)
        work = _withdraw(newsroom, client, body["user"], article_id, reason, reply)
        await report_failure(work, reply)


async def _withdraw(
    newsroom: Newsroom,
    client: AsyncWebClient,
    user: Body,
    article_id: str,
    reason: str,
    reply: Reply,
) -> None:
    if not await is_admin(newsroom, client, user["id"], failed=say("withdrawal.failed")):
        await respond_with(reply, notice(say("withdrawal.admins_only")))
        return
    by = f"{user.get('name') or 'somebody'} ({user['id']}) in Slack"
    found = await asyncio.to_thread(_remove, newsroom, article_id, f"{reason} – {by}")
    log.info("article %s was withdrawn by %s", article_id, by)
    await respond_with(reply, article_blocks.withdrawn_message(found), replace=True)


def _remove(newsroom: Newsroom, article_id: str, reason: str) -> Overview:
    with reword_not_found("refusals.nothing_changed"):
        found = newsroom.articles.overviews.load(article_id)
        newsroom.intake.articles.remove([article_id], reason=reason)
    return found


@contextlib.contextmanager
def reword_not_found(remedy: str) -> Iterator[None]:
    """Reword NotFoundError of an article for Slack; `remedy` is the key of what to do."""
    try:
        yield
    except NotFoundError as error:
        raise NotFoundError(
            say("gone.article"),
            cause=say("gone.article_why"),
            remedy=say(remedy),
        ) from error
