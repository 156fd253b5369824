"""The slash command /article: read the article at an address and say what it claims."""

from __future__ import annotations

import asyncio
import contextlib
import re

from slack_bolt.async_app import AsyncApp, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import NotFoundError, SlackError
from bot.ingest.web import addresses
from bot.newsroom import Ingested, Newsroom
from bot.slack import article_blocks, blocks
from bot.slack.commands import typed_words
from bot.slack.parts import Message, told
from bot.slack.people import is_admin
from bot.slack.refusals import Body, acknowledged, respond_with
from bot.slack.threads import waiting

ADDRESS = re.compile(
    r"<?((?:https?://|(?=[\w-]+(?:\.[\w-]+)+/))[^\s<>|]+)(?:\|[^>]*)?>?", re.IGNORECASE
)
"""An address as it is typed, as Slack writes one, or without its beginning."""


def register(app: AsyncApp, newsroom: Newsroom) -> None:
    """Answer /article."""

    @app.command("/article")
    @acknowledged
    async def article(body: Body, respond: AsyncRespond, client: AsyncWebClient) -> None:
        url = address_in(typed_words(body))
        if url is None:
            await respond_with(respond, blocks.article_help_message())
            return
        await respond_with(respond, told(f"Reading {addresses.shown(url)} …"))
        read = await waiting(newsroom.ingest_link, url)
        may_withdraw = await _may_withdraw(newsroom, client, body["user_id"])
        message = await asyncio.to_thread(_answer, newsroom, url, read, may_withdraw)
        await respond_with(respond, message, replace=True)


def address_in(words: str) -> str | None:
    """The web address that somebody has typed, None where it is something else."""
    found = ADDRESS.fullmatch(words)
    if not found:
        return None
    return found[1] if "://" in found[1] else f"https://{found[1]}"


async def _may_withdraw(newsroom: Newsroom, client: AsyncWebClient, person: str) -> bool:
    # Where Slack does not say who it is, the article is answered all the same.
    with contextlib.suppress(SlackError):
        return await is_admin(newsroom, client, person, failed="")
    return False


def _answer(newsroom: Newsroom, url: str, read: Ingested, may_withdraw: bool) -> Message:
    if not read.outcomes:
        return article_blocks.not_read(read.errors)
    first, *others = read.outcomes
    try:
        found = newsroom.overview(first.id)
    except NotFoundError:
        return article_blocks.kept_out_message(addresses.shown(url), first)
    return article_blocks.article_message(
        first, found, others=len(others), may_withdraw=may_withdraw
    )
