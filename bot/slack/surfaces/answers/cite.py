"""The button under a claim that opens its texts to copy, and the modal, which posts the first text
in the thread of the button's message or, if only one person sees that message, in the channel."""

from __future__ import annotations

import asyncio
import json
from typing import NamedTuple

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.model import Share
from bot.newsroom import Newsroom
from bot.slack.parts import notice
from bot.slack.refusals import Body, acknowledge_first, report_failure, respond_with, slack_call
from bot.slack.replies import Reply
from bot.slack.surfaces.answers.citation import Citation, citation
from bot.slack.surfaces.answers.reports import dispute_notes
from bot.slack.surfaces.answers.sharing import share_claim
from bot.slack.views import cite_view
from bot.words import say


class CitePlace(NamedTuple):
    """The thread or channel in which to cite a claim, and the `url` to answer the person."""

    claim_id: str
    channel: str
    press: str
    thread_ts: str | None
    url: str


def register(app: AsyncApp, newsroom: Newsroom) -> None:
    """Answer the button and its modal."""

    @app.action("cite")
    @acknowledge_first
    async def cite(body: Body, reply: Reply, client: AsyncWebClient) -> None:
        claim_id = str(body["actions"][0].get("value") or "")
        await open_cite(newsroom, client, body, reply, claim_id)

    @app.view("cite")
    async def post(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        await ack()
        if not (known := body["view"].get("private_metadata")):
            return  # there was no place for it
        place = CitePlace(**json.loads(known))
        reply = Reply(client, body, url=place.url or None)
        await report_failure(_post(newsroom, client, body, place, reply), reply)


async def open_cite(
    newsroom: Newsroom, client: AsyncWebClient, body: Body, reply: Reply, claim_id: str
) -> None:
    """Open the modal with a claim's texts. Raises NotFoundError if it is gone."""

    def made() -> Citation:
        hit = newsroom.claims.load_hit(claim_id)
        introduction = newsroom.speakers.descriptions.introduction(claim_id)
        made = citation(
            hit, introduction, newsroom.corrections.correctables.unprinted_name(claim_id)
        )
        return made._replace(warnings=(*dispute_notes(newsroom, claim_id), *made.warnings))

    citing, place = await asyncio.to_thread(made), _place(body, reply, claim_id)
    if place is None:
        view = cite_view(citing)
    else:
        posts = "thread" if place.thread_ts else "channel"
        view = cite_view(citing, posts=posts, known=json.dumps(place._asdict()))
    with slack_call(say("cite.failed"), again=say("cite.again")):
        await client.views_open(trigger_id=body["trigger_id"], view=view)


def _place(body: Body, reply: Reply, claim_id: str) -> CitePlace | None:
    """Return where to cite the claim; None if there is no message, or nobody else reads it."""
    pressed = body.get("container") or {}
    ts = str(pressed.get("message_ts") or "")
    # An ephemeral message cannot head a thread, but may be in one.
    is_private = bool(pressed.get("is_ephemeral"))
    thread_ts = reply.thread_ts or (None if is_private else ts)
    if not (ts and reply.channel) or (not thread_ts and reply.channel.startswith("D")):
        return None
    return CitePlace(claim_id, reply.channel, ts, thread_ts, str(body.get("response_url") or ""))


async def _post(
    newsroom: Newsroom, client: AsyncWebClient, body: Body, place: CitePlace, reply: Reply
) -> None:
    """Post the citation. Raises NotFoundError if the claim is gone, and SlackError."""
    share = Share(
        team=str(body["team_id"]),  # bot.slack.gate.access has set it
        channel=place.channel,
        press=place.press,
        claim_id=place.claim_id,
        person=str(body["user"]["id"]),
        thread_ts=place.thread_ts,
        kind="cite",
    )
    if news := await share_claim(newsroom, client, share):
        await respond_with(reply, notice(news))
