"""The slash command /feed."""

from __future__ import annotations

import asyncio

from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import IngestError
from bot.ingest.fetch import addresses
from bot.newsroom import Newsroom
from bot.newsroom.feeds.feed_list import FeedList
from bot.slack.gate.people import is_admin
from bot.slack.parts import Message, notice
from bot.slack.refusals import Body, acknowledge_first, respond_with
from bot.slack.replies import Reply
from bot.slack.surfaces.answers import blocks
from bot.slack.surfaces.answers.commands import typed_words
from bot.slack.surfaces.articles.blocks import not_read_message
from bot.slack.surfaces.articles.commands import address_in
from bot.slack.surfaces.feeds import blocks as feed_blocks
from bot.slack.threads import to_slow_thread
from bot.wording import feeds as wording
from bot.words import say


def register(app: AsyncApp, newsroom: Newsroom) -> None:
    """Answer /feed."""

    @app.command("/feed")
    @acknowledge_first
    async def feed(body: Body, reply: Reply, client: AsyncWebClient) -> None:
        verb, _, called = typed_words(body).partition(" ")
        match verb.casefold(), called.strip():
            case "list", called:
                await respond_with(reply, await asyncio.to_thread(_list, newsroom.feeds, called))
            case "add" | "pause" | "resume" | "remove" as change, called if called:
                failed = say("feeds.not_changed")
                if not await is_admin(newsroom, client, body["user_id"], failed=failed):
                    await respond_with(reply, notice(say("feeds.admins_only")))
                elif change == "add":
                    await _add(newsroom.feeds, body, reply, called)
                else:
                    message = await asyncio.to_thread(_change, newsroom.feeds, change, called)
                    await respond_with(reply, message)
            case _:
                await respond_with(reply, blocks.help_message("feed"))


async def _add(feeds: FeedList, body: Body, reply: Reply, called: str) -> None:
    url = address_in(called) or address_in(f"{called}/")
    if url is None:
        await respond_with(reply, notice(feed_blocks.no_address(called)))
        return
    await respond_with(reply, notice(say("feeds.reading", address=addresses.shown(url))))
    team, person = body["team_id"], body["user_id"]
    try:
        found = await to_slow_thread(feeds.add, url, added_by="slack", team=team, person=person)
    except IngestError as error:
        await respond_with(reply, not_read_message([error]), replace=True)
    else:
        await respond_with(reply, notice(wording.added_line(found)), replace=True)


def _list(feeds: FeedList, words: str) -> Message:
    return feed_blocks.feed_list(feeds.all(), words)


def _change(feeds: FeedList, change: str, called: str) -> Message:
    if change == "pause":
        return notice(say("feeds.paused", feed=feeds.pause(called).label))
    if change == "resume":
        return notice(say("feeds.resumed", feed=feeds.resume(called).label))
    return notice(say("feeds.removed", feed=feeds.remove(called).label))
