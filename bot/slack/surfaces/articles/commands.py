"""The slash command /article: read the article at an address, or find one that is known, and say
what it claims; its buttons, and whether links to articles are unfurled in a channel."""

from __future__ import annotations

import asyncio
import contextlib
import re

from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import NotFoundError, SlackError
from bot.ingest.fetch import addresses
from bot.newsroom import IngestResult, Newsroom, Overview
from bot.slack.gate.people import is_admin
from bot.slack.parts import Message, guide, told
from bot.slack.refusals import Body, acknowledged, respond_with
from bot.slack.replies import Reply
from bot.slack.surfaces.answers import blocks
from bot.slack.surfaces.answers.buttons import PAGE_VALUE
from bot.slack.surfaces.answers.commands import HELP, typed_words
from bot.slack.surfaces.articles import blocks as article_blocks
from bot.slack.surfaces.articles.withdrawal import there_no_more
from bot.slack.threads import waiting
from bot.words import say

ADDRESS = re.compile(
    r"<?((?:https?://|(?=[\w-]+(?:\.[\w-]+)+/))[^\s<>|]+)(?:\|[^>]*)?>?", re.IGNORECASE
)
"""An address as it is typed, as Slack writes one, or without its beginning."""
PAGING = re.compile(r"article_(?:next|previous)")


def register(app: AsyncApp, newsroom: Newsroom) -> None:
    """Answer /article, and the buttons under articles that show more."""

    @app.command("/article")
    @acknowledged
    async def article(body: Body, reply: Reply, client: AsyncWebClient) -> None:
        words = typed_words(body)
        if words.casefold() in HELP:
            await respond_with(reply, blocks.article_help_message())
        elif words.casefold().split()[0] == "unfurl" and len(words.split()) < 3:
            answer = await asyncio.to_thread(_unfurl, newsroom, body, words.casefold().split()[1:])
            await respond_with(reply, answer)
        elif url := address_in(words):
            await _read(newsroom, client, reply, url)
        else:
            may_withdraw = await _may_withdraw(newsroom, client, body["user_id"])
            answer = await asyncio.to_thread(_known, newsroom, words, may_withdraw=may_withdraw)
            await respond_with(reply, answer)

    @app.action(PAGING)
    @acknowledged
    async def page(body: Body, reply: Reply, client: AsyncWebClient) -> None:
        pressed = body["actions"][0]
        match = PAGE_VALUE.fullmatch(str(pressed.get("value") or ""))
        if match is None:
            raise NotFoundError(say("gone.button"), remedy=say("gone.search_again"))
        await _show(newsroom, client, body, reply, match[1], int(match[2]), replace=True)

    @app.action("article_open")
    @acknowledged
    async def open_it(body: Body, reply: Reply, client: AsyncWebClient) -> None:
        await _show(newsroom, client, body, reply, _id_in(body), 0, replace=False)

    @app.action("article_sources")
    @acknowledged
    async def sources(body: Body, reply: Reply, client: AsyncWebClient) -> None:
        found = await asyncio.to_thread(_overview, newsroom, _id_in(body))
        await respond_with(reply, article_blocks.sources_message(found))


async def _read(newsroom: Newsroom, client: AsyncWebClient, reply: Reply, url: str) -> None:
    """Read the article at an address, and say what became of it."""
    await respond_with(reply, told(say("feeds.reading", address=addresses.shown(url))))
    read = await waiting(newsroom.intake.links.ingest, url)
    may_withdraw = await _may_withdraw(newsroom, client, str(reply.person))
    message = await asyncio.to_thread(_answer, newsroom, url, read, may_withdraw)
    await respond_with(reply, message, replace=True)


async def _show(
    newsroom: Newsroom,
    client: AsyncWebClient,
    body: Body,
    reply: Reply,
    article_id: str,
    offset: int,
    *,
    replace: bool,
) -> None:
    may_withdraw = await _may_withdraw(newsroom, client, body["user"]["id"])
    found = await asyncio.to_thread(_overview, newsroom, article_id)
    if offset >= len(found.claims):
        offset = 0  # there are fewer than when this page was promised
    message = article_blocks.article_message(None, found, offset=offset, may_withdraw=may_withdraw)
    await respond_with(reply, message, replace=replace)


def _id_in(body: Body) -> str:
    return str(body["actions"][0].get("value") or "")


def _overview(newsroom: Newsroom, article_id: str) -> Overview:
    with there_no_more("gone.search_again"):
        return newsroom.articles.overviews.of(article_id)


def _known(newsroom: Newsroom, words: str, *, may_withdraw: bool) -> Message:
    """Show the article that somebody asks for in words, or those that may be meant."""
    cards = newsroom.articles.overviews.about(words)
    if not cards:
        return article_blocks.none_message(words, newsroom.store.archive.coverage().articles)
    if len(cards) > 1:
        return article_blocks.choice_message(cards)
    found = _overview(newsroom, cards[0].id)
    return article_blocks.article_message(None, found, may_withdraw=may_withdraw)


def _unfurl(newsroom: Newsroom, command: Body, asked: list[str]) -> Message:
    """Say whether links are unfurled in a channel, or set that."""
    team, channel = command["team_id"], command["channel_id"]
    if channel.startswith("D"):
        return guide(say("unfurls.in_channels_only"))
    if asked in (["on"], ["off"]):
        newsroom.store.channels.set_unfurls(team, channel, on=asked == ["on"])
        return guide(say(f"unfurls.is_{asked[0]}_now"))
    if asked:
        return blocks.article_help_message()
    is_on = newsroom.store.channels.unfurls(team, channel)
    return guide(say("unfurls.is_on" if is_on else "unfurls.is_off"))


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


def _answer(newsroom: Newsroom, url: str, read: IngestResult, may_withdraw: bool) -> Message:
    if not read.outcomes:
        if (known := newsroom.articles.overviews.at(url)) is None:
            return article_blocks.not_read(read.errors)
        found = _overview(newsroom, known.id)
        return article_blocks.as_read_before(read.errors[0], found, may_withdraw=may_withdraw)
    first, *others = read.outcomes
    try:
        found = newsroom.articles.overviews.of(first.id)
    except NotFoundError:
        return article_blocks.kept_out_message(addresses.shown(url), first)
    return article_blocks.article_message(
        first, found, others=len(others), may_withdraw=may_withdraw
    )
