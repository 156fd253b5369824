"""Answer a message to the bot: the best claims are posted in its thread or conversation and updated
when they change; a button shows all others."""

from __future__ import annotations

import asyncio
import re
from functools import partial

from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import NotFoundError
from bot.newsroom import Newsroom
from bot.slack.messages.post import notice_payload
from bot.slack.messages.transport import make_dispatcher
from bot.slack.parts import Message, notice
from bot.slack.refusals import Body, acknowledge_first, respond_with
from bot.slack.replies import Reply
from bot.slack.surfaces.answers import talk_blocks
from bot.slack.surfaces.answers.form import open_form
from bot.slack.surfaces.answers.form_blocks import FormOrigin
from bot.slack.surfaces.answers.pages import answer_page
from bot.store.delivery.payloads import AnswerPayload
from bot.words import say

NEAREST_ACTIONS = re.compile(r"asked_instead_\d+")
TIMESTAMP = re.compile(r"\d{1,12}\.\d{1,9}", re.ASCII)


def register(app: AsyncApp, newsroom: Newsroom) -> None:
    """Answer the buttons under such an answer."""

    @app.action("answer_all")
    @acknowledge_first
    async def all_of_it(body: Body, reply: Reply, client: AsyncWebClient) -> None:
        team, who = body["team_id"], body["user"]["id"]
        ts = str(body["actions"][0].get("value") or "")

        def answer() -> Message:
            query = _query_of(newsroom, team, str(reply.channel), ts)
            return answer_page(newsroom, team, who, query)

        reply.thread_first = bool(reply.thread_ts)
        await respond_with(reply, await asyncio.to_thread(answer))

    @app.action(NEAREST_ACTIONS)
    @acknowledge_first
    async def instead(body: Body, reply: Reply, client: AsyncWebClient) -> None:
        team, who = body["team_id"], body["user"]["id"]
        ts, _, number = str(body["actions"][0].get("value") or "").partition(":")

        def answer() -> Message:
            kept = _payload_of(newsroom, team, str(reply.channel), ts)
            if not number.isdecimal() or int(number) >= len(kept.nearest):
                raise NotFoundError(say("gone.button"), remedy=say("gone.ask_again"))
            return answer_page(newsroom, team, who, kept.nearest[int(number)])

        reply.thread_first = bool(reply.thread_ts)
        await respond_with(reply, await asyncio.to_thread(answer))

    @app.action("change_asked")
    @acknowledge_first
    async def change(body: Body, reply: Reply, client: AsyncWebClient) -> None:
        team, ts = body["team_id"], str(body["actions"][0].get("value") or "")
        query = await asyncio.to_thread(_query_of, newsroom, team, str(reply.channel), ts)
        opened = FormOrigin(reply.channel or "", str(body.get("response_url") or ""))
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
    """Answer the message of an event that asks for `words`; idempotent across deliveries.

    Returns whether this call posted the answer. Raises QueryError, and SlackError if it cannot be
    posted.
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
            payload=talk_blocks.answer_payload(found, words),
            person=event["user"],
            thread_ts=thread_ts,
            claims=[hit.claim.id for hit in talk_blocks.best_claims(found)],
            now=newsroom.now(),
        )

    if not await asyncio.to_thread(ask):
        return False
    return await _post(newsroom, client, team, channel, key, reply)


def has_answer(newsroom: Newsroom, body: Body) -> bool:
    """Tell whether the message of an event already has an answer in the outbox."""
    event = body["event"]
    return (
        newsroom.store.outbox.by_key(body["team_id"], _key(event["channel"], event["ts"]))
        is not None
    )


async def post_once(
    newsroom: Newsroom,
    client: AsyncWebClient,
    body: Body,
    message: Message,
    reply: Reply,
    *,
    thread_ts: str | None,
) -> None:
    """Post a message in the conversation of an event, once. Raises SlackError if it cannot be
    posted."""
    team, channel, ts = body["team_id"], str(reply.channel), _ts(body["event"])
    key = _key(channel, ts)
    asked = {"team": team, "channel": channel, "key": key, "thread_ts": thread_ts}
    payload = notice_payload(message)
    add = partial(newsroom.store.outbox.add, None, now=newsroom.now())
    if await asyncio.to_thread(add, payload=payload, **asked):
        await _post(newsroom, client, team, channel, key, reply)


async def _post(
    newsroom: Newsroom, client: AsyncWebClient, team: str, channel: str, key: str, reply: Reply
) -> bool:
    """Post a message of the outbox; return whether it was posted."""
    if news := await make_dispatcher(newsroom, client).deliver_or_explain(team, channel, key):
        await respond_with(reply, notice(news))
    return not news


def _ts(event: Body) -> str:
    """Return the ts of a message, or of a thread in the assistant's pane."""
    return str(event.get("ts") or event["assistant_thread"]["thread_ts"])


def _key(channel: str, ts: str) -> str:
    return f"{AnswerPayload.kind}/{channel}/{ts}"


def _query_of(newsroom: Newsroom, team: str, channel: str, ts: str) -> str:
    """Return the query of a message that was answered. Raises NotFoundError."""
    return _payload_of(newsroom, team, channel, ts).query


def _payload_of(newsroom: Newsroom, team: str, channel: str, ts: str) -> AnswerPayload:
    """Return the stored answer to a message. Raises NotFoundError."""
    one = newsroom.store.outbox.by_key(team, _key(channel, ts)) if TIMESTAMP.fullmatch(ts) else None
    if one is None or not isinstance(one.payload, AnswerPayload):
        raise NotFoundError(say("gone.answer"), remedy=say("gone.ask_again"))
    return one.payload
