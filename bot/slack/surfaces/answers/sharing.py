"""Share a claim, and post what a modal shows: a claim as shared or cited.

Nothing is posted by one press: the modal first shows the message that will be posted. For a button
in a direct message, which nobody else reads, it also asks for a channel, in which the bot and the
person must both be.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.delivery.dispatcher import Dispatcher
from bot.errors import NotFoundError, SlackError
from bot.model import CurrentClaim, Share, ShareKind
from bot.newsroom import Newsroom
from bot.newsroom.delivery.shares import share_key
from bot.slack import modals, parts
from bot.slack.channels import CHANNEL_ID, is_member, require_bot_in_channel
from bot.slack.messages.renderers import FAILURE_TEXTS
from bot.slack.messages.transport import make_dispatcher
from bot.slack.parts import Block, Message, channel_notice, notice
from bot.slack.refusals import Body, report_failure, respond_with, slack_call
from bot.slack.replies import Reply, sign_response_url, viewer_of
from bot.slack.surfaces.answers.shared_claims import message_digest, shared_message, withdraw_row
from bot.words import say

CHANNEL_INPUT = "channel"
NAMELESS_CHANNELS = ("directmessage", "privategroup")
"""What Slack may send in place of the name of a channel."""


class Posting(NamedTuple):
    """What a modal shows, and posts when it is submitted.

    `channel` is empty if the modal asks for one. `press` identifies the press of the claim's
    button. `shown` is the digest of the message in the modal, `url` the signed response_url for the
    person.
    """

    claim_id: str
    channel: str
    press: str
    thread_ts: str | None
    shown: str
    url: str


METADATA = {**dict.fromkeys(Posting._fields, str), "thread_ts": str | None}


def register(app: AsyncApp, newsroom: Newsroom) -> None:
    """Handle the modals of Share and Cite; their callback ids are the kinds of shares."""

    @app.view(re.compile("share|cite"))
    async def submit(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        view = body["view"]
        if view["callback_id"] == "cite" and not view.get("private_metadata"):
            await ack()  # the modal was opened only to copy
            return
        posting = Posting(**modals.parse_metadata(view, METADATA))
        channel = posting.channel or _chosen_channel(view)
        if not CHANNEL_ID.fullmatch(channel) and not posting.channel:
            await ack(response_action="errors", errors={CHANNEL_INPUT: say("sharing.no_channel")})
            return
        await ack()
        share = Share(
            team=str(body["team_id"]),  # bot.slack.gate.access has set it
            channel=channel,
            press=posting.press,
            claim_id=posting.claim_id,
            person=str(body["user"]["id"]),
            thread_ts=posting.thread_ts,
            kind="cite" if view["callback_id"] == "cite" else "share",
            shown=posting.shown,
        )
        reply = Reply(client, body, signed_url=posting.url)
        work = _post(newsroom, client, share, reply, is_elsewhere=not posting.channel)
        await report_failure(work, reply)


async def open_share_modal(
    newsroom: Newsroom,
    client: AsyncWebClient,
    body: Body,
    reply: Reply,
    claim_id: str,
    *,
    in_thread: bool = False,
) -> None:
    """Open the modal that shares a claim where its button is or, `in_thread`, in the thread of that
    message. Raises NotFoundError if the claim is gone, and SlackError."""
    message_ts = body.get("container", {}).get("message_ts")
    if not reply.channel or (in_thread and not message_ts):
        raise NotFoundError(say("gone.button"), remedy=say("gone.search_again"))

    def load() -> Message:
        found = newsroom.claims.load_public_hit(claim_id, viewer_of(body))
        [hit] = newsroom.search.disputes.with_disputes([found])
        return shared_message(newsroom, "share", CurrentClaim(hit=hit), body["user"]["id"])

    message = await asyncio.to_thread(load)
    # The first message of a thread is in the channel, so its claims are shared there.
    thread_ts = None if reply.thread_ts == message_ts else reply.thread_ts
    posting = Posting(
        claim_id=claim_id,
        channel="" if reply.channel.startswith("D") else reply.channel,
        press=f"{message_ts or body['trigger_id']}{'/thread' if in_thread else ''}",
        thread_ts=str(message_ts) if in_thread else thread_ts,
        shown=message_digest(message),
        url=sign_response_url(client, body),
    )
    blocks = list(message.blocks)
    if not posting.channel:
        channel_menu = {
            "type": "conversations_select",
            "placeholder": parts.plain_text(say("sharing.where"), 150),
            "filter": {"include": ["public", "private"]},
        }
        hint = say("sharing.where_hint")
        blocks.append(modals.field(CHANNEL_INPUT, "sharing.where", channel_menu, hint=hint))
    view = posting_view("share", blocks, body, posting)
    with slack_call(say("sharing.failed"), next_step=say("sharing.again")):
        await client.views_open(trigger_id=body["trigger_id"], view=view)


def posting_view(
    kind: ShareKind, blocks: Sequence[Block], body: Body, posting: Posting | None
) -> Block:
    """Return a modal that shows what will be posted, and on its button where; without a `posting`,
    nothing is posted."""
    view = modals.modal(
        kind,
        [*([parts.context(say("sharing.preview"))] if posting else []), *blocks],
        title="cite.title" if kind == "cite" else "sharing.title",
        submit="cite.done",
        close="buttons.cancel" if posting else "buttons.close",
        metadata=json.dumps(posting._asdict()) if posting else None,
    )
    if posting:
        channel = body.get("channel")
        name = str(channel.get("name") or "") if isinstance(channel, dict) else ""
        label = say("sharing.post_in_channel")
        if posting.thread_ts:
            label = say("sharing.post_in_thread")
        elif posting.channel and name and name not in NAMELESS_CHANNELS:
            named = say("sharing.post_in", channel=f"#{name}")
            label = named if len(named) <= modals.MAX_TITLE_LENGTH else label
        view["submit"] = parts.plain_text(label, modals.MAX_TITLE_LENGTH)
    return view


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
        case "withdrawn":
            return say("sharing.was_withdrawn")
        case "dead":
            raise SlackError((message and message.failure) or failed)
    return say("sharing.already" if share.kind == "share" else "cite.already")


async def _post(
    newsroom: Newsroom, client: AsyncWebClient, share: Share, reply: Reply, *, is_elsewhere: bool
) -> None:
    """Post a claim; if `is_elsewhere`, in a channel that the person chose.

    Raises NotFoundError if the claim is gone or they are not in that channel, and SlackError.
    """
    if is_elsewhere:
        failure, again = say("sharing.failed"), say("sharing.again")
        await require_bot_in_channel(client, share.channel, failure=failure, next_step=again)
        if not await is_member(client, share.channel, share.person, failure=failure):
            raise NotFoundError(say("sharing.members_only"))
    if problem := await share_claim(newsroom, client, share):
        message = notice(problem)
        queued = newsroom.store.outbox.by_key
        row = await asyncio.to_thread(queued, share.team, share_key(share))
        if row and row.person == share.person and row.state != "withdrawn":
            message.blocks.append(withdraw_row(row.key))
        await respond_with(reply, message)
    elif is_elsewhere:
        done = say("sharing.done", channel=f"<#{share.channel}>")
        await respond_with(reply, channel_notice(share.channel, done))


def _chosen_channel(view: Mapping[str, Any]) -> str:
    state = (view["state"]["values"].get(CHANNEL_INPUT) or {}).get(CHANNEL_INPUT) or {}
    return str(state.get("selected_conversation") or "")
