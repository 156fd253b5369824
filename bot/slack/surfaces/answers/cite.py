"""The button Cite under a claim, and its modal with the texts to copy.

The modal posts the first text in the thread of the button's message or, if only one person sees
that message, in its channel.
"""

from __future__ import annotations

import asyncio
import json
from typing import NamedTuple

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.model import Share
from bot.newsroom import Newsroom
from bot.slack import modals, parts
from bot.slack.modals import MAX_INPUT_LENGTH
from bot.slack.parts import Block, notice
from bot.slack.refusals import Body, acknowledge_first, report_failure, respond_with, slack_call
from bot.slack.replies import Reply, pressed_value, sign_response_url
from bot.slack.surfaces.answers.citation import Citation, make_citation
from bot.slack.surfaces.answers.sharing import share_claim
from bot.wording.notes import dispute_lines
from bot.wording.runs import plain_text
from bot.words import say

MAX_WARNING_LENGTH = 290
"""The number of escaped characters of a warning; at most nine warnings share a section."""


class CitationTarget(NamedTuple):
    """The thread or channel in which to cite a claim.

    `press` is the ts of the button's message, `url` the signed response_url for the person.
    """

    claim_id: str
    channel: str
    press: str
    thread_ts: str | None
    url: str


METADATA = {**dict.fromkeys(CitationTarget._fields, str), "thread_ts": str | None}


def register(app: AsyncApp, newsroom: Newsroom) -> None:
    """Handle the button and its modal."""

    @app.action("cite")
    @acknowledge_first
    async def open_modal(body: Body, reply: Reply, client: AsyncWebClient) -> None:
        await open_cite_modal(newsroom, client, body, reply, pressed_value(body))

    @app.view("cite")
    async def post(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        if not body["view"].get("private_metadata"):
            await ack()  # the modal was opened only to copy
            return
        target = CitationTarget(**modals.parse_metadata(body["view"], METADATA))
        await ack()
        reply = Reply(client, body, signed_url=target.url)
        await report_failure(_post(newsroom, client, body, target, reply), reply)


async def open_cite_modal(
    newsroom: Newsroom, client: AsyncWebClient, body: Body, reply: Reply, claim_id: str
) -> None:
    """Open the modal with a claim's texts. Raises NotFoundError if the claim is gone."""

    def load() -> Citation:
        [hit] = newsroom.search.disputes.with_disputes([newsroom.claims.load_hit(claim_id)])
        introduction = newsroom.speakers.descriptions.introduction(claim_id)
        unprinted_name = newsroom.corrections.lookup.unprinted_name(claim_id)
        citation = make_citation(hit, introduction, unprinted_name)
        return citation._replace(warnings=(*dispute_lines(hit), *citation.warnings))

    citation = await asyncio.to_thread(load)
    if target := _target(client, body, reply, claim_id):
        post_to = "thread" if target.thread_ts else "channel"
        view = cite_view(citation, post_to=post_to, metadata=json.dumps(target._asdict()))
    else:
        view = cite_view(citation)
    with slack_call(say("cite.failed"), next_step=say("cite.again")):
        await client.views_open(trigger_id=body["trigger_id"], view=view)


def _target(
    client: AsyncWebClient, body: Body, reply: Reply, claim_id: str
) -> CitationTarget | None:
    """Return where to cite a claim; None if there is no message, or only this person reads it."""
    container = body.get("container") or {}
    message_ts = str(container.get("message_ts") or "")
    # An ephemeral message cannot start a thread, but may be in one.
    is_ephemeral = bool(container.get("is_ephemeral"))
    thread_ts = reply.thread_ts or (None if is_ephemeral else message_ts)
    if not (message_ts and reply.channel) or (not thread_ts and reply.channel.startswith("D")):
        return None
    url = sign_response_url(client, body)
    return CitationTarget(claim_id, reply.channel, message_ts, thread_ts, url)


def cite_view(citation: Citation, *, post_to: str | None = None, metadata: str = "") -> Block:
    """Return a modal with the texts of a claim to copy, below the warnings about them.

    When it is submitted, the first text is posted in the place that `post_to` names, "thread" or
    "channel"; `metadata` is the CitationTarget as JSON. If `post_to` is None, nothing is posted.
    """
    # The texts are in inputs: mrkdwn would add invisible characters to what is copied, and on a
    # phone only the text of an input can be selected with one touch.
    texts = {
        "as_news" if citation.is_sentence else "quotation": plain_text(citation.text),
        "link": citation.link or say("cite.no_link"),
        "markdown": citation.markdown,
    }
    notes = [] if citation.is_sentence else [parts.section(say("cite.no_sentence"))]
    if citation.warnings:
        # Each warning is cut on its own, so that a long one leaves space for the others.
        lines = (say("cite.know"), *citation.warnings)
        notes.append(
            parts.section("\n".join(parts.escape_note(line, MAX_WARNING_LENGTH) for line in lines))
        )
    post_hint = say(f"cite.{post_to}_says" if post_to else "cite.nowhere")
    notes.append(parts.context(f"{say('cite.copy')} {post_hint}"))
    return modals.modal(
        "cite",
        [*notes, *(_copyable_input(name, text) for name, text in texts.items())],
        title="cite.title",
        submit=f"cite.post_in_{post_to}" if post_to else "cite.done",
        close="buttons.close",
        metadata=metadata,
    )


def _copyable_input(name: str, text: str) -> Block:
    """Return an input from which a text is copied."""
    element = {
        "type": "plain_text_input",
        "action_id": name,
        "multiline": name != "link",
        "max_length": MAX_INPUT_LENGTH,
        "initial_value": text[:MAX_INPUT_LENGTH],
    }
    return {
        "type": "input",
        "block_id": name,
        "optional": True,
        "label": parts.plain_text(say(f"cite.{name}"), 75),
        "element": element,
    }


async def _post(
    newsroom: Newsroom, client: AsyncWebClient, body: Body, target: CitationTarget, reply: Reply
) -> None:
    """Post the citation. Raises NotFoundError if the claim is gone, and SlackError."""
    share = Share(
        team=str(body["team_id"]),  # bot.slack.gate.access has set it
        channel=target.channel,
        press=target.press,
        claim_id=target.claim_id,
        person=str(body["user"]["id"]),
        thread_ts=target.thread_ts,
        kind="cite",
    )
    if problem := await share_claim(newsroom, client, share):
        await respond_with(reply, notice(problem))
