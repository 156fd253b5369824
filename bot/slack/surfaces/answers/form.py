"""The search form: opened by /claim alone, by a shortcut and by a button of the Home tab.

It builds an ordinary query and shows it while people fill in the form.
"""

from __future__ import annotations

import asyncio
import re

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import QueryError
from bot.newsroom import Newsroom
from bot.search.language.fields import Fields
from bot.slack import modals
from bot.slack.refusals import (
    Body,
    acknowledge_first,
    error_code,
    report_failure,
    slack_call,
)
from bot.slack.replies import Reply
from bot.slack.surfaces.answers import form_blocks
from bot.slack.surfaces.answers.form_blocks import FormOrigin
from bot.slack.surfaces.answers.pages import answer_page, show_page
from bot.words import say

FORM_INPUTS = re.compile(rf"form_[a-z]+|{form_blocks.SPEAKER_OPTIONS}")
STALE_VIEW_ERRORS = ("hash_conflict", "not_found")
"""Slack's error codes for a form that has changed meanwhile or is closed; it is not updated."""


def register(app: AsyncApp, newsroom: Newsroom) -> None:
    """Show the query while the form is filled in, and answer it when the form is submitted."""

    @app.action(FORM_INPUTS)
    @acknowledge_first
    async def update(body: Body, reply: Reply, client: AsyncWebClient) -> None:
        view = body.get("view") or {}
        if view.get("callback_id") == form_blocks.CALLBACK:
            await _show_query(newsroom, client, view)

    @app.view(form_blocks.CALLBACK)
    async def submit(ack: AsyncAck, body: Body, client: AsyncWebClient) -> None:
        view = body["view"]
        fields, origin = form_blocks.parse_form(view), form_blocks.parse_form_origin(view)
        query, errors = await asyncio.to_thread(_build_query, newsroom, fields)
        if errors:
            await ack(response_action="errors", errors=errors)
            return
        if origin.channel:
            await ack()
        else:
            notice = modals.notice_view(say("form.sent_directly"))
            await ack(response_action="update", view=notice)
        reply = Reply(client, body, signed_url=origin.url)
        reply.channel = origin.channel or None
        await report_failure(_answer(newsroom, body, query, reply), reply)


async def open_form(
    newsroom: Newsroom, client: AsyncWebClient, body: Body, origin: FormOrigin, *, query: str = ""
) -> None:
    """Open the form, filled in with `query` if there is one. Raises SlackError."""
    outlets = await asyncio.to_thread(newsroom.index.outlets, form_blocks.MAX_OUTLETS)
    fields, line = Fields(), ""
    if query:
        fields = newsroom.search.form_from_query(query, form_blocks.selectable_outlets(outlets))
        line = form_blocks.query_line(query)
    view = form_blocks.form_view(outlets, origin, line, fields=fields)
    with slack_call(say("form.not_opened"), next_step=say("form.open_again")):
        await client.views_open(trigger_id=body["trigger_id"], view=view)


def _build_query(newsroom: Newsroom, fields: Fields) -> tuple[str, dict[str, str]]:
    """Return the query of the fields, or the error messages by field."""
    if fields.after and fields.before and fields.after > fields.before:
        return "", {"before": say("form.swapped")}
    try:
        return newsroom.search.query_from_form(fields), {}
    except QueryError as error:
        return "", {"words": str(error)}


async def _answer(newsroom: Newsroom, body: Body, query: str, reply: Reply) -> None:
    await show_page(newsroom, body, reply, lambda asked: answer_page(newsroom, asked, query))


async def _show_query(newsroom: Newsroom, client: AsyncWebClient, view: Body) -> None:
    """Update the form with the query that its fields make."""
    fields = form_blocks.parse_form(view)
    query, errors = await asyncio.to_thread(_build_query, newsroom, fields)
    if fields == Fields():
        line = ""
    elif errors:
        line = form_blocks.error_line(next(iter(errors.values())))
    else:
        line = form_blocks.query_line(query)
    outlets = await asyncio.to_thread(newsroom.index.outlets, form_blocks.MAX_OUTLETS)
    updated_view = form_blocks.form_view(outlets, form_blocks.parse_form_origin(view), line)
    with slack_call(say("form.not_shown")):
        try:
            await client.views_update(view_id=view["id"], hash=view.get("hash"), view=updated_view)
        except SlackApiError as error:
            if error_code(error) not in STALE_VIEW_ERRORS:
                raise
