"""Answer messages to the bot, and handle the buttons under the answers.

An answer shows the best claims. It is posted in the message's thread or conversation and updated
when its claims change; a button shows all claims.
"""

from __future__ import annotations

import asyncio
import logging
import re

from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import NotFoundError, StoreError
from bot.log_limit import LogLimit
from bot.newsroom import Newsroom
from bot.slack.messages.post import notice_payload
from bot.slack.messages.transport import make_dispatcher
from bot.slack.parts import Message, notice
from bot.slack.refusals import Body, acknowledge_first, respond_with
from bot.slack.replies import Reply, pressed_value, viewer_in
from bot.slack.surfaces.answers import talk_blocks
from bot.slack.surfaces.answers.form import open_form
from bot.slack.surfaces.answers.form_blocks import origin_of
from bot.slack.surfaces.answers.pages import answer_page, show_page
from bot.store import Conversation
from bot.store.delivery.payloads import AnswerPayload
from bot.words import say

SUGGESTION_ACTIONS = re.compile(r"asked_instead_\d+")
TIMESTAMP = re.compile(r"\d{1,12}\.\d{1,9}", re.ASCII)
MAX_WRITE_WAIT = 1.0
"""Seconds to wait for other writers of the store, before a message is answered without it."""

_private_answers = LogLimit(logging.getLogger(__name__))


def register(app: AsyncApp, newsroom: Newsroom) -> None:
    """Handle the buttons under an answer to a message; their values begin with its ts."""

    @app.action("answer_all")
    @acknowledge_first
    async def show_all(body: Body, reply: Reply, client: AsyncWebClient) -> None:
        def make_page(asked: Conversation) -> Message:
            answer = _stored_answer(newsroom, body["team_id"], reply, pressed_value(body))
            return answer_page(newsroom, asked, answer.query)

        reply.prefers_thread = bool(reply.thread_ts)
        await show_page(newsroom, body, reply, make_page)

    @app.action(SUGGESTION_ACTIONS)
    @acknowledge_first
    async def search_suggestion(body: Body, reply: Reply, client: AsyncWebClient) -> None:
        ts, _, number = pressed_value(body).partition(":")

        def make_page(asked: Conversation) -> Message:
            suggestions = _stored_answer(newsroom, body["team_id"], reply, ts).nearest
            if not number.isdecimal() or int(number) >= len(suggestions):
                raise NotFoundError(say("gone.button"), remedy=say("gone.ask_again"))
            query = suggestions[int(number)]
            return answer_page(newsroom, asked, query)

        reply.prefers_thread = bool(reply.thread_ts)
        await show_page(newsroom, body, reply, make_page)

    @app.action("change_asked")
    @acknowledge_first
    async def change_search(body: Body, reply: Reply, client: AsyncWebClient) -> None:
        team, ts = body["team_id"], pressed_value(body)
        answer = await asyncio.to_thread(_stored_answer, newsroom, team, reply, ts)
        await open_form(newsroom, client, body, origin_of(client, body, reply), query=answer.query)


async def answer_event(
    newsroom: Newsroom,
    client: AsyncWebClient,
    body: Body,
    words: str,
    reply: Reply,
    *,
    thread_ts: str | None,
) -> bool:
    """Answer the message of an event, whose query is `words`; idempotent across deliveries.

    If the store cannot be written to, the person gets the answer privately. Returns whether this
    call posted the answer. Raises QueryError, and SlackError if the answer cannot be posted.
    """
    event, team = body["event"], body["team_id"]
    channel, key = event["channel"], _key(event["channel"], event["ts"])

    def queue_answer() -> bool:
        viewer = viewer_in(team, channel, event["user"])
        answer = newsroom.search.find_rows(words, limit=talk_blocks.MAX_CLAIMS, viewer=viewer)
        with newsroom.store.database.write(max_wait=MAX_WRITE_WAIT) as connection:
            return newsroom.store.outbox.add(
                connection,
                team=team,
                channel=channel,
                key=key,
                payload=talk_blocks.answer_payload(answer, words),
                person=event["user"],
                thread_ts=thread_ts,
                claims=[hit.claim.id for hit in talk_blocks.best_claims(answer)],
                now=newsroom.now(),
            )

    try:
        is_new = await asyncio.to_thread(queue_answer)
    except StoreError as error:
        _private_answers.warning("answered a message privately: %s", error)
        await show_page(newsroom, body, reply, lambda asked: answer_page(newsroom, asked, words))
        return False
    if not is_new:
        return False
    return await _post(newsroom, client, team, channel, key, reply)


def has_answer(newsroom: Newsroom, body: Body) -> bool:
    """Tell whether the message of an event already has an answer in the outbox."""
    key = _key(body["event"]["channel"], body["event"]["ts"])
    return newsroom.store.outbox.by_key(body["team_id"], key) is not None


async def post_once(
    newsroom: Newsroom,
    client: AsyncWebClient,
    body: Body,
    message: Message,
    reply: Reply,
    *,
    name: str,
    thread_ts: str | None = None,
) -> bool:
    """Post a message in the conversation of an event, unless one of this name has been posted
    there before.

    Returns whether this call posted it. Raises SlackError if it cannot be posted.
    """
    team, channel = body["team_id"], str(reply.channel)
    key = _key(channel, name)
    is_new = await asyncio.to_thread(
        newsroom.store.outbox.add,
        None,
        team=team,
        channel=channel,
        key=key,
        payload=notice_payload(message),
        thread_ts=thread_ts,
        now=newsroom.now(),
    )
    return is_new and await _post(newsroom, client, team, channel, key, reply)


async def _post(
    newsroom: Newsroom, client: AsyncWebClient, team: str, channel: str, key: str, reply: Reply
) -> bool:
    """Post a message of the outbox; return whether it was posted."""
    problem = await make_dispatcher(newsroom, client).deliver_or_explain(team, channel, key)
    if problem:
        await respond_with(reply, notice(problem))
    return not problem


def _key(channel: str, name: str) -> str:
    """Return the key of an answer in a channel; `name` is the ts of the message it answers, if it
    answers one."""
    return f"{AnswerPayload.kind}/{channel}/{name}"


def _stored_answer(newsroom: Newsroom, team: str, reply: Reply, ts: str) -> AnswerPayload:
    """Return the stored answer to a message in the reply's channel. Raises NotFoundError."""
    if TIMESTAMP.fullmatch(ts):
        message = newsroom.store.outbox.by_key(team, _key(str(reply.channel), ts))
        if message and isinstance(message.payload, AnswerPayload):
            return message.payload
    raise NotFoundError(say("gone.answer"), remedy=say("gone.ask_again"))
