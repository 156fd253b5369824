"""The menu of a digest row. Its values are validated: they may be old or forged."""

from __future__ import annotations

import asyncio

from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import NotFoundError
from bot.newsroom import Newsroom
from bot.slack.parts import notice
from bot.slack.refusals import Body, acknowledge_first, respond_with
from bot.slack.replies import Reply
from bot.slack.surfaces.answers.cite import open_cite_modal
from bot.slack.surfaces.answers.menu import (
    CHOICE_VALUE,
    Choice,
    open_context,
    show_other_choices,
)
from bot.slack.surfaces.answers.sharing import open_share_modal
from bot.store import MessageKey
from bot.wording.digests.digests import reason_lines
from bot.words import say


def register(app: AsyncApp, newsroom: Newsroom) -> None:
    """Handle the menu."""

    @app.action("digest_row")
    @acknowledge_first
    async def row(body: Body, reply: Reply, client: AsyncWebClient) -> None:
        option = body["actions"][0].get("selected_option") or {}
        match = CHOICE_VALUE.fullmatch(str(option.get("value") or ""))
        if match is None or match[1] not in CHOICES:
            raise NotFoundError(say("gone.choice"), remedy=say("gone.search_again"))
        await CHOICES[match[1]](newsroom, client, body, reply, match[2])


async def _share_in_thread(
    newsroom: Newsroom, client: AsyncWebClient, body: Body, reply: Reply, claim_id: str
) -> None:
    await open_share_modal(newsroom, client, body, reply, claim_id, in_thread=True)


async def _explain_row(
    newsroom: Newsroom, client: AsyncWebClient, body: Body, reply: Reply, claim_id: str
) -> None:
    find_row = newsroom.delivery.messages.digest_row
    row = await asyncio.to_thread(find_row, _digest_key(body, reply), claim_id)
    lines = [say("digests.why_title"), *(f"· {line}" for line in reason_lines(row))]
    await respond_with(reply, notice("\n".join(lines)))


def _digest_key(body: Body, reply: Reply) -> MessageKey:
    """Return the key of the digest whose menu was used. Raises NotFoundError if it is not in a
    channel."""
    ts = body.get("container", {}).get("message_ts")
    if not reply.channel or not ts:
        raise NotFoundError(say("gone.choice"), remedy=say("gone.search_again"))
    return MessageKey(str(body["team_id"]), reply.channel, str(ts))


CHOICES: dict[str, Choice] = {
    "context": open_context,
    "share_thread": _share_in_thread,
    "cite": open_cite_modal,
    "wrong": show_other_choices,
    "why": _explain_row,
}
