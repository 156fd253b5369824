"""The slash command /feed, and what the owner of a feed is told of it."""

from __future__ import annotations

import asyncio
import logging

from slack_bolt.async_app import AsyncApp, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import IngestError
from bot.ingest.web import addresses
from bot.newsroom import Newsroom
from bot.slack import blocks, incoming
from bot.slack.article_blocks import not_read
from bot.slack.commands import typed_words
from bot.slack.links import address_in
from bot.slack.parts import Message, told
from bot.slack.people import is_admin
from bot.slack.posts import MaybePosted, post
from bot.slack.refusals import Body, acknowledged, respond_with
from bot.slack.threads import waiting
from bot.store import Job

log = logging.getLogger(__name__)

NOT_CHANGED = "The feeds were not changed"


def register(app: AsyncApp, newsroom: Newsroom) -> None:
    """Answer /feed."""

    @app.command("/feed")
    @acknowledged
    async def feed(body: Body, respond: AsyncRespond, client: AsyncWebClient) -> None:
        verb, _, called = typed_words(body).partition(" ")
        match verb.casefold(), called.strip():
            case "list", called:
                await respond_with(respond, await asyncio.to_thread(_list, newsroom, called))
            case "add" | "pause" | "resume" | "remove" as change, called if called:
                if not await is_admin(newsroom, client, body["user_id"], failed=NOT_CHANGED):
                    await respond_with(respond, told(incoming.ADMINS_ONLY))
                elif change == "add":
                    await _add(newsroom, body, respond, called)
                else:
                    message = await asyncio.to_thread(_change, newsroom, change, called)
                    await respond_with(respond, message)
            case _:
                await respond_with(respond, blocks.feed_help_message())


async def _add(newsroom: Newsroom, body: Body, respond: AsyncRespond, called: str) -> None:
    url = address_in(called) or address_in(f"{called}/")
    if url is None:
        await respond_with(respond, told(incoming.no_address(called)))
        return
    await respond_with(respond, told(f"Reading {addresses.shown(url)} …"))
    team, person = body["team_id"], body["user_id"]
    try:
        found = await waiting(newsroom.follow, url, added_by="slack", team=team, person=person)
    except IngestError as error:
        await respond_with(respond, not_read([error]), replace=True)
    else:
        await respond_with(respond, incoming.followed(found), replace=True)


def _list(newsroom: Newsroom, words: str) -> Message:
    return incoming.feed_list(newsroom.followed(), words)


def _change(newsroom: Newsroom, change: str, called: str) -> Message:
    if change == "pause":
        return told(f"{newsroom.pause_feed(called).label} is paused: /feed resume reads it again.")
    if change == "resume":
        return told(f"{newsroom.resume_feed(called).label} is read again, from now on.")
    return told(f"{newsroom.remove_feed(called).label} is read no more. Its articles stay.")


async def tell(newsroom: Newsroom, client: AsyncWebClient, job: Job) -> None:
    """Tell the owner of a feed what has become of it; rather once too few than twice."""
    if job.interrupted:
        log.error("%s: whoever was telling its owner of a feed ended in the middle of it", job.key)
        return
    try:
        await post(
            client,
            job.payload["person"],
            incoming.feed_news(job.payload),
            failed="The owner of a feed was not told",
            again="I can tell",
            lost="",
        )
    except MaybePosted as lost:
        log.error("%s", lost)
