"""Answer a message that somebody has written to the bot: the best claims stand in its thread, or
in the conversation, as a message that is mended when they change; all others behind a button."""

from __future__ import annotations

import asyncio
import re
from functools import partial

from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import NotFoundError
from bot.newsroom import Newsroom
from bot.slack.messages.told import payload_told
from bot.slack.messages.transport import dispatcher
from bot.slack.parts import Message, told
from bot.slack.refusals import Body, acknowledged, respond_with
from bot.slack.replies import Reply
from bot.slack.surfaces.answers import talk_blocks
from bot.slack.surfaces.answers.form import open_form
from bot.slack.surfaces.answers.form_blocks import Opened
from bot.slack.surfaces.answers.pages import page_of
from bot.store.delivery.payloads import AnswerPayload
from bot.words import say

INSTEAD = re.compile(r"asked_instead_\d+")
TIMESTAMP = re.compile(r"\d{1,12}\.\d{1,9}", re.ASCII)


def register(app: AsyncApp, newsroom: Newsroom) -> None:
    """Answer the button that leads to all of an answer."""

    @app.action("answer_all")
    @acknowledged
    async def all_of_it(body: Body, reply: Reply, client: AsyncWebClient) -> None:
        team, who = body["team_id"], body["user"]["id"]
        ts = str(body["actions"][0].get("value") or "")

        def answer() -> Message:
            query = _query_of(newsroom, team, str(reply.channel), ts)
            return page_of(newsroom, team, who, query)

        reply.thread_first = bool(reply.thread_ts)
        await respond_with(reply, await asyncio.to_thread(answer))

    @app.action(INSTEAD)
    @acknowledged
    async def instead(body: Body, reply: Reply, client: AsyncWebClient) -> None:
        team, who = body["team_id"], body["user"]["id"]
        ts, _, number = str(body["actions"][0].get("value") or "").partition(":")

        def answer() -> Message:
            kept = _payload_of(newsroom, team, str(reply.channel), ts)
            if not number.isdecimal() or int(number) >= len(kept.nearest):
                raise NotFoundError(say("gone.button"), remedy=say("gone.ask_again"))
            return page_of(newsroom, team, who, kept.nearest[int(number)])

        reply.thread_first = bool(reply.thread_ts)
        await respond_with(reply, await asyncio.to_thread(answer))

    @app.action("change_asked")
    @acknowledged
    async def change(body: Body, reply: Reply, client: AsyncWebClient) -> None:
        team, ts = body["team_id"], str(body["actions"][0].get("value") or "")
        query = await asyncio.to_thread(_query_of, newsroom, team, str(reply.channel), ts)
        opened = Opened(reply.channel or "", str(body.get("response_url") or ""))
        await open_form(newsroom, client, body, opened, query=query)


async def answer(
    newsroom: Newsroom,
    client: AsyncWebClient,
    body: Body,
    words: str,
    reply: Reply,
    *,
    thread_ts: str | None,
) -> bool:
    """Answer the message of an event that asks for `words`, once, however often it is delivered
    and to whom; returns whether the answer stands there by this.

    Raises QueryError, and SlackError where it can't be posted.
    """
    event, team = body["event"], body["team_id"]
    channel, key = event["channel"], _key(event["channel"], event["ts"])

    def ask() -> bool:
        found = newsroom.search.find_rows(words, limit=talk_blocks.CLAIMS)
        return newsroom.store.outbox.add(
            None,
            team=team,
            channel=channel,
            key=key,
            payload=talk_blocks.kept(found, words),
            person=event["user"],
            thread_ts=thread_ts,
            claims=[hit.claim.id for hit in talk_blocks.best_of(found)],
            now=newsroom.now(),
        )

    if not await asyncio.to_thread(ask):
        return False
    return await _post(newsroom, client, team, channel, key, reply)


def is_asked(newsroom: Newsroom, body: Body) -> bool:
    """Whether the answer to the message of an event has been asked for already."""
    event = body["event"]
    return (
        newsroom.store.outbox.by_key(body["team_id"], _key(event["channel"], event["ts"]))
        is not None
    )


async def tell(
    newsroom: Newsroom,
    client: AsyncWebClient,
    body: Body,
    message: Message,
    reply: Reply,
    *,
    thread_ts: str | None,
) -> None:
    """Say something in the conversation with whoever is behind an event, once. Raises SlackError
    where it can't be posted."""
    team, channel, ts = body["team_id"], str(reply.channel), _ts(body["event"])
    key = _key(channel, ts)
    asked = {"team": team, "channel": channel, "key": key, "thread_ts": thread_ts}
    payload = payload_told(message)
    add = partial(newsroom.store.outbox.add, None, now=newsroom.now())
    if await asyncio.to_thread(add, payload=payload, **asked):
        await _post(newsroom, client, team, channel, key, reply)


async def _post(
    newsroom: Newsroom, client: AsyncWebClient, team: str, channel: str, key: str, reply: Reply
) -> bool:
    """Post what has been asked for; whether it stands there now."""
    if news := await dispatcher(newsroom, client).posted_at_once(team, channel, key):
        await respond_with(reply, told(news))
    return not news


def _ts(event: Body) -> str:
    """What tells a message, or a thread in the assistant's pane, from all others of its channel."""
    return str(event.get("ts") or event["assistant_thread"]["thread_ts"])


def _key(channel: str, ts: str) -> str:
    return f"{AnswerPayload.kind}/{channel}/{ts}"


def _query_of(newsroom: Newsroom, team: str, channel: str, ts: str) -> str:
    """What was asked for in the message that an answer of a channel is to. Raises NotFoundError."""
    return _payload_of(newsroom, team, channel, ts).query


def _payload_of(newsroom: Newsroom, team: str, channel: str, ts: str) -> AnswerPayload:
    """What was kept of the answer to a message of a channel. Raises NotFoundError."""
    one = newsroom.store.outbox.by_key(team, _key(channel, ts)) if TIMESTAMP.fullmatch(ts) else None
    if one is None or not isinstance(one.payload, AnswerPayload):
        raise NotFoundError(say("gone.answer"), remedy=say("gone.ask_again"))
    return one.payload
