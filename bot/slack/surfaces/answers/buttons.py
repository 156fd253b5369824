"""The buttons under answers and claims, and the menu of filters. Their values are validated: they
may be old, or forged."""

from __future__ import annotations

import asyncio
import re

from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import NotFoundError
from bot.model import Share
from bot.newsroom import Newsroom
from bot.slack.parts import Message, notice
from bot.slack.refusals import Body, acknowledge_first, respond_with, slack_call
from bot.slack.replies import Reply
from bot.slack.surfaces.answers.context import load_context_view
from bot.slack.surfaces.answers.form import open_form
from bot.slack.surfaces.answers.form_blocks import FormOrigin
from bot.slack.surfaces.answers.pages import answer_page, narrowed_page
from bot.slack.surfaces.answers.sharing import ask_channel, share_claim
from bot.words import say

PAGE_ACTIONS = re.compile(r"next|previous|exact|suggest_\d+")
FILTER_VALUE = re.compile(r"([0-9A-Za-z_-]{1,64}):([a-z]{1,20}):([0-9a-f]{8})", re.ASCII)
PAGE_VALUE = re.compile(r"([0-9A-Za-z_-]{1,64}):(\d{1,6})", re.ASCII)


def register(app: AsyncApp, newsroom: Newsroom) -> None:
    """Answer every button of an answer."""
    _register_answer(app, newsroom)
    _register_claim(app, newsroom)


def _register_answer(app: AsyncApp, newsroom: Newsroom) -> None:
    """Answer the buttons that show another page, or another answer in its place."""

    @app.action(PAGE_ACTIONS)
    @acknowledge_first
    async def page(body: Body, reply: Reply, client: AsyncWebClient) -> None:
        answer_id, offset = _page_asked_for(body)
        team, person = _team(body), body["user"]["id"]

        def answer() -> Message:
            query = newsroom.store.conversations.recall(team, person, answer_id)
            return answer_page(newsroom, team, person, query, offset=offset, answer_id=answer_id)

        await respond_with(reply, await asyncio.to_thread(answer), replace=True)

    @app.action("filter")
    @acknowledge_first
    async def narrow(body: Body, reply: Reply, client: AsyncWebClient) -> None:
        answer_id, facet, chosen = _filter_asked_for(body)
        team, person = _team(body), body["user"]["id"]

        def answer() -> Message:
            query = newsroom.store.conversations.recall(team, person, answer_id)
            return narrowed_page(newsroom, team, person, query, facet=facet, value_id=chosen)

        await respond_with(reply, await asyncio.to_thread(answer), replace=True)

    @app.action("change_search")
    @acknowledge_first
    async def change(body: Body, reply: Reply, client: AsyncWebClient) -> None:
        answer_id, _ = _page_asked_for(body)
        team, person = _team(body), body["user"]["id"]
        recall = newsroom.store.conversations.recall
        query = await asyncio.to_thread(recall, team, person, answer_id)
        opened = FormOrigin(reply.channel or "", str(body.get("response_url") or ""))
        await open_form(newsroom, client, body, opened, query=query)


def _register_claim(app: AsyncApp, newsroom: Newsroom) -> None:
    """Answer the buttons under a claim."""

    @app.action("context")
    @acknowledge_first
    async def context(body: Body, reply: Reply, client: AsyncWebClient) -> None:
        view = await load_context_view(newsroom, client, body, _value(body))
        with slack_call(say("sharing.context_failed"), next_step=say("sharing.context_again")):
            await client.views_open(trigger_id=body["trigger_id"], view=view)

    @app.action("share")
    @acknowledge_first
    async def share(body: Body, reply: Reply, client: AsyncWebClient) -> None:
        message_ts = body.get("container", {}).get("message_ts")
        pressed = Share(
            team=_team(body),
            channel=_channel(reply),
            press=str(message_ts or body["trigger_id"]),
            claim_id=_value(body),
            person=body["user"]["id"],
            # A message with replies is in the channel itself: it is the head of its thread.
            thread_ts=None if reply.thread_ts == message_ts else reply.thread_ts,
        )
        if pressed.channel.startswith("D"):
            await ask_channel(newsroom, client, body, pressed)
        elif news := await share_claim(newsroom, client, pressed):
            await respond_with(reply, notice(news))


def _team(body: Body) -> str:
    return str(body["team_id"])  # bot.slack.gate.access has set it


def _channel(reply: Reply) -> str:
    """Return the channel of a press. Raises NotFoundError if there is none."""
    if not reply.channel:
        raise NotFoundError(say("gone.button"), remedy=say("gone.search_again"))
    return reply.channel


def _value(body: Body) -> str:
    return str(body["actions"][0].get("value") or "")


def _page_asked_for(body: Body) -> tuple[str, int]:
    """Read the answer's id and the offset from a paging button. Raises NotFoundError."""
    match = PAGE_VALUE.fullmatch(_value(body))
    if match is None:
        raise NotFoundError(say("gone.button"), remedy=say("gone.search_again"))
    return match[1], int(match[2])


def _filter_asked_for(body: Body) -> tuple[str, str, str]:
    """Read the answer's id, the facet and the choice from an option. Raises NotFoundError."""
    chosen = body["actions"][0].get("selected_option") or {}
    match = FILTER_VALUE.fullmatch(str(chosen.get("value") or ""))
    if match is None:
        raise NotFoundError(say("gone.choice"), remedy=say("gone.search_again"))
    return match[1], match[2], match[3]
