"""The button that opens the other reports of a claim, and the modal with all its reports.

Each report is shown as its article prints it.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import re
from collections.abc import Sequence

from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.articles.outlets import one_per_outlet
from bot.errors import BotError, NotFoundError
from bot.model import Hit, Row
from bot.newsroom import Newsroom
from bot.slack import claim_parts, modals, parts
from bot.slack.parts import Block
from bot.slack.refusals import Body, acknowledge_first, slack_call
from bot.slack.replies import Reply, pressed_value
from bot.wording.answers import with_noun
from bot.wording.notes import also_reported_line
from bot.words import say

PAGE_SIZE = 4
"""The number of reports in a modal: more of the longest passages would exceed Slack's limit."""
PAGE_ACTIONS = re.compile(r"elsewhere_(next|previous)")


def register(app: AsyncApp, newsroom: Newsroom) -> None:
    """Handle the button and the buttons of the modal."""

    @app.action("elsewhere")
    @acknowledge_first
    async def press(body: Body, reply: Reply, client: AsyncWebClient) -> None:
        await open_reports(newsroom, client, body, reply, pressed_value(body))

    @app.action(PAGE_ACTIONS)
    @acknowledge_first
    async def show_page(body: Body, reply: Reply, client: AsyncWebClient) -> None:
        modal, offset = body.get("view") or {}, pressed_value(body)
        if not (modal and offset.isascii() and offset.isdecimal() and len(offset) < 6):
            raise NotFoundError(say("gone.button"), remedy=say("gone.search_again"))
        value = str(modals.parse_metadata(modal, {"row": str})["row"])
        view = await asyncio.to_thread(_load_view, newsroom, value, int(offset))
        with slack_call(say("elsewhere.failed"), next_step=say("elsewhere.again")):
            await client.views_update(view_id=modal["id"], view=view)


async def open_reports(
    newsroom: Newsroom, client: AsyncWebClient, body: Body, reply: Reply, claim_id: str
) -> None:
    """Open the modal with all reports of a claim. Raises NotFoundError if it is gone."""
    view = await asyncio.to_thread(_load_view, newsroom, claim_id, 0)
    # Pushed onto an open modal, so that people return to that modal when they close this one.
    open_view = client.views_push if body.get("view") else client.views_open
    with slack_call(say("elsewhere.failed"), next_step=say("elsewhere.again")):
        await open_view(trigger_id=body["trigger_id"], view=view)


def _load_view(newsroom: Newsroom, value: str, offset: int) -> Block:
    return reports_view(find_reports(newsroom, value), value, offset)


def find_reports(newsroom: Newsroom, value: str) -> list[Hit]:
    """Return a claim and its other reports, for the value of a button: the claim's id, and in
    messages from before also the answer's. Raises NotFoundError if the claim is gone."""
    return newsroom.claims.find_reports(value.partition(":")[0])


def row_of(newsroom: Newsroom, claim_id: str) -> Row | None:
    """Return a claim with its other reports, as a row; None if the search fails."""
    with contextlib.suppress(BotError):
        return Row(hits=tuple(newsroom.claims.find_reports(claim_id)))
    return None


def other_reports_note(newsroom: Newsroom, claim_id: str) -> str | None:
    """Say where else a claim is reported; None if nowhere, or if the search fails."""
    row = row_of(newsroom, claim_id)
    return also_reported_line(row) if row else None


def reports_view(reports: Sequence[Hit], button_value: str, offset: int) -> Block:
    """Return a modal with the page of reports that begins at `offset`.

    It shows each report's speaker, passage and article. `button_value` is the value of the
    button that opened it.
    """
    offset = offset if offset < len(reports) else 0
    blocks: list[Block] = []
    for hit in reports[offset : offset + PAGE_SIZE]:
        blocks += [*([{"type": "divider"}] if blocks else []), *claim_parts.claim_blocks(hit)]
    if buttons := [*parts.paging_buttons("elsewhere_", str, offset, PAGE_SIZE, len(reports))]:
        blocks.append(parts.actions(*buttons))
    return modals.modal(
        "elsewhere",
        [*blocks, parts.context(_summary(reports, offset))],
        title="elsewhere.title",
        close="buttons.close",
        metadata=json.dumps({"row": button_value}),
    )


def _summary(reports: Sequence[Hit], offset: int) -> str:
    """Say how many reports there are, and which are shown if not all are."""
    printing = one_per_outlet(hit.article for hit in reports)
    outlets = [article.outlet for article in printing if article.outlet]
    articles = {hit.article.id for hit in reports}
    counts = {
        "reports": with_noun(len(reports), "report"),
        "articles": with_noun(len(articles), "article"),
    }
    if outlets:
        counts["outlets"] = with_noun(len(outlets), "outlet")
    summary = say("elsewhere.reported" if outlets else "elsewhere.reported_unknown", **counts)
    if len(reports) <= PAGE_SIZE:
        return summary
    last = min(offset + PAGE_SIZE, len(reports))
    return say("elsewhere.shown", reported=summary, first=str(offset + 1), last=str(last))
