"""The buttons under answers, and the menu of filters.

Their values are validated: they may be old or forged.
"""

from __future__ import annotations

import asyncio
import re

from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.newsroom import Newsroom
from bot.slack.parts import Message
from bot.slack.refusals import Body, acknowledge_first
from bot.slack.replies import Reply, match_value, pressed_value, selected_value
from bot.slack.surfaces.answers import pages
from bot.slack.surfaces.answers.form import open_form
from bot.slack.surfaces.answers.form_blocks import origin_of
from bot.slack.surfaces.answers.pages import answer_page, narrowed_page
from bot.store import Conversation

PAGE_ACTIONS = re.compile(r"next|previous|exact|suggest_\d+")
FILTER_VALUE = re.compile(r"([0-9A-Za-z_-]{1,64}):([a-z]{1,20}):([0-9a-f]{8})", re.ASCII)
"""The id of an answer, the name of a facet, and the id of one of the facet's values."""
PAGE_VALUE = re.compile(r"([0-9A-Za-z_-]{1,64}):(\d{1,6})", re.ASCII)
"""The id of an answer, and the offset of a page."""


def register(app: AsyncApp, newsroom: Newsroom) -> None:
    """Handle the buttons that show another page, or another answer in place of this one."""

    @app.action(PAGE_ACTIONS)
    @acknowledge_first
    async def show_page(body: Body, reply: Reply, client: AsyncWebClient) -> None:
        answer_id, offset = parse_page_value(pressed_value(body))

        def make_page(asked: Conversation) -> Message:
            query = asked.recall(answer_id)
            return answer_page(newsroom, asked, query, offset=offset, answer_id=answer_id)

        await pages.show_page(newsroom, body, reply, make_page, replace=True)

    @app.action("filter")
    @acknowledge_first
    async def narrow(body: Body, reply: Reply, client: AsyncWebClient) -> None:
        match = match_value(FILTER_VALUE, selected_value(body), "gone.choice")
        answer_id, facet, value_id = match.groups()

        def make_page(asked: Conversation) -> Message:
            query = asked.recall(answer_id)
            return narrowed_page(newsroom, asked, query, facet=facet, value_id=value_id)

        await pages.show_page(newsroom, body, reply, make_page, replace=True)

    @app.action("change_search")
    @acknowledge_first
    async def change_search(body: Body, reply: Reply, client: AsyncWebClient) -> None:
        answer_id, _ = parse_page_value(pressed_value(body))
        recall = newsroom.store.conversations.recall
        query = await asyncio.to_thread(recall, _team(body), body["user"]["id"], answer_id)
        await open_form(newsroom, client, body, origin_of(client, body, reply), query=query)


def _team(body: Body) -> str:
    return str(body["team_id"])  # bot.slack.gate.access has set it


def parse_page_value(value: str) -> tuple[str, int]:
    """Return the id and the offset in the value of a paging button. Raises NotFoundError."""
    match = match_value(PAGE_VALUE, value, "gone.button")
    return match[1], int(match[2])
