"""What a digest left out, by section and page by page."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import NotFoundError
from bot.model import Digest, DigestRow, DigestSection
from bot.newsroom.digests.digests import Digests
from bot.slack import parts
from bot.slack.mrkdwn import inert
from bot.slack.parts import Block, Message
from bot.slack.refusals import Body, acknowledge_first, respond_with
from bot.slack.replies import Reply
from bot.slack.surfaces.digests.blocks import LENGTHS, fits, section_blocks
from bot.store import MessageKey
from bot.wording import digests as wording
from bot.words import say
from bot.words.dates import long_date

PAGE = 8
"""Rows on a page, if they fit into a message."""
MOST_SECTIONS = 100
"""The most choices of a menu."""
CHOICES = ("context", "cite", "wrong")
"""The choices for a row in a private message."""
PAGE_VALUE = re.compile(r"(?:(\d{1,12}\.\d{1,9}):)?(\d{1,6})", re.ASCII)
"""The digest's ts, unless the button is in the digest itself, and the offset of the page."""


def register(app: AsyncApp, digests: Digests) -> None:
    """Answer the button below a digest and those of its pages."""

    @app.action("digest_rest")
    @acknowledge_first
    async def first(body: Body, reply: Reply, client: AsyncWebClient) -> None:
        key, offset = _requested_page(body, reply)
        message = await asyncio.to_thread(_page, digests, key, offset)
        await respond_with(reply, message)

    @app.action(re.compile("digest_rest_(?:page|back|section)"))
    @acknowledge_first
    async def another(body: Body, reply: Reply, client: AsyncWebClient) -> None:
        key, offset = _requested_page(body, reply)
        message = await asyncio.to_thread(_page, digests, key, offset)
        await respond_with(reply, message, replace=True)


def _requested_page(body: Body, reply: Reply) -> tuple[MessageKey, int]:
    """Read the digest and the offset of a page from a press. Raises NotFoundError."""
    action = body["actions"][0]
    value = action.get("value") or (action.get("selected_option") or {}).get("value")
    match = PAGE_VALUE.fullmatch(str(value or ""))
    ts = match and (match[1] or body.get("container", {}).get("message_ts"))
    if match is None or not ts or not reply.channel:
        raise NotFoundError(say("gone.button"), remedy=say("gone.search_again"))
    return MessageKey(str(body["team_id"]), reply.channel, str(ts)), int(match[2])


def _page(digests: Digests, key: MessageKey, offset: int) -> Message:
    """Return one page of what a digest left out. Raises NotFoundError."""
    whole = digests.omitted_digest(key)
    if not whole.rows:
        return parts.notice(say("digests.nothing_left"))
    offset = min(offset, len(whole.rows) - 1)
    page = digests.contents.with_passages(_cut(whole, offset))
    return rest_message(whole, page, offset, key.ts)


def _cut(whole: Digest, offset: int) -> Digest:
    """Return the rows of one page, in their sections."""
    placed = [(part, row) for part in whole.sections for row in part.rows]
    return replace(whole, sections=_sections(placed[offset : offset + PAGE]))


def _sections(
    placed: Sequence[tuple[DigestSection, DigestRow]],
) -> tuple[DigestSection, ...]:
    by_section = groupby(placed, key=lambda one: (one[0].kind, one[0].topic))
    return tuple(
        DigestSection(kind=kind, topic=topic, rows=tuple(row for _, row in there))
        for (kind, topic), there in by_section
    )


def rest_message(whole: Digest, page: Digest, offset: int, ts: str) -> Message:
    """Render a `page`, after `offset` rows, of the `whole` that a digest left out.

    Rows that do not fit come on the next page.
    """
    page, blocks = _fit(page)
    day, last, of = long_date(page.day, page.language), offset + len(page.rows), len(whole.rows)
    title = say("digests.rest_title", day=day, first=offset + 1, last=last, n=of)
    turning = list(_navigation(whole, offset, last, ts))
    return Message(title, [parts.context(inert(title)), *blocks, *turning])


def _fit(page: Digest) -> tuple[Digest, list[Block]]:
    while True:
        for length in LENGTHS:
            made = (section_blocks(part, page, length, CHOICES) for part in page.sections)
            blocks = [block for several in made for block in several]
            if fits(
                [parts.context(""), *blocks, parts.buttons()]
            ):  # with the title and the buttons
                return page, blocks
        page = replace(page, sections=_drop_last_row(page.sections))


def _drop_last_row(sections: Sequence[DigestSection]) -> tuple[DigestSection, ...]:
    *before, last = sections
    *rows, _ = last.rows
    return (*before, replace(last, rows=tuple(rows))) if rows else tuple(before)


def _navigation(whole: Digest, offset: int, last: int, ts: str) -> Iterator[Block]:
    """Yield the buttons to other pages and the menu of sections."""
    elements = []
    if offset:
        value = f"{ts}:{max(0, offset - PAGE)}"
        elements.append(parts.button(say("buttons.previous"), "digest_rest_back", value))
    if last < len(whole.rows):
        elements.append(parts.button(say("buttons.next"), "digest_rest_page", f"{ts}:{last}"))
    if len(whole.sections) > 1:
        options = list(_options(whole, ts))[:MOST_SECTIONS]
        label = say("digests.go_to_section")
        elements.append(parts.menu(label, "digest_rest_section", options))
    if elements:
        yield parts.buttons(*elements)


def _options(whole: Digest, ts: str) -> Iterator[Block]:
    at = 0
    for part in whole.sections:
        label = say("digests.section_of", section=wording.section_title(part), n=len(part.rows))
        yield parts.option(label, f"{ts}:{at}")
        at += len(part.rows)
