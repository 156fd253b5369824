"""Sharing a claim, and the modal that asks in which channel, where it is shared from a direct
message: nobody else reads there.

Whether the bot and the person are in the channel is asked when the modal is sent.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import NotFoundError
from bot.model import Hit, Share
from bot.newsroom import Newsroom
from bot.newsroom.delivery.shares import share_key
from bot.slack import parts
from bot.slack.channels import CHANNEL, is_member, require_bot
from bot.slack.messages.renderers import FAILED
from bot.slack.messages.told import told_in
from bot.slack.messages.transport import dispatcher
from bot.slack.parts import Block, told
from bot.slack.refusals import Body, asking, respond_with, told_if_it_fails
from bot.slack.replies import Reply
from bot.slack.views import TITLE
from bot.words import say

CALLBACK, FIELD = "share_where", "channel"


class Asked(NamedTuple):
    """What is to be shared, on which press, and where the person hears of it."""

    claim_id: str
    press: str
    url: str


def register(app: AsyncApp, newsroom: Newsroom) -> None:
    """Answer the modal."""

    @app.view(CALLBACK)
    async def share(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        asked = Asked(**json.loads(body["view"]["private_metadata"]))
        channel = _chosen(body["view"])
        if not CHANNEL.fullmatch(channel):
            await ack(response_action="errors", errors={FIELD: say("sharing.no_channel")})
            return
        await ack()
        reply = Reply(client, body, url=asked.url or None)
        await told_if_it_fails(_share_in(newsroom, client, body, asked, channel, reply), reply)


async def ask_where(newsroom: Newsroom, client: AsyncWebClient, body: Body, pressed: Share) -> None:
    """Ask in which channel a claim is to be shared. Raises NotFoundError for one that is not there,
    and SlackError."""
    hit = await asyncio.to_thread(newsroom.claims.hit, pressed.claim_id)
    asked = Asked(pressed.claim_id, pressed.press, str(body.get("response_url") or ""))
    with asking(say("sharing.failed"), again=say("sharing.again")):
        await client.views_open(trigger_id=body["trigger_id"], view=where_view(hit, asked))


def where_view(hit: Hit, asked: Asked) -> Block:
    """The modal that asks for a channel."""
    channels = {
        "type": "conversations_select",
        "placeholder": parts.plain(say("sharing.where"), 150),
        "filter": {"include": ["public", "private"]},
    }
    return {
        "type": "modal",
        "callback_id": CALLBACK,
        "private_metadata": json.dumps(asked._asdict()),
        "title": parts.plain(say("sharing.title"), TITLE),
        "submit": parts.plain(say("buttons.share"), TITLE),
        "close": parts.plain(say("buttons.cancel"), TITLE),
        "blocks": [
            *parts.claim_blocks(hit),
            parts.field(FIELD, "sharing.where", channels, hint=say("sharing.where_hint")),
        ],
    }


async def share_claim(newsroom: Newsroom, client: AsyncWebClient, share: Share) -> str | None:
    """Post a claim, shown or cited; returns what the person is to hear where it does not stand
    there at once.

    Raises SlackError where it can't be posted.
    """
    key = await asyncio.to_thread(newsroom.delivery.shares.ask, share)
    if key is None:
        one = await asyncio.to_thread(newsroom.store.outbox.by_key, share.team, share_key(share))
        if one and one.state == "uncertain":
            return say("outbox.left_open", failed=say(FAILED[share.kind]))
        return say("sharing.already" if share.kind == "share" else "cite.already")
    return await dispatcher(newsroom, client).posted_at_once(share.team, share.channel, key)


async def _share_in(
    newsroom: Newsroom,
    client: AsyncWebClient,
    body: Body,
    asked: Asked,
    channel: str,
    reply: Reply,
) -> None:
    """Share a claim in the channel that was chosen. Raises NotFoundError for somebody who is not in
    it, and SlackError."""
    who, failed = str(body["user"]["id"]), say("sharing.failed")
    await require_bot(client, channel, failed=failed, again=say("sharing.again"))
    if not await is_member(client, channel, who, failed=failed):
        raise NotFoundError(say("sharing.members_only"))
    share = Share(
        team=str(body["team_id"]),  # bot.slack.gate.access has set it
        channel=channel,
        press=asked.press,
        claim_id=asked.claim_id,
        person=who,
    )
    news = await share_claim(newsroom, client, share)
    said = told(news) if news else told_in(channel, say("sharing.done", channel=f"<#{channel}>"))
    await respond_with(reply, said)


def _chosen(view: Mapping[str, Any]) -> str:
    state = (view["state"]["values"].get(FIELD) or {}).get(FIELD) or {}
    return str(state.get("selected_conversation") or "")
