"""The button under an article that withdraws it by hand, and the modal that asks why.

Whoever presses or sends is asked for anew whether they may: a press may be old, or forged.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Iterator

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import NotFoundError
from bot.newsroom import Newsroom, Overview
from bot.slack import article_blocks, views
from bot.slack.parts import told
from bot.slack.people import is_admin
from bot.slack.refusals import Body, acknowledged, refused, respond_with, told_if_it_fails

log = logging.getLogger(__name__)

NOT_WITHDRAWN = "The article was not withdrawn"


def register(app: AsyncApp, newsroom: Newsroom) -> None:
    """Answer the button and its modal."""

    @app.action("withdraw")
    @acknowledged
    async def ask_why(body: Body, respond: AsyncRespond, client: AsyncWebClient) -> None:
        if not await is_admin(newsroom, client, body["user"]["id"], failed=NOT_WITHDRAWN):
            await respond_with(respond, told(article_blocks.MAY_NOT_WITHDRAW))
            return
        article_id = str(body["actions"][0].get("value") or "")
        with _there_no_more():
            found = await asyncio.to_thread(newsroom.overview, article_id)
        view = views.withdraw_view(found, body["response_url"])
        try:
            await client.views_open(trigger_id=body["trigger_id"], view=view)
        except SlackApiError as error:
            again = "press Withdraw again"
            raise refused(error, NOT_WITHDRAWN, again=again, lost="") from error

    @app.view("withdraw")
    async def withdraw(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        article_id, reason, answer_url = views.withdrawal_asked(body["view"])
        if not reason:
            await ack(response_action="errors", errors={views.REASON: views.NO_REASON})
            return
        await ack()
        respond = AsyncRespond(response_url=answer_url, proxy=client.proxy, ssl=client.ssl)
        work = _withdraw(newsroom, client, body["user"], article_id, reason, respond)
        await told_if_it_fails(work, respond)


async def _withdraw(
    newsroom: Newsroom,
    client: AsyncWebClient,
    user: Body,
    article_id: str,
    reason: str,
    respond: AsyncRespond,
) -> None:
    if not await is_admin(newsroom, client, user["id"], failed=NOT_WITHDRAWN):
        await respond_with(respond, told(article_blocks.MAY_NOT_WITHDRAW))
        return
    by = f"{user.get('name') or 'somebody'} ({user['id']}) in Slack"
    found = await asyncio.to_thread(_taken_out, newsroom, article_id, f"{reason} – {by}")
    log.info("article %s was withdrawn by %s", article_id, by)
    await respond_with(respond, article_blocks.withdrawn_message(found), replace=True)


def _taken_out(newsroom: Newsroom, article_id: str, reason: str) -> Overview:
    with _there_no_more():
        found = newsroom.overview(article_id)
        newsroom.remove([article_id], reason=reason)
    return found


@contextlib.contextmanager
def _there_no_more() -> Iterator[None]:
    """Word it for Slack where an article is gone already."""
    try:
        yield
    except NotFoundError as error:
        raise NotFoundError(
            "this article is not there any more",
            cause="it was withdrawn or removed",
            remedy="Nothing was changed.",
        ) from error
