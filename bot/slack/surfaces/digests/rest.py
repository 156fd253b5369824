"""The rows that a digest left out, page by page."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby

from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import NotFoundError
from bot.model import Digest, DigestSection
from bot.newsroom.digests.digests import Digests
from bot.slack import parts
from bot.slack.mrkdwn import escape
from bot.slack.parts import Block, Message
from bot.slack.refusals import Body, acknowledge_first, respond_with
from bot.slack.replies import Reply
from bot.slack.surfaces.digests.blocks import (
    PASSAGE_LENGTHS,
    drop_last_row,
    fits,
    section_blocks,
)
from bot.store import MessageKey
from bot.wording.digests.digests import section_title
from bot.words import say
from bot.words.dates import long_date

ROWS_PER_PAGE = 8
"""The number of rows on a page, if they fit into a message."""
MAX_OPTIONS = 100
"""The number of options that Slack accepts in a menu."""
PAGE_MENU_CHOICES = ("context", "cite", "wrong")
"""The choices in a row's menu in a private message."""
FIRST_PAGE_ACTION = "digest_rest"
REST_ACTIONS = re.compile(rf"^{FIRST_PAGE_ACTION}(?:_page|_back|_section)?$")
REST_VALUE = re.compile(r"(?:(\d{1,12}\.\d{1,9}):)?(\d{1,6})", re.ASCII)
"""The digest's ts, unless the button is below the digest itself, and the offset of the page."""


def register(app: AsyncApp, digests: Digests) -> None:
    """Handle the button below a digest, and the buttons and the menu of a page."""

    @app.action(REST_ACTIONS)
    @acknowledge_first
    async def page(body: Body, reply: Reply, client: AsyncWebClient) -> None:
        key, offset = _requested_page(body, reply)
        message = await asyncio.to_thread(_page, digests, key, offset)
        is_first_page = body["actions"][0]["action_id"] == FIRST_PAGE_ACTION
        await respond_with(reply, message, replace=not is_first_page)


def _requested_page(body: Body, reply: Reply) -> tuple[MessageKey, int]:
    """Return the digest's key and the offset of the requested page. Raises NotFoundError."""
    action = body["actions"][0]
    value = action.get("value") or (action.get("selected_option") or {}).get("value")
    match = REST_VALUE.fullmatch(str(value or ""))
    ts = match and (match[1] or body.get("container", {}).get("message_ts"))
    if match is None or not ts or not reply.channel:
        raise NotFoundError(say("gone.button"), remedy=say("gone.search_again"))
    return MessageKey(str(body["team_id"]), reply.channel, str(ts)), int(match[2])


def _page(digests: Digests, key: MessageKey, offset: int) -> Message:
    """Return one page of the rows that a digest left out. Raises NotFoundError."""
    remainder = digests.omitted_digest(key)
    if not remainder.rows:
        return parts.notice(say("digests.nothing_left"))
    offset = min(offset, len(remainder.rows) - 1)
    page = digests.contents.with_passages(_cut_page(remainder, offset))
    return page_message(remainder, page, offset, key.ts)


def _cut_page(remainder: Digest, offset: int) -> Digest:
    """Return the rows of the page that begins after `offset` rows, in their sections."""
    rows = [(section, row) for section in remainder.sections for row in section.rows]
    by_section = groupby(
        rows[offset : offset + ROWS_PER_PAGE], key=lambda pair: (pair[0].kind, pair[0].topic)
    )
    sections = (
        DigestSection(kind=kind, topic=topic, rows=tuple(row for _, row in pairs))
        for (kind, topic), pairs in by_section
    )
    return replace(remainder, sections=tuple(sections))


def page_message(remainder: Digest, page: Digest, offset: int, ts: str) -> Message:
    """Render a page of the rows that a digest left out.

    `remainder` has all these rows, of which `offset` come before the page. Rows that do not fit
    move to the next page.
    """
    page, blocks = _fit(page)
    last, total = offset + len(page.rows), len(remainder.rows)
    day = long_date(page.day)
    title = say("digests.rest_title", day=day, first=offset + 1, last=last, n=total)
    navigation = _navigation(remainder, offset, last, ts)
    return Message(title, [parts.context(escape(title)), *blocks, *navigation])


def _fit(page: Digest) -> tuple[Digest, list[Block]]:
    """Return as much of a page as fits into a message, with its blocks.

    Passages are shortened before rows are dropped.
    """
    while True:
        for length in PASSAGE_LENGTHS:
            blocks = [
                block
                for section in page.sections
                for block in section_blocks(section, page, length, PAGE_MENU_CHOICES)
            ]
            # The title and the buttons take two more blocks.
            if fits([parts.context(""), *blocks, parts.actions()]):
                return page, blocks
        page = drop_last_row(page)


def _navigation(remainder: Digest, offset: int, last: int, ts: str) -> Iterator[Block]:
    """Yield the buttons to other pages and the menu of sections."""
    elements = []
    if offset:
        value = f"{ts}:{max(0, offset - ROWS_PER_PAGE)}"
        elements.append(parts.button(say("buttons.previous"), "digest_rest_back", value))
    if last < len(remainder.rows):
        elements.append(parts.button(say("buttons.next"), "digest_rest_page", f"{ts}:{last}"))
    if len(remainder.sections) > 1:
        options = list(_section_options(remainder, ts))[:MAX_OPTIONS]
        label = say("digests.go_to_section")
        elements.append(parts.menu(label, "digest_rest_section", options))
    if elements:
        yield parts.actions(*elements)


def _section_options(remainder: Digest, ts: str) -> Iterator[Block]:
    offset = 0
    for section in remainder.sections:
        number = len(section.rows)
        label = say("digests.section_of", section=section_title(section), n=number)
        yield parts.option(label, f"{ts}:{offset}")
        offset += number
