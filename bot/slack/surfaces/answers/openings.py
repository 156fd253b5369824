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
from bot.slack import parts
from bot.slack.parts import Block
from bot.slack.refusals import Body, acknowledged, asking
from bot.slack.replies import Reply
from bot.slack.views import TITLE
from bot.wording.answers import counted
from bot.wording.notes import also_reported_line, dispute_lines
from bot.words import say

PAGE = 4
"""Reports in one modal: with the longest passages, its text stays within a message's."""
PAGING = re.compile(r"elsewhere_(next|previous)")


def register(app: AsyncApp, newsroom: Newsroom) -> None:
    """Answer the button, and those of the modal."""

    @app.action("elsewhere")
    @acknowledged
    async def open_reports(body: Body, reply: Reply, client: AsyncWebClient) -> None:
        value = str(body["actions"][0].get("value") or "")
        view = await asyncio.to_thread(_view, newsroom, body, value, 0)
        # From Context it is opened above that, and closed it leads back there.
        opened = client.views_push if body.get("view") else client.views_open
        with asking(say("elsewhere.failed"), again=say("elsewhere.again")):
            await opened(trigger_id=body["trigger_id"], view=view)

    @app.action(PAGING)
    @acknowledged
    async def page(body: Body, reply: Reply, client: AsyncWebClient) -> None:
        there, offset = body.get("view") or {}, str(body["actions"][0].get("value") or "")
        if not (there and offset.isascii() and offset.isdecimal() and len(offset) < 6):
            raise NotFoundError(say("gone.button"), remedy=say("gone.search_again"))
        value = str(json.loads(there["private_metadata"])["row"])
        view = await asyncio.to_thread(_view, newsroom, body, value, int(offset))
        with asking(say("elsewhere.failed"), again=say("elsewhere.again")):
            await client.views_update(view_id=there["id"], view=view)


def _view(newsroom: Newsroom, body: Body, value: str, offset: int) -> Block:
    return reports_view(reports_of(newsroom, body, value), value, offset)


def reports_of(newsroom: Newsroom, body: Body, value: str) -> list[Hit]:
    """The claim that a button or choice brings, and those of its row in the answer that it brings
    too, or else those that report the same. Raises NotFoundError where the claim is gone."""
    claim_id, _, answer_id = value.partition(":")
    query = None
    if answer_id:
        with contextlib.suppress(NotFoundError):  # the answer is forgotten, the claim is not
            query = newsroom.store.conversations.recall(
                body["team_id"], body["user"]["id"], answer_id
            )
    return newsroom.reports.of(claim_id, query)


def also_of(newsroom: Newsroom, claim_id: str) -> str | None:
    """Say where else a claim is reported; nothing where that cannot be looked up at the moment."""
    with contextlib.suppress(BotError):
        return also_said(newsroom.reports.of(claim_id))
    return None


def disputes_of(newsroom: Newsroom, claim_id: str) -> list[str]:
    """Say what disputes a claim, whatever was asked; nothing where it cannot be looked up."""
    with contextlib.suppress(BotError):
        return dispute_lines(newsroom.reports.row(claim_id))
    return []


def also_said(reports: Sequence[Hit]) -> str | None:
    """Say where else the first of some reports is reported."""
    return also_reported_line(Row(hits=tuple(reports)))


def reports_view(reports: Sequence[Hit], value: str, offset: int) -> Block:
    """A modal with the reports from one on: who says it, the printed passage, where it stands; the
    buttons of its pages bring where they begin."""
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
    return {
        "type": "modal",
        "callback_id": "elsewhere",
        "private_metadata": json.dumps({"row": value}),
        "title": parts.plain(say("elsewhere.title"), TITLE),
        "close": parts.plain(say("buttons.close"), TITLE),
        "blocks": [*blocks, parts.context(_summary(reports, offset))],
    }


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
