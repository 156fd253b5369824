"""The button under an article that withdraws it, and the modal that asks why.

Each press of the button and each submission is authorised: it may be old or forged.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
from collections.abc import Iterator
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import NotFoundError
from bot.newsroom import Newsroom
from bot.newsroom.articles.overview import Overview
from bot.slack import claim_parts, modals, parts
from bot.slack.gate.people import is_admin
from bot.slack.modals import MAX_REASON_LENGTH
from bot.slack.parts import Block, notice
from bot.slack.refusals import Body, acknowledge_first, report_failure, respond_with, slack_call
from bot.slack.replies import Reply, pressed_value, sign_response_url
from bot.slack.surfaces.articles import blocks as article_blocks
from bot.wording import answers as wording
from bot.words import say

REASON_INPUT = "reason"

log = logging.getLogger(__name__)


def register(app: AsyncApp, newsroom: Newsroom) -> None:
    """Handle the button and its modal."""

    @app.action("withdraw")
    @acknowledge_first
    async def ask_why(body: Body, reply: Reply, client: AsyncWebClient) -> None:
        failure = say("withdrawal.failed")
        if not await is_admin(newsroom, client, body["user"]["id"], failure=failure):
            await respond_with(reply, notice(say("withdrawal.admins_only")))
            return
        find_overview = newsroom.articles.overviews.load
        with reword_not_found("refusals.nothing_changed"):
            overview = await asyncio.to_thread(find_overview, pressed_value(body))
        view = withdraw_view(overview, sign_response_url(client, body))
        with slack_call(failure, next_step=say("withdrawal.again")):
            await client.views_open(trigger_id=body["trigger_id"], view=view)

    @app.view("withdraw")
    async def submit(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        article_id, reason, answer_url = parse_withdrawal(body["view"])
        if not reason:
            errors = {REASON_INPUT: say("withdrawal.no_reason")}
            await ack(response_action="errors", errors=errors)
            return
        await ack()
        reply = Reply(client, body, signed_url=answer_url)
        work = _withdraw(newsroom, client, body["user"], article_id, reason, reply)
        await report_failure(work, reply)


def withdraw_view(overview: Overview, answer_url: str) -> Block:
    """A modal that asks why an article is withdrawn; the answer goes to `answer_url`."""
    reason_input = {
        "type": "input",
        "block_id": REASON_INPUT,
        "label": parts.plain_text(say("withdrawal.why"), 75),
        "hint": parts.plain_text(say("withdrawal.hint"), 150),
        "element": {
            "type": "plain_text_input",
            "action_id": REASON_INPUT,
            "max_length": MAX_REASON_LENGTH,
            "placeholder": parts.plain_text(say("withdrawal.example"), 150),
        },
    }
    return modals.modal(
        "withdraw",
        [
            parts.section(claim_parts.render_article_line(overview.article)),
            parts.context(parts.escape_note(_consequences(overview))),
            reason_input,
        ],
        title="withdrawal.title",
        submit="withdrawal.submit",
        metadata=json.dumps({"article": overview.article.id, "answer": answer_url}),
    )


def _consequences(overview: Overview) -> str:
    """Say what is lost when an article is withdrawn, and which outlets have it too."""
    contents = article_blocks.contents_phrase(overview)
    consequences = say("withdrawal.means", holds=f"{contents[0].upper()}{contents[1:]}")
    if not overview.other_outlets:
        return consequences
    outlets = say("withdrawal.also_in", also_in=wording.other_outlets_line(overview.other_outlets))
    return f"{consequences} {outlets}"


def parse_withdrawal(view: dict[str, Any]) -> tuple[str, str, str]:
    """Return the article's id, the reason and the URL for the answer from a submitted modal."""
    metadata = modals.parse_metadata(view, {"article": str, "answer": str})
    reason = view["state"]["values"][REASON_INPUT][REASON_INPUT].get("value") or ""
    return metadata["article"], " ".join(reason.split()), metadata["answer"]


async def _withdraw(
    newsroom: Newsroom,
    client: AsyncWebClient,
    user: Body,
    article_id: str,
    reason: str,
    reply: Reply,
) -> None:
    if not await is_admin(newsroom, client, user["id"], failure=say("withdrawal.failed")):
        await respond_with(reply, notice(say("withdrawal.admins_only")))
        return
    person = f"{user.get('name') or 'somebody'} ({user['id']}) in Slack"
    overview = await asyncio.to_thread(_remove, newsroom, article_id, f"{reason} – {person}")
    log.info("article %s was withdrawn by %s", article_id, person)
    await respond_with(reply, article_blocks.withdrawn_message(overview), replace=True)


def _remove(newsroom: Newsroom, article_id: str, reason: str) -> Overview:
    """Remove an article and return what it contained. Raises NotFoundError."""
    with reword_not_found("refusals.nothing_changed"):
        overview = newsroom.articles.overviews.load(article_id)
        newsroom.intake.articles.remove([article_id], reason=reason)
    return overview


@contextlib.contextmanager
def reword_not_found(remedy: str) -> Iterator[None]:
    """Reword NotFoundError of an article for Slack; `remedy` is the key of the remedy's text."""
    try:
        yield
    except NotFoundError as error:
        raise NotFoundError(
            say("gone.article"),
            cause=say("gone.article_why"),
            remedy=say(remedy),
        ) from error
