"""Send what waits in the outbox: once, in order, no faster than Slack wants it.

Before a message is asked for again of which it is not known whether Slack has posted it, it is
looked for in its channel. What Slack refuses for good is given up, and its person is told; what it
does not take at the moment waits, and so does all else in its channel.
"""

from __future__ import annotations

import asyncio
import logging
from datetime import datetime, timedelta
from typing import Literal

from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import NotFoundError, SlackError
from bot.newsroom import Newsroom
from bot.slack.gate.access import why_not
from bot.slack.messages.lookup import FOR_NOW, NotNow, NotReadable, look
from bot.slack.messages.post import SLOWER, MaybePosted, NotPosted, Stands, post
from bot.slack.messages.renderers import AGAIN, FAILED, RENDERERS
from bot.slack.parts import Message, linking, payload_told, section, told
from bot.slack.refusals import referenced
from bot.store import Job, OutboxMessage
from bot.store.delivery.payloads import Unreadable
from bot.store.watches.alerts import ALERT
from bot.words import say

log = logging.getLogger(__name__)

SHUT_OUT = timedelta(minutes=5)
"""How long nothing is posted in a workspace that does not let us in; then one message is tried."""

TURN, PATIENCE = 0.2, 5.0
"""Seconds between two looks whether it is a message's turn, and those that whoever has pressed a
button waits for its message before being told that it waits."""


async def deliver(
    newsroom: Newsroom, client: AsyncWebClient, team: str, channel: str, *, awaited: str = ""
) -> datetime | None:
    """Send what waits in a channel and may be sent now; returns when to look again, None where
    nothing waits any more.

    Of the message with the `awaited` key, its person is not told by a message of its own that it
    was given up: whoever awaits it says so.
    """
    while one := await asyncio.to_thread(newsroom.store.outbox.head, team, channel):
        if not one.is_due(newsroom.now()):
            return one.due_at
        step = _look_for if one.state == "sending" else _send
        if later := await step(newsroom, client, one, is_awaited=one.key == awaited):
            return later
    return None


async def deliver_due(newsroom: Newsroom, client: AsyncWebClient, job: Job) -> datetime | None:
    """The same as a job of the channel."""
    return await deliver(newsroom, client, job.payload["team"], job.payload["channel"])


async def deliver_at_once(
    newsroom: Newsroom, client: AsyncWebClient, team: str, channel: str, key: str
) -> OutboxMessage | None:
    """Send a message that somebody waits for, after those that wait before it; returns it as it
    stands after that, or after a few seconds: the rest is the worker's. None if it was dropped."""
    ends = asyncio.get_running_loop().time() + PATIENCE
    while True:
        await deliver(newsroom, client, team, channel, awaited=key)
        one = await asyncio.to_thread(newsroom.store.outbox.named, team, key)
        is_open = one is not None and one.state in ("waiting", "sending") and not one.failure
        if not is_open or asyncio.get_running_loop().time() > ends:
            return one
        await asyncio.sleep(TURN)


async def posted_at_once(
    newsroom: Newsroom, client: AsyncWebClient, team: str, channel: str, key: str
) -> str | None:
    """The same; returns what the person who waits is to hear where it does not stand there now.

    Raises SlackError where it can't be posted.
    """
    one = await deliver_at_once(newsroom, client, team, channel, key)
    if one is None or one.state == "sent":
        return None
    if one.state in ("dead", "uncertain"):
        raise SlackError(one.failure or _failed(one))
    return say("outbox.waits") if one.state == "waiting" else say("outbox.open")


async def _send(
    newsroom: Newsroom, client: AsyncWebClient, one: OutboxMessage, *, is_awaited: bool
) -> datetime | None:
    """Send a message; returns when to look again, where it is not the next one's turn now."""
    is_for_one = one.kind == ALERT and one.channel == one.person
    if is_for_one and not await _may_read(newsroom, client, one):
        return None
    if not (message := await _made(newsroom, one, is_awaited=is_awaited)):
        return None
    begun = await asyncio.to_thread(newsroom.store.outbox.begin, one, newsroom.now())
    if not isinstance(begun, OutboxMessage):
        return begun
    failed = _failed(one)
    try:
        stands = await post(
            client,
            one.channel,
            message,
            key=one.key,
            thread_ts=one.thread_ts,
            failed=failed,
            again=say(AGAIN.get(one.kind, "outbox.again")),
            lost=say("refusals.nothing_posted"),
        )
    except NotPosted as refusal:
        await _not_posted(newsroom, begun, refusal, is_awaited=is_awaited)
    except MaybePosted as lost:
        log.warning("%s in %s: %s", one.key, one.channel, lost)
        await asyncio.to_thread(newsroom.delivery.outbox.leave_open, begun, str(lost))
    else:
        await _note_sent(newsroom, begun, stands)
        log.info("%s posted in %s", one.key, one.channel)
    return None


async def _may_read(newsroom: Newsroom, client: AsyncWebClient, one: OutboxMessage) -> bool:
    """Whether what a watch has found may go to its person, who was let in when they set it. Where
    not, or where Slack does not say, that is seen to."""
    try:
        refusal = await why_not(client, newsroom.settings.people, one.channel, one.team)
    except SlackError as unknown:
        log.warning("%s for %s: could not check who they are: %s", one.key, one.channel, unknown)
        if not unknown.code or unknown.code in FOR_NOW:
            await asyncio.to_thread(newsroom.delivery.outbox.wait_with, one, str(unknown), SLOWER)
        elif not await asyncio.to_thread(newsroom.delivery.outbox.not_made, one, str(unknown)):
            await asyncio.to_thread(
                newsroom.delivery.outbox.give_up, one, "dead", str(unknown), None
            )
        return False
    if refusal:
        await asyncio.to_thread(newsroom.delivery.outbox.give_up, one, "dead", refusal, None)
    return refusal is None


async def _not_posted(
    newsroom: Newsroom, one: OutboxMessage, refusal: NotPosted, *, is_awaited: bool
) -> None:
    if refusal.why == "refused":
        log.error("%s in %s: %s (%s)", one.key, one.channel, refusal, refusal.code)
        await _give_up(newsroom, one, str(refusal), is_awaited=is_awaited)
        return
    wait = await hold(newsroom, one.team, refusal)
    await asyncio.to_thread(newsroom.delivery.outbox.wait_with, one, refusal.cause, wait)


async def hold(newsroom: Newsroom, team: str, refusal: NotPosted) -> timedelta:
    """Let a whole workspace wait where Slack asks for time, is out of reach or lets nobody in,
    which the operator reads once; returns for how long."""
    if refusal.why != "shut out":
        log.warning("nothing is posted for %s: %s", refusal.wait, refusal.cause)
        await asyncio.to_thread(newsroom.delivery.outbox.hold, team, refusal.wait)
        return refusal.wait
    why = f"{refusal.cause} ({refusal.code})"
    if await asyncio.to_thread(newsroom.delivery.outbox.hold, team, SHUT_OUT, why):
        log.error("nothing can be posted in workspace %s: %s", team, why)
    return SHUT_OUT


async def _look_for(
    newsroom: Newsroom, client: AsyncWebClient, one: OutboxMessage, *, is_awaited: bool
) -> datetime | None:
    """See what came of a message that Slack has been asked for."""
    held = await asyncio.to_thread(newsroom.store.outbox.look, one, newsroom.now())
    if held is None:
        return None
    try:
        stands = await look(
            *(newsroom.delivery.outbox, client, one.team, one.channel, one.key),
            since=one.asked_at,
            thread_ts=one.thread_ts,
        )
    except NotNow as later:
        log.warning("%s: no check yet whether it is in %s: %s", one.key, one.channel, later)
        await asyncio.to_thread(newsroom.delivery.outbox.look_later, held, str(later), later.wait)
    except NotReadable as never:
        log.error("%s may or may not have been posted in %s: %s", one.key, one.channel, never)
        words = say("outbox.left_open", failed=_failed(one))
        await _give_up(newsroom, held, words, state="uncertain", is_awaited=is_awaited)
    else:
        if stands:
            await _note_sent(newsroom, held, stands)
            log.info("%s was posted in %s after all", one.key, one.channel)
        elif not await asyncio.to_thread(newsroom.delivery.outbox.send_again, held):
            words = say("outbox.too_often", failed=_failed(one))
            await _give_up(newsroom, held, words, is_awaited=is_awaited)
    return None


async def _made(newsroom: Newsroom, one: OutboxMessage, *, is_awaited: bool) -> Message | None:
    """The message that a row is now; None where none is to be sent, which is seen to."""
    if isinstance(one.payload, Unreadable):
        log.error("%s: its row in the outbox can't be read: %s", one.key, one.payload.reason)
        words = say("outbox.unreadable", failed=_failed(one), reason=one.payload.reason)
        await _give_up(newsroom, one, words, is_awaited=is_awaited)
        return None
    try:
        message = await asyncio.to_thread(RENDERERS[one.kind], newsroom, one)
    except NotFoundError as gone:
        words = f"{_failed(one)}: {gone}"
        await _give_up(newsroom, one, words, is_awaited=is_awaited)
    except Exception:
        log.exception("%s: could not build the message", one.key)
        words = say("outbox.not_made", failed=_failed(one))
        if not await asyncio.to_thread(newsroom.delivery.outbox.not_made, one, words):
            await _give_up(newsroom, one, words, is_awaited=is_awaited)
    else:
        if message is None:
            await asyncio.to_thread(newsroom.delivery.outbox.drop, one)
        return message
    return None


async def _give_up(
    newsroom: Newsroom,
    one: OutboxMessage,
    words: str,
    *,
    is_awaited: bool,
    state: Literal["dead", "uncertain"] = "dead",
) -> None:
    news = None
    if not is_awaited:
        news = payload_told(told_in(one.channel, referenced(words, one.key)))
    await asyncio.to_thread(newsroom.delivery.outbox.give_up, one, state, words, news)


def told_in(channel: str, words: str) -> Message:
    """Say one thing in which a channel is named, as Slack links it."""
    shown = linking(channel, told(words).text)
    return Message(shown, [section(shown)])


async def _note_sent(newsroom: Newsroom, one: OutboxMessage, stands: Stands) -> None:
    """Note where a message stands."""
    sent = newsroom.store.outbox.sent
    await asyncio.to_thread(sent, one, channel=stands.channel, ts=stands.ts, now=newsroom.now())


def _failed(one: OutboxMessage) -> str:
    """What did not happen, for a person."""
    if one.kind in FAILED:
        return say(FAILED[one.kind])
    if one.channel.startswith(("U", "W", "D")):
        return say("outbox.failed_to_person")
    return say("outbox.failed", where=f"<#{one.channel}>")
