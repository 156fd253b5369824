"""The button that opens where else a claim is reported, and the modal with each report as its
article prints it."""

from __future__ import annotations

import asyncio
import contextlib
import json
import re
from collections.abc import Sequence

from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import BotError, NotFoundError
from bot.model import Hit, Row
from bot.newsroom import Newsroom
from bot.slack import modals, parts
from bot.slack.parts import Block
from bot.slack.refusals import Body, acknowledge_first, slack_call
from bot.slack.replies import Reply
from bot.wording.answers import counted
from bot.wording.notes import also_reported_line, dispute_lines
from bot.words import say

PAGE = 4
"""Reports in one modal: with the longest passages, its text stays within a message's."""
PAGE_ACTIONS = re.compile(r"elsewhere_(next|previous)")


def register(app: AsyncApp, newsroom: Newsroom) -> None:
    """Answer the button, and those of the modal."""

    @app.action("elsewhere")
    @acknowledge_first
    async def open_reports(body: Body, reply: Reply, client: AsyncWebClient) -> None:
        value = str(body["actions"][0].get("value") or "")
        view = await asyncio.to_thread(_view, newsroom, body, value, 0)
        # Above an open modal it is pushed, so that closing it leads back.
        opened = client.views_push if body.get("view") else client.views_open
        with slack_call(say("elsewhere.failed"), again=say("elsewhere.again")):
            await opened(trigger_id=body["trigger_id"], view=view)

    @app.action(PAGE_ACTIONS)
    @acknowledge_first
    async def page(body: Body, reply: Reply, client: AsyncWebClient) -> None:
        there, offset = body.get("view") or {}, str(body["actions"][0].get("value") or "")
        if not (there and offset.isascii() and offset.isdecimal() and len(offset) < 6):
            raise NotFoundError(say("gone.button"), remedy=say("gone.search_again"))
        value = str(json.loads(there["private_metadata"])["row"])
        view = await asyncio.to_thread(_view, newsroom, body, value, int(offset))
        with slack_call(say("elsewhere.failed"), again=say("elsewhere.again")):
            await client.views_update(view_id=there["id"], view=view)


def _view(newsroom: Newsroom, body: Body, value: str, offset: int) -> Block:
    return reports_view(reports_of(newsroom, body, value), value, offset)


def reports_of(newsroom: Newsroom, body: Body, value: str) -> list[Hit]:
    """Return the claim in a button's value with the other reports of its row in that answer or, if
    there is no answer, in general. Raises NotFoundError if the claim is gone."""
    claim_id, _, answer_id = value.partition(":")
    query = None
    if answer_id:
        with contextlib.suppress(NotFoundError):  # the answer is forgotten, the claim is not
            query = newsroom.store.conversations.recall(
                body["team_id"], body["user"]["id"], answer_id
            )
    return newsroom.reports.find_reports(claim_id, query)


def elsewhere_reported(newsroom: Newsroom, claim_id: str) -> str | None:
    """Say where else a claim is reported; None if it cannot be looked up at the moment."""
    with contextlib.suppress(BotError):
        return elsewhere_note(newsroom.reports.find_reports(claim_id))
    return None


def dispute_notes(newsroom: Newsroom, claim_id: str) -> list[str]:
    """Say what disputes a claim; nothing if it cannot be looked up at the moment."""
    with contextlib.suppress(BotError):
        return dispute_lines(newsroom.reports.find_row(claim_id))
    return []


def elsewhere_note(reports: Sequence[Hit]) -> str | None:
    """Say where else the first of some reports is reported, if anywhere."""
    return also_reported_line(Row(hits=tuple(reports)))


def reports_view(reports: Sequence[Hit], value: str, offset: int) -> Block:
    """A modal with a page of reports from `offset` on: speaker, passage and article of each."""
    offset = offset if offset < len(reports) else 0
    blocks: list[Block] = []
    for hit in reports[offset : offset + PAGE]:
        blocks += [*([{"type": "divider"}] if blocks else []), *parts.claim_blocks(hit)]
    steps = []
    if offset:
        earlier = str(max(0, offset - PAGE))
        steps.append(parts.button(say("buttons.previous"), "elsewhere_previous", earlier))
    if offset + PAGE < len(reports):
        later = str(offset + PAGE)
        steps.append(parts.button(say("buttons.next"), "elsewhere_next", later))
    blocks += [parts.buttons(*steps)] if steps else []
    return modals.modal(
        "elsewhere",
        [*blocks, parts.context(_summary(reports, offset))],
        title="elsewhere.title",
        close="buttons.close",
        metadata=json.dumps({"row": value}),
    )


def _summary(reports: Sequence[Hit], offset: int) -> str:
    outlets = {hit.article.outlet for hit in reports if hit.article.outlet}
    articles = counted(len({hit.article.id for hit in reports}), "article")
    said = {"reports": counted(len(reports), "report"), "articles": articles}
    reported = say("elsewhere.reported_unknown", **said)
    if outlets:
        reported = say("elsewhere.reported", **said, outlets=counted(len(outlets), "outlet"))
    if len(reports) <= PAGE:
        return reported
    last = min(offset + PAGE, len(reports))
    return say("elsewhere.shown", reported=reported, first=str(offset + 1), last=str(last))
