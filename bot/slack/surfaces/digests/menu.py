"""The menu of a digest's row. The values of its choices are validated."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable

from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import NotFoundError
from bot.model import Share
from bot.newsroom import Newsroom
from bot.slack.parts import notice
from bot.slack.refusals import Body, acknowledge_first, respond_with, slack_call
from bot.slack.replies import Reply
from bot.slack.surfaces.answers.cite import open_cite
from bot.slack.surfaces.answers.context import context_of
from bot.slack.surfaces.answers.sharing import share_claim
from bot.slack.surfaces.corrections.blocks import wrong_message
from bot.store import MessageKey
from bot.wording import digests as digest_wording
from bot.words import say

CHOICE_VALUE = re.compile(r"([a-z_]{1,20}):([0-9A-Za-z_.:-]{1,80})", re.ASCII)

RowAction = Callable[[Newsroom, AsyncWebClient, Body, Reply, str], Awaitable[None]]


def register(app: AsyncApp, newsroom: Newsroom) -> None:
    """Answer the menu."""

    @app.action("digest_row")
    @acknowledge_first
    async def row(body: Body, reply: Reply, client: AsyncWebClient) -> None:
        chosen = body["actions"][0].get("selected_option") or {}
        match = CHOICE_VALUE.fullmatch(str(chosen.get("value") or ""))
        if match is None or match[1] not in CHOICES:
            raise NotFoundError(say("gone.choice"), remedy=say("gone.search_again"))
        await CHOICES[match[1]](newsroom, client, body, reply, match[2])


async def _context(
    newsroom: Newsroom, client: AsyncWebClient, body: Body, reply: Reply, claim_id: str
) -> None:
    view = await context_of(newsroom, client, body, claim_id)
    with slack_call(say("sharing.context_failed"), again=say("sharing.context_again")):
        await client.views_open(trigger_id=body["trigger_id"], view=view)


async def _share_in_thread(
    newsroom: Newsroom, client: AsyncWebClient, body: Body, reply: Reply, claim_id: str
) -> None:
    message = _message(body, reply)
    pressed = Share(
        team=message.team,
        channel=message.channel,
        press=message.ts,
        claim_id=claim_id,
        person=body["user"]["id"],
        thread_ts=message.ts,
    )
    if news := await share_claim(newsroom, client, pressed):
        await respond_with(reply, notice(news))


async def _cite(
    newsroom: Newsroom, client: AsyncWebClient, body: Body, reply: Reply, claim_id: str
) -> None:
    await open_cite(newsroom, client, body, reply, claim_id)


async def _wrong(
    newsroom: Newsroom, client: AsyncWebClient, body: Body, reply: Reply, claim_id: str
) -> None:
    hit = await asyncio.to_thread(newsroom.claims.load_hit, claim_id)
    await respond_with(reply, wrong_message(hit))


async def _why(
    newsroom: Newsroom, client: AsyncWebClient, body: Body, reply: Reply, claim_id: str
) -> None:
    row = await asyncio.to_thread(
        newsroom.delivery.messages.digest_row, _message(body, reply), claim_id
    )
    lines = [say("digests.why_title"), *(f"· {line}" for line in digest_wording.why_lines(row))]
    await respond_with(reply, notice("\n".join(lines)))


def _message(body: Body, reply: Reply) -> MessageKey:
    """Return the digest of a press. Raises NotFoundError if it is in no channel."""
    ts = body.get("container", {}).get("message_ts")
    if not reply.channel or not ts:
        raise NotFoundError(say("gone.choice"), remedy=say("gone.search_again"))
    return MessageKey(str(body["team_id"]), reply.channel, str(ts))


CHOICES: dict[str, RowAction] = {
    "context": _context,
    "share_thread": _share_in_thread,
    "cite": _cite,
    "wrong": _wrong,
    "why": _why,
}
