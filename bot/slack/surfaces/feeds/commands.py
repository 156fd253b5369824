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
from bot.slack.surfaces.articles.commands import parse_address
from bot.slack.surfaces.articles.failure_blocks import read_failure_message
from bot.slack.surfaces.feeds.blocks import feed_list
from bot.slack.threads import to_slow_thread
from bot.wording.feeds import added_line
from bot.wording.runs import shorten
from bot.words import say


def register(app: AsyncApp, newsroom: Newsroom) -> None:
    """Handle /feed."""

    @app.command("/feed")
    @acknowledge_first
    async def feed(body: Body, reply: Reply, client: AsyncWebClient) -> None:
        verb, _, argument = typed_words(body).partition(" ")
        match verb.casefold(), argument.strip():
            case "list", words:
                feeds = await asyncio.to_thread(newsroom.feeds.all)
                await respond_with(reply, feed_list(feeds, words))
            case "add" | "pause" | "resume" | "remove" as change, name if name:
                failure = say("feeds.not_changed")
                if not await is_admin(newsroom, client, body["user_id"], failure=failure):
                    await respond_with(reply, notice(say("feeds.admins_only")))
                elif change == "add":
                    await _add(newsroom.feeds, body, reply, name)
                else:
                    message = await asyncio.to_thread(_change, newsroom.feeds, change, name)
                    await respond_with(reply, message)
            case _:
                await respond_with(reply, blocks.help_message("feed"))


async def _add(feeds: FeedList, body: Body, reply: Reply, address: str) -> None:
    url = parse_address(address) or parse_address(f"{address}/")
    if url is None:
        refusal = say("feeds.no_address", typed=shorten(address, 60))
        await respond_with(reply, notice(refusal))
        return
    await respond_with(reply, notice(say("feeds.reading", address=addresses.for_display(url))))
    team, user_id = body["team_id"], body["user_id"]
    try:
        added_feed = await to_slow_thread(
            feeds.add, url, added_by="slack", team=team, person=user_id
        )
    except IngestError as error:
        message = read_failure_message([error])
    else:
        message = notice(added_line(added_feed))
    await respond_with(reply, message, replace=True)


def _change(feeds: FeedList, change: str, name: str) -> Message:
    """Pause, resume or remove a feed, given its name or address. Raises NotFoundError."""
    changes = {
        "pause": (feeds.pause, "feeds.paused"),
        "resume": (feeds.resume, "feeds.resumed"),
        "remove": (feeds.remove, "feeds.removed"),
    }
    apply, key = changes[change]
    return notice(say(key, feed=apply(name).label))
