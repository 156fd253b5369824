"""The slash command /article: read an article from its address, or find a known one, and show its
claims; its buttons; and the setting whether a channel unfurls links."""

from __future__ import annotations

import asyncio
import contextlib
import re

from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import NotFoundError, SlackError
from bot.ingest.fetch import addresses
from bot.newsroom import Newsroom
from bot.newsroom.articles.article_intake import IngestResult
from bot.newsroom.articles.overview import Overview
from bot.slack.gate.people import is_admin
from bot.slack.parts import Message, markup_message, notice
from bot.slack.refusals import Body, acknowledge_first, respond_with
from bot.slack.replies import Reply
from bot.slack.surfaces.answers import blocks
from bot.slack.surfaces.answers.buttons import PAGE_VALUE
from bot.slack.surfaces.answers.commands import HELP, typed_words
from bot.slack.surfaces.articles import blocks as article_blocks
from bot.slack.surfaces.articles.withdrawal import reword_not_found
from bot.slack.threads import to_slow_thread
from bot.words import say

ADDRESS = re.compile(
    r"<?((?:https?://|(?=[\w-]+(?:\.[\w-]+)+/))[^\s<>|]+)(?:\|[^>]*)?>?", re.IGNORECASE
)
"""A web address as typed, as Slack writes it, or without its scheme."""
PAGE_ACTIONS = re.compile(r"article_(?:next|previous)")


def register(app: AsyncApp, newsroom: Newsroom) -> None:
    """Answer /article and the buttons under articles."""

    @app.command("/article")
    @acknowledge_first
    async def article(body: Body, reply: Reply, client: AsyncWebClient) -> None:
        words = typed_words(body)
        if words.casefold() in HELP:
            await respond_with(reply, blocks.help_message("article"))
        elif words.casefold().split()[0] == "unfurl" and len(words.split()) < 3:
            answer = await asyncio.to_thread(_unfurl, newsroom, body, words.casefold().split()[1:])
            await respond_with(reply, answer)
        elif url := address_in(words):
            await _read(newsroom, client, reply, url)
        else:
            may_withdraw = await _may_withdraw(newsroom, client, body["user_id"])
            answer = await asyncio.to_thread(_find, newsroom, words, may_withdraw=may_withdraw)
            await respond_with(reply, answer)

    @app.action(PAGE_ACTIONS)
    @acknowledge_first
    async def page(body: Body, reply: Reply, client: AsyncWebClient) -> None:
        pressed = body["actions"][0]
        match = PAGE_VALUE.fullmatch(str(pressed.get("value") or ""))
        if match is None:
            raise NotFoundError(say("gone.button"), remedy=say("gone.search_again"))
        await _show(newsroom, client, body, reply, match[1], int(match[2]), replace=True)

    @app.action("article_open")
    @acknowledge_first
    async def open_it(body: Body, reply: Reply, client: AsyncWebClient) -> None:
        await _show(newsroom, client, body, reply, _id_in(body), 0, replace=False)

    @app.action("article_sources")
    @acknowledge_first
    async def sources(body: Body, reply: Reply, client: AsyncWebClient) -> None:
        found = await asyncio.to_thread(_overview, newsroom, _id_in(body))
        await respond_with(reply, article_blocks.sources_message(found))


async def _read(newsroom: Newsroom, client: AsyncWebClient, reply: Reply, url: str) -> None:
    """Read the article at an address and show the outcome."""
    await respond_with(reply, notice(say("feeds.reading", address=addresses.shown(url))))
    read = await to_slow_thread(newsroom.intake.links.ingest, url)
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
        offset = 0  # there are fewer now than when the button was shown
    message = article_blocks.article_message(None, found, offset=offset, may_withdraw=may_withdraw)
    await respond_with(reply, message, replace=replace)


def _id_in(body: Body) -> str:
    return str(body["actions"][0].get("value") or "")


def _overview(newsroom: Newsroom, article_id: str) -> Overview:
    with reword_not_found("gone.search_again"):
        return newsroom.articles.overviews.load(article_id)


def _find(newsroom: Newsroom, words: str, *, may_withdraw: bool) -> Message:
    """Show the article that matches the words, or those that may be meant."""
    cards = newsroom.articles.overviews.find_by_text(words)
    if not cards:
        return article_blocks.none_message(words, newsroom.store.archive.coverage().articles)
    if len(cards) > 1:
        return article_blocks.choice_message(cards)
    found = _overview(newsroom, cards[0].id)
    return article_blocks.article_message(None, found, may_withdraw=may_withdraw)


def _unfurl(newsroom: Newsroom, command: Body, asked: list[str]) -> Message:
    """Show or change whether a channel unfurls links."""
    team, channel = command["team_id"], command["channel_id"]
    if channel.startswith("D"):
        return markup_message(say("unfurls.in_channels_only"))
    if asked in (["on"], ["off"]):
        newsroom.store.channels.set_unfurls(team, channel, on=asked == ["on"])
        return markup_message(say(f"unfurls.is_{asked[0]}_now"))
    if asked:
        return blocks.help_message("article")
    is_on = newsroom.store.channels.unfurls(team, channel)
    return markup_message(say("unfurls.is_on" if is_on else "unfurls.is_off"))


def address_in(words: str) -> str | None:
    """Return the web address that somebody typed; None if it is not one."""
    found = ADDRESS.fullmatch(words)
    if not found:
        return None
    return found[1] if "://" in found[1] else f"https://{found[1]}"


async def _may_withdraw(newsroom: Newsroom, client: AsyncWebClient, person: str) -> bool:
    # If Slack does not say who they are, the article is shown anyway.
    with contextlib.suppress(SlackError):
        return await is_admin(newsroom, client, person, failed="")
    return False


def _answer(newsroom: Newsroom, url: str, read: IngestResult, may_withdraw: bool) -> Message:
    if not read.outcomes:
        if (known := newsroom.articles.overviews.find_by_url(url)) is None:
            return article_blocks.not_read_message(read.errors)
        found = _overview(newsroom, known.id)
        return article_blocks.stale_article_message(
            read.errors[0], found, may_withdraw=may_withdraw
        )
    first, *others = read.outcomes
    try:
        found = newsroom.articles.overviews.load(first.id)
    except NotFoundError:
        return article_blocks.not_shown_message(addresses.shown(url), first)
    return article_blocks.article_message(
        first, found, others=len(others), may_withdraw=may_withdraw
    )
