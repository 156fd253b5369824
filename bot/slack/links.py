"""The slash command /article: read the article at an address and say what it claims."""

from __future__ import annotations

import re

from slack_bolt.async_app import AsyncApp, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from bot.ingest import addresses
from bot.newsroom import Newsroom
from bot.slack import blocks, incoming
from bot.slack.blocks import Message, told
from bot.slack.commands import typed_words
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
        message = await waiting(_read, newsroom, url)
        await respond_with(respond, message, replace=True)


def address_in(words: str) -> str | None:
    """The web address that somebody has typed, None where it is something else."""
    found = ADDRESS.fullmatch(words)
    if not found:
        return None
    return found[1] if "://" in found[1] else f"https://{found[1]}"


def _read(newsroom: Newsroom, url: str) -> Message:
    read = newsroom.ingest_link(url)
    if not read.outcomes:
        return incoming.not_read(read.errors)
    newsroom.catch_up_if_free()
    first, *others = read.outcomes
    return incoming.article_message(first, newsroom.claims_in(first.id), others=len(others))
