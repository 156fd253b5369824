"""Share a claim; from a direct message, where nobody else reads, a modal asks in which channel.

When the modal is sent, the bot and the person must both be in that channel.
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
from bot.slack import modals, parts
from bot.slack.channels import CHANNEL_ID, is_member, require_bot
from bot.slack.messages.renderers import FAILURE_TEXTS
from bot.slack.messages.transport import make_dispatcher
from bot.slack.parts import Block, channel_notice, notice
from bot.slack.refusals import Body, report_failure, respond_with, slack_call
from bot.slack.replies import Reply
from bot.words import say

CALLBACK, FIELD = "share_where", "channel"


class ShareRequest(NamedTuple):
    """A claim to share, the press that asked for it, and the `url` to answer the person."""

    claim_id: str
    press: str
    url: str


def register(app: AsyncApp, newsroom: Newsroom) -> None:
    """Answer the modal."""

    @app.view(CALLBACK)
    async def share(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        asked = ShareRequest(**json.loads(body["view"]["private_metadata"]))
        channel = _chosen_channel(body["view"])
        if not CHANNEL_ID.fullmatch(channel):
            await ack(response_action="errors", errors={FIELD: say("sharing.no_channel")})
            return
        await ack()
        reply = Reply(client, body, url=asked.url or None)
        await report_failure(_share_in(newsroom, client, body, asked, channel, reply), reply)


async def ask_channel(
    newsroom: Newsroom, client: AsyncWebClient, body: Body, pressed: Share
) -> None:
    """Ask in which channel to share a claim. Raises NotFoundError if it is gone, and SlackError."""
    hit = await asyncio.to_thread(newsroom.claims.load_hit, pressed.claim_id)
    asked = ShareRequest(pressed.claim_id, pressed.press, str(body.get("response_url") or ""))
    with slack_call(say("sharing.failed"), again=say("sharing.again")):
        await client.views_open(trigger_id=body["trigger_id"], view=channel_view(hit, asked))


def channel_view(hit: Hit, asked: ShareRequest) -> Block:
    """The modal that asks for a channel."""
    channels = {
        "type": "conversations_select",
        "placeholder": parts.plain(say("sharing.where"), 150),
        "filter": {"include": ["public", "private"]},
    }
    return modals.modal(
        CALLBACK,
        [
            *parts.claim_blocks(hit),
            modals.field(FIELD, "sharing.where", channels, hint=say("sharing.where_hint")),
        ],
        title="sharing.title",
        submit="buttons.share",
        metadata=json.dumps(asked._asdict()),
    )


async def share_claim(newsroom: Newsroom, client: AsyncWebClient, share: Share) -> str | None:
    """Post a claim, shared or cited; return what to tell the person if it is not posted at once.

    Raises SlackError if it cannot be posted.
    """
    key = await asyncio.to_thread(newsroom.delivery.shares.request, share)
    if key is None:
        one = await asyncio.to_thread(newsroom.store.outbox.by_key, share.team, share_key(share))
        if one and one.state == "uncertain":
            return say("outbox.left_open", failed=say(FAILURE_TEXTS[share.kind]))
        return say("sharing.already" if share.kind == "share" else "cite.already")
    return await make_dispatcher(newsroom, client).posted_at_once(share.team, share.channel, key)


async def _share_in(
    newsroom: Newsroom,
    client: AsyncWebClient,
    body: Body,
    asked: ShareRequest,
    channel: str,
    reply: Reply,
) -> None:
    """Share a claim in the chosen channel. Raises NotFoundError if the person is not in it, and
    SlackError."""
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
    said = (
        notice(news)
        if news
        else channel_notice(channel, say("sharing.done", channel=f"<#{channel}>"))
    )
    await respond_with(reply, said)


def _chosen_channel(view: Mapping[str, Any]) -> str:
    state = (view["state"]["values"].get(FIELD) or {}).get(FIELD) or {}
    return str(state.get("selected_conversation") or "")
