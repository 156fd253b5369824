"""Share a claim in the channel where its button is, or in a channel that a modal asks for.

The modal is for buttons in direct messages, which nobody else reads. When it is submitted, the bot
and the person must both be in the chosen channel.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.delivery.dispatcher import Dispatcher
from bot.errors import NotFoundError, SlackError
from bot.model import Hit, Share, viewer_key
from bot.newsroom import Newsroom
from bot.newsroom.delivery.shares import share_key
from bot.slack import claim_parts, modals, parts
from bot.slack.channels import CHANNEL_ID, is_member, require_bot_in_channel
from bot.slack.messages.renderers import FAILURE_TEXTS
from bot.slack.messages.transport import make_dispatcher
from bot.slack.parts import Block, channel_notice, notice
from bot.slack.refusals import Body, report_failure, respond_with, slack_call
from bot.slack.replies import Reply, sign_response_url
from bot.words import say

CALLBACK, CHANNEL_INPUT = "share_where", "channel"


class ShareRequest(NamedTuple):
    """A claim to share; `press` identifies the press of its button, `url` is the signed
    response_url."""

    claim_id: str
    press: str
    url: str


METADATA = dict.fromkeys(ShareRequest._fields, str)


def register(app: AsyncApp, newsroom: Newsroom) -> None:
    """Handle the modal."""

    @app.view(CALLBACK)
    async def submit(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        request = ShareRequest(**modals.parse_metadata(body["view"], METADATA))
        channel = _chosen_channel(body["view"])
        if not CHANNEL_ID.fullmatch(channel):
            errors = {CHANNEL_INPUT: say("sharing.no_channel")}
            await ack(response_action="errors", errors=errors)
            return
        await ack()
        reply = Reply(client, body, signed_url=request.url)
        await report_failure(
            _share_in_channel(newsroom, client, body, request, channel, reply), reply
        )


async def ask_channel(newsroom: Newsroom, client: AsyncWebClient, body: Body, share: Share) -> None:
    """Ask in which channel to share a claim. Raises NotFoundError if it is gone, and SlackError."""
    viewer = viewer_key(share.team, share.person)
    hit = await asyncio.to_thread(newsroom.claims.load_public_hit, share.claim_id, viewer)
    request = ShareRequest(share.claim_id, share.press, sign_response_url(client, body))
    with slack_call(say("sharing.failed"), next_step=say("sharing.again")):
        await client.views_open(trigger_id=body["trigger_id"], view=_channel_view(hit, request))


def _channel_view(hit: Hit, request: ShareRequest) -> Block:
    """Return the modal that asks for a channel."""
    channel_menu = {
        "type": "conversations_select",
        "placeholder": parts.plain_text(say("sharing.where"), 150),
        "filter": {"include": ["public", "private"]},
    }
    hint = say("sharing.where_hint")
    return modals.modal(
        CALLBACK,
        [
            *claim_parts.claim_blocks(hit),
            modals.field(CHANNEL_INPUT, "sharing.where", channel_menu, hint=hint),
        ],
        title="sharing.title",
        submit="buttons.share",
        metadata=json.dumps(request._asdict()),
    )


async def share_claim(newsroom: Newsroom, client: AsyncWebClient, share: Share) -> str | None:
    """Post a claim, shared or cited; return a text for the person if it is not posted at once.

    Raises SlackError if it cannot be posted.
    """
    key = await asyncio.to_thread(newsroom.delivery.shares.request, share)
    dispatcher = make_dispatcher(newsroom, client)
    if key is None:
        return await _outcome_of_first_press(dispatcher, share)
    return await dispatcher.deliver_or_explain(share.team, share.channel, key)


async def _outcome_of_first_press(dispatcher: Dispatcher, share: Share) -> str:
    """Tell a person who pressed again what became of the first press.

    Raises SlackError if it is given up meanwhile.
    """
    message = await dispatcher.deliver_now(share.team, share.channel, share_key(share))
    failed = say(FAILURE_TEXTS[share.kind])
    match message.state if message else None:
        case "waiting":
            return say("outbox.still_waits")
        case "sending":
            return say("outbox.still_open")
        case "uncertain":
            return say("outbox.left_open", failed=failed)
        case "dead":
            raise SlackError((message and message.failure) or failed)
    return say("sharing.already" if share.kind == "share" else "cite.already")


async def _share_in_channel(
    newsroom: Newsroom,
    client: AsyncWebClient,
    body: Body,
    request: ShareRequest,
    channel: str,
    reply: Reply,
) -> None:
    """Share a claim in the chosen channel.

    Raises NotFoundError if the person is not in the channel, and SlackError.
    """
    person, failure = str(body["user"]["id"]), say("sharing.failed")
    await require_bot_in_channel(client, channel, failure=failure, next_step=say("sharing.again"))
    if not await is_member(client, channel, person, failure=failure):
        raise NotFoundError(say("sharing.members_only"))
    share = Share(
        team=str(body["team_id"]),  # bot.slack.gate.access has set it
        channel=channel,
        press=request.press,
        claim_id=request.claim_id,
        person=person,
    )
    if problem := await share_claim(newsroom, client, share):
        message = notice(problem)
    else:
        message = channel_notice(channel, say("sharing.done", channel=f"<#{channel}>"))
    await respond_with(reply, message)


def _chosen_channel(view: Mapping[str, Any]) -> str:
    state = (view["state"]["values"].get(CHANNEL_INPUT) or {}).get(CHANNEL_INPUT) or {}
    return str(state.get("selected_conversation") or "")
